from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.settlement.model import ADJUSTMENTS, BALANCES, LOTS, framed
from core.settlement.rules.payouts import HOLDER, Limits, Paid, Terms, payouts

MINIMUM = Terms({"EUR": Limits(minimum=1000)}, "2026-10")
FEE = Terms({"EUR": Limits(fee=150, fee_from=5000)}, "2026-10", recovery_max=Decimal(50))


def amounts(*minor: int) -> pl.DataFrame:
    columns = {"person_id": ["a"] * len(minor), "currency": ["EUR"] * len(minor), "amount_minor": list(minor)}
    return framed(BALANCES, columns)


def lots(*rows: tuple[str, int, int]) -> pl.DataFrame:
    """(cycle, waited, minor units)."""
    columns = {"person_id": ["a"] * len(rows), "currency": ["EUR"] * len(rows)}
    named = {"cycle": [row[0] for row in rows], "waited": [row[1] for row in rows]}
    return framed(LOTS, {**columns, **named, "amount_minor": [row[2] for row in rows]})


def pay(terms: Terms, *, earned: int = 0, charged: int = 0, carried: pl.DataFrame, by_hand: int = 0) -> Paid:
    corrections = framed(ADJUSTMENTS, {**amounts(by_hand).to_dict(), "reason": ["said so"]})
    return payouts(amounts(earned), amounts(charged), carried, corrections, terms)


def row(paid: Paid) -> tuple[int, int, int]:
    [found] = paid.payouts.select("adjustments", "paid", "carried_out").rows()
    return found


@pytest.mark.parametrize(
    ("carried", "earned", "by_hand", "paid", "out"),
    [(0, 700, 0, 0, 700), (700, 500, 0, 1200, 0), (0, 2000, -2500, 0, -500), (0, 1000, 0, 1000, 0)],
)
def test_all_that_is_due_is_paid_from_the_minimum_on(
    carried: int, earned: int, by_hand: int, paid: int, out: int
) -> None:
    found = pay(MINIMUM, earned=earned, carried=lots(("2026-09", 1, carried)), by_hand=by_hand)
    assert row(found) == (by_hand, paid, out)


@pytest.mark.parametrize(
    ("carried", "earned", "charged", "adjusted", "paid", "out"),
    [
        (0, 2000, 0, -150, 1850, 0),
        (0, 5000, 0, 0, 5000, 0),
        (-3000, 4000, 0, -150, 1850, -1000),
        (0, -4000, -10000, -150, 2850, -7000),
        (0, 100, 0, 0, 0, 100),
    ],
)
def test_fees_are_taken_and_debts_are_paid_back_by_the_table(
    carried: int, earned: int, charged: int, adjusted: int, paid: int, out: int
) -> None:
    found = pay(FEE, earned=earned, charged=charged, carried=lots(("2026-09", 1, carried)))
    assert row(found) == (adjusted, paid, out)
    assert found.notes["kind"].to_list() == ["by_hand", *(["fee"] if adjusted else [])]


def test_what_waited_too_long_goes_back_and_debits_take_the_oldest_first() -> None:
    terms = Terms({"EUR": Limits(minimum=100_000)}, "2026-10", expires_after=2)
    carried = lots(("2026-07", 2, 500), ("2026-09", 1, 300))
    found = pay(terms, earned=100, carried=carried, by_hand=-150)
    assert row(found) == (-600, 0, 300)  # 50 less and 450 expired; 300 stay
    assert found.notes.filter(pl.col("kind") == "expiry").rows() == [("a", "EUR", -450, "expiry", "2026-07")]
    assert found.lots.select("cycle", "waited", "amount_minor").rows() == [("2026-09", 2, 300)]


def test_what_the_minimum_reaches_is_paid_in_its_last_cycle() -> None:
    terms = Terms({"EUR": Limits(minimum=800)}, "2026-10", expires_after=2)
    found = pay(terms, carried=lots(("2026-07", 2, 500), ("2026-09", 1, 300)))
    assert (row(found), found.lots.height) == ((0, 800, 0), 0)


