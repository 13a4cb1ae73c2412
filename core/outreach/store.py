"""Reading and writing which slots were worked through, and which ranks were seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.tables import OutboxRow
from core.outreach.rules.slots import Slot
from core.outreach.tables import JobRunRow, RankSeenRow
from core.plan.model import Plan

RUNS: Table = JobRunRow.__table__  # type: ignore[attr-defined]  # SQLModel sets it, its annotations do not tell
OUTBOX: Table = OutboxRow.__table__  # type: ignore[attr-defined]  # as above
SEEN: Table = RankSeenRow.__table__  # type: ignore[attr-defined]  # as above
NOBODY = 0
"""The person whose row says that a cycle was looked at."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A slot in the hands of one planner."""

    slot: Slot
    holder: str


async def done(uow: UnitOfWork, since: datetime) -> set[str]:
    """The names of slots after a moment that are worked through; a name begins with its kind."""
    found = await uow.connection.execute(select(RUNS.c.slot).where(RUNS.c.at > since, RUNS.c.done_at.is_not(None)))
    return set(found.scalars())


async def take(uow: UnitOfWork, hold: Hold, now: datetime, until: datetime) -> bool:
    """Take a slot that nobody holds, or whose holder is late; False when somebody does, or it is done.

    Args:
        now, until: real time.
    """
    slot = hold.slot
    insert = sqlite.insert if uow.dialect == "sqlite" else postgresql.insert
    row = {"job": slot.kind, "slot": slot.name, "at": slot.at, "holder": hold.holder, "lease_until": until}
    statement = insert(RUNS).values(**row, planned=0, withheld=0)
    late = RUNS.c.done_at.is_(None) & (RUNS.c.lease_until < now)
    taken = statement.on_conflict_do_update(
        index_elements=["job", "slot"], set_={"holder": hold.holder, "lease_until": until}, where=late
    )
    return (await uow.connection.execute(taken)).rowcount == 1


async def count(uow: UnitOfWork, hold: Hold, until: datetime, planned: int, withheld: int) -> bool:
    """Keep a slot for longer and add to what it wrote; False when it is in other hands by now."""
    more = {"planned": RUNS.c.planned + planned, "withheld": RUNS.c.withheld + withheld, "lease_until": until}
    return (await uow.connection.execute(update(RUNS).where(*_held(hold)).values(more))).rowcount == 1


async def withheld_now(uow: UnitOfWork, keys: Sequence[str]) -> int:
    """How many of these messages this transaction wrote as withheld; keys by the thousand."""
    mine = OUTBOX.c.key.in_(keys) & (OUTBOX.c.ended_at == uow.now)
    return (await uow.connection.execute(select(func.count()).where(mine))).scalar_one()


async def finish(uow: UnitOfWork, hold: Hold) -> bool:
    """Say that a slot is worked through; False when it is in other hands by now."""
    return (await uow.connection.execute(update(RUNS).where(*_held(hold)).values(done_at=uow.now))).rowcount == 1


def _held(hold: Hold) -> tuple[ColumnElement[bool], ...]:
    slot = hold.slot
    return RUNS.c.job == slot.kind, RUNS.c.slot == slot.name, RUNS.c.holder == hold.holder, RUNS.c.done_at.is_(None)


async def ranks_seen(uow: UnitOfWork, plan: Plan, cycle: str) -> tuple[bool, list[PersonId], list[int]]:
    """Whether nobody looked in a cycle yet; and people with the highest place that they were seen at in it."""
    places = {rank.code: place for place, rank in enumerate(plan.ranks, start=1)}
    found = await uow.connection.execute(select(SEEN.c.person_id, SEEN.c.rank).where(SEEN.c.cycle == cycle))
    by_person = {person: places.get(rank, 0) for person, rank in found}
    is_first = by_person.pop(NOBODY, None) is None
    return is_first, [PersonId(person) for person in by_person], list(by_person.values())


async def see_ranks(uow: UnitOfWork, cycle: str, seen: Sequence[tuple[int, str]]) -> None:
    """Remember at which ranks people were seen in a cycle, in place of what was seen before."""
    insert = sqlite.insert if uow.dialect == "sqlite" else postgresql.insert
    statement = insert(SEEN)
    newest = {"cycle": statement.excluded.cycle, "rank": statement.excluded.rank}
    rows = [{"person_id": person, "cycle": cycle, "rank": rank} for person, rank in seen]
    await uow.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=newest), rows)
