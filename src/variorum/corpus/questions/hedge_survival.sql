-- title: How many hedged statements still stand after so many hours?
-- says: Kaplan-Meier: statements of articles that were not looked at any longer count as long as they were seen.
-- plot: steps hours standing
WITH spells AS (
    SELECT article, lower(content) AS content, min(version) AS born, max(version) AS last
    FROM claims
    WHERE len(hedges) > 0
    GROUP BY ALL
), lives AS (
    SELECT
        ceil(date_diff('minute', b.first_seen, coalesce(e.first_seen, l.last_seen)) / 60) AS hours,
        e.first_seen IS NOT NULL AS ended
    FROM spells AS s
    JOIN versions AS b ON b.article = s.article AND b.number = s.born
    JOIN versions AS l ON l.article = s.article AND l.number = s.last
    LEFT JOIN versions AS e ON e.article = s.article AND e.number = s.last + 1
), grouped AS (
    SELECT hours, count(*) AS leaving, count(*) FILTER (WHERE ended) AS ended
    FROM lives
    GROUP BY hours
), standing AS (
    SELECT hours, ended, sum(leaving) OVER (ORDER BY hours DESC) AS at_risk
    FROM grouped
)
SELECT
    hours::BIGINT AS hours,
    at_risk::BIGINT AS at_risk,
    ended,
    round(exp(sum(ln(greatest(1 - ended / at_risk, 1e-9))) OVER (ORDER BY hours)), 4) AS standing
FROM standing
WHERE hours <= 24 * 14
ORDER BY hours
