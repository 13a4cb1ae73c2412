"""Use cases about who is due by a run: the list, and terminating one of them as staff would."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import polars as pl

from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.genealogy.model import Link, NotInTree, Termination
from core.plan import service as plans
from core.runs.model import RunInState, RunNotLast, RunNotPreviewed, RunState
from core.runs.results import CARRY
from core.runs.service.states import known
from core.runs.store import parts
from core.runs.store import runs as store
from core.settlement.model import END, INACTIVE
from core.settlement.past.carrying import FILES


@dataclass(frozen=True, slots=True)
class Inactive:
    """A distributor who was inactive for so many cycles in a row."""

    person: str
    cycles: int
    due: str
    """`warn` or `end`."""


async def due(uow: UnitOfWork, run: int) -> list[Inactive]:
    """Whom a run's last preview, or what was released, says to warn or to terminate, in the order of joining.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
    """
    attempt = (await known(uow, run))["preview"]
    if attempt is None:
        raise RunNotPreviewed(run=str(run))
    content = b"".join(await parts.bodies(uow, run, attempt, CARRY + FILES["inactive"][0]))
    if not content:
        return []
    found = pl.read_csv(io.BytesIO(content), schema_overrides=INACTIVE).drop_nulls("due")
    return [Inactive(*row) for row in found.select("person_id", "cycles", "due").iter_rows()]


async def to_end(uow: UnitOfWork, run: int) -> list[Inactive]:
    """Whom a released run says to terminate.

    Raises:
        RunUnknown, RunNotPreviewed: there is no such run, or no preview of it.
        RunInState: it is not released.
        RunNotLast: a later cycle's run was released, which knows who has been active since.
    """
    found = await known(uow, run)
    if not store.is_over(found):
        raise RunInState(run=str(run), state=found["state"], wanted=RunState.RELEASED.value)
    last = max(await store.released(uow, found["calendar"]), key=lambda one: one.ends_at)
    if last.number != run:
        raise RunNotLast(run=str(run), last=str(last.number))
    return [one for one in await due(uow, run) if one.due == END]


async def end(uow: UnitOfWork, run: int, one: Inactive) -> bool:
    """Terminate a distributor; False for who has left already, or was brought back since the run was released."""
    released_at = (await known(uow, run))["released_at"]
    if _came_back(await genealogy.links_of(uow, one.person), released_at):
        return False
    to_company = (await plans.termination(uow)).line_goes_to == "company"
    reason = f"inactive for {one.cycles} cycles, by run {run}"
    try:
        await genealogy.terminate(uow, one.person, Termination(reason=reason), to_company=to_company)
    except NotInTree:
        return False
    return True


def _came_back(links: Sequence[Link], since: datetime) -> bool:
    """Whether she was out of the tree and came back after a moment."""
    return any(
        one.valid_to != following.valid_from and following.valid_from > since for one, following in pairwise(links)
    )
