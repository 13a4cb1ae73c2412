"""Whether payments, payables and the book agree, by whole tables at once."""

from sqlalchemy import RowMapping, text

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Fact, Problem
from core.kernel.money import amount_text

PAYABLE_DIFFERS = """
    WITH due AS (
        SELECT person_id, currency AS unit, sum(amount_minor - used_minor) AS amount
        FROM payable WHERE list_id IS NULL GROUP BY person_id, currency
    ), both_sides AS (
        SELECT person_id, unit, amount AS due, 0 AS balance FROM due
        UNION ALL
        SELECT person_id, unit, 0, balance FROM account
        WHERE purpose = 'commissions_payable' AND person_id IS NOT NULL
    )
    SELECT p.code AS person, b.unit AS unit, CAST(sum(b.balance) AS BIGINT) AS balance,
        CAST(sum(b.due) AS BIGINT) AS due
    FROM both_sides b JOIN person p ON p.id = b.person_id
    GROUP BY p.id, p.code, b.unit HAVING sum(b.balance) > sum(b.due) AND max(b.due) > 0 ORDER BY p.code, b.unit
"""
"""Nobody's payable account holds more than is due to her. It holds less when she turned some of it into credit; where
nothing was ever due, others have put there what stands there."""

PAYABLE_NOT_POSTED = """
    SELECT p.code AS person, d.cycle AS cycle FROM payable d
    JOIN person p ON p.id = d.person_id
    LEFT JOIN entry e ON e.key = 'payments.due:' || d.run_id || ':' || d.person_id || ':' || d.currency
    LEFT JOIN entry_line l ON l.entry_id = e.id AND l.amount = d.amount_minor
    WHERE l.entry_id IS NULL OR d.used_minor < 0 OR d.used_minor > d.amount_minor ORDER BY d.id
"""

IN_PAYMENT_DIFFERS = """
    WITH sent AS (
        SELECT m.person_id, l.currency AS unit, sum(m.amount_minor) AS amount
        FROM payment m JOIN payment_list l ON l.id = m.list_id
        WHERE m.state IN ('open', 'held', 'exported') GROUP BY m.person_id, l.currency
    ), both_sides AS (
        SELECT person_id, unit, amount AS sent, 0 AS balance FROM sent
        UNION ALL
        SELECT person_id, unit, 0, balance FROM account
        WHERE purpose = 'commissions_in_payment' AND person_id IS NOT NULL
    )
    SELECT p.code AS person, b.unit AS unit, CAST(sum(b.balance) AS BIGINT) AS balance,
        CAST(sum(b.sent) AS BIGINT) AS sent
    FROM both_sides b JOIN person p ON p.id = b.person_id
    GROUP BY p.id, p.code, b.unit HAVING sum(b.balance) <> sum(b.sent) ORDER BY p.code, b.unit
"""
"""What is in payment is what payments are on their way with."""

NOT_POSTED = """
    SELECT m.end_to_end_id AS payment, m.state AS state FROM payment m
    LEFT JOIN entry listed ON listed.key = 'payments.listed:' || m.id
    LEFT JOIN entry freed ON freed.key = 'payments.freed:' || m.id
    LEFT JOIN entry paid ON paid.key = 'payments.paid:' || m.id
    LEFT JOIN entry back ON back.key = 'payments.returned:' || m.id
    WHERE listed.id IS NULL OR CASE m.state
        WHEN 'paid' THEN paid.id IS NULL OR freed.id IS NOT NULL OR back.id IS NOT NULL
        WHEN 'returned' THEN (paid.id IS NULL) <> (back.id IS NULL) OR (paid.id IS NULL) = (freed.id IS NULL)
        WHEN 'cancelled' THEN freed.id IS NULL OR paid.id IS NOT NULL OR back.id IS NOT NULL
        ELSE freed.id IS NOT NULL OR paid.id IS NOT NULL OR back.id IS NOT NULL END
    ORDER BY m.id
"""
"""Each payment has the entries of its state, and no other: a returned one was paid and came back, or was never paid."""

AMOUNT_DIFFERS = """
    SELECT m.end_to_end_id AS payment, m.amount_minor AS amount, l.currency AS currency,
        CAST(coalesce(sum(p.amount_minor - p.used_minor), 0) AS BIGINT) AS due
    FROM payment m JOIN payment_list l ON l.id = m.list_id
    LEFT JOIN payable p ON p.list_id = m.list_id AND p.person_id = m.person_id
    WHERE m.state NOT IN ('returned', 'cancelled')
    GROUP BY m.id, m.end_to_end_id, m.amount_minor, l.currency
    HAVING m.amount_minor <> coalesce(sum(p.amount_minor - p.used_minor), 0)
    ORDER BY m.id
"""

LIST_DIFFERS = """
    SELECT l.id AS list, l.count AS count, l.sum_minor AS sum_minor, l.currency AS currency, count(m.id) AS payments,
        CAST(coalesce(sum(m.amount_minor), 0) AS BIGINT) AS amounts
    FROM payment_list l LEFT JOIN payment m ON m.list_id = l.id AND m.state NOT IN ('held', 'cancelled')
    GROUP BY l.id, l.count, l.sum_minor, l.currency
    HAVING l.count <> count(m.id) OR l.sum_minor <> coalesce(sum(m.amount_minor), 0) ORDER BY l.id
"""

CHECKS = {
    "payments_payable_differs": PAYABLE_DIFFERS,
    "payments_payable_not_posted": PAYABLE_NOT_POSTED,
    "payments_in_payment_differs": IN_PAYMENT_DIFFERS,
    "payments_not_posted": NOT_POSTED,
    "payments_amount_differs": AMOUNT_DIFFERS,
    "payments_list_differs": LIST_DIFFERS,
}
AMOUNTS = {"balance", "due", "sent", "amount", "amounts", "sum_minor"}
"""Columns in minor units of `currency`, or of `unit`, which the sentence names itself."""


async def problems(uow: UnitOfWork) -> list[Problem]:
    """Everything that is wrong; nothing means that every cent is where it is said to be."""
    found: list[Problem] = []
    for code, statement in CHECKS.items():
        rows = await uow.connection.execute(text(statement))
        found += [Problem(code, facts=_facts(row)) for row in rows.mappings()]
    return found


def _facts(row: RowMapping) -> dict[str, Fact]:
    """What a sentence about it says: amounts in major units, and a list's number as the name that it is."""
    facts: dict[str, Fact] = {}
    for name, value in row.items():
        if name in AMOUNTS:
            told = amount_text(value, row.get("currency") or row["unit"])
            facts[name] = told if "currency" in row else told.partition(" ")[0]
        elif name != "currency":
            facts[name] = str(value) if name == "list" else value
    return facts
