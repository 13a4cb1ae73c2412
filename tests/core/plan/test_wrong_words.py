"""What a commissions manager writes from the words of the field, and what she is told."""

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.settlement.offline import HEAD, PERSONAL, ladder

GROUP = '\n[kpis.gv]\nlabel = "Group"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'
BASE = HEAD + GROUP + PERSONAL + ladder("silver", "gold")


def told(words: str) -> list[tuple[Severity, str, object]]:
    _, problems = check(f'{BASE}\n[[bonuses]]\ncode = "a"\nlabel = "A"\n{words}\n')
    return [(one.severity, one.code, one.facts.get("nearest", one.facts.get("word"))) for one in problems]


@pytest.mark.parametrize(
    ("field", "ours"),
    [("stairstep", "differential"), ("Check match", "matching"), ("override", "breakaway"), ("uni-level", "unilevel")],
)
def test_the_fields_words_for_kinds_lead_to_ours(field: str, ours: str) -> None:
    assert told(f'kind = "{field}"') == [(Severity.FAULT, "plan_choice_unknown_near", ours)]


@pytest.mark.parametrize(
    ("kind", "word"), [("differential", "schedule"), ("unilevel", "levels"), ("fast_start", "levels")]
)
def test_a_bonus_that_could_pay_nothing_is_a_fault(kind: str, word: str) -> None:
    assert told(f'kind = "{kind}"') == [(Severity.FAULT, "plan_word_beside", word)]


def test_a_number_below_one_is_told_as_the_percentage_that_it_is() -> None:
    _, problems = check(
        f'{BASE}\n[[bonuses]]\ncode = "a"\nlabel = "A"\nkind = "unilevel"\nlevels = [0.05, "0.05 %", 5]\n'
    )
    assert [(one.severity, one.code, one.facts) for one in problems] == [
        (Severity.NOTICE, "plan_percent_small", {"found": "0.05", "meant": "5 %"})
    ]


@pytest.mark.parametrize(
    ("words", "growing"),
    [
        ('kind = "differential"\nrate_by_rank = { silver = 5 }\nbase = "gv"', True),
        ('kind = "differential"\nrate_by_rank = { silver = 5 }\nbase = "gv"\nof = "own"', False),
        ('kind = "differential"\nrate_by_rank = { silver = 5 }\nbase = "pv"', False),
        ('kind = "unilevel"\nlevels = ["3 %"]\nbase = "gv"', False),
    ],
)
def test_a_base_that_is_counted_again_on_the_way_up_is_told(words: str, growing: bool) -> None:
    assert told(words) == ([(Severity.NOTICE, "plan_base_grows", None)] if growing else [])


def test_single_brackets_are_told_with_the_double_ones_that_are_meant() -> None:
    _, problems = check(BASE + '\n[bonuses]\ncode = "a"\n')
    assert [(one.code, one.facts["word"], str(one.facts["expected"])[:12]) for one in problems] == [
        ("plan_value_wrong", "bonuses", "a section in")
    ]
