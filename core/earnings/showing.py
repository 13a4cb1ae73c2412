"""A person's lines, each with a name to ask why by, and the names of whoever is in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import orjson
import polars as pl

from core.db.unit_of_work import UnitOfWork
from core.earnings.model import AwardCard, AwardUnknown
from core.earnings.rules import labels
from core.http.model import Page, read_cursor, write_cursor
from core.kernel.words import CompanyText
from core.orders import service as orders
from core.orders.model import OrderUnknown
from core.people import service as people
from core.plan.model import Plan
from core.settlement.telling.teller import Award, Teller
from i18n.translator import Translator

PAGE_SIZE = 20
PAGE_MAX = 100
DIGITS_MAX = 9
"""Nobody has more lines."""


class Wanted(NamedTuple):
    """Which lines, of what."""

    source: str
    """What the names of the lines begin with."""
    bonus: str | None
    cursor: str | None
    limit: int | None


async def page(uow: UnitOfWork, lines: pl.DataFrame, plan: Plan, tr: Translator, wanted: Wanted) -> Page[AwardCard]:
    """Some of a person's lines, the largest first.

    Raises:
        CursorInvalid: the cursor is not one that a page gave.
    """
    [after] = (0,) if wanted.cursor is None else read_cursor(wanted.cursor, int)
    assert isinstance(after, int), "read_cursor checks the types"
    if not lines.height:
        return Page[AwardCard](items=[])
    most = min(wanted.limit or PAGE_SIZE, PAGE_MAX)
    hers = lines.with_row_index("number")
    if wanted.bonus is not None:
        hers = hers.filter(pl.col("bonus") == wanted.bonus)
    ordered = hers.sort(pl.col("amount_minor").abs(), "number", descending=[True, False])
    cards = await _cards(uow, ordered.slice(after, most), plan, tr, wanted.source)
    return Page[AwardCard](items=cards, next=write_cursor(after + most) if ordered.height > after + most else None)


async def why(
    uow: UnitOfWork, lines: pl.DataFrame, plan: Plan, tr: Translator, *, source: str, number: int
) -> tuple[AwardCard, tuple[str, ...]]:
    """One line and the chain of its reasons.

    Raises:
        AwardUnknown: there is no such line.
    """
    if not 0 <= number < lines.height:
        raise AwardUnknown(award=f"{source}.{number}")
    row = lines.with_row_index("number").slice(number, 1)
    [card] = await _cards(uow, row, plan, tr, source)
    found = row.row(0, named=True)
    because = orjson.loads(found["because"])
    names = await _names(uow, _people(because, found["source_person_id"]))
    day = None if card.order is None else await _day(uow, card.order, plan)
    teller = Teller(plan, tr, name=lambda code: names.get(code, code), ordered_on=lambda _order: day)
    award = Award(found["payee_id"], card.bonus, card.unit, card.amount, because, source=found["source_person_id"])
    return card, teller.told(award)


async def _cards(uow: UnitOfWork, lines: pl.DataFrame, plan: Plan, tr: Translator, source: str) -> list[AwardCard]:
    if not lines.height:
        return []
    titles = labels(plan, lines["bonus"].unique().to_list(), tr)
    payee = lines["payee_id"][0]
    names = await _names(uow, [one for one in lines["source_person_id"].unique().to_list() if one])
    return [
        AwardCard(
            award=f"{source}.{row['number']}",
            bonus=row["bonus"],
            label=titles[row["bonus"]],
            unit=row["unit"],
            amount=row["amount_minor"],
            order=row["source_order_id"],
            person=None if row["source_person_id"] in (None, payee) else names.get(row["source_person_id"]),
            level=None if row["level"] is None else int(row["level"]),
            rank=_awarded(row, plan),
        )
        for row in lines.iter_rows(named=True)
    ]


def _awarded(row: Mapping[str, Any], plan: Plan) -> CompanyText | None:
    """The rank that a line is for, where one line differs from another by nothing else."""
    because = orjson.loads(row["because"])
    if because.get("kind") != "rank_award":
        return None
    return next((one.name for one in plan.ranks if one.code == because.get("rank")), None)


def _people(because: Mapping[str, Any], source: str | None) -> Sequence[str]:
    """Everybody whom a reason may name."""
    named = [because.get(word) for word in ("leg", "of", "passed_by")]
    return [one for one in (source, *named, *(because.get("skipped") or {})) if isinstance(one, str)]


async def _names(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, str]:
    ids = await people.ids_of(uow, codes)
    cards = await people.cards(uow, list(ids.values()))
    return {code: cards[person].name for code, person in ids.items() if person in cards}


async def _day(uow: UnitOfWork, order: str, plan: Plan) -> date | None:
    """The company's day of an order; None for what is no order, such as a volume corrected by hand."""
    try:
        head = await orders.head_of(uow, order)
    except OrderUnknown:
        return None
    return head.ordered_at.astimezone(ZoneInfo(plan.calendar.time_zone)).date()
