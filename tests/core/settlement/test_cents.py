"""A cent that stands in one place of a run is told with that place, whatever part of the run it is; nothing else is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

import polars as pl
import pytest

from core.catalog.rules import RateTable
from core.plan.reading import check
from core.settlement.comparing import compare
from core.settlement.cycle.figures import microseconds
from core.settlement.files.timing import silent
from core.settlement.model import ADJUSTMENTS, LINES, ORDERS, PEOPLE, Carried, Company, framed
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL

NO_RATES = RateTable(())
PLAN = (
    HEAD
    + PERSONAL
    + ONE_RANK
    + """
[calendars.month]
kind = "month"

[calendars.half]
kind = "fortnight"

[calendars.year]
kind = "year"

[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["10 %"]

[[caps]]
code = "most"
per = "person"
calendar = "year"
amount = 1000

[payout]
minimum = 3
fee = 0.50

[returns]
within_days = 90

[late_orders]
change_rank = true

[advances]
calendar = "half"
share = "50 %"
"""
)
SALES = (("o1", 5, 10, 100, 0), ("o2", 30, 10, 50, 6), ("o3", 12, 11, 30, 0), ("r1", 10, 11, -40, 0))
"""Orders of b, whom a sponsors: id, day, month, volume, days until it is paid; r1 returns o1."""


def company(until: datetime) -> Company:
    """What is known at a moment; c, whom b sponsors, has a note by hand."""
    times = [datetime(2026, month, day, 12, tzinfo=UTC) for _, day, month, _, _ in SALES]
    paid = [time.replace(month=11, day=wait) if wait else time for time, (*_, wait) in zip(times, SALES, strict=True)]
    volumes = [volume * 10_000 for _, _, _, volume, _ in SALES]
    columns = {
        "order_id": [one for one, *_ in SALES],
        "person": [1] * len(SALES),
        "kind": ["sale" if volume > 0 else "return" for volume in volumes],
        "ordered_at": [microseconds(one) for one in times],
        "paid_at": [microseconds(one) if one < until else None for one in paid],
        "currency": ["USD"] * len(SALES),
        "amount_minor": [volume // 100 for volume in volumes],
        "points": [0] * len(SALES),
        "returns_order_id": ["o1" if volume < 0 else None for volume in volumes],
        **dict.fromkeys(("cv", "qv"), volumes),
    }
    people = {"code": ["a", "b", "c"], "sponsor": [-1, 0, 1], "joined_on": [date(2025, 1, 1)] * 3}
    by_hand = pl.DataFrame([("c", "USD", 250, "a gift")], schema=dict(ADJUSTMENTS), orient="row")
    orders = framed(ORDERS, columns).sort("ordered_at", "order_id")
    return Company(framed(PEOPLE, people), orders, framed(LINES, {}), {}, by_hand)


@dataclass(frozen=True)
class Settled:
    """A run and what it was given."""

    outcome: Outcome
    given: Carried

    def told(self, outcome: Outcome | None = None) -> list[str]:
        """What the second engine finds otherwise."""
        return [one.told for one in compare(outcome or self.outcome, PLAN, NO_RATES, self.given)]


def settled(cycle: str, calendar: str, until: datetime, given: Carried) -> Settled:
    plan, problems = check(PLAN)
    assert plan is not None, problems
    known = company(until)
    outcome = run(known, plan, NO_RATES, cycle, calendar=calendar, carried=given, timings=silent(), text=PLAN)
    return Settled(outcome, given)


@cache
def advance() -> Settled:
    """October's first half."""
    return settled("2026-10-A", "half", datetime(2026, 10, 16, tzinfo=UTC), Carried())


@cache
def october() -> Settled:
    """What was advanced is taken off."""
    ahead = carried_out(advance().outcome).advanced
    return settled("2026-10", "month", datetime(2026, 11, 2, tzinfo=UTC), replace(Carried(), advanced=ahead))


@cache
def november() -> Settled:
    """October's late order, and a return of what it paid for."""
    return settled("2026-11", "month", datetime(2026, 12, 2, tzinfo=UTC), carried_out(october().outcome))


RUNS = {"advance": advance, "october": october, "november": november}


@pytest.mark.parametrize("name", RUNS)
def test_both_engines_agree_on_all_of_it(name: str) -> None:
    assert RUNS[name]().told() == []


def more(frame: pl.DataFrame, column: str, person: str, row: int = 0) -> pl.DataFrame:
    """With one more in a person's row of a column."""
    at = frame.with_row_index("at").filter(pl.col("person_id") == person)["at"][row]
    return frame.with_columns(pl.when(pl.int_range(pl.len()) == at).then(pl.col(column) + 1).otherwise(column))


Plant = Callable[[Outcome], Outcome]
PLANTS: tuple[tuple[str, Plant, str], ...] = (
    (
        "november",
        lambda one: replace(one, payouts=more(one.payouts, "paid", "a")),
        "a, payout USD, paid: 3.51, by the second engine 3.50",
    ),
    (
        "november",
        lambda one: replace(one, payouts=more(one.payouts, "carried_in", "c")),
        "c, payout USD, carried_in: 2.51, by the second engine 2.50",
    ),
    (
        "november",
        lambda one: replace(one, notes=more(one.notes, "amount_minor", "a")),
        "a, adjustment USD, fee 0.50 USD: -0.49, by the second engine -0.50",
    ),
    (
        "october",
        lambda one: replace(one, lots=more(one.lots, "amount_minor", "c")),
        "c, carried balances, USD, 2026-10, 1: 251, by the second engine 250",
    ),
    (
        "november",
        lambda one: replace(one, corrections=more(one.corrections, "amount_minor", "a")),
        "a, levels, USD, return, 2026-10, taken back, order r1, of b, level 1: -3.99, by the second engine -4.00",
    ),
    (
        "november",
        lambda one: replace(one, corrections=more(one.corrections, "amount_minor", "a", 1)),
        "a, levels, USD, late, 2026-10: 5.01, by the second engine 5.00",
    ),
    (
        "october",
        lambda one: replace(one, corrections=more(one.corrections, "amount_minor", "a")),
        "a, advance, USD, advance, 2026-10: -4.99, by the second engine -5.00",
    ),
    (
        "advance",
        lambda one: replace(one, corrections=more(one.corrections, "amount_minor", "a")),
        "a, advance, USD, advance, 2026-10: 5.01, by the second engine 5.00",
    ),
    (
        "advance",
        lambda one: replace(
            one, remembered={**one.remembered, "advanced": more(one.remembered["advanced"], "amount_minor", "a")}
        ),
        "a, carried advanced, 2026-10, USD: 501, by the second engine 500",
    ),
    (
        "november",
        lambda one: replace(one, posted=more(one.posted, "taken", "a")),
        (
            "a, carried posted, 2026-10, levels, USD, b, o1, 1: 1000 on 1000000, 401 taken back, "
            "by the second engine 1000 on 1000000, 400 taken back"
        ),
    ),
    (
        "october",
        lambda one: replace(one, capped=more(one.capped, "amount", "a")),
        "a, carried capped, most, 2026, USD: 1001, by the second engine 1000",
    ),
    (
        "november",
        lambda one: replace(one, past=(replace(one.past[0], posted=one.past[0].posted.clear()), *one.past[1:])),
        "a, past 2026-10, a, levels, USD, False, 1500: nothing, by the second engine known",
    ),
    (
        "october",
        lambda one: replace(one, company=replace(one.company, orders=_later(one.company.orders))),
        (
            "b, order o1, as it counts: 2026-10-05 12:00:01, amount_minor 10000, cv 1000000, qv 1000000, points 0, "
            "by the second engine 2026-10-05 12:00:00, amount_minor 10000, cv 1000000, qv 1000000, points 0"
        ),
    ),
)


def _later(orders: pl.DataFrame) -> pl.DataFrame:
    first = pl.int_range(pl.len()) == 0
    return orders.with_columns(pl.col("ordered_at") + pl.when(first).then(1_000_000).otherwise(0))


@pytest.mark.parametrize(("name", "plant", "told"), PLANTS, ids=[told[:50] for _, _, told in PLANTS])
def test_a_cent_is_told_where_it_stands(name: str, plant: Plant, told: str) -> None:
    assert RUNS[name]().told(plant(RUNS[name]().outcome)) == [told]
