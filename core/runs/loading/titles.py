"""Titles at a cycle's beginning, for the first run of a company whose cycles were closed without runs."""

from collections.abc import Mapping, Sequence

import polars as pl

from core.calendar import service as calendar
from core.calendar.model import ClosedCycle, Cycle
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import Plan
from core.ranks import service as ranks
from core.ranks.model import RecordedRank
from core.settlement.model import RANKS, framed


async def closed_before(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> list[ClosedCycle]:
    """Closed cycles of the main calendar that had ended when a cycle began."""
    return [one for one in await calendar.closed_cycles(uow, plan) if one.ends_at <= cycle.period.start]


async def titles_stand(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> bool:
    """Whether the titles that people have now are those of a cycle's beginning: no later cycle was closed."""
    return all(one.ends_at <= cycle.period.start for one in await calendar.closed_cycles(uow, plan))


async def recorded(uow: UnitOfWork, plan: Plan, cycle: Cycle, codes: Mapping[PersonId, str]) -> pl.DataFrame:
    """What closed cycles before this one left: the titles of the last, and the highest rank of them all.

    Returns:
        As `core.settlement.model.RANKS`, by person.
    """
    closed = await closed_before(uow, plan, cycle)
    cycles = [await ranks.recorded_ranks(uow, one.code) for one in closed]
    last = cycles[-1] if cycles else {}
    highest = _highest(plan, cycles)
    people = sorted((person for person in highest if person in codes), key=lambda person: codes[person])
    ladder = [None, *(rank.code for rank in plan.ranks)]
    return framed(
        RANKS,
        {
            "person_id": [codes[person] for person in people],
            "career_rank": [last[person].career_rank if person in last else None for person in people],
            "misses": [last[person].misses if person in last else 0 for person in people],
            "highest_rank": [ladder[highest[person]] for person in people],
            "grace": [last[person].grace if person in last else None for person in people],
            "honorary_rank": [last[person].honorary_rank if person in last else None for person in people],
        },
    )


def _highest(plan: Plan, cycles: Sequence[Mapping[PersonId, RecordedRank]]) -> dict[PersonId, int]:
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    found: dict[PersonId, int] = {}
    for cycle in cycles:
        for person, one in cycle.items():
            places = (ladder.get(one.rank or "", 0), ladder.get(one.career_rank or "", 0))
            found[person] = max(found.get(person, 0), *places)
    return found
