"""Use cases about recorded ranks: fixing those of a cycle, and a person's history."""

from collections.abc import Sequence

from core.calendar import service as calendar
from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan.model import Plan
from core.ranks import store
from core.ranks.model import RankChanged, RankPeriod, RecordedRank


async def recorded_ranks(uow: UnitOfWork, cycle: str) -> dict[PersonId, RecordedRank]:
    """What a closed cycle fixed, by person; who had no rank, title or honour is left out."""
    return await store.recorded(uow, cycle)


async def record_paid_ranks(uow: UnitOfWork, cycle: Cycle, before: str | None, ranks: Sequence[RecordedRank]) -> int:
    """Fix the ranks that commissions of `cycle` are paid by and everybody's title, and announce each change.

    Safe to repeat: a second call with the same ranks writes and announces nothing.

    Args:
        before: code of the closed cycle before this one; None for the first, whose ranks are no change.
        ranks: as the rules found them, one a person.

    Returns:
        How many people changed rank or title since the cycle before.
    """
    now = {one.person: one for one in ranks}
    if now and await store.recorded(uow, cycle.code) == now:
        return 0
    titles = await people.all_career_ranks(uow)
    was = await store.recorded(uow, before) if before else {}
    await store.replace(uow, cycle.code, ranks)
    changed = {one.person: one.career_rank for one in ranks if titles.get(one.person) != one.career_rank}
    await people.set_career_ranks(uow, changed)
    if before is None:
        return 0
    changes = [
        RankChanged(
            person=person,
            cycle=cycle.code,
            before=was[person].rank if person in was else None,
            after=now[person].rank if person in now else None,
            title_before=titles.get(person),
            title_after=now[person].career_rank if person in now else None,
        )
        for person in sorted(was.keys() | now.keys())
    ]
    real = [one for one in changes if one.before != one.after or one.title_before != one.title_after]
    await uow.emit_all(real)
    return len(real)


async def history(uow: UnitOfWork, plan: Plan, person: PersonId) -> list[RankPeriod]:
    """A person's ranks in closed cycles, the latest first; cycles before she had any rank are left out."""
    recorded = await store.history(uow, person)
    closed = [cycle.code for cycle in await calendar.closed_cycles(uow, plan)]
    first = next((place for place, code in enumerate(closed) if code in recorded), len(closed))
    periods = [recorded.get(code, RankPeriod(cycle=code, paid_rank=None, career_rank=None)) for code in closed[first:]]
    return periods[::-1]
