"""Titles at a cycle's beginning and what cycles before it found, of a company whose cycles were closed without runs."""

from collections.abc import Mapping, Sequence

import polars as pl

from core.calendar import service as calendar
from core.calendar.model import ClosedCycle, Cycle
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.plan.model import Plan
from core.plan.model.terms import RankAward
from core.ranks import service as ranks
from core.ranks.model import RecordedRank
from core.ranks.rules import earlier
from core.runs.store import parts
from core.runs.store.runs import released
from core.settlement.cycle.turns import so_far
from core.settlement.model import PAID, RANKS, framed
from core.settlement.past import carrying


async def closed_before(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> list[ClosedCycle]:
    """Closed cycles of the main calendar that ended before the one in which a cycle, of whatever calendar, ends."""
    begins = so_far(plan.calendar, cycle).period.start
    return [one for one in await calendar.closed_cycles(uow, plan) if one.ends_at <= begins]


async def titles_of(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> str | None:
    """The closed cycle of the main calendar whose titles a cycle begins with; None before the first.

    | the week  | closed so far    | begins with the titles of |
    | --------- | ---------------- | ------------------------- |
    | 2026-W45  | 2026-09          | 2026-09                   |
    | 2026-W45  | 2026-09, 2026-10 | 2026-10                   |
    """
    closed = await closed_before(uow, plan, cycle)
    return closed[-1].code if closed else None


async def titles_stand(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> bool:
    """Whether the titles that people have now are those of a cycle's beginning: no later cycle was closed."""
    return len(await closed_before(uow, plan, cycle)) == len(await calendar.closed_cycles(uow, plan))


async def titles(
    uow: UnitOfWork, plan: Plan, cycle: Cycle, codes: Mapping[PersonId, str], *, left: bool
) -> pl.DataFrame | None:
    """Titles at a cycle's beginning, where they are not what the run before left.

    A run of another calendar than the main one takes those of the main one's last closed cycle, so that weeks and
    months know the same ones: as its run left them, or as it was closed without one.

    Args:
        left: whether a run of the same calendar came before.

    Returns:
        As `core.settlement.model.RANKS`, by person.
    """
    main = plan.calendar.code
    if cycle.calendar == main:
        return None if left else await recorded(uow, plan, cycle, codes)
    closed = await titles_of(uow, plan, cycle)
    run = next((one for one in await released(uow, main) if one.cycle == closed), None)
    if run is None:
        return await recorded(uow, plan, cycle, codes)
    attempt = await parts.published(uow, run.number)
    return carrying.titles_in(b"".join(await parts.bodies(uow, run.number, attempt, f"carry/{carrying.TITLES}")))


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


async def found_earlier(uow: UnitOfWork, plan: Plan, cycle: Cycle, codes: Mapping[PersonId, str]) -> pl.DataFrame:
    """The ranks that closed cycles of the main calendar paid, and what was reached in them, as far as the plan looks.

    Args:
        cycle: of whatever calendar; the main one is looked at up to the cycle before that in which it ends.

    Returns:
        As `core.settlement.model.PAID`, by cycle and person.
    """
    held = [bonus.terms.hold_cycles - 1 for bonus in plan.bonuses if isinstance(bonus.terms, RankAward)]
    cycles = max([earlier.cycles_back(plan), *held])
    found = await ranks.earlier(uow, plan, so_far(plan.calendar, cycle), cycles)
    rows = [
        (codes[person], code, rank, reached)
        for code, theirs in found.items()
        for person, (rank, reached) in theirs.items()
        if person in codes
    ]
    return pl.DataFrame(rows, schema=dict(PAID), orient="row").sort("cycle", "person_id")


def _highest(plan: Plan, cycles: Sequence[Mapping[PersonId, RecordedRank]]) -> dict[PersonId, int]:
    ladder = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    found: dict[PersonId, int] = {}
    for cycle in cycles:
        for person, one in cycle.items():
            places = (ladder.get(one.rank or "", 0), ladder.get(one.career_rank or "", 0))
            found[person] = max(found.get(person, 0), *places)
    return found
