"""What bonuses come to at least: `[[caps]] at_least`."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder

GROUP = '\n[kpis.gv]\nlabel = "Group"\nmeasure = "cv"\nover = "line"\n'
BONUS = (
    '\n[[bonuses]]\ncode = "group"\nkind = "rule"\nlabel = "Group bonus"\nwhen = "true"\nbase = "gv"\nrate = "10 %"\n'
)
TRACK = """
[[caps]]
code = "fast_track"
per = "person"
at_least_by_rank = { silver = 1250, gold = 2500 }
earner = [{ kpi = "pv", minimum = 100 }]
bonuses = ["group"]
"""
RANKS = ladder("bronze", "silver", "gold").replace("minimum = 3", "minimum = 500")


def silver(folder: Path, group: str, own: int = 100, more: str = "") -> Offline:
    """She has so much herself, and so much below her."""
    company = Offline(folder, HEAD + GROUP + PERSONAL + RANKS + BONUS + TRACK + more)
    company.person("she")
    company.person("below", "she", kind="customer")
    company.order("she", 0, own)
    if group:
        company.order("below", group.removeprefix("-"), 0, kind="return" if group.startswith("-") else "sale")
    return company


@pytest.mark.parametrize(
    ("group", "added", "paid"),
    [("8400", ["410.00"], 1250), ("", ["1250.00"], 1250), ("-100", ["1260.00"], 1250), ("13000", [], 1300)],
)
def test_what_is_missing_is_a_line_of_its_own(tmp_path: Path, group: str, added: list[str], paid: int) -> None:
    company = silver(tmp_path, group)
    assert company.settle() == 0
    assert [line["amount"] for line in company.awards("fast_track")] == added
    assert company.earned() == {"she": paid}
    assert company.payouts()["she"]["paid"] == f"{paid}.00"


@pytest.mark.parametrize(("own", "paid"), [(1, {}), (99, {}), (100, {"she": 1250}), (500, {"she": 2500})])
def test_it_goes_by_rank_and_conditions(tmp_path: Path, own: int, paid: dict[str, int]) -> None:
    company = silver(tmp_path, "", own)
    assert company.settle() == 0
    assert company.earned() == paid


def test_it_is_rounded_up_to_what_the_company_pays_and_counts_for_later_caps(tmp_path: Path) -> None:
    more = '\n[[caps]]\ncode = "most"\nper = "person"\namount = 1000\n\n[rounding]\nunit = 20\n'
    company = silver(tmp_path, "8480", more=more)
    assert company.settle() == 0
    found = {bonus: company.earned(bonus)["she"] for bonus in ("group", "fast_track", "most")}
    assert found == {"group": 840, "fast_track": 420, "most": -260}


def test_what_is_added_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = silver(tmp_path, "8400")
    assert company.settle() == 0
    [line] = company.awards("fast_track")
    because = json.loads(line["because"])
    assert (because["kind"], because["at_least"], because["earned"]) == ("cap", "1250.00", "840.00")
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "she", "--award", "2"]) == 0
    told = capsys.readouterr().out
    assert "Together you earned $840.00, less than the $1,250.00 that the plan guarantees you" in told


def test_a_guarantee_in_a_week_is_for_bonuses_by_the_week(tmp_path: Path) -> None:
    calendars = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\nkpis_by = "month"\n'
    company = silver(tmp_path, "8400", more=calendars)
    assert company.settle() == 0
    assert company.settle("2026-W41", "--calendar", "week", out="week") == 0
    assert (sum(company.earned().values()), company.earned(out="week")) == (Decimal(1250), {})
