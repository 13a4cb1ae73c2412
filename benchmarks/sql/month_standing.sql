-- Figures and ranks of the benchmark's month, the same for DuckDB and PostgreSQL: every pair of ancestor and descendant,
-- then what stands below each. Volumes at four decimals; {start} and {end} are microseconds, {ended} a day.
CREATE TABLE standing AS
WITH RECURSIVE
bought AS (
    SELECT buyer, CAST(sum(qv) AS BIGINT) AS pv
    FROM orders
    WHERE paid_at IS NOT NULL AND ordered_at >= {start} AND ordered_at < {end}
    GROUP BY buyer
),
own AS (
    SELECT person.id, person.sponsor, person.kind = 'distributor' AS distributor, coalesce(bought.pv, 0) AS pv,
           person.status = 'active' AND coalesce(bought.pv, 0) >= 500000 AS active
    FROM person LEFT JOIN bought ON bought.buyer = person.id
    WHERE person.status <> 'terminated' AND person.joined < DATE '{ended}'
),
line (above, pv, active) AS (
    SELECT sponsor, pv, active FROM own WHERE sponsor <> 0
    UNION ALL
    SELECT own.sponsor, line.pv, line.active FROM line JOIN own ON own.id = line.above WHERE own.sponsor <> 0
),
below AS (
    SELECT above AS id, CAST(sum(pv) AS BIGINT) AS gv, count(*) FILTER (WHERE active) AS heads
    FROM line
    GROUP BY above
),
figures AS (
    SELECT own.id, own.sponsor, own.distributor, own.pv, own.pv + coalesce(below.gv, 0) AS gv,
           coalesce(below.heads, 0) AS heads
    FROM own LEFT JOIN below ON below.id = own.id
)
SELECT figures.*,
       CASE
           WHEN NOT distributor THEN 0
           WHEN pv >= 1500000 AND gv >= 40000000 AND heads >= 12 THEN 4
           WHEN pv >= 1000000 AND gv >= 15000000 AND heads >= 6 THEN 3
           WHEN pv >= 1000000 AND gv >= 5000000 AND heads >= 3 THEN 2
           WHEN pv >= 500000 AND gv >= 2000000 AND heads >= 1 THEN 1
           ELSE 0
       END AS rank
FROM figures
