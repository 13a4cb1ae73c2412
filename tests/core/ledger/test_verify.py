"""Whatever breaks the book, `verify` finds, all of it at once."""

import pytest
from sqlalchemy import text

from core.db.unit_of_work import UnitOfWork
from core.ledger import service
from core.ledger.commands import books_told
from core.ledger.model import EntryId
from tests.support.bookkeeping import posting
from tests.support.planting import plant

RATED = ("Ana credit EUR -100", "- exchange EUR +100", "- exchange -900", "Ana available +900")


async def book(uow: UnitOfWork) -> list[EntryId]:
    """A small book: a gift, a purchase by it, a debt, and a mistake that was put right."""
    people = await plant(uow, "Ana\nBo")
    postings = [
        posting("gift", "- opening EUR -500", "Ana credit EUR +500", people=people),
        posting("bought", "Ana credit EUR -200", "- sales EUR +200", people=people),
        posting("debt", "Bo available -70", "- points_issued +70", people=people, least=None),
        posting("oops", "- opening EUR -9", "Bo credit EUR +9", people=people),
        posting("rated", *RATED, people=people),
    ]
    entries = [posted.entry for posted in await service.post_all(uow, postings)]
    await service.reverse(uow, entries[3], key="undone", reason="a mistake")
    return entries


async def test_a_sound_book_has_no_findings(uow: UnitOfWork) -> None:
    assert await service.verify(uow) == []
    await book(uow)
    assert await service.verify(uow) == []
    assert await service.size(uow) == (9, 6)


MOVE_FIVE = """
    UPDATE entry_line SET amount = amount + (CASE WHEN position < 3 THEN 5 ELSE -5 END)
    WHERE entry_id = :rated AND position IN (2, 3)
"""
NO_LINES = """
    INSERT INTO entry (key, kind, reason, document_kind, document_id, at, caused_by, request_id)
    VALUES ('k', 'k', '', 'd', '1', 0, '', '')
"""
BREAKS: list[tuple[str, list[dict[str, str | int]]]] = [
    (
        "UPDATE entry_line SET amount = amount + 1 WHERE entry_id = :gift AND position = 1",
        [{"code": "ledger_unbalanced", "entry": "gift", "unit": "EUR", "off": 1}],
    ),
    (
        MOVE_FIVE,
        [
            {"code": "ledger_unbalanced", "entry": "rated", "unit": "EUR", "off": 5},
            {"code": "ledger_unbalanced", "entry": "rated", "unit": "points", "off": -5},
        ],
    ),
    (NO_LINES, [{"code": "ledger_entry_empty", "entry": "last"}]),
    (
        "UPDATE account SET balance = 10 WHERE balance = 900",
        [
            {
                "code": "ledger_balance_differs",
                "account": "Ana points_available points",
                "balance": 10,
                "lines": 900,
            }
        ],
    ),
    (
        "UPDATE account SET balance = 1 WHERE person_id IS NULL AND purpose = 'sales'",
        [{"code": "ledger_balance_differs", "account": "- sales EUR", "balance": 1, "lines": 200}],
    ),
    (
        "UPDATE entry_line SET least = 0 WHERE entry_id = :debt",
        [
            {
                "code": "ledger_below_limit",
                "account": "Bo points_available points",
                "entry": "debt",
                "left_there": -70,
                "least": 0,
            }
        ],
    ),
    (
        "UPDATE entry SET document_id = 'bought' WHERE id = :gift",
        [
            {
                "code": "ledger_posted_twice",
                "document": "test bought",
                "kind": "test.moved",
                "count": 2,
                "first": "gift",
                "last": "bought",
            }
        ],
    ),
    ("UPDATE entry SET document_id = 'oops' WHERE id = :gift", []),
    (
        "UPDATE entry SET reverses = :bought WHERE reverses IS NOT NULL",
        [{"code": "ledger_reversal_differs", "entry": "undone", "reversed": "bought"}],
    ),
]


@pytest.mark.parametrize(("broken", "found"), BREAKS)
async def test_each_break_is_found(uow: UnitOfWork, broken: str, found: list[dict[str, str | int]]) -> None:
    names = ("gift", "bought", "debt", "oops", "rated")
    numbers = {name: int(number) for name, number in zip(names, await book(uow), strict=True)}
    used = {name: number for name, number in numbers.items() if f":{name}" in broken}
    await uow.connection.execute(text(broken), used)
    last = (await uow.connection.execute(text("SELECT max(id) FROM entry"))).scalar_one()
    numbers |= {"undone": numbers["rated"] + 1, "last": last}
    told = [{"code": problem.code, **problem.facts} for problem in await service.verify(uow)]
    names_of = {"entry", "first", "last", "reversed"}
    expected = [
        {name: str(numbers[str(fact)]) if name in names_of else fact for name, fact in one.items()} for one in found
    ]
    assert told == expected


async def test_all_findings_are_told_at_once(uow: UnitOfWork) -> None:
    entries = await book(uow)
    await uow.connection.execute(text("UPDATE account SET balance = 10 WHERE balance = 900"))
    await uow.connection.execute(text("UPDATE entry_line SET least = 0"))
    problems = await service.verify(uow)
    assert books_told(problems, 9, 6) == [
        "Account Ana points_available points: the balance says 10, its lines add up to 900. [ledger_balance_differs]",
        f"Account Bo points_available points: entry {entries[2]} left -70 there; the limit is 0. [ledger_below_limit]",
        "9 accounts, 6 entries, 2 findings",
    ]


async def test_a_line_without_its_account_is_found(uow: UnitOfWork) -> None:
    entries = await book(uow)
    await uow.connection.execute(
        text("UPDATE entry_line SET account_id = 99999 WHERE entry_id = :e"), {"e": entries[1]}
    )
    found = [problem for problem in await service.verify(uow) if problem.code == "ledger_account_missing"]
    assert [dict(problem.facts) for problem in found] == [
        {"entry": str(entries[1]), "position": "1"},
        {"entry": str(entries[1]), "position": "2"},
    ]
