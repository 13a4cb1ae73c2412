"""Runs themselves: starting, claiming, moving from state to state, each by a change of exactly one row."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Update, func, or_, select, text, update
from sqlmodel import SQLModel

from core.calendar.model import Cycle
from core.db.unit_of_work import UnitOfWork
from core.db.upsert import insert_new
from core.runs.model import OVER, ReleasedRun, RunState, Work
from core.runs.tables import RunRow

RUNS = SQLModel.metadata.tables[str(RunRow.__tablename__)]
RELEASES_LOCK = 7_046_031
"""Any number that nobody else locks: releases are chained one after the other."""


async def add(uow: UnitOfWork, kind: str, cycle: Cycle, *, pays: bool) -> int | None:
    """A new draft; None when the cycle has a run of this kind."""
    values = {
        "kind": kind,
        "calendar": cycle.calendar,
        "cycle": cycle.code,
        "starts_at": cycle.period.start,
        "ends_at": cycle.period.end,
        "state": RunState.DRAFT.value,
        "started_by": uow.actor,
        "started_at": uow.now,
        "pays": pays,
    }
    usual = {"attempt": 0, "progress": "", "done": 0, "total": 0, "posted": 0}
    added = await uow.connection.execute(insert_new(uow, RUNS).values(**values, **usual).returning(RUNS.c.id))
    number: int | None = added.scalar_one_or_none()
    return number


async def row(uow: UnitOfWork, run: int, *, locked: bool = False) -> RowMapping | None:
    """A run; `locked` keeps others from changing it until the transaction ends."""
    asked = select(RUNS).where(RUNS.c.id == run)
    found = await uow.connection.execute(asked.with_for_update() if locked else asked)
    return found.mappings().first()


async def of_cycle(uow: UnitOfWork, calendar: str, cycle: str, *, locked: bool = False) -> Sequence[RowMapping]:
    """The runs of a cycle that were not cancelled."""
    asked = select(RUNS).where(RUNS.c.calendar == calendar, RUNS.c.cycle == cycle, _is_not(RunState.CANCELLED))
    found = await uow.connection.execute(asked.with_for_update() if locked else asked)
    return found.mappings().all()


async def latest(uow: UnitOfWork, limit: int, before: int | None = None) -> Sequence[RowMapping]:
    """Runs, the last one started first."""
    asked = select(RUNS).order_by(RUNS.c.id.desc()).limit(limit)
    found = await uow.connection.execute(asked if before is None else asked.where(RUNS.c.id < before))
    return found.mappings().all()


async def released(uow: UnitOfWork, calendar: str | None = None) -> list[ReleasedRun]:
    """Released runs, the first one first."""
    asked = select(RUNS).where(RUNS.c.state.in_([state.value for state in OVER])).order_by(RUNS.c.released_number)
    found = await uow.connection.execute(asked if calendar is None else asked.where(RUNS.c.calendar == calendar))
    return [_released(one) for one in found.mappings()]


async def sealed(uow: UnitOfWork) -> Sequence[RowMapping]:
    """Every run that has a seal, whatever state it is said to be in, the first one first."""
    asked = select(RUNS).where(or_(RUNS.c.seal.is_not(None), RUNS.c.state.in_([state.value for state in OVER])))
    return (await uow.connection.execute(asked.order_by(RUNS.c.released_number))).mappings().all()


def is_over(run: RowMapping) -> bool:
    """Whether a run is released or paid."""
    return run["state"] in [state.value for state in OVER]


async def wanted(uow: UnitOfWork) -> Sequence[RowMapping]:
    """Runs on which work waits, or whose worker has not been heard of for too long."""
    silent = or_(RUNS.c.worker.is_(None), RUNS.c.lease_until <= uow.now)
    found = await uow.connection.execute(select(RUNS).where(RUNS.c.work.is_not(None), silent).order_by(RUNS.c.id))
    return found.mappings().all()


async def claim(
    uow: UnitOfWork, run: int, work: Work, states: Sequence[RunState], *, worker: str, lease_until: datetime, dead: str
) -> int | None:
    """Take a run to work on it.

    Args:
        dead: a worker of whom it is known that he lives no more.

    Returns:
        The attempt that this is; None when it is in another state, or somebody else works on it.
    """
    free = or_(RUNS.c.worker.is_(None), RUNS.c.lease_until <= uow.now, RUNS.c.worker == dead)
    same = or_(RUNS.c.work.is_(None), RUNS.c.work == work.value, RUNS.c.worker.is_not(None))
    values = {
        "work": work.value,
        "worker": worker,
        "asked_by": uow.actor,
        "lease_until": lease_until,
        "progress": "",
        "failed": None,
    }
    taken = await uow.connection.execute(
        update(RUNS)
        .where(RUNS.c.id == run, RUNS.c.state.in_([state.value for state in states]), free, same)
        .values(**values, attempt=RUNS.c.attempt + 1)
        .returning(RUNS.c.attempt)
    )
    attempt: int | None = taken.scalar_one_or_none()
    return attempt


async def releasing(uow: UnitOfWork, run: int) -> int | None:
    """Another run that is being released, or whose release was stopped halfway."""
    alive = (RUNS.c.work == Work.RELEASE.value) & (RUNS.c.lease_until > uow.now)
    halfway = (RUNS.c.state == RunState.APPROVED.value) & (RUNS.c.posted > 0)
    found = await uow.connection.execute(select(RUNS.c.id).where(RUNS.c.id != run, or_(alive, halfway)).limit(1))
    number: int | None = found.scalar_one_or_none()
    return number


async def halfway(uow: UnitOfWork) -> Sequence[int]:
    """Runs that are being released, or whose release was stopped halfway."""
    asked = select(RUNS.c.id).where(RUNS.c.posted > 0, RUNS.c.state == RunState.APPROVED.value)
    return (await uow.connection.execute(asked)).scalars().all()


async def ask_for(uow: UnitOfWork, run: int, work: Work, states: Sequence[RunState]) -> bool:
    """Note that work waits to be done; False when other work is going on, or the state does not allow it."""
    free = or_(RUNS.c.work.is_(None), (RUNS.c.work == work.value) & RUNS.c.worker.is_(None))
    return await _one(
        uow,
        (RUNS.c.id == run) & RUNS.c.state.in_([state.value for state in states]) & free,
        {"work": work.value, "asked_by": uow.actor, "failed": None, "progress": ""},
    )


async def held(uow: UnitOfWork, run: int, attempt: int, values: Mapping[str, Any]) -> bool:
    """Change a run that an attempt holds; False when it was overtaken."""
    return await _one(uow, (RUNS.c.id == run) & (RUNS.c.attempt == attempt) & RUNS.c.worker.is_not(None), values)


def heartbeat(run: int, attempt: int, lease_until: datetime) -> Update:
    """Say that whoever holds a run lives; changes no row when it was overtaken."""
    is_held = (RUNS.c.id == run) & (RUNS.c.attempt == attempt) & RUNS.c.worker.is_not(None)
    return update(RUNS).where(is_held).values(lease_until=lease_until)


async def finish(uow: UnitOfWork, run: int, attempt: int, state: RunState, values: Mapping[str, Any]) -> bool:
    """End an attempt that came to its end, in another state of the run; False when it was overtaken."""
    over = {"state": state.value, "work": None, "worker": None, "lease_until": None, "progress": ""}
    return await held(uow, run, attempt, {**over, **values})


async def move(
    uow: UnitOfWork, run: int, before: Sequence[RunState], after: RunState, *, preview: int | None = None
) -> bool:
    """Move an idle run to another state; False when it is in none of those before, is busy, or was previewed anew."""
    condition = (RUNS.c.id == run) & RUNS.c.state.in_([state.value for state in before]) & RUNS.c.work.is_(None)
    if preview is not None:
        condition &= RUNS.c.preview == preview
    return await _one(uow, condition, {"state": after.value})


async def lock_releases(uow: UnitOfWork) -> None:
    """Wait for other releases to end; SQLite has one writer at a time anyway."""
    if uow.dialect == "postgresql":
        await uow.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": RELEASES_LOCK})


async def last_seal(uow: UnitOfWork) -> tuple[int, str | None]:
    """Number and seal of the run that was released last; 0 and None before the first."""
    asked = select(RUNS.c.released_number, RUNS.c.seal).where(RUNS.c.released_number.is_not(None))
    found = (await uow.connection.execute(asked.order_by(RUNS.c.released_number.desc()).limit(1))).first()
    return (0, None) if found is None else (int(found[0]), found[1])


async def count(uow: UnitOfWork) -> int:
    """How many runs there are."""
    return int(await uow.connection.scalar(select(func.count()).select_from(RUNS)) or 0)


async def _one(uow: UnitOfWork, condition: ColumnElement[bool], values: Mapping[str, Any]) -> bool:
    changed = await uow.connection.execute(update(RUNS).where(condition).values(**values))
    assert changed.rowcount in (0, 1), "a run is one row"
    return changed.rowcount == 1


def _is_not(state: RunState) -> ColumnElement[bool]:
    return RUNS.c.state != state.value


def _released(one: RowMapping) -> ReleasedRun:
    return ReleasedRun(
        number=one["id"],
        kind=one["kind"],
        calendar=one["calendar"],
        cycle=one["cycle"],
        starts_at=one["starts_at"],
        ends_at=one["ends_at"],
        released_at=one["released_at"],
        seal=one["seal"],
        plan_version=one["plan_version"],
        pays=bool(one["pays"]),
        state=RunState(one["state"]),
    )
