"""Three people whose runs do all that one can: advances, a late order, a return, notes, fees, credit, a cap."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache

import polars as pl

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

[[caps]]
code = "lifetime"
per = "person"
amount = 5000
ever = true

[payout]
minimum = 3
fee = 0.50
credit = "12.5 %"
charges = { tds = "5 %", admin = "7.5 %" }
expires_after = 2

[returns]
within_days = 36
recovery_max = "25 %"

[late_orders]
change_rank = true

[advances]
calendar = "half"
share = "50 %"
"""
)
SALES = (("o1", 5, 10, 100, 0), ("o2", 30, 10, 50, 6), ("o3", 12, 11, 30, 0), ("r1", 10, 11, -33.35, 0))
"""Orders of b, whom a sponsors: id, day, month, volume, the day of November on which it is paid where that is later.

r1 returns a third of o1 on the last day on which it can."""


def company(until: datetime) -> Company:
    """What is known at a moment; b and c, whom she sponsors, have notes by hand every time."""
    times = [datetime(2026, month, day, 12, tzinfo=UTC) for _, day, month, _, _ in SALES]
    paid = [time.replace(month=11, day=wait) if wait else time for time, (*_, wait) in zip(times, SALES, strict=True)]
    volumes = [round(volume * 10_000) for _, _, _, volume, _ in SALES]
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
    gifts = [("b", "USD", 100, "a gift"), ("c", "USD", 300, "a gift")]
    by_hand = pl.DataFrame(gifts, schema=dict(ADJUSTMENTS), orient="row")
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


def runs() -> Iterator[tuple[str, Settled]]:
    """October's halves, October, which takes their advances off, and November with October's late order and return."""
    first = settled("2026-10-A", "half", datetime(2026, 10, 16, tzinfo=UTC), Carried())
    yield "first", first
    second = settled("2026-10-B", "half", datetime(2026, 11, 1, tzinfo=UTC), carried_out(first.outcome))
    yield "second", second
    ahead = replace(Carried(), advanced=carried_out(second.outcome).advanced)
    october = settled("2026-10", "month", datetime(2026, 11, 2, tzinfo=UTC), ahead)
    yield "october", october
    yield "november", settled("2026-11", "month", datetime(2026, 12, 2, tzinfo=UTC), carried_out(october.outcome))


@cache
def known() -> Mapping[str, Settled]:
    """The same, once for all tests."""
    return dict(runs())
