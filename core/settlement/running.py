"""One settlement from a company to what is written: ranks, bonuses, payouts, totals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from core.bonuses.arrays import Settled
from core.calendar.model import Cycle
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.kernel.errors import Problem
from core.plan.model import Plan
from core.plan.reading import check
from core.settlement.cycle.counting import counted
from core.settlement.cycle.figures import Standings
from core.settlement.files.timing import Timings, silent
from core.settlement.model import ADVANCED, Carried, Company, Past, framed
from core.settlement.past.cycles import keeps_past, past_of, still_kept
from core.settlement.past.late import corrected
from core.settlement.past.lost import without
from core.settlement.rules import ever
from core.settlement.rules.corrections import rows
from core.settlement.steps.advancing import advanced_cycle, advances, reconciled
from core.settlement.steps.calculating import Calculated, by_calendar, calculate, sums
from core.settlement.steps.paying import pay

__all__ = ["Outcome", "Timings", "by_calendar", "run"]


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
    given: Company
    """With orders as they came."""
    carried: Carried
    """What the run was given of earlier cycles."""
    late: tuple[str, ...]
    """Orders of earlier cycles whose volume binary bonuses took in this one."""
    past: tuple[Past, ...]
    """Cycles that late orders and returns can still change, this one the last."""
    capped: pl.DataFrame
    """What was paid under caps whose cycle goes on, and under those that count for ever, as `CAPPED` says."""
    remembered: Mapping[str, pl.DataFrame]
    """What bonuses leave to the next cycle, by part of `Carried`."""


def run(
    company: Company,
    plan: Plan,
    rates: RateTable,
    cycle: str,
    *,
    calendar: str | None,
    carried: Carried,
    timings: Timings,
    text: str = "",
) -> Outcome:
    """Settle one cycle.

    Args:
        text: the plan's, which late orders and returns settle this cycle by again; it may be left out where the plan
            has neither `[late_orders]` nor returns that count in the original period.

    Raises:
        CycleUnknown: the calendar has no such cycle.
        RateMissing: amounts must be converted and no rate is known.
    """
    chosen, bonuses = by_calendar(plan, calendar)
    now = cycle_named(chosen.calendar, cycle)
    with timings.part("late orders"):
        late = corrected(company, rates, now, carried, plan_of)
    capped = ever.corrected(chosen, late.carried.capped, late.corrections)
    given, carried = carried, replace(late.carried, capped=capped)
    orders = counted(company, chosen, now)
    done = calculate(orders, chosen, bonuses, rates, now, carried, timings, late=late.orders)
    with timings.part("advances"):
        ahead, advanced = _advances(company, plan, rates, now, carried)
    corrections = pl.concat([done.corrections, late.corrections, ahead])
    with timings.part("payouts"):
        paid = pay(done, corrections, carried.balances)
    return Outcome(
        plan=chosen,
        company=done.company,
        standings=done.standings,
        settled=done.settled,
        corrections=corrections,
        payouts=paid.payouts,
        notes=paid.notes,
        lots=paid.lots,
        capped=done.capped,
        posted=done.posted,
        notices=done.notices,
        given=company,
        carried=given,
        late=late.orders,
        past=_past(done, text, carried),
        remembered={**done.remembered, "advanced": advanced},
    )


def plan_of(text: str) -> Plan:
    """A plan that a past cycle was settled by."""
    plan, _ = check(text)
    assert plan is not None, "a cycle is settled by a plan without faults"
    return plan


def _past(done: Calculated, text: str, carried: Carried) -> tuple[Past, ...]:
    """The cycles that something can still come to."""
    if not keeps_past(done.plan):
        return ()
    assert text, "a plan with late orders is settled with its text at hand"
    past = (*without(carried.past, done.lost), past_of(done, text, carried))
    return still_kept(past, done.plan, done.standings.cycle)


def _advances(
    company: Company, plan: Plan, rates: RateTable, cycle: Cycle, carried: Carried
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is paid ahead of the main cycle, or taken off in it; and what has been paid ahead so far."""
    if plan.advances is not None and cycle.calendar == plan.advances.calendar:
        main = advanced_cycle(plan, cycle)
        chosen, bonuses = by_calendar(plan, None)
        orders = counted(company, chosen, main)
        so_far = calculate(orders, chosen, bonuses, rates, main, carried.main or Carried(), silent())
        return advances(plan, main, sums(so_far), carried.advanced)
    if cycle.calendar == plan.calendar.code:
        return reconciled(plan, cycle, carried.advanced), framed(ADVANCED, {})
    return rows(()), framed(ADVANCED, {})
