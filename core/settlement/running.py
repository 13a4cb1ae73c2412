"""One settlement from a company to what is written: ranks, bonuses, payouts, totals."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from time import perf_counter

import numpy as np
import polars as pl

from core.bonuses.arrays import Settled
from core.bonuses.registry import settle
from core.calendar.rules import cycle_named
from core.catalog.rules import RateTable
from core.kernel.errors import Problem
from core.plan.model import Bonus, Plan
from core.settlement.figures import Standings, standings
from core.settlement.model import BALANCES, Carried, Company, PlanNotCalculated, framed
from core.settlement.rules.payouts import HOLDER, minimum_minor, payouts
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
    payouts: pl.DataFrame
    """As `core.settlement.rules.payouts` says, by place and currency."""


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
    with timings.part("kpis and ranks"):
        figures = standings(company, plan, cycle_named(plan.calendar, cycle), bonuses, carried)
    source = CycleSource(company, figures, rates, tuple(bonuses))
    with timings.part("bonuses"):
        settled = settle(plan, bonuses, figures.network, source)
    with timings.part("payouts"):
        paid = _payouts(company, plan, source, settled, carried)
    return Outcome(plan, company, figures, tuple(settled), paid)


def _payouts(
    company: Company, plan: Plan, source: CycleSource, settled: Sequence[Settled], carried: Carried
) -> pl.DataFrame:
    earned = _earned(company, source, settled)
    known = {*earned["currency"].unique(), *carried.balances["currency"].unique(), *company.adjustments["currency"]}
    minimum, unit = Fraction(plan.payout.minimum), plan.payout.currency or plan.currency
    least = {
        currency: minimum_minor(minimum, source.worth_of(unit, currency) if minimum else Fraction(1), currency)
        for currency in sorted(known)
    }
    places = company.people.select(pl.col("code").alias("person_id"), pl.int_range(pl.len()).alias("place"))
    found = payouts(earned, carried.balances, company.adjustments, least)
    ordered = found.join(places, on="person_id", how="left").sort("place", *HOLDER, nulls_last=True)
    return ordered.drop("place")


def _earned(company: Company, source: CycleSource, settled: Sequence[Settled]) -> pl.DataFrame:
    """Everybody's sum of lines by currency, who earned nothing left out."""
    people, place = company.people["code"], source.standings.place
    parts = [framed(BALANCES, {})]
    money = [one for one in settled if one.bonus.pays == "money"]
    for currency in dict.fromkeys(one.unit.code for one in money):
        sums, has = np.zeros(len(place), np.int64), np.zeros(len(place), np.bool_)
        for one in (one for one in money if one.unit.code == currency):
            np.add.at(sums, one.lines.payee, one.amount)
            has[one.lines.payee] = True
        who = np.flatnonzero(has)
        columns = {"person_id": people.gather(place[who]), "amount_minor": sums[who]}
        part = framed(BALANCES, {**columns, "currency": pl.repeat(currency, len(who), eager=True)})
        parts.append(part)
    return pl.concat(parts)
