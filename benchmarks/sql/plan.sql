-- The benchmark plan as SQL, the same for DuckDB, PostgreSQL and SQLite: every pair of ancestor and descendant, added up.
-- Volumes at four decimals. The ladder's minima rise from rank to rank, so the highest that holds is the rank.
WITH RECURSIVE
own AS (
    SELECT person.id, coalesce(sum(orders.qv), 0) AS pv
    FROM person LEFT JOIN orders ON orders.buyer = person.id
    GROUP BY person.id
),
line (id, above, depth) AS (
    SELECT id, sponsor, 1 FROM person WHERE sponsor <> 0
    UNION ALL
    SELECT line.id, person.sponsor, line.depth + 1
    FROM line JOIN person ON person.id = line.above
    WHERE person.sponsor <> 0
),
below AS (
    SELECT line.above AS id,
           sum(own.pv) AS gv,
           count(*) FILTER (WHERE own.pv >= 500000) AS heads,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 1), 0) AS l1,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 2), 0) AS l2,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 3), 0) AS l3,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 4), 0) AS l4,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 5), 0) AS l5,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 6), 0) AS l6,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 7), 0) AS l7,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 8), 0) AS l8,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 9), 0) AS l9,
           coalesce(sum(own.pv) FILTER (WHERE line.depth = 10), 0) AS l10
    FROM line JOIN own ON own.id = line.id
    GROUP BY line.above
),
figures AS (
    SELECT own.id, person.distributor, own.pv,
           own.pv + coalesce(below.gv, 0) AS gv,
           coalesce(below.heads, 0) AS heads,
           coalesce(l1, 0) +
           coalesce(l2, 0) +
           coalesce(l3, 0) +
           coalesce(l4, 0) +
           coalesce(l5, 0) +
           coalesce(l6, 0) +
           coalesce(l7, 0) +
           coalesce(l8, 0) +
           coalesce(l9, 0) +
           coalesce(l10, 0) AS levels
    FROM own JOIN person ON person.id = own.id LEFT JOIN below ON below.id = own.id
),
ranked AS (
    SELECT figures.*,
           CASE
               WHEN distributor = 0 THEN 0
               WHEN pv >= 2000000 AND gv >= 1000000000 AND heads >= 150 THEN 7
               WHEN pv >= 2000000 AND gv >= 300000000 AND heads >= 60 THEN 6
               WHEN pv >= 1500000 AND gv >= 100000000 AND heads >= 25 THEN 5
               WHEN pv >= 1500000 AND gv >= 40000000 AND heads >= 12 THEN 4
               WHEN pv >= 1000000 AND gv >= 15000000 AND heads >= 6 THEN 3
               WHEN pv >= 1000000 AND gv >= 5000000 AND heads >= 3 THEN 2
               WHEN pv >= 500000 AND gv >= 2000000 AND heads >= 1 THEN 1
               ELSE 0
           END AS rank
    FROM figures
)
SELECT count(*), sum(pv), sum(gv), sum(heads), sum(levels), sum(rank) FROM ranked
