from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.kernel.errors import Problem, Severity
from core.plan.model import (
    AllOf,
    AnyOf,
    CalendarKind,
    CapBase,
    Condition,
    LegCap,
    Measure,
    Over,
    Plan,
    Who,
    Window,
)
from core.plan.reading import check, example, examples
from core.plan.telling import located
from i18n.errors import known
from i18n.translator import translator
from tests.core.plan.plans import SMALL, spoilt

ENGLISH = translator("en")


def read(text: str) -> Plan:
    plan, problems = check(text)
    assert plan is not None, [located(problem, "plan.toml", ENGLISH) for problem in problems]
    return plan


def faults(text: str) -> list[Problem]:
    return [problem for problem in check(text)[1] if problem.severity is Severity.FAULT]


def told(text: str) -> list[str]:
    return [located(problem, "plan.toml", ENGLISH) for problem in check(text)[1]]


def with_kpi(words: str) -> str:
    return SMALL + f'\n[kpis.extra]\nlabel = "Extra"\n{words}\n'


def with_needs(needs: str) -> str:
    return spoilt('needs = [{ kpi = "pv", minimum = 100 }]', f"needs = [{needs}]")


@pytest.mark.parametrize("name", examples())
def test_every_example_is_a_plan_without_faults(name: str) -> None:
    assert read(example(name)).ranks


def test_volumes_are_read_exactly_at_the_plans_scale() -> None:
    plan = read(spoilt("minimum = 50", "minimum = 50.0125"))
    assert plan.activity.minimum == 500125
    coarse = read(spoilt("[activity]", "[volume]\nscale = 0\n\n[activity]"))
    assert coarse.activity.minimum == 50


def test_without_their_sections_month_price_and_four_decimals_hold() -> None:
    plan = read(SMALL)
    assert (plan.calendar.kind, plan.calendar.time_zone) == (CalendarKind.MONTH, "Europe/Madrid")
    assert (plan.volume.currency, plan.volume.scale, str(plan.volume.default_cv)) == ("EUR", 4, "price")
    assert plan.must_climb


def test_a_bare_text_is_the_same_in_every_language() -> None:
    assert read(SMALL).company == {"en": "Small"}


def test_company_words_keep_their_languages_and_plural_forms() -> None:
    plan = read(spoilt('name = "Gold"', 'name.en = { one = "Gold", other = "Golds" }\nname.pt-BR = "Ouro"'))
    assert plan.ranks[1].name == {"en": {"one": "Gold", "other": "Golds"}, "pt-BR": "Ouro"}


@pytest.mark.parametrize(
    ("words", "over", "levels"),
    [
        ('measure = "cv"', Over.OWN, (0, 0)),
        ('measure = "cv"\nover = "frontline"', Over.LEVELS, (1, 1)),
        ('measure = "cv"\nover = "line"', Over.LEVELS, (1, None)),
        ('measure = "cv"\nover = "levels"\nfrom_level = 2\nto_level = 8', Over.LEVELS, (2, 8)),
        ('measure = "cv"\nover = "levels"\nfrom_level = 2', Over.LEVELS, (2, None)),
        ('measure = "cv"\nover = "largest_leg"', Over.LARGEST_LEG, (0, 0)),
    ],
)
def test_a_kpi_says_over_whom_it_goes(words: str, over: Over, levels: tuple[int, int | None]) -> None:
    kpi = read(with_kpi(words)).kpi("extra")
    assert (kpi.over, (kpi.level_from, kpi.level_to)) == (over, levels)


def test_a_kpi_takes_its_filters_and_bounds() -> None:
    words = 'measure = "qv"\nover = "line"\nwho = "distributors"\nactive_only = true\nfloor = 20\ncap_per_leg = 500.5'
    kpi = read(with_kpi(words + '\nstop_at_rank = "gold"\ncycles = 2')).kpi("extra")
    assert (kpi.who, kpi.active_only, kpi.floor, kpi.cap_per_leg) == (Who.DISTRIBUTORS, True, 200000, 5005000)
    assert (kpi.stop_at_rank, kpi.window, kpi.cycles) == ("gold", Window.CYCLES, 2)


def test_all_cycles_make_a_kpi_cumulative() -> None:
    assert read(with_kpi('measure = "qv"\ncycles = "all"')).kpi("extra").window is Window.CUMULATIVE


def test_legs_count_by_rank_or_by_a_kpi_of_their_head() -> None:
    by_rank = read(with_kpi('measure = "legs"\nleg_with_rank = "gold"\nleg_depth = 2')).kpi("extra")
    assert (by_rank.measure, by_rank.leg_with_rank, by_rank.leg_depth) == (Measure.LEGS, "gold", 2)
    by_kpi = read(with_kpi('measure = "legs"\nleg_kpi = "gv"\nleg_minimum = 1000')).kpi("extra")
    assert (by_kpi.leg_kpi, by_kpi.leg_minimum) == ("gv", 10_000_000)


