"""A cent that stands in one place of a run is told with that place, whatever part of the run it is; nothing else is."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from core.settlement.comparing import compare
from core.settlement.running import Outcome
from tests.core.settlement.paid_months import NO_RATES, PLAN, known


@pytest.mark.parametrize("name", ["first", "second", "october", "november"])
def test_both_engines_agree_on_all_of_it(name: str) -> None:
    assert known()[name].told() == []


def more(frame: pl.DataFrame, column: str, person: str, row: int = 0) -> pl.DataFrame:
    """With one more in a person's row of a column."""
    at = frame.with_row_index("at").filter(pl.col("person_id") == person)["at"][row]
    return frame.with_columns(pl.when(pl.int_range(pl.len()) == at).then(pl.col(column) + 1).otherwise(column))


Plant = Callable[[Outcome], Outcome]
PLANTS: tuple[tuple[str, Plant, str], ...] = (
    (
        "november",
        lambda one: replace(one, payouts=more(one.payouts, "paid", "a")),
        "a, payout USD, paid: 4.01, by the second engine 4.00",
    ),
    (
        "november",
        lambda one: replace(one, payouts=more(one.payouts, "carried_in", "b")),
        "b, payout USD, carried_in: 1.01, by the second engine 1.00",
    ),
    (
        "november",
        lambda one: replace(one, notes=more(one.notes, "amount_minor", "a")),
        "a, adjustment USD, fee 0.50 USD: -0.49, by the second engine -0.50",
    ),
    (
        "october",
        lambda one: replace(one, lots=more(one.lots, "amount_minor", "b")),
        "b, carried balances, USD, 2026-10, 1: 101, by the second engine 100",
    ),
    (
        "november",
        lambda one: replace(one, corrections=more(one.corrections, "amount_minor", "a")),
        "a, levels, USD, return, 2026-10, taken back, order r1, of b, level 1: -3.33, by the second engine -3.34",
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
        "first",
        lambda one: replace(one, corrections=more(one.corrections, "amount_minor", "a")),
        "a, advance, USD, advance, 2026-10: 5.01, by the second engine 5.00",
    ),
    (
        "first",
        lambda one: replace(
            one, remembered={**one.remembered, "advanced": more(one.remembered["advanced"], "amount_minor", "a")}
        ),
        "a, carried advanced, 2026-10, USD: 501, by the second engine 500",
    ),
    (
        "november",
        lambda one: replace(one, posted=more(one.posted, "taken", "a")),
        (
            "a, carried posted, 2026-10, levels, USD, b, o1, 1: 1000 on 1000000, 335 taken back, "
            "by the second engine 1000 on 1000000, 334 taken back"
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
            "margin_minor 0, by the second engine 2026-10-05 12:00:00, amount_minor 10000, cv 1000000, qv 1000000, "
            "points 0, margin_minor 0"
        ),
    ),
)


def _later(orders: pl.DataFrame) -> pl.DataFrame:
    first = pl.int_range(pl.len()) == 0
    return orders.with_columns(pl.col("ordered_at") + pl.when(first).then(1_000_000).otherwise(0))


@pytest.mark.parametrize(("name", "plant", "told"), PLANTS, ids=[told[:50] for _, _, told in PLANTS])
def test_a_cent_is_told_where_it_stands(name: str, plant: Plant, told: str) -> None:
    assert known()[name].told(plant(known()[name].outcome)) == [told]


@pytest.mark.parametrize(("name", "plant", "told"), PLANTS[:8], ids=[told[:50] for _, _, told in PLANTS[:8]])
def test_of_a_sample_it_is_told_too(name: str, plant: Plant, told: str) -> None:
    run = known()[name]
    found = compare(plant(run.outcome), PLAN, NO_RATES, run.given, whole_up_to=0, sample=3)
    assert [one.told for one in found] == [told]
