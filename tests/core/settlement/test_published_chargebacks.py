"""Advances on commissions of insurance that others published, and what is charged back when a policy ends early."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.core.settlement.returned_parts import RETURNED, Agency

POLICY = """
[[bonuses]]
code = "policies"
kind = "unilevel"
label = "Policies"
levels = ["100 %"]
"""
LAST_THREE, LAST_SIX, LAST_FOURTEEN = [10, 11, 12], [*range(7, 13)], [*range(7, 21)]


def advanced(share: str, later: list[int], volume: int) -> tuple[Agency, str]:
    """An agent who is advanced a share, and the policy that brings so much in all."""
    found = Agency(f'{POLICY}paid_now = "{share}"\nrest_in_cycles = {later}\n{RETURNED}')
    return found, found.sold(volume, date(2026, 1, 5))


@pytest.mark.parametrize(
    ("share", "later", "whole", "unpaid", "advance", "charged"),
    [
        ("75 %", LAST_THREE, 816, 544, "612.00", "-340.00"),  # getinsureleads.com, "Chargeback": 4 months paid
        ("50 %", LAST_SIX, 1200, 1000, "600.00", "-400.00"),  # comissio's help, "Agent Balance": 2 months paid
        ("30 %", LAST_FOURTEEN, 2000, 1900, "600.00", "-500.00"),  # aagagent.com, "Advance as a Loan": after the first
        ("30 %", LAST_FOURTEEN, 2000, 1800, "600.00", "-400.00"),  # and after the second of payments of 100
    ],
)
def test_what_was_advanced_and_is_not_earned_is_charged_and_the_months_after_it_come_no_more(
    share: str, later: list[int], whole: int, unpaid: int, advance: str, charged: str
) -> None:
    agent, policy = advanced(share, later, whole)
    agent.returned(policy, unpaid, date(2026, 2, 20))
    assert agent.months(2) == [advance, charged]
    assert {Fraction(one) for one in agent.outcomes[1].remembered["due"]["exact"]} == {0}


@pytest.mark.parametrize(
    ("share", "later", "whole", "advance", "each"),
    [
        ("75 %", LAST_THREE, 480, "360.00", "40"),  # Lasting Mark, "Life Book 2025", page 15: 480, 40 a month
        ("50 %", LAST_SIX, 480, "240.00", "40"),  # the same, 50 %
        ("75 %", LAST_THREE, 570, "427.50", "47.5"),  # finalexpensesuperstar.com: 95 % of 600
    ],
)
def test_the_months_that_are_not_advanced_come_one_by_one(
    share: str, later: list[int], whole: int, advance: str, each: str
) -> None:
    agent, _ = advanced(share, later, whole)
    assert agent.months(1) == [advance]
    due = agent.outcomes[0].remembered["due"]
    assert due["due"].to_list() == [f"2026-{one:02}" for one in later]
    assert {Decimal(one) for one in due["exact"]} == {Decimal(each)}
