"""Breakaway, generation, infinity and matching by generations, on the tables that their rules show."""

from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from core.settlement.telling.facts import fact_sentences
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.bonuses.plans import because, bonus, company_of, told
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, ladder


@pytest.mark.parametrize(
    ("boundary", "lines"),
    [
        ("closer", ["x 1 a 4.00", "x 2 b 2.00"]),
        ("opener", ["x 1 a 4.00", "x 2 b 2.00", "x 2 c 2.00"]),
        ("enrollee", ["x 1 a 4.00", "x 2 b 2.00", "x 2 c 2.00"]),
    ],
)
def test_three_boundaries_of_generations(tmp_path: Path, boundary: str, lines: list[str]) -> None:
    words = f'leader_rank = "silver"\nboundary = "{boundary}"\ngenerations = ["4 %", "2 %"]\nminimum_rank = "gold"'
    company = company_of(tmp_path, bonus("generation", words), "x3 a2 b2")
    company.person("c", "b", kind="customer")
    for person in "abc":
        company.order(person, 100, 0)
    assert company.settle() == 0
    assert told(company) == lines


def test_a_line_tells_which_leaders_stand_between(tmp_path: Path) -> None:
    words = 'leader_rank = "silver"\ngenerations = ["4 %", "2 %"]\nminimum_rank = "gold"'
    company = company_of(tmp_path, bonus("generation", words), "x3 a2 b0")
    company.order("b", 100, 0)
    assert company.settle() == 0
    [row] = company.awards()
    reason = because(row)
    assert [reason[word] for word in ("level", "boundary", "leaders", "leader")] == [2, "closer", 1, "a"]


def test_leaders_are_those_of_the_earners_own_rank_or_higher(tmp_path: Path) -> None:
    words = 'leader_rank = "same_as_earner"\ngenerations = ["4 %", "2 %"]'
    company = company_of(tmp_path, bonus("generation", words), "g3 s2 n0 b1 z0")
    company.order("z", 100, 0)
    assert company.settle() == 0
    assert told(company) == ["b 1 z 4.00", "g 1 z 4.00", "s 1 z 4.00"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", ["x 1 a 4.00", "x 2 b 2.00"]),
        ("include_leader_own = false", ["x 2 b 2.00"]),
        ("compress_unqualified = true", ["x 1 a 4.00", "x 1 b 4.00"]),
    ],
)
def test_a_leaders_own_orders_and_unqualified_leaders_can_be_left_out(
    tmp_path: Path, words: str, lines: list[str]
) -> None:
    plan = bonus("generation", f'leader_rank = "silver"\ngenerations = ["4 %", "2 %"]\nminimum_rank = "gold"\n{words}')
    company = company_of(tmp_path, plan, "x3 a2 b0")
    for person in "ab":
        company.order(person, 100, 0)
    assert company.settle() == 0
    assert told(company) == lines


def test_matching_counts_generations_by_the_same_words(tmp_path: Path) -> None:
    share = bonus("rule", 'when = "true"\nrate = "100 %"', "share")
    words = 'matches = ["share"]\nleader_rank = "silver"\nboundary = "enrollee"\ngenerations = ["4 %", "2 %"]'
    words += '\nminimum_rank = "gold"\ninclude_leader_own = false'
    company = company_of(tmp_path, share + bonus("matching", words, "match"), "x3 a2 b0")
    for person in "ab":
        company.order(person, 100, 0)
    assert company.settle() == 0
    assert told(company, "match") == ["x 2 b 2.00"]


OWN_GROUP = """
[kpis.own]
label = "Own group"
measure = "{measure}"
over = "line"
include_self = true
stop_at_rank = "silver"
"""
LEADERS = 'leader_rank = "silver"\ngenerations = ["4 %", "2 %"]\n'


def test_overrides_on_groups_that_have_broken_away(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("breakaway", LEADERS + 'minimum_rank = "silver"'), "x2 a2 b2 c0")
    for person, volume in (("a", 1000), ("b", 1500), ("c", 500)):
        company.order(person, volume, 0)
    assert company.settle() == 0
    assert told(company) == ["a 1 b 80.00", "x 1 a 40.00", "x 2 b 40.00"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", ["x 1 a 40.00", "x 2 b 40.00"]),
        ("pass_up_unqualified = true", ["x 1 a 40.00", "x 1 b 80.00", "x 2 b 40.00"]),
        ("minimum_waived_from_legs = 1", ["a 1 b 80.00", "x 1 a 40.00", "x 2 b 40.00"]),
        ("minimum_waived_from_legs = 2", ["x 1 a 40.00", "x 2 b 40.00"]),
    ],
)
def test_a_minimum_of_a_group_of_ones_own(tmp_path: Path, words: str, lines: list[str]) -> None:
    """x has 100 points of her own group, a 2; the leg below a has a leader in it."""
    own = OWN_GROUP.format(measure="qv")
    minimum = f'{LEADERS}minimum_rank = "silver"\nown_group_kpi = "own"\nown_group_minimum = 100\n{words}'
    company = company_of(tmp_path, own + bonus("breakaway", minimum), "x3 a2 b2")
    company.person("y", "x")
    company.order("x", 0, 100)
    for person, volume in (("a", 1000), ("b", 2000)):
        company.order(person, volume, 0)
    assert company.settle() == 0
    assert told(company) == lines


