"""Coupons and credit notes that end soon, of everybody, for whoever speaks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.incentives import store
from core.incentives.model import Holding, HoldingState
from core.incentives.service import holding_of
from core.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that works today and has a last day."""

    person: PersonId
    code: str
    on: date
    """Its last day."""


async def within(uow: UnitOfWork, first: date, last: date) -> list[Ending]:
    """What works on the day `first` and ends from then until `last`, by person."""
    found = []
    for row in await store.ending(uow, first, last):
        holding = holding_of(row, first)
        if holding.state is HoldingState.USABLE and holding.valid_until is not None:
            found.append(Ending(PersonId(row["person_id"]), holding.code, holding.valid_until))
    return found


async def named(uow: UnitOfWork, zone: ZoneInfo, codes: Sequence[str]) -> dict[str, tuple[PersonId, Holding]]:
    """Up to some hundred documents by their codes, as they stand today, and whose they are."""
    today = uow.now.astimezone(zone).date()
    rows = await store.by_codes(uow, codes)
    return {row["code"]: (PersonId(row["person_id"]), holding_of(row, today)) for row in rows}
