"""Late or in time, returned or never ordered: the same sum for each person when everything may change."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalog.rules import RateTable
from core.plan.reading import check
from core.settlement.cycle.figures import microseconds
from core.settlement.files.timing import silent
from core.settlement.model import LINES, ORDERS, PEOPLE, Carried, Company, framed
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome, run
from tests.core.settlement.offline import HEAD, PERSONAL

PLAN = (
    HEAD
    + PERSONAL
    + """
[kpis.gv]
label = "Group"
measure = "cv"
over = "line"
include_self = true

[kpis.two_months]
label = "Two months"
measure = "cv"
cycles = 2

[[ranks]]
code = "silver"
name = "Silver"
title = "cycles"
title_cycles = 1
needs = [{ kpi = "gv", minimum = 100 }]

[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "gv", minimum = 300 }, { kpi = "two_months", minimum = 50 }]

[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["3.333 %", "1 %"]
rank_basis = "career"
levels_by_rank = { gold = ["7 %", "5 %"] }

[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
schedule_kpi = "gv"
schedule = [{ from = 50, rate = "3 %" }, { from = 200, rate = "9 %" }]

[[bonuses]]
code = "match"
kind = "matching"
label = "Match"
matches = ["levels"]
levels = ["10 %"]

[[bonuses]]
code = "promotion"
kind = "rank_award"
label = "Promotion"
amount_by_rank = { silver = 10, gold = 100 }
once = true

[[caps]]
code = "most"
per = "person"
amount = 60

[late_orders]
change_rank = true
change_others = true
rebuild_carry = true
"""
)
RECOMPUTED = PLAN + '\n[returns]\nvolume_in = "original_period"\namount = "recompute"\nrank_again = true\n'
RETURNED = PLAN + "\n[returns]\nwithin_days = 90\n"
EXAMPLES = max(3, settings().max_examples // 30)
WHAT = ("person_id", "bonus", "unit")
CYCLES = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
PEOPLE_COUNT = 6


@dataclass(frozen=True)
class Bought:
    """An order, when the company learns that it is paid, and when it comes back."""

    person: int
    month: int
    amount: int
    known: int
    """So many months after its own."""
    back: int = 0
    """So many months after its own all of it comes back; 0 is never."""


bought = st.builds(
    Bought,
    person=st.integers(0, PEOPLE_COUNT - 1),
    month=st.integers(1, 3),
    amount=st.sampled_from((10, 33, 60, 140, 400)),
    known=st.integers(0, 2),
)
parents = st.tuples(*(st.integers(-1, place - 1) for place in range(1, PEOPLE_COUNT)))


def company(sponsors: tuple[int, ...], orders: list[tuple[int, Bought]], month: int) -> Company:
    """What the company knows at the end of a month; `orders` with their numbers."""
    people = framed(
        PEOPLE,
        {
            "code": [f"p{place}" for place in range(PEOPLE_COUNT)],
            "sponsor": [-1, *sponsors],
            "joined_on": [date(2025, 1, 1)] * PEOPLE_COUNT,
        },
    )
    sales = [(f"o{number:03}", one, one.month, 1, None) for number, one in orders]
    backs = [
        (f"r{number:03}", one, one.month + one.back, -1, f"o{number:03}")
        for number, one in orders
        if one.back and one.month + one.back <= month
    ]
    rows = [*sales, *backs]
    times = [microseconds(datetime(2026, when, 10, tzinfo=UTC)) for _, _, when, _, _ in rows]
    columns = {
        "order_id": [order for order, _, _, _, _ in rows],
        "person": [one.person for _, one, _, _, _ in rows],
        "kind": ["sale" if sign > 0 else "return" for _, _, _, sign, _ in rows],
        "ordered_at": times,
        "paid_at": times,
        "currency": ["USD"] * len(rows),
        **{name: [sign * one.amount * 10_000 for _, one, _, sign, _ in rows] for name in ("cv", "qv")},
        "amount_minor": [sign * one.amount * 100 for _, one, _, sign, _ in rows],
        "points": [0] * len(rows),
        "returns_order_id": [sale for _, _, _, _, sale in rows],
    }
    frame = framed(ORDERS, columns).sort("ordered_at", "order_id")
    return Company(people, frame, framed(LINES, {}), {})


def settled(
    sponsors: tuple[int, ...], orders: list[Bought], *, in_time: bool, text: str = PLAN
) -> dict[tuple[str, ...], int]:
    """What everybody is paid of every bonus in all cycles together."""
    plan, problems = check(text)
    assert plan is not None, problems
    carried, parts = Carried(), []
    for month, cycle in enumerate(CYCLES, start=1):
        known = [(number, one) for number, one in enumerate(orders) if in_time or one.month + one.known <= month]
        outcome = run(
            company(sponsors, known, month), plan, RateTable(()), cycle,
            calendar=None, carried=carried, timings=silent(), text=text,
        )  # fmt: skip
        carried = carried_out(outcome)
        parts.append(paid(outcome))
    sums = pl.concat(parts).group_by(WHAT).agg(pl.col("amount_minor").sum()).filter(pl.col("amount_minor") != 0)
    return {row[:3]: row[3] for row in sums.iter_rows()}


def paid(outcome: Outcome) -> pl.DataFrame:
    codes = outcome.company.people["code"]
    parts = [outcome.corrections.select(*WHAT, "amount_minor")]
    for one in outcome.settled:
        people = codes.gather(outcome.standings.place[one.lines.payee])
        named = {"bonus": [one.bonus.code] * len(people), "unit": [one.unit.code] * len(people)}
        parts.append(pl.DataFrame({"person_id": people, **named, "amount_minor": one.amount}, schema=parts[0].schema))
    return pl.concat(parts)


@settings(max_examples=EXAMPLES)
@given(
    sponsors=parents,
    orders=st.lists(st.tuples(bought, st.integers(0, 2)), min_size=1, max_size=8),
    text=st.sampled_from((PLAN, RETURNED)),
)
def test_late_in_any_order_ends_in_the_same_sums(
    sponsors: tuple[int, ...], orders: list[tuple[Bought, int]], text: str
) -> None:
    all_ = [replace(one, back=back) for one, back in orders]
    assert settled(sponsors, all_, in_time=False, text=text) == settled(sponsors, all_, in_time=True, text=text)


@settings(max_examples=EXAMPLES)
@given(sponsors=parents, orders=st.lists(st.tuples(bought, st.integers(0, 2)), min_size=1, max_size=6))
def test_what_came_back_whole_ends_as_if_it_had_never_been(
    sponsors: tuple[int, ...], orders: list[tuple[Bought, int]]
) -> None:
    with_returns = [replace(one, back=back) for one, back in orders]
    without = [one for one, back in orders if not back]
    found = settled(sponsors, with_returns, in_time=False, text=RECOMPUTED)
    assert found == settled(sponsors, without, in_time=True, text=RECOMPUTED)
