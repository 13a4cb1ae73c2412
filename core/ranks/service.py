"""Use cases about recorded ranks: those of a cycle, what it changed, and a person's history."""

from collections.abc import Mapping, Sequence

from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.calendar.rules import codes_before
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import titles
from core.plan.model import Honorary, Plan
from core.ranks import store
from core.ranks.model import RankChanged, RankPeriod, RecordedRank


async def recorded_ranks(uow: UnitOfWork, cycle: str) -> dict[PersonId, RecordedRank]:
    """What a closed cycle fixed, by person; who had no rank, title or honour is left out."""
    return await store.recorded(uow, cycle)


async def earlier(
    uow: UnitOfWork, plan: Plan, cycle: Cycle, cycles: int
) -> dict[str, Mapping[PersonId, tuple[str | None, str | None]]]:
    """What so many cycles before this one found, those that are closed: the ranks they paid, and what was reached.

    Args:
        plan: with the calendar by which cycles are closed as its main one.

    Returns:
        By code of the cycle, the last first, and by person.
    """
    wanted = codes_before(plan.calendar, cycle, cycles)
    closed = {one.code for one in await calendar.closed_cycles(uow, plan)} if wanted else set()
    return {code: await store.found(uow, code) for code in wanted if code in closed}


async def write_ranks(
    uow: UnitOfWork, cycle: Cycle, turn: str, ranks: Sequence[RecordedRank], changed: Mapping[PersonId, titles.Change]
) -> None:
    """Write down some of the ranks that commissions of `cycle` are paid by, and titles that come with a turn.

    Nobody is shown them before the cycle is closed and the turn in force.

    Args:
        ranks: as the rules found them, one a person, each written once.
        changed: titles before and after.
    """
    await store.add(uow, cycle.code, ranks)
    await titles.write_down(uow, turn, changed)


async def forget_some(uow: UnitOfWork, cycle: Cycle) -> bool:
    """Delete some of the ranks that were written for a cycle which was not closed then; False when none was left."""
    return await store.forget_some(uow, cycle.code)


async def changes(
    uow: UnitOfWork, cycle: str, before: str, turn: str, after: PersonId, last: PersonId
) -> list[RankChanged]:
    """What a closed cycle changed, by person, for people behind `after` and up to `last`.

    Args:
        before: code of the closed cycle before this one.
        turn: with which the titles changed; of those not cleared up yet.
    """
    was, now = await store.between(uow, before, after, last), await store.between(uow, cycle, after, last)
    had = await titles.turned(uow, turn, after, last)
    found = []
    for person in sorted(was.keys() | now.keys() | had.keys()):
        title = now[person].career_rank if person in now else None
        change = RankChanged(
            person=person,
            cycle=cycle,
            before=was[person].rank if person in was else None,
            after=now[person].rank if person in now else None,
            title_before=had.get(person, title),
            title_after=title,
        )
        if change.before != change.after or change.title_before != change.title_after:
            found.append(change)
    return found


async def honours(uow: UnitOfWork, plan: Plan, people: Sequence[PersonId]) -> dict[PersonId, str]:
    """The honorary ranks that these people hold: those that the last closed cycle fixed; of a plan without any none."""
    closed = await calendar.closed_cycles(uow, plan) if plan.honorary is not Honorary.NONE else []
    return await store.honours(uow, closed[-1].code, people) if closed else {}


async def history(uow: UnitOfWork, plan: Plan, person: PersonId) -> list[RankPeriod]:
    """A person's ranks in closed cycles, the latest first; cycles before she had any rank are left out."""
    recorded = await store.history(uow, person)
    closed = [cycle.code for cycle in await calendar.closed_cycles(uow, plan)]
    first = next((place for place, code in enumerate(closed) if code in recorded), len(closed))
    periods = [recorded.get(code, RankPeriod(cycle=code, paid_rank=None, career_rank=None)) for code in closed[first:]]
    return periods[::-1]
