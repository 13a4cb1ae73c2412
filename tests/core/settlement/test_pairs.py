"""Rates by the lower of two: hers, and that of whoever brought what she is paid for."""

from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder

RATES = 'levels_by_rank = { silver = ["5 %"], gold = ["10 %"] }\n'
LOWER = 'pair_rule = "lower_of_both"\n'
RANKS = ladder("bronze", "silver", "gold")


def bonus(kind: str, words: str, code: str = "it") -> str:
    return f'\n[[bonuses]]\ncode = "{code}"\nkind = "{kind}"\nlabel = "{code}"\n{words}'


MATCH = bonus("rule", 'when = "true"\namount = 100\n', "own") + bonus("matching", 'matches = ["own"]\n' + RATES + LOWER)


def line(folder: Path, plan: str, *ranks: int) -> Offline:
    """People below each other, a on top, each with a rank."""
    company = Offline(folder, HEAD + PERSONAL + RANKS + plan)
    for above, person, rank in zip((None, *"abcd"), "abcd", ranks, strict=False):
        company.person(person, above)
        company.order(person, 0, rank)
    return company


@pytest.mark.parametrize(("below", "paid"), [(0, []), (1, []), (2, [("a", "b", "5.00")]), (3, [("a", "b", "10.00")])])
def test_a_match_is_paid_by_the_lower_of_earner_and_matched(
    tmp_path: Path, below: int, paid: list[tuple[str, str, str]]
) -> None:
    company = line(tmp_path, MATCH, 3, below)
    assert company.settle() == 0
    assert [(row["payee_id"], row["source_person_id"], row["amount"]) for row in company.awards("it")] == paid


def test_levels_of_a_matrix_can_go_by_the_lower_of_both(tmp_path: Path) -> None:
    plan = '\n[trees.matrix]\nwidth = 2\ndepth = 3\nspill = "manual"\n' + bonus("matrix", RATES + LOWER)
    company = Placed(tmp_path, HEAD + PERSONAL + RANKS + plan)
    company.person("a")
    company.order("a", 0, 3)
    for slot, person, rank in ((1, "b", 2), (2, "c", 3)):
        company.placed(person, "a", slot)
        company.order(person, 100, rank)
    assert company.settle() == 0
    assert [(row["source_person_id"], row["amount"]) for row in company.awards()] == [("b", "5.00"), ("c", "10.00")]


@pytest.mark.parametrize(("newcomer", "paid"), [(1, []), (2, ["5.00"]), (3, ["10.00"])])
def test_a_fast_start_can_go_by_the_lower_of_both(tmp_path: Path, newcomer: int, paid: list[str]) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL + RANKS + bonus("fast_start", "window_days = 30\n" + RATES + LOWER))
    company.person("a")
    company.person("b", "a", joined="2026-10-01")
    company.order("a", 0, 3)
    company.order("b", 100, newcomer)
    assert company.settle() == 0
    assert [row["amount"] for row in company.awards()] == paid


def test_the_reason_names_whose_standing_decides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert line(tmp_path, MATCH, 3, 2).settle() == 0
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", "2"]) == 0
    told = capsys.readouterr().out
    assert "b stands lower than you, and the lower of both decides the percentage." in told
    assert "5% of that is $5.00." in told


def test_a_match_by_generation_has_no_such_rule() -> None:
    words = 'matches = ["own"]\nleader_rank = "gold"\ngenerations = ["5 %"]\n' + LOWER
    _, problems = check(
        HEAD + PERSONAL + RANKS + bonus("rule", 'when = "true"\namount = 1\n', "own") + bonus("matching", words)
    )
    [fault] = [one for one in problems if one.severity is Severity.FAULT]
    assert (fault.code, fault.facts["word"]) == ("plan_word_useless", "pair_rule")