def test_who_passed_a_generation_up_is_named(tmp_path: Path) -> None:
    own = OWN_GROUP.format(measure="cv")
    minimum = f'{LEADERS}own_group_kpi = "own"\nown_group_minimum = 50\npass_up_unqualified = true'
    company = company_of(tmp_path, own + bonus("breakaway", minimum), "x2 a2 b2")
    company.order("x", 50, 0)
    company.order("b", 100, 0)
    assert company.settle() == 0
    rows = {row["level"]: because(row) for row in company.awards() if row["source_person_id"] == "b"}
    assert rows["1"]["passed_by"] == "a"
    assert "passed_by" not in rows["2"]


def test_a_guarantee_is_kept_back_for_the_next_leader_above(tmp_path: Path) -> None:
    words = 'leader_rank = "silver"\ngenerations = ["4 %"]\nguarantee = 60'
    company = company_of(tmp_path, bonus("breakaway", words), "x2 a2 b2")
    for person, volume in (("a", 1000), ("b", 2000)):
        company.order(person, volume, 0)
    assert company.settle() == 0
    assert told(company) == ["a 0 - -20.00", "a 1 b 80.00", "x 0 - -60.00", "x 1 a 60.00"]
    [line] = [row for row in company.awards() if row["amount"] == "60.00"]
    assert (because(line)["own"], because(line)["received"]) == ("40", "80")
    [less] = [row for row in company.awards() if row["amount"] == "-20.00"]
    assert because(less)["guarantee"] == "60"


def test_who_does_not_earn_keeps_nothing_of_what_she_is_passed(tmp_path: Path) -> None:
    words = 'leader_rank = "silver"\ngenerations = ["4 %"]\nguarantee = 60\nminimum_rank = "gold"'
    company = company_of(tmp_path, bonus("breakaway", words), "x3 a2 b2")
    for person, volume in (("x", 9000), ("a", 1000), ("b", 2000)):
        company.order(person, volume, 3 if person == "x" else 0)
    assert company.settle() == 0
    assert told(company) == ["x 1 a 120.00"]


@pytest.mark.parametrize(
    ("words", "earned"),
    [
        ("", "a b g x"),
        ('stop_rank = "gold"', "a b g"),
        ('stop_rank = "gold"\nstop_offset_levels = 4', "a b g x"),
        ('stop_rank = "gold"\nstop_offset_levels = 3', "a b g"),
    ],
)
def test_an_infinity_bonus_goes_on_until_somebody_of_the_rank_stands_between(
    tmp_path: Path, words: str, earned: str
) -> None:
    company = company_of(
        tmp_path, bonus("infinity", f'rate = "2 %"\nstart_after_level = 1\n{words}'), "x3 g3 a0 b0 c0 d0"
    )
    company.order("d", 100, 0)
    assert company.settle() == 0
    assert {row["payee_id"]: row["amount"] for row in company.awards()} == dict.fromkeys(earned.split(), "2.00")
    assert [row["level"] for row in company.awards() if row["payee_id"] == "g"] == ["4"]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", ["a 3 d 6.00", "b 2 d 4.00", "g 4 d 2.00"]),
        ("counts_from_level = 1", ["a 3 d 6.00", "g 4 d 2.00"]),
    ],
)
def test_whoever_stands_too_near_to_be_paid_can_count_all_the_same(
    tmp_path: Path, words: str, lines: list[str]
) -> None:
    rates = 'rate_by_rank = { bronze = "4 %", silver = "10 %", gold = "12 %" }'
    plan = bonus("infinity", f"{rates}\ndifferential = true\nstart_after_level = 1\n{words}")
    company = company_of(tmp_path, plan, "x3 g3 a2 b1 c1 d0")
    company.order("d", 100, 0)
    assert company.settle() == 0
    assert told(company) == lines


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("counts_from_level = 1", "plan_word_useless"),
        ("differential = true\ncounts_from_level = 3\nstart_after_level = 1", "plan_value_wrong"),
    ],
)
def test_a_level_to_count_from_that_means_nothing_is_a_fault(words: str, fault: str) -> None:
    _, problems = check(HEAD + PERSONAL + ONE_RANK + bonus("infinity", f'rate = "2 %"\n{words}'))
    assert [one.code for one in problems if one.severity is Severity.FAULT] == [fault]