def test_requirements_nest_and_carry_leg_caps() -> None:
    needs = """
      { kpi = "gv", minimum = 1000, leg_cap = "50 %", leg_cap_own = true },
      { any = [
        { kpi = "gv", minimum = 9000, leg_cap = 4000 },
        { all = [{ kpi = "gv", minimum = 5000, leg_cap = "40%", leg_cap_of = "actual" }] },
      ] },
    """
    assert read(with_needs(needs)).ranks[0].needs == AllOf(
        (
            Condition("gv", 10_000_000, LegCap(percent=Decimal(50), own_too=True)),
            AnyOf(
                (
                    Condition("gv", 90_000_000, LegCap(absolute=40_000_000)),
                    AllOf((Condition("gv", 50_000_000, LegCap(percent=Decimal(40), base=CapBase.ACTUAL)),)),
                )
            ),
        )
    )


def test_a_mistake_is_told_with_place_nearest_word_and_all_words() -> None:
    text = with_needs('{ kpi = "pv", minimun = 100 }')
    [sentence] = told(text)
    assert sentence == (
        'plan.toml:29:24: "minimun" is not a word of a rank condition; did you mean "minimum"? '
        "It takes kpi, minimum, leg_cap, leg_cap_of, and leg_cap_own."
    )


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (spoilt('version = "1"\n', ""), "plan_word_missing", (1, 2)),
        (spoilt('version = "1"', "version = 1"), "plan_value_wrong", (3, 11)),
        (spoilt('"EUR"', '"EURO"'), "plan_value_wrong", (6, 12)),
        (spoilt('"Europe/Madrid"', '"Europe/Madri"'), "plan_value_wrong", (7, 13)),
        (spoilt('name = "Gold"', 'name = { es = "Oro" }'), "plan_english_missing", (33, 1)),
        (spoilt('name = "Gold"', 'name.en = "Gold"\nname.pt-br = "Ouro"'), "plan_language_unknown_near", (34, 6)),
        (spoilt('name = "Gold"', 'name.en = { one = "Gold" }'), "plan_word_missing", (33, 6)),
        (spoilt("minimum = 50", "minimum = 50.00001"), "plan_too_fine", (11, 11)),
        (spoilt("minimum = 50", "minimum = -1"), "plan_value_wrong", (11, 11)),
        (spoilt("minimum = 50", "minimum = inf"), "plan_value_wrong", (11, 11)),
        (spoilt("minimum = 50", "minimum = 1e999999999"), "plan_value_wrong", (11, 11)),
        (spoilt("minimum = 50", "minimum = true"), "plan_value_wrong", (11, 11)),
        (spoilt('over = "line"', 'over = "lines"'), "plan_choice_unknown_near", (20, 8)),
        (spoilt('over = "line"\n', ""), "plan_word_useless", (20, 1)),
        (spoilt('gauges = ["pv", "gv"]', 'gauges = ["pv", "vg"]'), "plan_name_unknown_near", (24, 17)),
        (spoilt('gauges = ["pv", "gv"]', 'gauges = ["pv", "pv"]'), "plan_gauge_twice", (24, 17)),
        (spoilt('gauges = ["pv", "gv"]', "gauges = []"), "plan_value_wrong", (24, 10)),
        (spoilt('gauges = ["pv", "gv"]', ""), "plan_word_missing", (23, 2)),
        (spoilt('code = "gold"', 'code = "silver"'), "plan_name_twice", (32, 8)),
        (with_needs('{ kpi = "pw", minimum = 1 }'), "plan_name_unknown_near", (29, 18)),
        (with_needs('{ kpi = "pv", minimum = 1, leg_cap = "50 %" }'), "plan_word_useless", (29, 37)),
        (with_needs('{ kpi = "gv", minimum = 1, leg_cap = "150 %" }'), "plan_value_wrong", (29, 47)),
        (with_needs("{ any = [] }"), "plan_value_wrong", (29, 18)),
        (with_needs("7"), "plan_table_wanted", (29, 10)),
        (with_kpi('measure = "legs"'), "plan_legs_how", (36, 7)),
        (with_kpi('measure = "legs"\nleg_with_rank = "glod"'), "plan_name_unknown_near", (39, 17)),
        (with_kpi('measure = "heads"\nover = "line"\nfloor = 3'), "plan_word_useless", (40, 1)),
        (with_kpi('measure = "heads"\nover = "generation"\ngeneration = 1'), "plan_word_beside", (36, 7)),
        (with_kpi('measure = "qv"\nover = "levels"\nfrom_level = 4\nto_level = 3'), "plan_value_wrong", (41, 12)),
        ("ranks = 3\n" + SMALL.split("[[ranks]]")[0], "plan_value_wrong", (1, 9)),
        (SMALL + "\n[bonusses]\n", "plan_word_unknown_near", (36, 2)),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_line_and_column(text: str, code: str, place: tuple[int, int]) -> None:
    assert [(fault.code, (fault.line, fault.column)) for fault in faults(text)] == [(code, place)]


def test_a_rank_without_conditions_may_only_be_the_lowest() -> None:
    lowest = check(with_needs(""))
    assert lowest[0] is not None
    assert "plan_rank_for_all" in [notice.code for notice in lowest[1]]
    higher = spoilt('needs = [{ kpi = "pv", minimum = 100 }, { kpi = "gv", minimum = 1000 }]', "needs = []")
    assert [fault.code for fault in faults(higher)] == ["plan_rank_empty"]


