"""Ranks that are paid for a while to whoever does not reach them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.plan.model import GraceAfter, Plan
from core.plan.service import parsed
from core.ranks.rules import grace
from tests.core.plan.plans import SMALL
from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder

GOLD = 2
REACHED = (GOLD, 0, GOLD, 0, 0, 0)
"""Of the worked table: what somebody reaches, cycle by cycle."""


def plan_with(after: GraceAfter, cycles: int = 2) -> Plan:
    plan = parsed(SMALL)
    silver, gold = plan.ranks
    return replace(plan, ranks=(silver, replace(gold, grace_cycles=cycles, grace_after=after)))


@pytest.mark.parametrize(
    ("after", "paid", "left"),
    [
        (GraceAfter.MISS, (2, 2, 2, 2, 2, 0), (2, 1, 2, 1, 0, 0)),
        (GraceAfter.PROMOTION, (2, 2, 2, 0, 0, 0), (2, 1, 0, 0, 0, 0)),
    ],
)
def test_the_worked_table(after: GraceAfter, paid: tuple[int, ...], left: tuple[int, ...]) -> None:
    plan, cycles, title = plan_with(after), np.zeros((1, 1), np.int64), np.zeros(1, np.int8)
    found = []
    for reached in np.array(REACHED, np.int8).reshape(-1, 1):
        by = np.maximum(reached, grace.kept(plan, cycles, title))
        cycles = grace.left_after(plan, cycles, title, reached)
        title = np.maximum(title, reached)
        found.append((int(by[0]), int(cycles[0, 0])))
    assert found == list(zip(paid, left, strict=True))


def test_a_rank_above_the_title_is_not_kept() -> None:
    plan = plan_with(GraceAfter.MISS)
    assert grace.kept(plan, np.array([[2, 2]]), np.array([1, 2], np.int8)).tolist() == [0, 2]


def test_what_is_left_is_told_and_read_again() -> None:
    plan = replace(parsed(SMALL), ranks=tuple(replace(rank, grace_cycles=3) for rank in parsed(SMALL).ranks))
    left = np.array([[1, 0, 0], [2, 3, 0]])
    texts = grace.told(plan, left)
    assert texts == ["silver:1 gold:2", "gold:3", None]
    assert (grace.read(plan, texts) == left).all()
    assert grace.read(plan, ["emperor:4", None]).tolist() == [[0, 0], [0, 0]]


LEGS = '\n[kpis.legs]\nlabel = "Legs"\nmeasure = "legs"\nleg_with_rank = "high"\n'
LEVELS = (
    '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["5 %"]\nminimum_rank = "high"\n'
)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("miss", (("high", "high", 1), ("high", "high", 1), ("", "high", 0))),
        ("promotion", (("high", "high", 1), ("high", "high", 1), ("", "high", 0))),
    ],
)
def test_who_is_paid_by_grace_counts_by_that_rank_and_both_engines_agree(
    tmp_path: Path, after: str, expected: tuple[tuple[str, str, int], ...]
) -> None:
    ranks = ladder("low", "high") + f'grace = 1\ngrace_after = "{after}"\n'
    company = Offline(tmp_path, HEAD + PERSONAL + LEGS + ranks + LEVELS)
    company.person("top", joined="2025-01-01")
    company.person("you", "top", joined="2025-01-01")
    company.person("below", "you", joined="2025-01-01", kind="customer")
    company.order("you", 2, on="2026-01-05")
    more: list[str] = []
    for number, (paid, career, legs) in enumerate(expected, start=1):
        month = f"2026-{number:02}"
        company.order("below", 100, on=f"{month}-06")
        assert company.settle(month, *more, "--verify", out=month) == 0
        [you] = [row for row in company.rows("ranks", month) if row["person_id"] == "you"]
        assert (you["paid_rank"], you["career_rank"], int(company.kpi("top", "legs", month))) == (paid, career, legs)
        assert len([row for row in company.awards("levels", month) if row["payee_id"] == "you"]) == bool(paid)
        more = ["--carry", str(tmp_path / month)]


CLIMBED = """
[kpis.pv]
label = "Own"
measure = "qv"

[kpis.orders]
label = "Orders"
measure = "orders"

[ladder]
gauges = ["pv"]

[[ranks]]
code = "low"
name = "Low"
needs = [{ kpi = "pv", minimum = 10 }]
grace = 3

[[ranks]]
code = "high"
name = "High"
needs = [{ kpi = "orders", minimum = 2 }]
"""


def test_a_rank_that_is_kept_is_no_step_to_a_higher_one(tmp_path: Path) -> None:
    company = Offline(tmp_path, HEAD + CLIMBED + LEVELS)
    company.person("you", joined="2025-01-01")
    company.order("you", 10, on="2026-01-05")
    for _ in range(2):
        company.order("you", 1, on="2026-02-05")
    assert company.settle("2026-01", "--verify", out="january") == 0
    assert company.settle("2026-02", "--verify", "--carry", str(tmp_path / "january")) == 0
    [you] = company.rows("ranks")
    assert (you["paid_rank"], you["career_rank"]) == ("low", "low")
