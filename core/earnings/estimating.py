"""Open cycles settled as if they closed now: worked out when somebody asks, kept while nothing has changed.

That of the main calendar comes first; those of other calendars by which bonuses are paid, such as weeks, stand beside
it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any

import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import cycle_at, previous
from core.db.database import Database
from core.earnings import store
from core.kernel.logs import logger
from core.plan import service as plans
from core.plan.model import Bonus, CalendarSpec, Plan
from core.runs.inputs import Inputs, inputs
from core.runs.loading import gathering
from core.runs.model import ReleasedRun
from core.runs.results import left_by
from core.runs.service import released
from core.settlement.cycle.source import CycleSource
from core.settlement.lines.columns import LineColumns
from core.settlement.lines.reasons import awards
from core.settlement.model import CarryUnfit
from core.settlement.running import Outcome, Timings, run

OPEN = "e"
"""What the names of an estimate's lines begin with."""
PATIENCE_S = 3.0
"""So long a question waits for figures worked out anew; then those before them answer, with their time."""
BETWEEN_MAX = 4
"""So many ended cycles of a calendar that have no released run yet are settled for the next one's estimate."""
REST = 4.0
"""After a calculation, so many times as long as it took, the next one waits; a large company is not calculated all
the time."""


@dataclass(frozen=True, slots=True)
class Estimated:
    """An open cycle, settled."""

    number: int
    """Of this process's calculations; part of the names of its lines."""
    outcome: Outcome
    source: CycleSource
    lines: pl.DataFrame
    """Columns of `core.settlement.lines.columns.LINE`, by payee."""
    as_of: datetime
    seconds: float
    ended: float
    """When it was ready, by the process's own clock."""
    beside: "tuple[Estimated, ...]" = ()
    """The open cycles of other calendars by which bonuses are paid, in the plan's order."""

    @property
    def all(self) -> "tuple[Estimated, ...]":
        """It, and those beside it."""
        return self, *self.beside

    @property
    def source_name(self) -> str:
        """What the names of its lines begin with."""
        return f"{OPEN}{self.number}"

    @property
    def bonuses(self) -> tuple[Bonus, ...]:
        """Those of the plan that were calculated; caps and the like are none."""
        codes = {one.bonus.code for one in self.outcome.settled}
        return tuple(bonus for bonus in self.outcome.plan.bonuses if bonus.code in codes)

    def lines_of(self, person: str) -> pl.DataFrame:
        """A person's lines as awards.csv has them, and `amount_minor`."""
        hers = self.lines.filter(pl.col("payee_id") == person)
        return awards(hers).with_columns(hers["amount_minor"])


class Estimates:
    """One calculation at a time in a process; who asks meanwhile waits for it, or is given the one before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._latest: Estimated | None = None
        self._running: asyncio.Task[Estimated] | None = None
        self._count = 0
        self._events = -1

    async def latest(self) -> Estimated | None:
        """The open cycle's estimate; None while the first one of a large company is still being worked out.

        Raises:
            PlanMissing: no plan was ever put in force.
        """
        if self._running is None and await self._is_due():
            self._running = asyncio.create_task(self._calculate())
            self._running.add_done_callback(self._done)
        running = self._running
        if running is not None:
            await asyncio.wait({running}, timeout=PATIENCE_S)
            if running.done() and self._latest is None:
                running.result()  # the first question of all is told what is wrong
        return self._latest

    def known(self, award: str) -> Estimated | None:
        """The estimate that a line's name belongs to, if it is of the latest; nothing is worked out for it."""
        latest = () if self._latest is None else self._latest.all
        return next((one for one in latest if award.startswith(f"{one.source_name}.")), None)

    async def _is_due(self) -> bool:
        latest = self._latest
        if latest is None:
            return True
        if monotonic() - latest.ended < REST * latest.seconds:
            return False
        async with self._database.read() as uow:
            return await store.latest_event(uow) != self._events

    def _done(self, task: "asyncio.Task[Estimated]") -> None:
        self._running = None
        if not task.cancelled() and task.exception() is not None:
            logger().warning("estimate_failed", error=type(task.exception()).__name__)

    async def _calculate(self) -> Estimated:
        begun = monotonic()
        async with self._database.read() as uow:
            events = await store.latest_event(uow)
            plan = await plans.plan_in_force(uow, uow.now)
        found = [await self._open(calendar) for calendar in calendars_of(plan)]
        ended = monotonic()
        self._latest = replace(found[0], seconds=ended - begun, ended=ended, beside=tuple(found[1:]))
        self._events = events
        return self._latest

    async def _open(self, calendar: CalendarSpec) -> Estimated:
        """One calendar's open cycle; each is read by itself, so that only one of a large company is held at a time."""
        begun = monotonic()
        async with self._database.read() as uow:
            cycle = cycle_at(calendar, uow.now)
            plan = await plans.plan_in_force(uow, uow.now)
            between = unreleased(calendar, cycle, await released(uow))
            before = [await gathering.gather(uow, _wanted(plan, one)) for one in between]
            gathered = await gathering.gather(uow, _wanted(plan, cycle))
        outcome, source, lines = await asyncio.to_thread(_settled, before, gathered)
        self._count += 1
        ended = monotonic()
        return Estimated(self._count, outcome, source, lines, gathered.known_until, ended - begun, ended)


