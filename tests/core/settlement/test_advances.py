"""`[advances]` through the command: fortnights ahead of a month, and the month that takes them off."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder

CALENDARS = '\n[calendars.month]\nkind = "month"\n\n[calendars.half]\nkind = "fortnight"\n'
LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["10 %"]\n'
ADVANCES = '\n[advances]\ncalendar = "half"\nshare = "75 %"\n'


def company(folder: Path, more: str = "") -> Offline:
    found = Offline(folder, HEAD + CALENDARS + PERSONAL + ladder("bronze") + LEVELS + ADVANCES + more)
    found.person("a")
    found.person("b", "a")
    return found


def settle(company: Offline, cycle: str, *carry: str) -> dict[str, str]:
    """a's payout; what is carried by the folders' names, which are those of the cycles."""
    more = [word for name in carry for word in ("--carry", str(company.folder / name))]
    calendar = ["--calendar", "half"] if cycle.count("-") > 1 else []
    assert company.settle(cycle, *calendar, *more, out=cycle) == 0
    return company.payouts(cycle).get("a", {})


def test_advances_pay_a_share_of_the_month_so_far_and_the_month_takes_them_off(tmp_path: Path) -> None:
    shop = company(tmp_path)
    shop.order("b", 400, on="2026-10-05")
    shop.order("b", 800, on="2026-10-20")
    first = settle(shop, "2026-10-A")
    second = settle(shop, "2026-10-B", "2026-10-A")
    month = settle(shop, "2026-10", "2026-10-B")
    assert (first["paid"], second["paid"], month["earned"], month["paid"]) == ("30.00", "60.00", "30.00", "30.00")
    assert [row["amount"] for row in shop.awards("advance", "2026-10")] == ["-90.00"]
    [line] = shop.awards("advance", "2026-10-B")
    assert (line["base"], line["rate"]) == ("120.00", "75")
    assert json.loads(line["because"]) == {
        "plan": "example 1", "kind": "advance", "cycle": "2026-10", "base": "120.00", "rate": "75",
        "advanced": "30.00", "exact": "90",
    }  # fmt: skip


def test_more_advanced_than_earned_is_carried_and_never_asked_back(tmp_path: Path) -> None:
    shop = company(tmp_path)
    shop.order("b", 400, on="2026-10-05")
    shop.order("b", 300, on="2026-10-20", kind="return")
    assert settle(shop, "2026-10-A")["paid"] == "30.00"
    assert settle(shop, "2026-10-B", "2026-10-A") == {} or shop.payouts("2026-10-B")["a"]["paid"] == "0.00"
    month = settle(shop, "2026-10", "2026-10-B")
    assert (month["earned"], month["paid"], month["carried_out"]) == ("-20.00", "0.00", "-20.00")


def test_the_next_months_advances_begin_anew_and_know_the_titles_of_the_month_before(tmp_path: Path) -> None:
    shop = company(tmp_path)
    shop.order("b", 400, on="2026-10-05")
    settle(shop, "2026-10-A")
    settle(shop, "2026-10-B", "2026-10-A")
    settle(shop, "2026-10", "2026-10-B")
    shop.order("b", 100, on="2026-11-03")
    assert settle(shop, "2026-11-A", "2026-10-B", "2026-10")["paid"] == "7.50"


def test_what_an_earlier_month_kept_back_is_advanced_in_the_month_that_pays_it(tmp_path: Path) -> None:
    shop = company(tmp_path)
    shop.plan = shop.plan.replace('levels = ["10 %"]', 'levels = ["10 %"]\npaid_now = "50 %"\nrest_in_cycles = [2]')
    shop.order("b", 400, on="2026-10-05")
    settle(shop, "2026-10-B")
    assert settle(shop, "2026-10", "2026-10-B")["earned"] == "5.00"  # 20.00 now, less 75 % that were advanced
    assert settle(shop, "2026-11-A", "2026-10-B", "2026-10")["paid"] == "15.00"  # 75 % of the other 20.00


def test_balances_of_all_calendars_are_one_with_per_total(tmp_path: Path) -> None:
    shop = company(tmp_path, '\n[payout]\nminimum = 35\nper = "total"\n')
    shop.order("b", 400, on="2026-10-05")
    assert settle(shop, "2026-10-A")["carried_out"] == "30.00"
    month = settle(shop, "2026-10", "2026-10-A")
    assert (month["carried_in"], month["earned"], month["paid"]) == ("30.00", "10.00", "40.00")


@pytest.mark.parametrize("carry", ["2026-09-B", "2026-10-B"])
def test_an_advance_run_of_another_month_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], carry: str
) -> None:
    shop = company(tmp_path)
    settle(shop, carry)
    more = ["--carry", str(tmp_path / carry)]
    assert shop.settle("2026-11", *more) == 1
    assert f"half {carry}" in capsys.readouterr().err


def test_a_folder_with_files_missing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = company(tmp_path)
    settle(shop, "2026-10")
    (tmp_path / "2026-10" / "carry_balances.csv").unlink()
    assert shop.settle("2026-11", "--carry", str(tmp_path / "2026-10")) == 1
    assert "carry_balances.csv" in capsys.readouterr().err


def test_amounts_keep_their_decimals(tmp_path: Path) -> None:
    shop = company(tmp_path)
    shop.order("b", "10.10", on="2026-10-05")
    assert settle(shop, "2026-10-A")["paid"] == "0.76"  # 75 % of 1.01 is 0.7575
    assert Decimal(settle(shop, "2026-10", "2026-10-A")["paid"]) == Decimal("0.25")
