"""Percentages that no decimals say exactly."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.model.percents import percent_of, percent_text
from core.plan.model.terms import Unilevel
from core.plan.reading import check
from core.plan.showing_bonuses import bonus_lines
from core.settlement.telling.fractions import written
from i18n.translator import translator
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.test_published_elsewhere import bonus

BASE = HEAD + PERSONAL + ONE_RANK
WAYS = ("33.33 %", "1/3", "33 1/3 %", "58.33 %", "7/12")


def faults(text: str) -> list[tuple[str, object]]:
    found = [one for one in check(BASE + text)[1] if one.severity is Severity.FAULT]
    return [(one.code, one.facts["word"]) for one in found]


LEVELS = "".join(bonus("unilevel", f'levels = ["{rate}"]', f"b{place}") for place, rate in enumerate(WAYS))


def test_the_documented_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Family Heritage advances seven months of twelve: 210 of 360."""
    company = Offline(tmp_path, BASE + LEVELS)
    company.person("a")
    company.person("b", "a")
    company.order("b", 100)
    company.order("b", 360)
    assert company.settle() == 0
    found = [[row["amount"] for row in company.awards(f"b{place}")] for place in range(len(WAYS))]
    assert found == [
        ["33.33", "119.99"],
        ["33.33", "120.00"],
        ["33.33", "120.00"],
        ["58.33", "209.99"],
        ["58.33", "210.00"],
    ]
    for award, told in (("2", "33.33% of that is $119.988."), ("6", "33 1/3% of that is $120.00.")):
        assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", award]) == 0
        assert told in " ".join(capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(
    ("written_", "percent", "shown"),
    [
        ('"1/4"', Decimal(25), "25 %"),
        ('"1/3"', Fraction(100, 3), "33 1/3 %"),
        ('"4/3"', Fraction(400, 3), "133 1/3 %"),
        ('"7 / 12"', Fraction(175, 3), "58 1/3 %"),
        ('"1/700"', Fraction(1, 7), "1/7 %"),
        ('"16 2/3 %"', Fraction(50, 3), "16 2/3 %"),
        ('"2 1/2%"', Decimal("2.5"), "2.5 %"),
    ],
)
def test_how_fractions_are_written_and_shown(written_: str, percent: object, shown: str) -> None:
    plan, problems = check(BASE + bonus("unilevel", f"levels = [{written_}]"))
    assert plan is not None, problems
    terms = plan.bonuses[0].terms
    assert isinstance(terms, Unilevel)
    [found] = terms.levels
    assert (found, type(found)) == (percent, type(percent))
    assert f"    levels: {shown}" in list(bonus_lines(plan, translator("en")))


@pytest.mark.parametrize("text", ['"1/0"', '"1 1/3"', '"-1/3"', '"1/3/2"', '"33 1/3"', '"1.5/3"', '"13/1"'])
def test_what_is_no_fraction(text: str) -> None:
    assert faults(bonus("unilevel", f"levels = [{text}]")) == [("plan_value_wrong", "levels")]


def test_a_part_of_one_percent_is_told() -> None:
    plan, problems = check(BASE + bonus("unilevel", 'levels = ["1/3 %"]'))
    assert plan is not None
    [found] = [one for one in problems if "percent" in one.code]
    assert (found.severity, found.code) == (Severity.NOTICE, "plan_percent_part")
    assert found.facts == {"found": "1/3 %", "meant": "1/3"}


def test_thirds_are_a_whole() -> None:
    words = 'share = "1/3"\ndivision = "position"\nshares_kpi = "pv"\npositions = ["1/3", "1/3", "1/3"]\n'
    assert faults(bonus("pool", words)) == []
    assert faults(bonus("pool", words.replace('"1/3"]', '"33.34 %"]'))) == [("plan_value_wrong", "positions")]


@pytest.mark.parametrize(
    "section",
    [
        '[kpis.s]\nlabel = "S"\nmeasure = "qv"\nover = "line"\ncustomer_share = "1/3"\n',
        '[payout]\nfee = "1/3"\n',
        '[calendars.month]\nkind = "month"\n[runs.m]\ncalendar = "month"\npayout_ratio_max = "1/3"\n',
        '[notifications]\nholdout = "1/3"\n',
    ],
)
def test_where_only_decimals_are_read(section: str) -> None:
    _, problems = check(BASE + section)
    [found] = [one for one in problems if one.severity is Severity.FAULT]
    assert (found.code, "33.33 %" in str(found.facts["expected"])) == ("plan_value_wrong", True)


@pytest.mark.parametrize(
    ("cut", "rates", "whole"),
    [
        ("33.333333", ["1/3"], Fraction(100, 3)),
        ("66.666666", ["1/3"], Fraction(200, 3)),
        ("20.833333", ["1/3", "12.5 %"], Fraction(125, 6)),
        ("33.333333", ["5 %"], Decimal("33.333333")),
        ("12.5", ["1/3"], Decimal("12.5")),
        ("14.285714", ["1/3"], Decimal("14.285714")),
    ],
)
def test_a_percentage_that_files_cut_is_told_as_the_plan_has_it(cut: str, rates: list[str], whole: object) -> None:
    plan, _ = check(BASE + bonus("unilevel", f"levels = {rates}".replace("'", '"')))
    assert plan is not None
    assert written(Decimal(cut), plan) == whole


@pytest.mark.parametrize(
    ("tag", "told"),
    [("en", "33 1/3%"), ("es", "33 1/3 %"), ("de", "33 1/3 %"), ("pt-BR", "33 1/3%"), ("fr", "33 1/3 %")],
)
def test_fractions_stand_beside_what_is_whole_in_every_language(tag: str, told: str) -> None:
    tr = translator(tag)
    assert " ".join(tr.percent(Fraction(100, 3)).split()) == told
    assert " ".join(tr.percent(Fraction(1, 7)).split()) == told.replace("33 1/3", "1/7")
    assert "1.200" in tr.percent(Fraction(3601, 3)).replace(",", ".").replace("\N{NARROW NO-BREAK SPACE}", ".")


def test_percentages_that_end_are_decimals() -> None:
    assert percent_of(Fraction(3, 32)) == Decimal("0.09375")
    assert percent_text(percent_of(Fraction(100, 7))) == "14 2/7 %"