def calendars_of(plan: Plan) -> list[CalendarSpec]:
    """The main calendar, and those others that are settled and by which a bonus is paid."""
    settled = {kind.calendar for kind in plan.kinds_of_runs}
    paying = {bonus.calendar for bonus in plan.bonuses if bonus.on} & settled
    return [one for one in plan.calendars if one == plan.calendar or one.code in paying]


def _wanted(plan: Plan, cycle: Cycle) -> dict[str, Any]:
    kinds = {kind.calendar: kind.code for kind in reversed(plan.kinds_of_runs) if kind.calendar != plan.calendar.code}
    period = {"starts_at": cycle.period.start, "ends_at": cycle.period.end}
    return {"kind": kinds.get(cycle.calendar), "calendar": cycle.calendar, "cycle": cycle.code, **period}


def unreleased(calendar: CalendarSpec, cycle: Cycle, runs: Sequence[ReleasedRun]) -> list[Cycle]:
    """The cycles between the last one that has a released run and this one: what they leave is not known yet.

    | released          | asked in | found   |
    | ----------------- | -------- | ------- |
    | 2026-09           | 2026-11  | 2026-10 |
    | 2026-09, 2026-10  | 2026-11  | -       |
    | none, or long ago | 2026-11  | -       |
    """
    found, last = list[Cycle](), [one.cycle for one in runs if one.calendar == cycle.calendar]
    before = previous(calendar, cycle)
    while last and before.code != last[-1]:
        found.insert(0, before)
        before = previous(calendar, before)
        if len(found) > BETWEEN_MAX:
            return []
    return found


def _settled(
    before: Sequence[gathering.Gathered], gathered: gathering.Gathered
) -> tuple[Outcome, CycleSource, pl.DataFrame]:
    """Of the last one, after those before it are settled too: what they carry over counts in it."""
    left: dict[str, bytes] = {}
    for one in before:
        left = {f"{one.cycle.calendar}/{name}": body for name, body in left_by(_run(_taken(one, left))).items()}
    taken = _taken(gathered, left)
    outcome = _run(taken)
    bonuses = tuple(one.bonus for one in outcome.settled)
    columns = LineColumns(outcome)
    return outcome, CycleSource(taken.company, outcome.standings, taken.rates, bonuses), columns.at(0, columns.size)


def _taken(gathered: gathering.Gathered, left: Mapping[str, bytes]) -> Inputs:
    """With what the cycle before leaves in the place of what its calendar's last run left."""
    if left:
        own = f"{gathered.cycle.calendar}/"
        others = {name: body for name, body in gathered.carried.items() if "/" in name and not name.startswith(own)}
        gathered = replace(gathered, carried={**others, **left})
    try:
        return inputs(gathered)
    except CarryUnfit:  # nothing was released for a long time
        return inputs(replace(gathered, carried={}))


def _run(taken: Inputs) -> Outcome:
    return run(
        taken.company,
        taken.plan,
        taken.rates,
        taken.cycle.code,
        calendar=taken.cycle.calendar,
        carried=taken.carried,
        timings=Timings({}, lambda _line: None),
        text=taken.plan_text,
    )