POINTS = 'rate_by_rank = { bronze = "60 %", silver = "180 %", gold = "360 %" }\n'


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ('order_max = "480 %"', ["a 2 d 180.00", "b 1 d 60.00", "g 3 d 240.00"]),
        ("", ["a 2 d 180.00", "b 1 d 60.00", "g 3 d 360.00", "x 4 d 360.00"]),
        ('order_max = "480 %"\nminimum_rank = "silver"', ["a 2 d 180.00", "g 3 d 300.00"]),
        ('order_max = "480 %"\nstart_after_level = 1', ["a 2 d 180.00", "g 3 d 300.00"]),
        ('order_max = "480 %"\nearner = [{ kpi = "pv", minimum = 3 }]', ["g 3 d 360.00", "x 4 d 120.00"]),
    ],
)
def test_an_order_pays_so_much_altogether_the_nearest_first(tmp_path: Path, words: str, lines: list[str]) -> None:
    company = company_of(tmp_path, bonus("infinity", POINTS + words), "x3 g3 a2 b1 d0")
    company.order("d", 100, 0)
    assert company.settle() == 0
    assert told(company) == lines


def test_whoever_gets_the_rest_of_an_order_is_told_what_nearer_people_had(tmp_path: Path) -> None:
    words = 'rate_by_rank = { bronze = "1 %", gold = "6 %" }\norder_max = "6.5 %"'
    company = company_of(tmp_path, bonus("infinity", words), "g3 b1 d0")
    company.order("d", 100, 0)
    assert company.settle() == 0
    assert told(company) == ["b 1 d 1.00", "g 2 d 5.50"]
    reasons = {row["payee_id"]: because(row) for row in company.awards()}
    assert reasons["g"]["nearer"] == "1"
    assert "nearer" not in reasons["b"]
    plan, _ = check(company.plan)
    assert plan is not None
    [spec] = plan.bonuses
    sentences = [list(fact_sentences(reasons["g"], spec, "USD", plan, translator(one), str)) for one in LANGUAGES]
    assert len({one[0] for one in sentences}) == len(LANGUAGES)
    english = "1% of what the order pays altogether goes to people nearer to it, so 5.5% is left for you."
    assert sentences[0] == [english]


@pytest.mark.parametrize("words", ["differential = true", 'stop_rank = "gold"'])
def test_what_an_order_pays_altogether_decides_who_is_stopped(words: str) -> None:
    plan = HEAD + PERSONAL + ladder("gold") + bonus("infinity", f'rate = "2 %"\norder_max = "5 %"\n{words}')
    _, problems = check(plan)
    assert [one.code for one in problems if one.severity is Severity.FAULT] == ["plan_word_useless"]


def test_an_infinity_bonus_can_leave_only_the_difference(tmp_path: Path) -> None:
    words = 'rate_by_rank = { bronze = "1 %", silver = "2 %" }\ndifferential = true\nstart_after_level = 1'
    company = company_of(tmp_path, bonus("infinity", words), "g3 a2 b1 c3 d0")
    company.order("d", 100, 0)
    assert company.settle() == 0
    assert told(company) == ["a 3 d 1.00", "b 2 d 1.00"]


def test_ones_own_rank_stops_an_infinity_bonus(tmp_path: Path) -> None:
    words = 'rate = "1 %"\nstop_rank = "same_as_earner"\nminimum_rank = "bronze"'
    company = company_of(tmp_path, bonus("infinity", words), "g3 s2 r2 b1 d0")
    company.order("d", 100, 0)
    assert company.settle() == 0
    assert told(company) == ["b 1 d 1.00", "g 4 d 1.00", "r 2 d 1.00"]


def test_a_kpi_can_be_the_base(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("unilevel", 'base = "gv"\nlevels = ["10 %"]'), "a0 b0 c0")
    company.order("c", 0, 30)
    company.order("b", 0, 20)
    assert company.settle() == 0
    assert told(company) == ["a 1 b 5.00", "b 1 c 3.00"]
    assert {row["source_order_id"] for row in company.awards()} == {""}


def test_who_joined_can_be_the_base(tmp_path: Path) -> None:
    company = company_of(
        tmp_path, bonus("rule", 'base = "heads"\nwhen = "true"\nper = "referral"\nrate = "1000 %"'), "a0"
    )
    company.person("old", "a", joined="2026-09-30")
    company.person("new", "a", joined="2026-10-01")
    assert company.settle() == 0
    assert told(company) == ["a 1 new 10.00"]
