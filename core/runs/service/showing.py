"""Runs as staff see them, from the first draft on."""

import polars as pl
from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.runs.comparing import CYCLE, PREVIEW
from core.runs.loading.gathering import kind_of
from core.runs.model import (
    Award,
    Difference,
    Finding,
    Progress,
    RunCard,
    RunKindUnknown,
    RunNotPreviewed,
    Work,
)
from core.runs.packing import opened
from core.runs.service.reading import lines_in
from core.runs.service.states import known, plan_of_run
from core.runs.store import hands, parts
from core.runs.store import runs as store

AGAINST = {"preview": PREVIEW, "cycle": CYCLE}


async def card(uow: UnitOfWork, run: int) -> RunCard:
    """One run.

    Raises:
        RunUnknown: there is no such run.
    """
    return await _card(uow, await known(uow, run))


async def cards(uow: UnitOfWork, *, limit: int, before: int | None = None) -> list[RunCard]:
    """Runs, the last one started first."""
    return [await _card(uow, one) for one in await store.latest(uow, limit, before)]


async def findings(uow: UnitOfWork, run: int) -> list[Finding]:
    """What its last preview and validation found.

    Raises:
        RunUnknown: there is no such run.
    """
    found = await known(uow, run)
    return await hands.findings(uow, run, found["preview"])


async def differences(uow: UnitOfWork, run: int, *, against: str, after: int, limit: int) -> list[Difference]:
    """What its last preview changed, the largest first; empty where there was nothing to compare with.

    Args:
        against: `preview`, the one before, or `cycle`, the one before.
        after: so many of the list are left out.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
    """
    attempt = _previewed(await known(uow, run))
    found = await parts.bodies(uow, run, attempt, AGAINST[against])
    rows = pl.concat([opened(body) for body in found])[after : after + limit] if found else pl.DataFrame()
    return [Difference(**row) for row in rows.iter_rows(named=True)]


async def is_compared(uow: UnitOfWork, run: int, against: str) -> bool:
    """Whether its last preview had something to compare with, so that no differences means that nothing changed.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
    """
    attempt = _previewed(await known(uow, run))
    return bool(await parts.digests(uow, run, attempt, AGAINST[against]))


async def awards(uow: UnitOfWork, run: int, person: str) -> list[Award]:
    """A person's award lines in the last preview, or in what was released, each with its because.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
    """
    attempt = _previewed(await known(uow, run))
    lines = await lines_in(uow, run, attempt, person)
    return [
        Award(
            bonus=row["bonus"],
            unit=row["unit"],
            amount=row["amount"],
            source=row["source_person_id"],
            order=row["source_order_id"],
            level=row["level"],
            base=row["base"],
            rate=row["rate"],
            because=row["because"],
        )
        for row in lines.iter_rows(named=True)
    ]


def _previewed(run: RowMapping) -> int:
    if run["preview"] is None:
        raise RunNotPreviewed(run=str(run["id"]))
    return int(run["preview"])


async def _card(uow: UnitOfWork, run: RowMapping) -> RunCard:
    counts = await hands.counts(uow, run["id"], run["preview"])
    same = {name: run[name] for name in RunCard.model_fields if name in run and name != "progress"}
    return RunCard(
        **same,
        run=run["id"],
        steps=await _steps(uow, run),
        attempts=run["attempt"],
        progress=_progress(run),
        faults=counts.get("fault", 0),
        notices=counts.get("notice", 0),
        approvals=tuple(await hands.approvals(uow, run["id"], run["preview"])),
    )


async def _steps(uow: UnitOfWork, run: RowMapping) -> tuple[str, ...]:
    """Of the run's kind; none where the plan has it no more."""
    try:
        return kind_of(await plan_of_run(uow, run), run["kind"]).steps
    except RunKindUnknown:
        return ()


def _progress(run: RowMapping) -> Progress | None:
    if run["work"] is None:
        return None
    return Progress(
        work=Work(run["work"]),
        part=run["progress"],
        done=run["done"],
        total=run["total"],
        until=None if run["worker"] is None else run["lease_until"],
    )
