-- The lines of five levels over `standing`: from every buyer upwards until five who hold a place have been met; who is
-- not paid so deep loses hers. Amounts in cents, a half up; no volume is below 0.
CREATE TABLE award AS
WITH RECURSIVE
climb (source, payee, next, placed, level) AS (
    SELECT low.id, high.id, high.sponsor, high.pv >= 500000, CASE WHEN high.pv >= 500000 THEN 1 ELSE 0 END
    FROM standing AS low JOIN standing AS high ON high.id = low.sponsor
    WHERE low.pv <> 0
    UNION ALL
    SELECT climb.source, high.id, high.sponsor, high.pv >= 500000,
           climb.level + CASE WHEN high.pv >= 500000 THEN 1 ELSE 0 END
    FROM climb JOIN standing AS high ON high.id = climb.next
    WHERE climb.level < 5
),
paid AS (
    SELECT climb.source, climb.payee, climb.level
    FROM climb JOIN standing ON standing.id = climb.payee
    WHERE climb.placed AND standing.distributor AND standing.rank > 0 AND climb.level <= standing.rank + 1
)
SELECT paid.payee, paid.source, orders.number, paid.level, orders.qv AS base, 6 - paid.level AS rate,
       CAST((2 * orders.qv * (6 - paid.level) + 10000 - (2 * orders.qv * (6 - paid.level) + 10000) % 20000) / 20000
            AS BIGINT) AS amount
FROM paid JOIN orders ON orders.buyer = paid.source
WHERE orders.qv <> 0 AND orders.paid_at IS NOT NULL AND orders.ordered_at >= {start} AND orders.ordered_at < {end}
