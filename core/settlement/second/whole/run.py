"""A whole run: what comes late, the cycle itself, what is advanced, what is paid, and what it leaves."""

from dataclasses import dataclass, replace
from datetime import timedelta

import polars as pl

from core.settlement.second.days import Cycle
from core.settlement.second.model import Inputs, Then
from core.settlement.second.plan import Plan
from core.settlement.second.whole.advancing import Advanced, advanced
from core.settlement.second.whole.counting import counted
from core.settlement.second.whole.cycle import Done, calculated, rows_of
from core.settlement.second.whole.late import Turns
from core.settlement.second.whole.leaving import Leaves, left
from core.settlement.second.whole.model import Correction, Paid, of
from core.settlement.second.whole.paying import paid
from core.settlement.second.whole.waits import framed_parts, lost, marked

BUYER = "person_id"


@dataclass
class Whole:
    """Everything that a run comes to."""

    inputs: Inputs
    """With orders as they count, and what late orders have changed of what was carried."""
    done: Done
    corrections: list[Correction]
    advanced: Advanced
    paid: Paid
    before: list[Then]
    """Earlier cycles that orders could come to, as they are now."""

    @property
    def leaves(self) -> Leaves:
        """What the next cycle is given, balances among it."""
        names = ("cycle", "person_id", "unit", "amount_minor")
        ahead = [dict(zip(names, (*key, amount), strict=True)) for key, amount in self.advanced.sums.items()]
        return left(self.done) | {"advanced": ahead, "balances": [dict(one) for one in self.paid.lots]}

    @property
    def past(self) -> list[Then]:
        """Cycles that orders can still come to, this one the last."""
        case = self.done.case
        found = _past(self.done, self.before) if _keeps(case.plan) else []
        return [one for one in found if _open(case.plan, one, case.cycle)]


def whole(given: Inputs, people: frozenset[int] | None = None) -> Whole:
    """A run from what was given to it.

    Args:
        given: with orders as they came.
        people: whose lines and payouts are asked for, by place; None is everybody's.
    """
    plan = Plan.read(given.plan)
    _, kind, zone = plan.calendar(given.calendar)
    cycle = Cycle.named(kind, zone, given.cycle)
    codes = given.people["code"].to_list() if people is not None else []
    wanted = None if people is None else frozenset(codes[one] for one in people)
    turns = Turns(_of(given, wanted), cycle.end, wanted).turned()
    now = replace(turns.inputs, carried=turns.carried, late=frozenset(turns.late))
    found = counted(now, plan, cycle)
    done = calculated(now, found, people)
    ahead = advanced(now, plan, cycle, people)
    corrections = [*done.charged.corrections, *turns.corrections, *ahead.lines]
    return Whole(done.case.inputs, done, corrections, ahead, paid(done, corrections, wanted), turns.past)


def _of(given: Inputs, wanted: frozenset[str] | None) -> Inputs:
    """Of the lines that earlier cycles left open only those of the people who are asked for."""
    return replace(given, carried={**given.carried, "posted": of(given.carried["posted"], wanted)})


def _keeps(plan: Plan) -> bool:
    """Whether orders can still come to its settled cycles."""
    return plan.has("late_orders") or plan.inner("returns").text("volume_in") == "original_period"


def _past(done: Done, before: list[Then]) -> list[Then]:
    """The earlier cycles and this one, as the next runs will look at them."""
    inputs, codes = done.case.inputs, done.case.people.code
    start, end = done.case.cycle.start, done.case.cycle.end
    mine = inputs.orders.filter(
        pl.col("paid_at").is_not_null() & (pl.col("ordered_at") >= start) & (pl.col("ordered_at") < end)
    )
    buyers = pl.Series(BUYER, [codes[person] for person in mine["person"].to_list()], dtype=pl.String)
    orders = mine.with_columns(buyers).select("order_id", BUYER, "amount_minor", "cv", "qv", "points")
    posted = pl.DataFrame(rows_of(done.sums), schema=POSTED)
    parts = framed_parts(done.parts, inputs.carried["due"])
    now = Then(done.case.cycle.code, inputs.plan, inputs.people, inputs.carried, orders, posted, parts)
    gone = lost(done.result)
    return [*(replace(one, parts=marked(one.parts, gone)) for one in before), now]


POSTED = {"person_id": pl.String, "bonus": pl.String, "unit": pl.String, "returned": pl.Boolean,
          "amount_minor": pl.Int64}  # fmt: skip


def _open(plan: Plan, then: Then, cycle: Cycle) -> bool:
    """Whether something can still come to it after the cycle."""
    late, back, days = plan.inner("late_orders"), plan.inner("returns"), [0]
    if plan.has("late_orders"):
        if late.text("settled_in", "own_period") == "own_period" and not late.has("cut_off_days"):
            return True
        days.append(late.whole("cut_off_days"))
    if back.text("volume_in") == "original_period":
        if not back.has("within_days"):
            return True
        days.append(back.whole("within_days") + 1)
    its = Cycle.named(cycle.kind, cycle.zone.key, then.cycle)
    return its.after + timedelta(days=max(days)) > cycle.after
