"""One settlement from a company to what is written: ranks, bonuses, payouts, totals."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import perf_counter

import polars as pl

from core.bonuses.arrays import Settled
from core.bonuses.registry import settle
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.kernel.errors import Problem
from core.plan.model import Bonus, Plan
from core.settlement.capping import cap_all
from core.settlement.charging_back import charge_back
from core.settlement.counting import counted
from core.settlement.figures import Standings, standings
from core.settlement.model import Carried, Company, PlanNotCalculated
from core.settlement.paying import pay
from core.settlement.remembering import remembered
from core.settlement.source import CycleSource

HARMLESS = ("[trees]", "[placement]", "[termination]")
"""Sections that change no amount where no bonus asks for them."""


@dataclass(slots=True)
class Timings:
    """How long each part took, in seconds."""

    parts: dict[str, float]
    tell: Callable[[str], None]

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Measures what happens inside."""
        begun = perf_counter()
        yield
        self.parts[name] = round(perf_counter() - begun, 6)
        self.tell(f"{name}: {self.parts[name]:.3f} s")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a settlement comes to."""

    plan: Plan
    company: Company
    standings: Standings
    settled: tuple[Settled, ...]
    corrections: pl.DataFrame
    """As `core.settlement.rules.corrections` says."""
    payouts: pl.DataFrame
    """As `core.settlement.rules.payouts` says, by place and currency."""
    notes: pl.DataFrame
    """What stands in `adjustments`, amount by amount, as `NOTES` says."""
    lots: pl.DataFrame
    """What is carried out, as `LOTS` says."""
    posted: pl.DataFrame
    """Lines that returns can still charge back, as `POSTED` says."""
    notices: tuple[Problem, ...]
    """What whoever settles should know: returns without a sale, orders paid too late and the like."""
    capped: pl.DataFrame
    """What was paid under caps whose cycle goes on, as `CAPPED` says."""
    remembered: Mapping[str, pl.DataFrame]
    """What bonuses leave to the next cycle, by part of `Carried`."""


def refuse_what_is_not_calculated(problems: Sequence[Problem]) -> None:
    """Money must not be left out silently.

    Raises:
        PlanNotCalculated: the plan asks for something that has no engine yet.
    """
    told = [str(one.facts["word"]) for one in problems if one.code == "plan_not_calculated"]
    missing = [word for word in told if word not in HARMLESS]
    if missing:
        raise PlanNotCalculated(words=missing)


def by_calendar(plan: Plan, calendar: str | None) -> tuple[Plan, list[Bonus]]:
    """The plan with that calendar as its main one, and the bonuses that are calculated by it."""
    main = plan.calendar.code
    chosen = next(one for one in plan.calendars if one.code == (calendar or main))
    others = tuple(one for one in plan.calendars if one != chosen)
    bonuses = [one for one in plan.bonuses if one.on and (one.calendar or main) == chosen.code]
    return replace(plan, calendars=(chosen, *others)), bonuses


def run(
    company: Company,
    plan: Plan,
    rates: RateTable,
    cycle: str,
    *,
    calendar: str | None,
    carried: Carried,
    timings: Timings,
) -> Outcome:
    """Settle one cycle.

    Raises:
        CycleUnknown: the calendar has no such cycle.
        RateMissing: amounts must be converted and no rate is known.
    """
    plan, bonuses = by_calendar(plan, calendar)
    chosen = cycle_named(plan.calendar, cycle)
    orders = counted(company, plan, chosen)
    company = orders.company
    with timings.part("kpis and ranks"):
        figures = standings(company, plan, chosen, bonuses, carried)
    source = CycleSource(company, figures, rates, tuple(bonuses), carried)
    with timings.part("bonuses"):
        settled = settle(plan, bonuses, figures.network, source)
        left = remembered(company, figures, bonuses, settled, carried)
    with timings.part("caps"):
        capped = cap_all(plan, settled, source, carried.capped)
    settled = [*settled, *capped.settled]
    with timings.part("returns"):
        back = charge_back(company, figures, settled, orders.charging, carried.posted)
    with timings.part("payouts"):
        paid = pay(company, plan, source, settled, back.corrections, carried.balances)
    return Outcome(
        plan=plan,
        company=company,
        standings=figures,
        settled=tuple(settled),
        corrections=back.corrections,
        payouts=paid.payouts,
        notes=paid.notes,
        lots=paid.lots,
        capped=capped.paid,
        posted=back.posted,
        notices=(*orders.notices, *back.notices),
        remembered=left,
    )
