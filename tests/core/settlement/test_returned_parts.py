"""Returns of sales that are paid in parts: first the parts that still wait are taken, then what was paid."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.core.settlement.returned_parts import POLICY, RECOMPUTED, RETURNED, Agency, agency

DOCUMENTED = [
    ("nothing", (), ["612.00", "0.00", "68.00", "68.00", "68.00", "0.00"], "816.00"),
    ("800 in the same month", ((1, 800),), ["272.00", "0.00", "0.00", "0.00", "0.00", "0.00"], "272.00"),
    ("800 in the second", ((2, 800),), ["612.00", "-340.00", "0.00", "0.00", "0.00", "0.00"], "272.00"),
    ("800 in the fourth", ((4, 800),), ["612.00", "0.00", "68.00", "-408.00", "0.00", "0.00"], "272.00"),
    ("800 in the sixth", ((6, 800),), ["612.00", "0.00", "68.00", "68.00", "68.00", "-544.00"], "272.00"),
    ("100 in the second", ((2, 100),), ["612.00", "0.00", "45.33", "45.33", "45.34", "0.00"], "748.00"),
    ("and 100 in the fourth", ((2, 100), (4, 100)), ["612.00", "0.00", "45.33", "22.66", "0.01", "0.00"], "680.00"),
]


@pytest.mark.parametrize(("what", "back", "paid", "altogether"), DOCUMENTED)
def test_what_comes_back_is_taken_of_the_parts_that_wait_first(
    what: str, back: Sequence[tuple[int, int]], paid: list[str], altogether: str
) -> None:
    assert agency(back=back).months(6) == paid
    page = Path("docs/plan-language.md").read_text(encoding="utf-8")
    told = " | ".join("-" if one == "0.00" else one for one in paid)
    assert f"| {what} | {told} | {altogether} |" in page


@pytest.mark.parametrize("amount", ["average_percent", "original_lines"])
def test_returns_of_one_sale_take_no_more_than_the_sale(amount: str) -> None:
    found = agency(POLICY + RETURNED.replace("original_lines", amount), ((2, 500), (3, 500), (4, 500)))
    assert found.months(5) == ["612.00", "-136.00", "-340.00", "-136.00", "0.00"]


def test_a_return_takes_of_the_parts_of_its_own_sale_alone() -> None:
    found = agency(back=((2, 1200),))
    found.sold(1200, date(2026, 1, 9))
    assert found.months(5) == ["1224.00", "-612.00", "68.00", "68.00", "68.00"]


@pytest.mark.parametrize("month", [2, 4, 6])
def test_what_is_recomputed_is_as_if_it_had_never_been_sold(month: int) -> None:
    """Each month ends in the same sum, whatever waits."""
    found = agency(POLICY + RECOMPUTED, ((month, 800),))
    paid = found.months(6)
    assert f"{sum(map(float, paid)):.2f}" == "272.00"
    assert paid[month - 1] == {2: "-408.00", 4: "-430.66", 6: "-544.00"}[month]
    assert paid[month:] == {2: ["22.67", "22.67", "22.66", "0.00"], 4: ["22.66", "0.00"], 6: []}[month]


LATE = '\n[late_orders]\nsettled_in = "own_period"\nchange_others = {others}\n'


@pytest.mark.parametrize("others", ["true", "false"])
@pytest.mark.parametrize(
    ("paid_on", "paid"),
    [
        (date(2026, 2, 20), ["0.00", "612.00", "68.00", "68.00", "68.00"]),
        (date(2026, 4, 20), ["0.00", "0.00", "0.00", "748.00", "68.00"]),
    ],
)
def test_a_late_order_is_paid_in_parts_too_and_those_that_were_due_at_once(
    others: str, paid_on: date, paid: list[str]
) -> None:
    found = Agency(POLICY + RETURNED + LATE.format(others=others))
    found.sold(1200, date(2026, 1, 5), paid_on)
    assert found.months(5) == paid


@pytest.mark.parametrize("paid", [2, 4])
def test_a_late_order_can_come_back_too(paid: int) -> None:
    found = Agency(POLICY + RETURNED + LATE.format(others="true"))
    policy = found.sold(1200, date(2026, 1, 5), date(2026, paid, 20))
    found.returned(policy, 800, date(2026, 5, 20))
    assert f"{sum(map(float, found.months(6))):.2f}" == "272.00"


@pytest.mark.parametrize(
    ("left", "back", "paid"),
    [
        (3, 2, ["612.00", "-340.00", "0.00", "0.00", "0.00"]),
        (3, 4, ["612.00", "0.00", "0.00", "-408.00", "0.00"]),
        (4, 4, ["612.00", "0.00", "68.00", "-453.33", "0.00"]),
    ],
)
def test_parts_that_were_lost_are_not_charged(left: int, back: int, paid: list[str]) -> None:
    """Who has left keeps a third of what she was paid, 612 or 680, and nothing waits."""
    found = agency(back=((back, 800),))
    found.left = left
    assert found.months(5) == paid


def test_a_part_that_she_does_not_earn_is_lost_and_does_not_come_back() -> None:
    """748 count, of which two thirds come back: 136 of the parts that wait, and 362.67."""
    asks = 'rest_to_earners = true\nearner = [{ kpi = "sold", minimum = 1 }]\n'
    sold = '\n[kpis.sold]\nlabel = "Sold"\nmeasure = "cv"\nover = "frontline"\n'
    found = agency(sold + POLICY + asks + RETURNED, ((4, 800),))
    found.sold(1000, date(2026, 4, 2))
    paid = found.months(5)
    assert paid[:3] == ["612.00", "0.00", "0.00"]
    assert paid[3] == f"{510 + 68 - (498.67 - 68):.2f}"


def test_every_return_says_what_it_took_of_parts() -> None:
    found = agency(back=((2, 100), (4, 700)))
    found.months(4)
    because = [one.corrections["because"].to_list() for one in found.outcomes]
    assert [len(one) for one in because] == [0, 1, 0, 1]
    assert '"waits_less":"68"' in because[1][0]
    assert "waits_no_more" not in because[1][0]
    assert '"waits_less":"136/3","waits_no_more":true' in because[3][0]
