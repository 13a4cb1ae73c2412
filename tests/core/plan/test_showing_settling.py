"""What `plan show` tells of settling: every word that the plan says, and none that it does not."""

from core.plan.reading import check, example
from core.plan.showing_settling import settling_lines
from tests.core.plan.plans import SMALL

WORDS = """
[trees.binary]

[placement]
days_to_place = 8
default_side = "left"

[termination]
line_returns = true

[rounding]
unit = 0.05

[payout]
minimum = 20
fee = 1.50

[returns]
within_days = 365
recovery_max = "50 %"

[late_orders]
change_rank = false

[runs.monthly]
calendar = "month"
payout_ratio_max = "55 %"
"""


def test_every_word_that_is_said_is_shown() -> None:
    plan, problems = check(SMALL + WORDS)
    assert plan is not None, problems
    assert [line.strip() for line in settling_lines(plan)] == [
        "trees.binary: as it is unless said",
        "placement: days_to_place 8, default_side left",
        "termination: line_returns yes",
        "rounding: unit EUR 0.05",
        "payout: minimum 20, fee 1.50",
        "returns: within_days 365, recovery_max 50 %",
        "late_orders: change_rank no",
        "runs.monthly: calendar month, payout_ratio_max 55 %",
    ]


def test_a_fee_that_is_a_part_is_shown_as_one() -> None:
    plan, problems = check(SMALL + WORDS.replace("fee = 1.50", 'fee = "15 %"'))
    assert plan is not None, problems
    assert "payout: minimum 20, fee 15 %" in [line.strip() for line in settling_lines(plan)]


def test_caps_and_advances_are_shown_and_a_plan_that_says_nothing_shows_nothing() -> None:
    hybrid, small = check(example("hybrid"))[0], check(SMALL)[0]
    assert hybrid is not None
    assert small is not None
    told = [line.strip() for line in settling_lines(hybrid)]
    assert "caps teams_limit: per company, bonuses [teams, match], share 15 %" in told
    assert "caps ceiling: amount 1500, amount_by_rank expert 6000; master 25000" in told
    assert "advances: calendar fortnight, share 50 %, bonuses [levels, start]" in told
    assert list(settling_lines(small)) == []
