"""Questions to the whole book that a sound book answers with no rows. Each is one pass over it."""

from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Fact, Problem

ACCOUNT = "coalesce(p.code, '-') || ' ' || a.purpose || ' ' || a.unit"

UNBALANCED = """
    WITH suspect AS (
        SELECT l.entry_id FROM entry_line l JOIN account a ON a.id = l.account_id
        GROUP BY l.entry_id HAVING sum(l.amount) <> 0 OR min(a.unit) <> max(a.unit)
    )
    SELECT l.entry_id AS entry, a.unit AS unit, CAST(sum(l.amount) AS BIGINT) AS off
    FROM entry_line l JOIN account a ON a.id = l.account_id
    WHERE l.entry_id IN (SELECT entry_id FROM suspect)
    GROUP BY l.entry_id, a.unit HAVING sum(l.amount) <> 0 ORDER BY l.entry_id, a.unit
"""
"""Entries of one unit, nearly all, are settled by their first sum."""

EMPTY = """
    SELECT e.id AS entry FROM entry e
    WHERE NOT EXISTS (SELECT 1 FROM entry_line l WHERE l.entry_id = e.id) ORDER BY e.id
"""

NO_ENTRY = """
    SELECT l.entry_id AS entry, l.position AS position FROM entry_line l
    LEFT JOIN entry e ON e.id = l.entry_id WHERE e.id IS NULL ORDER BY l.entry_id, l.position
"""

NO_ACCOUNT = """
    SELECT l.entry_id AS entry, l.position AS position FROM entry_line l
    LEFT JOIN account a ON a.id = l.account_id WHERE a.id IS NULL ORDER BY l.entry_id, l.position
"""

BALANCE_DIFFERS = f"""
    SELECT {ACCOUNT} AS account, a.balance AS balance, CAST(coalesce(s.amount, 0) AS BIGINT) AS lines
    FROM account a
    LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM entry_line GROUP BY account_id) s ON s.account_id = a.id
    LEFT JOIN person p ON p.id = a.person_id
    WHERE (a.person_id IS NOT NULL AND (a.balance IS NULL OR a.balance <> coalesce(s.amount, 0)))
        OR (a.person_id IS NULL AND a.balance IS NOT NULL)
    ORDER BY a.id
"""  # noqa: S608  # our own words

BELOW_LIMIT = f"""
    WITH steps AS (
        SELECT l.account_id, l.entry_id, sum(l.amount) AS net,
            max(CASE WHEN l.amount < 0 THEN l.least END) AS least
        FROM entry_line l
        WHERE l.account_id IN (SELECT id FROM account WHERE person_id IS NOT NULL AND balance < 0)
        GROUP BY l.account_id, l.entry_id
    ), running AS (
        SELECT account_id, entry_id, net, least, sum(net) OVER (PARTITION BY account_id ORDER BY entry_id) AS left_there
        FROM steps
    )
    SELECT {ACCOUNT} AS account, r.entry_id AS entry, CAST(r.left_there AS BIGINT) AS left_there, r.least AS least
    FROM running r JOIN account a ON a.id = r.account_id LEFT JOIN person p ON p.id = a.person_id
    WHERE r.net < 0 AND r.left_there < r.least ORDER BY r.account_id, r.entry_id
"""  # noqa: S608  # our own words
"""An account's entries have rising numbers, because each is written while the account is locked."""

POSTED_TWICE = """
    WITH several AS (
        SELECT document_kind, document_id, kind FROM entry
        GROUP BY document_kind, document_id, kind HAVING count(*) > 1
    )
    SELECT e.document_kind || ' ' || e.document_id AS document, e.kind AS kind,
        count(*) AS count, min(e.id) AS first, max(e.id) AS last
    FROM several s
    JOIN entry e ON e.document_kind = s.document_kind AND e.document_id = s.document_id AND e.kind = s.kind
    WHERE e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses = e.id)
    GROUP BY e.document_kind, e.document_id, e.kind HAVING count(*) > 1 ORDER BY min(e.id)
"""
"""What was reversed may be posted again, and reversals of several entries of one document have its name too."""

REVERSAL_DIFFERS = """
    WITH pair AS (
        SELECT id, reverses, id AS entry_id FROM entry WHERE reverses IS NOT NULL
        UNION ALL SELECT id, reverses, reverses FROM entry WHERE reverses IS NOT NULL
    )
    SELECT DISTINCT b.id AS entry, b.reverses AS reversed FROM pair b JOIN entry_line l ON l.entry_id = b.entry_id
    GROUP BY b.id, b.reverses, l.account_id HAVING sum(l.amount) <> 0 ORDER BY b.id
"""

CHECKS = {
    "ledger_unbalanced": UNBALANCED,
    "ledger_entry_empty": EMPTY,
    "ledger_entry_missing": NO_ENTRY,
    "ledger_account_missing": NO_ACCOUNT,
    "ledger_balance_differs": BALANCE_DIFFERS,
    "ledger_below_limit": BELOW_LIMIT,
    "ledger_posted_twice": POSTED_TWICE,
    "ledger_reversal_differs": REVERSAL_DIFFERS,
}

NAMES = {"entry", "first", "last", "reversed", "position"}
SIZES = "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM entry)"


async def problems(uow: UnitOfWork) -> list[Problem]:
    """Everything that is wrong with the book."""
    found: list[Problem] = []
    for code, statement in CHECKS.items():
        rows = await uow.connection.execute(text(statement))
        found += [Problem(code, facts={name: _fact(name, row[name]) for name in row}) for row in rows.mappings()]
    return found


async def sizes(uow: UnitOfWork) -> tuple[int, int]:
    """How many accounts and how many entries there are."""
    accounts, entries = (await uow.connection.execute(text(SIZES))).one()
    return accounts, entries


def _fact(name: str, value: object) -> Fact:
    """Names of entries are told as they are written, not as amounts."""
    return value if isinstance(value, int) and name not in NAMES else str(value)
