-- title: How many articles change?
-- says: Articles that were captured more than once, and the share of them with more than one version. Outlets are hosts.
-- plot: bars outlet share_changed
SELECT
    regexp_extract(url, '^https?://(?:www\.)?([^/:?#]+)', 1) AS outlet,
    count(*) AS articles,
    count(*) FILTER (WHERE captures > 1) AS seen_again,
    count(*) FILTER (WHERE versions > 1) AS changed,
    round(count(*) FILTER (WHERE versions > 1) / nullif(count(*) FILTER (WHERE captures > 1), 0), 3)
        AS share_changed,
    round(avg(versions), 2) AS versions_each
FROM articles
WHERE versions > 0
GROUP BY outlet
ORDER BY articles DESC, outlet
LIMIT 40
