from collections.abc import Sequence

import polars as pl
import pytest

from core.plan.model import RoundingSpec
from core.settlement.model import POSTED, framed
from core.settlement.rules.charging import charged

BASE = 1_000_000  # 100 at four decimals


def posted(*lines: tuple[int, int | None, int]) -> pl.DataFrame:
    """(amount, base, taken) of lines for sales s0, s1 and so on."""
    columns = {
        "cycle": ["2026-10"] * len(lines),
        "person_id": ["a"] * len(lines),
        "bonus": ["levels"] * len(lines),
        "unit": ["EUR"] * len(lines),
        "amount": [line[0] for line in lines],
        "base": [line[1] for line in lines],
        "taken": [line[2] for line in lines],
        "order_id": [f"s{at}" for at in range(len(lines))],
    }
    return framed(POSTED, columns)


def charge(lines: pl.DataFrame, returned: Sequence[int], *, by_average: bool = False) -> tuple[list[int], int]:
    """What returns of so much of the first sale's 100 take, and what has been taken of its line then."""
    orders = [f"r{at}" for at in range(len(returned))]
    frame = pl.DataFrame({"order_id": orders, "sale": ["s0"] * len(orders), "returned_at": range(len(orders))})
    bases = {"s0": 100, **{order: -base for order, base in zip(orders, returned, strict=True)}}
    found = charged(lines, frame, lambda _bonus: bases, {}, by_average=by_average, rounding=RoundingSpec())
    return [one.amount for one in found.charges], found.posted["taken"][0]


@pytest.mark.parametrize(
    ("amount", "taken", "returned", "charges", "after"),
    [
        (500, 0, [50], [-250], 250),
        (101, 0, [50, 50], [-51, -50], 101),  # all so far is rounded, and what was taken is taken off
        (101, 51, [50, 50], [-50], 101),
        (101, 101, [50, 50], [], 101),  # nothing is taken twice
        (500, 0, [60, 60], [-300, -200], 500),  # never more than the sale
        (700, 250, [50], [-100], 350),  # the line was raised since
        (300, 250, [50], [100], 150),  # the line was lowered since
        (-500, 0, [50], [250], -250),
    ],
)
def test_returns_take_back_what_is_left_of_their_share(
    amount: int, taken: int, returned: list[int], charges: list[int], after: int
) -> None:
    assert charge(posted((amount, BASE, taken)), returned) == (charges, after)


def test_by_average_a_line_with_a_base_is_charged_by_the_average_of_all_such_lines() -> None:
    lines = posted((500, BASE, 0), (3500, 9 * BASE, 0), (1000, None, 0))
    assert charge(lines, [50], by_average=True) == ([-200], 200)  # 40.00 on 1,000 is 4 %
    assert charge(posted((1000, None, 0)), [50], by_average=True) == ([-500], 500)
