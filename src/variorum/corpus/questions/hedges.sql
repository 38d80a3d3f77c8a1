-- title: How long do hedges live?
-- says: Words that say how nearly (at least, about) count beside those that say how surely. A hedged statement begins in the version that brings it and ends in the first without it. Firm: the same words without the hedge; the others were reworded or dropped. Those that still stood at the last capture have no end.
-- plot: bars hedge median_hours
WITH spoken AS (
    SELECT article, version, lower(content) AS content, lower(list_sort(hedges)[1]) AS hedge
    FROM claims
    WHERE len(hedges) > 0
), spells AS (
    SELECT article, content, min(hedge) AS hedge, min(version) AS born, max(version) AS last
    FROM spoken
    GROUP BY article, content
), ends AS (
    SELECT s.*, b.first_seen AS began, e.first_seen AS ended
    FROM spells AS s
    JOIN versions AS b ON b.article = s.article AND b.number = s.born
    LEFT JOIN versions AS e ON e.article = s.article AND e.number = s.last + 1
), firm AS (
    SELECT DISTINCT e.article, e.content
    FROM ends AS e
    JOIN claim_changes AS c ON c.article = e.article AND c.new = e.last + 1
    WHERE c.kind = 'unhedged' AND length(c.before) > 0 AND contains(e.content, lower(c.before))
)
SELECT
    e.hedge,
    count(*) AS statements,
    count(e.ended) AS ended,
    count(f.content) AS made_firm,
    round(count(f.content) / nullif(count(e.ended), 0), 3) AS share_firm,
    round(median(date_diff('minute', e.began, e.ended)) / 60, 1) AS median_hours
FROM ends AS e
LEFT JOIN firm AS f ON f.article = e.article AND f.content = e.content
GROUP BY e.hedge
ORDER BY statements DESC, e.hedge
LIMIT 30
