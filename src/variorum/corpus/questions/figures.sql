-- title: How do figures move in breaking stories?
-- says: Figures that became others, by the age of the story (since its first capture) when they did. Percentages are of the figure before. Where both sides hold a number in digits.
-- plot: stacked age up down
WITH moves AS (
    SELECT
        date_diff('minute', a.first_seen, v.first_seen) / 60 AS hours,
        try_cast(replace(regexp_extract(c.before, '\d[\d,]*(?:\.\d+)?'), ',', '') AS DOUBLE) AS old,
        try_cast(replace(regexp_extract(c.after, '\d[\d,]*(?:\.\d+)?'), ',', '') AS DOUBLE) AS new
    FROM claim_changes AS c
    JOIN articles AS a ON a.id = c.article
    JOIN versions AS v ON v.article = c.article AND v.number = c.new
    WHERE c.kind = 'figure'
), ages AS (
    SELECT
        *,
        CASE
            WHEN hours < 1 THEN 0 WHEN hours < 3 THEN 1 WHEN hours < 6 THEN 2
            WHEN hours < 12 THEN 3 WHEN hours < 24 THEN 4 WHEN hours < 72 THEN 5 ELSE 6
        END AS step
    FROM moves
    WHERE old IS NOT NULL AND new IS NOT NULL AND old <> new
)
SELECT
    ['under 1 h', '1–3 h', '3–6 h', '6–12 h', '12–24 h', '1–3 days', 'later'][step + 1] AS age,
    count(*) AS moves,
    count(*) FILTER (WHERE new > old) AS up,
    count(*) FILTER (WHERE new < old) AS down,
    round(100 * median(abs(new - old) / nullif(abs(old), 0)), 1) AS median_percent
FROM ages
GROUP BY step
ORDER BY step