def test_a_circle_of_kpis_is_named() -> None:
    legs = '\n[kpis.{0}]\nlabel = "{0}"\nmeasure = "legs"\nleg_kpi = "{1}"\nleg_minimum = 1\n'
    found = faults(SMALL + legs.format("a", "b") + legs.format("b", "c") + legs.format("c", "a"))
    assert [(fault.code, fault.facts["circle"]) for fault in found] == [("plan_circle", "a → b → c → a")]


def test_legs_that_hold_a_rank_are_no_circle_because_children_come_first() -> None:
    text = with_kpi('measure = "legs"\nleg_with_rank = "gold"').replace(
        '{ kpi = "gv", minimum = 1000 }', '{ kpi = "extra", minimum = 2 }'
    )
    assert read(text).ranks[1].needs.parts[1] == Condition("extra", 2)


def test_a_rank_that_asks_for_less_than_the_one_below_is_noticed() -> None:
    plan, problems = check(spoilt('{ kpi = "pv", minimum = 100 }, {', '{ kpi = "pv", minimum = 90 }, {'))
    assert plan is not None
    assert [(notice.code, notice.facts["kpi"]) for notice in problems] == [("plan_ladder_falls", "pv")]


def test_a_gauge_that_no_rank_asks_for_is_noticed() -> None:
    plan, problems = check(spoilt(', { kpi = "gv", minimum = 1000 }', ""))
    assert plan is not None
    assert [notice.code for notice in problems] == ["plan_gauge_idle"]


def test_a_kpi_that_is_switched_off_can_neither_be_asked_for_nor_shown() -> None:
    text = spoilt('measure = "qv"\nover = "line"', 'measure = "qv"\non = false\nover = "line"')
    assert [fault.code for fault in faults(text)] == ["plan_gauge_hidden", "plan_kpi_off"]


def test_every_missing_section_is_told() -> None:
    assert [fault.facts["section"] for fault in faults("")] == [
        "[plan]",
        "[activity]",
        "[kpis]",
        "[ladder]",
        "[[ranks]]",
    ]


def test_all_faults_are_told_at_once_from_top_to_bottom() -> None:
    text = SMALL.replace('"EUR"', '"EURO"').replace('"line"', '"lines"').replace('"gold"', '"silver"')
    assert [fault.line for fault in faults(text)] == [6, 20, 32]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nb = \n", (2, 5)),
        ('a = "x\n', (1, 7)),
        ("a = 1\n  a = 2\n", (2, 3)),
        ("[a]\n[a]\n", (2, 1)),
        ("x = {a = 1,\nb = 2}\n", (1, 12)),
        ("x = 1 2\n", (1, 7)),
        ("x = [1, 2", (1, 10)),
        ("x = " + "[" * 5000, (1, 1)),
        ("x = " + "9" * 5000, (1, 1)),
        ("\ufeffx = ", (1, 5)),
    ],
)
def test_text_that_is_no_toml_is_told_where_reading_stopped(text: str, place: tuple[int, int]) -> None:
    plan, problems = check(text)
    assert plan is None
    assert [(problem.code, (problem.line, problem.column)) for problem in problems] == [("plan_not_toml", place)]


@pytest.mark.parametrize(("header", "closing"), [("[[a]", "]]"), ("[a", "]")])
def test_a_section_whose_name_is_not_closed_is_told_by_what_closes_it(header: str, closing: str) -> None:
    [problem] = check(f"{header}\nb = 1\n")[1]
    assert str(problem.facts["reason"]).endswith(f" must be closed by {closing}")


def test_windows_line_ends_do_not_move_the_places() -> None:
    broken = spoilt('over = "line"', 'over = "lines"')
    assert told(broken.replace("\n", "\r\n")) == told(broken)


@settings(max_examples=settings().max_examples // 2)
@given(data=st.data())
def test_no_mutilated_plan_makes_the_reader_fail(data: st.DataObject) -> None:
    lines = example("demo").splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    junk = data.draw(
        st.sampled_from(["3", "{}", "[]", '""', "true", "[[ranks]]", "x = { a.b = [1] }", "[kpis]", "= 2", "nan"])
    )
    left, joint, _ = lines[at].partition("=")
    lines[at] = data.draw(st.sampled_from([f"{left}{joint} {junk}", junk, ""]))
    plan, problems = check("\n".join(lines))
    assert (plan is None) == any(problem.severity is Severity.FAULT for problem in problems)
    assert {problem.code for problem in problems} <= known().keys()
    assert all(located(problem, "plan.toml", ENGLISH) for problem in problems)


@pytest.mark.parametrize("kind", ["{}", "[1, {}]", "1", "2026-01-01"])
def test_a_kind_of_bonus_that_is_no_text_is_a_fault(kind: str) -> None:
    _, problems = check(example("demo").replace('kind = "unilevel"', f"kind = {kind}", 1))
    assert [problem.code for problem in problems if problem.severity is Severity.FAULT][:1] == ["plan_choice_unknown"]
