"""A cycle from orders to award lines: KPIs, ranks, bonuses, caps, returns; all of a run but what is paid."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from core.bonuses.arrays import Settled
from core.bonuses.registry import settle
from core.calendar.model import Cycle
from core.catalog.rules import RateTable
from core.kernel.errors import Problem
from core.plan.model import Bonus, Plan
from core.settlement.cycle.counting import Counted
from core.settlement.cycle.figures import Standings, standings
from core.settlement.cycle.placed_kpis import along_places
from core.settlement.cycle.source import CycleSource
from core.settlement.files.timing import Timings
from core.settlement.model import Carried, Company
from core.settlement.past.lost import lost
from core.settlement.past.remembering import remembered
from core.settlement.rules.ever import corrected
from core.settlement.steps.capping import Kept, cap_all
from core.settlement.steps.charging_back import charge_back

WHAT = ("person_id", "bonus", "unit", "returned")


@dataclass(frozen=True, slots=True)
class Calculated:
    """What a cycle comes to before anything is paid."""

    plan: Plan
    company: Company
    standings: Standings
    source: CycleSource
    settled: tuple[Settled, ...]
    corrections: pl.DataFrame
    """As `core.settlement.rules.corrections` says: what returns charge back."""
    posted: pl.DataFrame
    """Lines that returns can still charge back, as `POSTED` says."""
    notices: tuple[Problem, ...]
    capped: pl.DataFrame
    """What was paid under caps whose cycle goes on, and under those that count for ever, as `CAPPED` says."""
    remembered: Mapping[str, pl.DataFrame]
    """What bonuses leave to the next cycle, by part of `Carried`."""
    parts: pl.DataFrame
    """What this cycle leaves for later ones, before returns take of it, as `DUE` says."""
    lost: pl.DataFrame
    """Parts of earlier cycles that nobody gets any more, as `core.settlement.past.lost` says."""


def by_calendar(plan: Plan, calendar: str | None) -> tuple[Plan, list[Bonus]]:
    """The plan with that calendar as its main one, and the bonuses that are calculated by it.

    Cycles without activity are counted by the plan's own main calendar alone, and titles are its own.
    """
    main = plan.calendar.code
    chosen = next(one for one in plan.calendars if one.code == (calendar or main))
    others = tuple(one for one in plan.calendars if one != chosen)
    bonuses = [one for one in plan.bonuses if one.on and (one.calendar or main) == chosen.code]
    if chosen.code == main:
        return plan, bonuses
    activity = replace(plan.activity, warn_after=None, terminate_after=None)
    return replace(plan, calendars=(chosen, *others), activity=activity, takes_titles=True), bonuses


def calculate(
    counted: Counted,
    plan: Plan,
    bonuses: Sequence[Bonus],
    rates: RateTable,
    cycle: Cycle,
    carried: Carried,
    timings: Timings,
    *,
    ranked_by: Company | None = None,
    late: Collection[str] = (),
    kept: Kept | None = None,
) -> Calculated:
    """Calculate one cycle.

    Args:
        plan: with the calendar of the cycle as its main one.
        ranked_by: the company whose orders decide the ranks, where those are not the orders that are settled.
        late: orders of earlier cycles whose volume binary bonuses take in this one.
        kept: bonuses that caps see as they were.

    Raises:
        RateMissing: amounts must be converted and no rate is known.
    """
    company = counted.company
    with timings.part("kpis and ranks"):
        figures = standings(company, plan, cycle, bonuses, carried, along_places(company, plan, cycle, carried))
        if ranked_by is not None:
            along = along_places(ranked_by, plan, cycle, carried)
            figures = _ranked_as(figures, standings(ranked_by, plan, cycle, bonuses, carried, along))
    source = CycleSource(company, figures, rates, tuple(bonuses), carried, frozenset(late))
    with timings.part("bonuses"):
        settled = settle(plan, bonuses, figures.network, source)
        left = remembered(company, figures, bonuses, settled, carried)
    with timings.part("caps"):
        capped = cap_all(plan, settled, source, carried.capped, kept)
    settled = [*settled, *capped.settled]
    with timings.part("returns"):
        due, gone = left["due"], lost(company, figures, settled, carried.due)
        back = charge_back(company, figures, settled, counted.charging, carried.posted, due=due, lost=gone)
    return Calculated(
        plan=plan,
        company=company,
        standings=figures,
        source=source,
        settled=tuple(settled),
        corrections=back.corrections,
        posted=back.posted,
        notices=(*counted.notices, *back.notices),
        capped=corrected(plan, capped.paid, back.corrections),
        remembered={**left, "due": back.due},
        parts=due.filter(pl.col("origin") == cycle.code),
        lost=gone,
    )


def _ranked_as(figures: Standings, other: Standings) -> Standings:
    """With the ranks of the other; both have the same people at the same nodes."""
    network = other.network
    ranked = replace(figures.network, paid=network.paid, career=network.career, ever=network.ever)
    return replace(
        figures,
        network=ranked,
        misses=other.misses,
        honorary=other.honorary,
        reached=other.reached,
        grace=other.grace,
    )


def sums(calculated: Calculated) -> pl.DataFrame:
    """What everybody is paid of every bonus, as `SUMS` says."""
    codes = calculated.company.people["code"].gather(calculated.standings.place)
    parts = [calculated.corrections.select(*WHAT, "amount_minor")]
    for one in calculated.settled:
        people = codes.gather(one.lines.payee)
        frame = pl.DataFrame(
            {"person_id": people, "amount_minor": one.amount}, schema_overrides={"person_id": pl.String}
        )
        named = frame.with_columns(
            pl.lit(one.bonus.code).alias("bonus"),
            pl.lit(one.unit.code).alias("unit"),
            pl.lit(value=False).alias("returned"),
        )
        parts.append(named.select(*WHAT, "amount_minor"))
    return pl.concat(parts).group_by(WHAT).agg(pl.col("amount_minor").sum()).sort(WHAT)
