"""Whether payments, payables and the book agree, by whole tables at once."""

from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem

PAYABLE_DIFFERS = """
    WITH due AS (
        SELECT p.person_id, p.currency AS unit, sum(p.amount_minor) AS amount
        FROM payable p
        LEFT JOIN payment m ON m.list_id = p.list_id AND m.person_id = p.person_id
        WHERE m.id IS NULL OR m.state <> 'paid'
        GROUP BY p.person_id, p.currency
    ), both_sides AS (
        SELECT person_id, unit, amount AS due, 0 AS balance FROM due
        UNION ALL
        SELECT person_id, unit, 0, balance FROM account
        WHERE purpose = 'commissions_payable' AND person_id IS NOT NULL
    )
    SELECT p.code AS person, b.unit AS unit, CAST(sum(b.balance) AS BIGINT) AS balance,
        CAST(sum(b.due) AS BIGINT) AS due
    FROM both_sides b JOIN person p ON p.id = b.person_id
    GROUP BY p.id, p.code, b.unit HAVING sum(b.balance) <> sum(b.due) ORDER BY p.code, b.unit
"""
"""What a person's payable account holds is what is due to her and not paid."""

NOT_POSTED = """
    SELECT m.end_to_end_id AS payment, m.state AS state FROM payment m
    LEFT JOIN entry paid ON paid.key = 'payments.paid:' || m.id
    LEFT JOIN entry back ON back.key = 'payments.returned:' || m.id
    WHERE CASE m.state
        WHEN 'paid' THEN paid.id IS NULL OR back.id IS NOT NULL
        WHEN 'returned' THEN (paid.id IS NULL) <> (back.id IS NULL)
        ELSE paid.id IS NOT NULL OR back.id IS NOT NULL END
    ORDER BY m.id
"""
"""A paid payment stands in the book once; one that came back stands there twice or never; others do not."""

AMOUNT_DIFFERS = """
    SELECT m.end_to_end_id AS payment, m.amount_minor AS amount, CAST(coalesce(sum(p.amount_minor), 0) AS BIGINT) AS due
    FROM payment m LEFT JOIN payable p ON p.list_id = m.list_id AND p.person_id = m.person_id
    WHERE m.state NOT IN ('returned', 'cancelled')
    GROUP BY m.id, m.end_to_end_id, m.amount_minor HAVING m.amount_minor <> coalesce(sum(p.amount_minor), 0)
    ORDER BY m.id
"""

LIST_DIFFERS = """
    SELECT l.id AS list, l.count AS count, l.sum_minor AS sum_minor, count(m.id) AS payments,
        CAST(coalesce(sum(m.amount_minor), 0) AS BIGINT) AS amounts
    FROM payment_list l LEFT JOIN payment m ON m.list_id = l.id AND m.state NOT IN ('held', 'cancelled')
    GROUP BY l.id, l.count, l.sum_minor
    HAVING l.count <> count(m.id) OR l.sum_minor <> coalesce(sum(m.amount_minor), 0) ORDER BY l.id
"""

CHECKS = {
    "payments_payable_differs": PAYABLE_DIFFERS,
    "payments_not_posted": NOT_POSTED,
    "payments_amount_differs": AMOUNT_DIFFERS,
    "payments_list_differs": LIST_DIFFERS,
}
NAMES = {"list"}


async def problems(uow: UnitOfWork) -> list[Problem]:
    """Everything that is wrong; nothing means that every cent is where it is said to be."""
    found: list[Problem] = []
    for code, statement in CHECKS.items():
        rows = await uow.connection.execute(text(statement))
        for row in rows.mappings():
            facts = {name: str(value) if name in NAMES else value for name, value in row.items()}
            found.append(Problem(code, facts=facts))
    return found
