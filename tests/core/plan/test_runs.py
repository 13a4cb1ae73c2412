"""`[runs.NAME]`: which steps may follow which, and what is told where they do not."""

from decimal import Decimal

import pytest

from core.plan.model import RunSpec, Step
from core.plan.reading import check
from tests.core.plan.plans import SMALL


def told(section: str) -> list[tuple[str, dict[str, object]]]:
    plan, problems = check(SMALL + section)
    assert plan is None
    return [(one.code, dict(one.facts)) for one in problems if one.severity == "fault"]


def test_without_the_section_every_calendar_is_settled_in_all_steps() -> None:
    plan, _ = check(SMALL)
    assert plan is not None
    assert plan.kinds_of_runs == (RunSpec("month", "month", tuple(Step)),)


def test_a_kind_has_its_steps_in_the_companys_order_and_its_limits() -> None:
    plan, _ = check(
        SMALL
        + """
[runs.monthly]
calendar = "month"
steps = ["returns", "kpis", "ranks", "bonuses", "validate", "release"]
ceiling_per_person = 20000
payout_ratio_max = "55.5 %"
jump_max = 5
jump_from = 200
"""
    )
    assert plan is not None
    [kind] = plan.kinds_of_runs
    assert kind.steps == (Step.RETURNS, Step.KPIS, Step.RANKS, Step.BONUSES, Step.VALIDATE, Step.RELEASE)
    assert (kind.ceiling_per_person, kind.payout_ratio_max) == (Decimal(20000), Decimal("55.5"))
    assert (kind.jump_max, kind.jump_from) == (Decimal(5), Decimal(200))


@pytest.mark.parametrize(
    ("steps", "code", "facts"),
    [
        ('"kpis", "ranks", "kpis"', "plan_run_step_twice", {"step": "kpis"}),
        ('"ranks"', "plan_run_step_needs", {"step": "ranks", "needs": "kpis"}),
        ('"kpis", "bonuses"', "plan_run_step_needs", {"step": "bonuses", "needs": "ranks"}),
        ('"kpis", "release"', "plan_run_step_needs", {"step": "release", "needs": "validate"}),
        ('"kpis", "ranks", "returns"', "plan_run_step_order", {"step": "ranks", "earlier": "returns"}),
        ('"kpis", "validate", "ranks"', "plan_run_step_order", {"step": "validate", "earlier": "ranks"}),
    ],
)
def test_steps_that_cannot_be_done_in_this_order_are_told(steps: str, code: str, facts: dict[str, str]) -> None:
    assert told(f'\n[runs.monthly]\ncalendar = "month"\nsteps = [{steps}]\n') == [(code, facts)]


def test_two_kinds_cannot_release_one_calendar_and_a_preview_besides_can_be() -> None:
    twice = '\n[runs.a]\ncalendar = "month"\n[runs.b]\ncalendar = "month"\n'
    assert told(twice) == [("plan_run_twice", {"calendar": "month", "first": "a"})]
    plan, _ = check(SMALL + '\n[runs.a]\ncalendar = "month"\n[runs.b]\ncalendar = "month"\nsteps = ["kpis", "ranks"]\n')
    assert plan is not None
    assert [kind.code for kind in plan.kinds_of_runs] == ["a", "b"]


def test_a_jump_needs_to_know_how_far() -> None:
    found = told('\n[runs.a]\ncalendar = "month"\njump_from = 5\n')
    assert found == [("plan_word_beside", {"word": "jump_max", "when": "jump_from"})]
