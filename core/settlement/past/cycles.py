"""Settled cycles as they were: what is kept of them, and how they are looked at again with what is known now."""

from dataclasses import replace
from datetime import timedelta

import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named
from core.plan.model import Plan
from core.settlement.cycle.figures import in_cycle
from core.settlement.model import KNOWN, LOTS, NOBODY, PEOPLE, Carried, Company, Past, framed
from core.settlement.steps.calculating import Calculated, sums

PARENTS = ("sponsor", "binary_parent", "matrix_parent")
ORIGINAL = "original_period"


def keeps_past(plan: Plan) -> bool:
    """Whether orders can still come to cycles of the plan that are settled."""
    return plan.late_orders is not None or (plan.returns is not None and plan.returns.volume_in == ORIGINAL)


def past_of(done: Calculated, text: str, carried: Carried) -> Past:
    """This cycle as the next ones will need it.

    Args:
        text: the plan's.
        carried: what the cycle was settled with.
    """
    return Past(
        cycle=done.standings.cycle.code,
        plan=text,
        people=done.company.people,
        carried=replace(carried, balances=framed(LOTS, {}), past=(), main=None),
        orders=known(done.company, done.standings.cycle),
        posted=sums(done),
        parts=done.parts,
    )


def known(company: Company, cycle: Cycle) -> pl.DataFrame:
    """The orders that count in a cycle, as `KNOWN` says."""
    orders = in_cycle(company.orders, cycle.period.start, cycle.period.end)
    named = orders.with_columns(company.people["code"].gather(orders["person"]).alias("person_id"))
    return named.select(list(KNOWN)).sort("order_id")


def still_kept(past: tuple[Past, ...], plan: Plan, cycle: Cycle) -> tuple[Past, ...]:
    """The cycles that something can still come to after this one."""
    return tuple(one for one in past if _open_after(plan, cycle_named(plan.calendar, one.cycle), cycle))


def _open_after(plan: Plan, past: Cycle, cycle: Cycle) -> bool:
    late, returns = plan.late_orders, plan.returns
    days = [0]
    if late is not None:
        endless = late.settled_in == "own_period" and late.cut_off_days is None
        days.append(-1 if endless else late.cut_off_days or 0)
    if returns is not None and returns.volume_in == ORIGINAL:
        days.append(-1 if returns.within_days is None else returns.within_days + 1)
    return min(days) < 0 or past.period.end + timedelta(days=max(days)) > cycle.period.end


def as_of(company: Company, people: pl.DataFrame) -> Company:
    """The company with the people of then; whoever was not known then is as she is now."""
    then, now = _by_codes(people), _by_codes(company.people)
    missing = now.join(then, on="code", how="anti")
    together = pl.concat([then, missing]).sort("joined_on", "code")
    places = dict(zip(together["code"].to_list(), range(together.height), strict=True))

    def placed(codes: pl.Series) -> pl.Series:
        return codes.replace_strict(places, default=NOBODY, return_dtype=pl.Int32)

    found = together.with_columns([placed(together[name]).alias(name) for name in PARENTS])
    buyers = placed(company.people["code"].gather(company.orders["person"])).cast(pl.Int64)
    orders = company.orders.with_columns(buyers.alias("person"))
    return replace(company, people=found.select(list(PEOPLE)), orders=orders)


def _by_codes(people: pl.DataFrame) -> pl.DataFrame:
    """With the codes of sponsors and parents instead of their places."""
    codes = pl.concat([people["code"], pl.Series([None], dtype=pl.String)])
    named = [codes.gather(people[name].replace(NOBODY, people.height)).alias(name) for name in PARENTS]
    return people.with_columns(named)