@pytest.mark.parametrize(
    ("carried", "earned", "adjusted", "credit", "paid", "out"),
    [
        (0, 20000, -150, 3000, 16850, 0),
        (0, 700, 0, 0, 0, 700),
        (700, 530, -150, 185, 895, 0),
        (-3000, 2000, 0, 0, 0, -1000),
    ],
)
def test_a_part_of_what_is_due_becomes_credit_by_the_table(
    carried: int, earned: int, adjusted: int, credit: int, paid: int, out: int
) -> None:
    terms = Terms({"EUR": Limits(minimum=1000, fee=150)}, "2026-10", credit=Decimal(15))
    found = pay(terms, earned=earned, carried=lots(("2026-09", 1, carried)))
    assert (row(found), found.payouts["to_credit"].to_list()) == ((adjusted, paid, out), [credit])


@pytest.mark.parametrize(
    ("due", "limits", "share", "credit", "paid"),
    [
        (1234, Limits(), 20, 247, 987),
        (1234, Limits(fee=150), 20, 247, 837),
        (160, Limits(fee=150), 20, 0, 0),  # the fee would leave nothing of the rest
        (1234, Limits(), 100, 1234, 0),
        (1234, Limits(fee=150), 100, 0, 0),
        (1250, Limits(step=100), 15, 200, 1050),
        (60, Limits(step=100), 100, 60, 0),  # what was corrected by hand is no whole step
    ],
)
def test_credit_is_rounded_to_steps_and_never_more_than_is_due(
    due: int, limits: Limits, share: int, credit: int, paid: int
) -> None:
    found = pay(Terms({"EUR": limits}, "2026-10", credit=Decimal(share)), earned=due, carried=lots())
    assert found.payouts.select("to_credit", "paid").rows() == [(credit, paid)]


@pytest.mark.parametrize(
    ("due", "limits", "credit", "fee", "paid"),
    [
        (1234, Limits(), 0, 185, 1049),
        (1234, Limits(), 20, 185, 802),
        (1234, Limits(fee_from=1234), 0, 0, 1234),
        (1234, Limits(step=100), 0, 200, 1034),
        (1234, Limits(minimum=1235), 0, 0, 0),
        (5, Limits(), 80, 0, 0),  # credit of 4 and a fee of 1 would leave nothing
    ],
)
def test_a_fee_can_be_a_part_of_all_that_is_due(due: int, limits: Limits, credit: int, fee: int, paid: int) -> None:
    terms = Terms({"EUR": limits}, "2026-10", credit=Decimal(credit), fee_share=Decimal(15), fee_told="15 %")
    found = pay(terms, earned=due, carried=lots())
    assert found.payouts.select("adjustments", "paid").rows() == [(-fee, paid)]
    noted = found.notes.filter(pl.col("kind") == "fee").select("amount_minor", "reason").rows()
    assert noted == ([(-fee, "15 %")] if fee else [])


minors = st.integers(-5000, 5000)


@given(
    earned=minors,
    charged=st.integers(-5000, 0),
    by_hand=minors,
    carried=st.lists(st.integers(1, 3000), max_size=3) | st.lists(st.integers(-3000, -1), max_size=1),
    limits=st.builds(Limits, st.integers(0, 4000), st.integers(0, 200), st.integers(0, 3000)),
    recovery=st.integers(0, 100),
    expires=st.none() | st.integers(1, 3),
    credit=st.sampled_from((0, 15, 100)),
)
def test_nothing_is_lost_and_nothing_is_made(
    earned: int,
    charged: int,
    by_hand: int,
    carried: list[int],
    limits: Limits,
    recovery: int,
    expires: int | None,
    credit: int,
) -> None:
    held = lots(*((f"2026-{9 - at:02}", at + 1, amount) for at, amount in enumerate(carried)))
    terms = Terms({"EUR": limits}, "2026-10", expires, Decimal(recovery), Decimal(credit))
    found = pay(terms, earned=earned, charged=charged, by_hand=by_hand, carried=held)
    [one] = found.payouts.iter_rows(named=True)
    assert one["earned"] + one["carried_in"] + one["adjustments"] == one["to_credit"] + one["paid"] + one["carried_out"]
    assert one["paid"] >= 0 <= one["to_credit"]
    assert found.notes["amount_minor"].sum() == one["adjustments"]
    assert found.lots["amount_minor"].sum() == one["carried_out"]
    assert found.lots.select(HOLDER).height == 1 or (found.lots["amount_minor"] > 0).all()
