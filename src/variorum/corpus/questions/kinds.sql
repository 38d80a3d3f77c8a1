-- title: What kinds of changes are there?
-- says: Steps from one version to the next that show a change of this kind; a step may show several. Announced: a notice of the publisher's own names what changed.
-- plot: bars kind steps
SELECT
    kind,
    count(*) AS steps,
    round(count(*) / (SELECT count(*) FROM changes), 3) AS share_of_steps,
    round(avg(announced::INT), 3) AS share_announced,
    round(avg(weight), 2) AS mean_weight
FROM (SELECT unnest(kinds) AS kind, announced, weight FROM changes)
GROUP BY kind
ORDER BY steps DESC, kind
