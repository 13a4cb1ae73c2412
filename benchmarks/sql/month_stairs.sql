-- The stairstep's lines over `standing`: everybody's own volume walks up with the highest step that it has met, and each
-- leg pays what is left of the payee's. Customers have no step, so that their orders are paid above them in full. Amounts
-- in cents, a half up; no volume is below 0.
CREATE TABLE stair AS
WITH RECURSIVE
stepped AS (
    SELECT standing.*,
           CASE
               WHEN NOT distributor THEN 0
               WHEN gv >= 100000000 THEN 21
               WHEN gv >= 70000000 THEN 18
               WHEN gv >= 40000000 THEN 15
               WHEN gv >= 24000000 THEN 12
               WHEN gv >= 12000000 THEN 9
               WHEN gv >= 6000000 THEN 6
               WHEN gv >= 2000000 THEN 3
               ELSE 0
           END AS step
    FROM standing
),
walk (leg, above, seen, volume) AS (
    SELECT id, sponsor, step, pv FROM stepped WHERE pv <> 0
    UNION ALL
    SELECT stepped.id, stepped.sponsor, greatest(walk.seen, stepped.step), walk.volume
    FROM walk JOIN stepped ON stepped.id = walk.above
),
legs AS (
    SELECT leg, above, seen, CAST(sum(volume) AS BIGINT) AS volume FROM walk WHERE above <> 0 GROUP BY leg, above, seen
),
lines AS (
    SELECT payee.id AS payee, legs.leg AS source, 1 AS level, legs.volume AS base, payee.step - legs.seen AS rate
    FROM legs JOIN stepped AS payee ON payee.id = legs.above
    WHERE payee.step > legs.seen
    UNION ALL
    SELECT id, id, 0, pv, step FROM stepped WHERE step > 0 AND pv <> 0
)
SELECT lines.*, CAST((2 * base * rate + 10000 - (2 * base * rate + 10000) % 20000) / 20000 AS BIGINT) AS amount
FROM lines
