"""What others read of released runs: nothing of a run shows here before its release."""

from collections.abc import Collection
from typing import Any

import polars as pl

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import Plan, Unit
from core.plan.service import parsed
from core.runs.asked import ASKED
from core.runs.model import OVER, Hold, ReleasedRun, RunChanged, RunPayout, RunState, RunUnknown
from core.runs.packing import opened, place_key
from core.runs.results import AWARDS, PLACES, STANDINGS
from core.runs.store import hands, parts
from core.runs.store import payouts as payout_rows
from core.runs.store import runs as store
from core.settlement.lines import chunks
from core.settlement.lines.numbers import decimal_text

Ranks = tuple[str | None, str | None, str | None]
"""Paid, career and honorary."""


async def released(uow: UnitOfWork, calendar: str | None = None) -> list[ReleasedRun]:
    """Released runs, of one calendar or all, the first one first."""
    return await store.released(uow, calendar)


async def payouts(uow: UnitOfWork, run: int, *, after: tuple[int, str] = (0, ""), limit: int) -> list[RunPayout]:
    """What payees have by a released run, by person and currency.

    Args:
        after: person and currency of the last one of the page before.
    """
    return await payout_rows.page(uow, run, after, limit)


async def payouts_of(uow: UnitOfWork, person: PersonId) -> list[RunPayout]:
    """What a person has by all released runs, the first run first."""
    return await payout_rows.of_person(uow, person)


async def paying(uow: UnitOfWork, run: int, currency: str) -> tuple[int, int]:
    """How much a released run pays in a currency, in minor units, and to how many people."""
    return await payout_rows.paying(uow, run, currency)


async def held(uow: UnitOfWork, persons: Collection[PersonId] | None = None) -> dict[PersonId, Hold]:
    """To whom nothing is to be paid now, of everybody or of some."""
    return await hands.holds(uow, persons)


async def mark_paid(uow: UnitOfWork, run: int) -> bool:
    """Note that all of a released run's payments were made; False when it was noted before.

    Raises:
        RunUnknown: there is no released run of this number.
    """
    attempt = await _released_attempt(uow, run)
    moved = await store.move(uow, run, (RunState.RELEASED,), RunState.PAID)
    if moved:
        await uow.emit(RunChanged(run=run, state=RunState.PAID, attempt=attempt))
    return moved


async def lines_of(uow: UnitOfWork, run: int, person: str) -> pl.DataFrame:
    """A person's award lines in a released run, as awards.csv has them, and `amount_minor`.

    Args:
        person: her code.

    Raises:
        RunUnknown: there is no released run of this number.
    """
    attempt = await _released_attempt(uow, run)
    return await lines_in(uow, run, attempt, person)


async def lines_in(uow: UnitOfWork, run: int, attempt: int, person: str) -> pl.DataFrame:
    """A person's award lines in a preview."""
    place = await _place(uow, run, attempt, person)
    bodies = [] if place is None else await parts.spanning(uow, run, attempt, AWARDS, place_key(place))
    found = [chunks.opened(body, person) for body in bodies]
    return pl.concat(found) if found else pl.DataFrame()


async def figures_of(uow: UnitOfWork, run: int, person: str) -> dict[str, str]:
    """A person's KPIs in a released run by code, each as kpis.csv has it; empty where she stood in no tree.

    Raises:
        RunUnknown: there is no released run of this number.
    """
    found = await _standing(uow, run, person)
    if found is None:
        return {}
    plan = await plan_of(uow, run)
    scale = {kpi.code: plan.volume.scale if kpi.unit is Unit.VOLUME else 0 for kpi in plan.kpis}
    values = {name.removeprefix("kpi."): value for name, value in found.items() if name.startswith("kpi.")}
    return {
        code: decimal_text(int(value), scale[code], trimmed=True)
        for code, value in values.items()
        if isinstance(value, int)
    }


async def rank_of(uow: UnitOfWork, run: int, person: str) -> Ranks:
    """A person's ranks in a released run.

    Raises:
        RunUnknown: there is no released run of this number.
    """
    found = await _standing(uow, run, person) or {}
    paid, career, honorary = (found.get(f"{word}_rank") for word in ("paid", "career", "honorary"))
    assert not isinstance(paid, int) and not isinstance(career, int) and not isinstance(honorary, int), (
        "codes are texts"
    )
    return paid, career, honorary


async def asked_of(uow: UnitOfWork, run: int, person: str) -> dict[str, Any]:
    """What else the bonuses of a released run asked of a person, as `core.runs.asked` keeps it; empty where nothing.

    Raises:
        RunUnknown: there is no released run of this number.
    """
    return await _standing(uow, run, person, ASKED) or {}


async def plan_of(uow: UnitOfWork, run: int) -> Plan:
    """The plan by which a released run was calculated, from the very text.

    Raises:
        RunUnknown: there is no released run of this number.
    """
    attempt = await _released_attempt(uow, run)
    body = await parts.body(uow, run, attempt, "input/plan")
    assert body is not None, "a preview keeps its plan"
    return parsed(body.decode())


async def _released_attempt(uow: UnitOfWork, run: int) -> int:
    row = await store.row(uow, run)
    if row is None or row["state"] not in [state.value for state in OVER]:
        raise RunUnknown(run=str(run))
    return int(row["preview"])


async def _place(uow: UnitOfWork, run: int, attempt: int, person: str) -> int | None:
    """Where a person stands among the run's people; None where it does not know her."""
    for body in await parts.spanning(uow, run, attempt, PLACES, person.encode()):
        found = opened(body).filter(pl.col("code") == person)
        if found.height:
            return int(found["place"][0])
    return None


async def _standing(uow: UnitOfWork, run: int, person: str, part: str = STANDINGS) -> dict[str, Any] | None:
    attempt = await _released_attempt(uow, run)
    place = await _place(uow, run, attempt, person)
    if place is None:
        return None
    for body in await parts.spanning(uow, run, attempt, part, place_key(place)):
        rows = opened(body).filter(pl.col("person_id") == person)
        if rows.height:
            return rows.row(0, named=True)
    return None
