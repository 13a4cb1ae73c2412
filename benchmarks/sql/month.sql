-- The month of the benchmark as SQL, the same for DuckDB and PostgreSQL: every pair of ancestor and descendant, then
-- volume walking up with the highest step that it has met. Volumes at four decimals, amounts in cents, a half away from 0.
WITH RECURSIVE
own AS (
    SELECT person.id, person.sponsor, person.distributor, CAST(coalesce(sum(orders.qv), 0) AS BIGINT) AS pv
    FROM person LEFT JOIN orders ON orders.buyer = person.id
    GROUP BY person.id, person.sponsor, person.distributor
),
line (id, above, depth) AS (
    SELECT id, sponsor, 1 FROM person WHERE sponsor <> 0
    UNION ALL
    SELECT line.id, person.sponsor, line.depth + 1
    FROM line JOIN person ON person.id = line.above
    WHERE person.sponsor <> 0
),
below AS (
    SELECT line.above AS id, CAST(sum(own.pv) AS BIGINT) AS gv, count(*) FILTER (WHERE own.pv >= 500000) AS heads
    FROM line JOIN own ON own.id = line.id
    GROUP BY line.above
),
figures AS (
    SELECT own.id, own.sponsor, own.distributor, own.pv, own.pv + coalesce(below.gv, 0) AS gv,
           coalesce(below.heads, 0) AS heads
    FROM own LEFT JOIN below ON below.id = own.id
),
ranked AS (
    SELECT figures.*,
           CASE
               WHEN distributor = 0 THEN 0
               WHEN pv >= 1500000 AND gv >= 40000000 AND heads >= 12 THEN 4
               WHEN pv >= 1000000 AND gv >= 15000000 AND heads >= 6 THEN 3
               WHEN pv >= 1000000 AND gv >= 5000000 AND heads >= 3 THEN 2
               WHEN pv >= 500000 AND gv >= 2000000 AND heads >= 1 THEN 1
               ELSE 0
           END AS rank,
           CASE
               WHEN gv >= 100000000 THEN 21
               WHEN gv >= 70000000 THEN 18
               WHEN gv >= 40000000 THEN 15
               WHEN gv >= 24000000 THEN 12
               WHEN gv >= 12000000 THEN 9
               WHEN gv >= 6000000 THEN 6
               WHEN gv >= 2000000 THEN 3
               ELSE 0
           END AS step
    FROM figures
),
-- Levels: among those above who hold a place, the n-th; who is not paid so deep loses it.
levels AS (
    SELECT line.id, ranked.id AS payee, ranked.distributor, ranked.rank,
           row_number() OVER (PARTITION BY line.id ORDER BY line.depth) AS level
    FROM line JOIN ranked ON ranked.id = line.above
    WHERE ranked.pv >= 500000
),
unilevel AS (
    SELECT floor((2 * orders.qv * (6 - levels.level) + 10000) / 20000.0) AS amount
    FROM levels JOIN orders ON orders.buyer = levels.id
    WHERE levels.level <= 5 AND levels.distributor = 1 AND levels.rank > 0 AND levels.level <= levels.rank + 1
),
-- Stairs: each person's own volume walks up, with the highest step so far.
walk (id, leg, above, seen) AS (
    SELECT id, id, sponsor, step FROM ranked WHERE pv <> 0
    UNION ALL
    SELECT walk.id, ranked.id, ranked.sponsor, greatest(walk.seen, ranked.step)
    FROM walk JOIN ranked ON ranked.id = walk.above
),
legs AS (
    SELECT walk.leg, walk.seen, CAST(sum(own.pv) AS BIGINT) AS volume
    FROM walk JOIN own ON own.id = walk.id
    GROUP BY walk.leg, walk.seen
),
stairs AS (
    SELECT floor((2 * legs.volume * (payee.step - legs.seen) + 10000) / 20000.0) AS amount
    FROM legs JOIN ranked AS leg ON leg.id = legs.leg JOIN ranked AS payee ON payee.id = leg.sponsor
    WHERE payee.distributor = 1 AND payee.step > legs.seen
    UNION ALL
    SELECT floor((2 * pv * step + 10000) / 20000.0) FROM ranked WHERE distributor = 1 AND step > 0 AND pv <> 0
)
SELECT (SELECT count(*) FROM unilevel), (SELECT sum(amount) FROM unilevel),
       (SELECT count(*) FROM stairs), (SELECT sum(amount) FROM stairs)
