"""What a release tells of its run, and whether the run still is as it was told.

| what was changed                         | how it is found                                              |
| ---------------------------------------- | ------------------------------------------------------------ |
| the row of a run is gone, the last too   | its release is told, and its entries stand in the book       |
| an approval is gone, added or another's  | the seal does not fit; the release, and approvals told by it |
| who started it, whether it pays, its seal| the seal does not fit; the release                           |
| when it was released, by which plan      | the release                                                  |
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import RowMapping

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem
from core.runs.model import Approval, RunReleased
from core.runs.rules.seal import Deeds, seal
from core.runs.store import hands, log, parts
from core.runs.store import runs as store

SEAL_SHOWN = 16


@dataclass(frozen=True, slots=True)
class Told:
    """A release as the log of events has it."""

    event: RunReleased
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Log:
    """What the log of events says of all runs."""

    releases: Mapping[int, Told]
    approvers: Mapping[tuple[int, int], set[str]]
    """By run and attempt."""

    def seal_of(self, run: RowMapping) -> str:
        """A run's seal as its release told it; the row's own where none is told."""
        release = self.releases.get(run["id"])
        return run["seal"] if release is None else release.event.seal

    def gone(self, runs: Collection[int]) -> Iterator[Problem]:
        """Runs that were released and are not among these."""
        for number, told in self.releases.items():
            if number not in runs:
                facts = {"run": str(number), "cycle": told.event.cycle, "seal": told.event.seal[:SEAL_SHOWN]}
                yield Problem("run_gone", facts=facts)


async def announced(uow: UnitOfWork, run: RowMapping) -> RunReleased:
    """What is told of a run that the actor releases now, with its seal; for the last transaction of the release."""
    number, before = await store.last_seal(uow)
    approvals = tuple(await hands.approvals(uow, run["id"], run["preview"]))
    made = seal(await parts.digests(uow, run["id"], run["preview"]), before, deeds(run, approvals, uow.actor))
    return RunReleased(
        run=run["id"],
        calendar=run["calendar"],
        cycle=run["cycle"],
        number=number + 1,
        plan_version=run["plan_version"],
        pays=run["pays"],
        started_by=run["started_by"],
        approvals=approvals,
        seal=made,
        seal_before=before,
    )


def deeds(run: RowMapping, approvals: Collection[Approval], released_by: str) -> Deeds:
    """Who answers for a run."""
    return Deeds(run["started_by"], tuple(one.by for one in approvals), released_by, bool(run["pays"]))


async def told(uow: UnitOfWork) -> Log:
    """The log of all runs; a release whose facts cannot be read is as one that was never told."""
    releases: dict[int, Told] = {}
    for row in await log.releases(uow):
        try:
            event = RunReleased.model_validate(row["facts"])
        except ValidationError:
            continue
        releases[event.run] = Told(event, row["at"], row["actor"])
    return Log(releases, await log.approvers(uow))


def told_otherwise(run: RowMapping, approvals: Collection[Approval], known: Log) -> Iterator[str]:
    """The tables that say something else of a released run than the log of events does."""
    release = known.releases.get(run["id"])
    if release is None:
        yield "event"
        return
    event = release.event
    logged = (event.number, event.plan_version, event.pays, event.started_by, event.seal_before, release.at, release.by)
    kept = (run["released_number"], run["plan_version"], bool(run["pays"]), run["started_by"], run["seal_before"])
    if logged != (*kept, run["released_at"], run["released_by"]):
        yield "settlement_run"
    who = {one.by for one in approvals}
    if tuple(approvals) != event.approvals or who != known.approvers.get((run["id"], run["preview"]), set()):
        yield "settlement_approval"
