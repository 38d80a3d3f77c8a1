-- title: How soon do changes come?
-- says: Steps that say something else (not wording, dates or media alone), by the age of the story since its first capture.
-- plot: bars age meaningful
WITH aged AS (
    SELECT date_diff('minute', a.first_seen, c.time) / 60 AS hours, c.meaningful
    FROM changes AS c
    JOIN articles AS a ON a.id = c.article
), steps AS (
    SELECT
        CASE
            WHEN hours < 1 THEN 0 WHEN hours < 3 THEN 1 WHEN hours < 6 THEN 2
            WHEN hours < 12 THEN 3 WHEN hours < 24 THEN 4 WHEN hours < 72 THEN 5 ELSE 6
        END AS step,
        meaningful
    FROM aged
)
SELECT
    ['under 1 h', '1–3 h', '3–6 h', '6–12 h', '12–24 h', '1–3 days', 'later'][step + 1] AS age,
    count(*) AS steps,
    count(*) FILTER (WHERE meaningful) AS meaningful
FROM steps
GROUP BY step
ORDER BY step
