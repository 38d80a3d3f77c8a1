-- title: Which outlets announce corrections?
-- says: Changes of what is told as fact (a figure, a quotation, a negation, an attribution), and how many of them a notice of the publisher's own names. Outlets are hosts.
-- plot: bars outlet share_announced
SELECT
    regexp_extract(a.url, '^https?://(?:www\.)?([^/:?#]+)', 1) AS outlet,
    count(DISTINCT c.article) AS articles,
    count(*) AS changes_of_fact,
    count(*) FILTER (WHERE c.announced) AS announced,
    round(avg(c.announced::INT), 3) AS share_announced
FROM claim_changes AS c
JOIN articles AS a ON a.id = c.article
WHERE c.kind NOT IN ('added', 'dropped', 'reworded', 'hedged', 'unhedged')
GROUP BY outlet
ORDER BY changes_of_fact DESC, outlet
LIMIT 40
