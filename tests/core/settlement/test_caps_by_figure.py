"""`[[caps]]` that are a share of a figure, and those that count all that was ever paid."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline, ladder

INVESTED = '\n[kpis.invested]\nlabel = "Invested"\nmeasure = "cv"\ncycles = "all"\n'
LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["10 %"]\n'
TREBLE = '\n[[caps]]\ncode = "treble"\nper = "person"\nshare = "300 %"\nshare_of = "invested"\never = true\n'
WEEKS = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
MONTHS = ("2026-10", "2026-11", "2026-12", "2027-01")


def investors(folder: Path, more: str = TREBLE, head: str = "", ranks: str = ONE_RANK) -> Offline:
    """a has invested 100 and brought b and c."""
    company = Offline(folder, HEAD + head + PERSONAL + INVESTED + ranks + LEVELS + more, order_columns=WITH_RETURNS)
    company.person("a")
    for below in ("b", "c"):
        company.person(below, "a")
    company.sold("a", 100, on="2026-10-01")
    return company


def paid(company: Offline, *cycles: str, more: tuple[str, ...] = ()) -> list[Decimal]:
    """What a comes to by all lines in each cycle, each carried into the next."""
    found, carried = [], tuple[str, ...]()
    for cycle in cycles:
        assert company.settle(cycle, *more, *carried, out=cycle) == 0
        found.append(company.earned(out=cycle).get("a", Decimal(0)))
        carried = ("--carry", str(company.folder / cycle))
    return found


def test_three_times_what_she_invested_is_paid_and_more_when_she_buys_again(tmp_path: Path) -> None:
    company = investors(tmp_path)
    for day, volume in (("2026-10-05", 2900), ("2026-11-05", 500), ("2026-12-05", 500), ("2027-01-05", 500)):
        company.sold("b", volume, on=day)
    company.sold("a", 20, on="2027-01-10")
    assert paid(company, *MONTHS) == [290, 10, 0, 50]
    assert [line["amount"] for line in company.awards("treble", "2026-11")] == ["-40.00"]


def test_a_cap_ever_can_be_an_amount(tmp_path: Path) -> None:
    company = investors(tmp_path, '\n[[caps]]\ncode = "most"\nper = "person"\namount = 60\never = true\n')
    for day in ("2026-10-05", "2026-11-05", "2026-12-05"):
        company.sold("b", 300, on=day)
    assert paid(company, *MONTHS[:3]) == [30, 30, 0]


def test_what_a_return_takes_back_can_be_paid_again(tmp_path: Path) -> None:
    """250 of 300 are paid, 100 of them are taken back, so that 150 are left of the limit when December comes to 200."""
    company = investors(tmp_path, TREBLE + "\n[returns]\nwithin_days = 60\n")
    sale = company.sold("b", 1000, on="2026-10-05")
    company.sold("b", 1500, on="2026-10-06")
    company.sold_back(sale, "b", 1000, on="2026-11-05")
    company.sold("c", 2000, on="2026-12-05")
    company.sold("c", 500, on="2027-01-05")
    assert paid(company, *MONTHS) == [250, -100, 150, 0]


@pytest.mark.parametrize("rebuild", ["false", "true"])
def test_a_late_order_is_capped_as_its_cycle_was_and_counts_from_then_on(tmp_path: Path, rebuild: str) -> None:
    """October had 10 left of 300; the late 20 are cut to 10 then, so that November's 290 and they are the limit."""
    company = investors(tmp_path, TREBLE + f"\n[late_orders]\nrebuild_carry = {rebuild}\n")
    company.sold("b", 100, on="2026-10-05")
    late = company.sold("c", 400, on="2026-10-30", paid="")
    company.sold("b", 2500, on="2026-11-05")
    company.sold("b", 1000, on="2026-12-05")
    assert paid(company, "2026-10", "2026-11") == [10, 250]
    at = next(at for at, row in enumerate(company.orders) if row.startswith(late))
    company.orders[at] = company.orders[at].replace(",400,400,,", ",400,400,2026-12-03,")
    carry = ("--carry", str(tmp_path / "2026-11"))
    assert company.settle("2026-12", *carry, out="2026-12") == 0
    # 40 for October's late order, and 0 of 100: 10 + 250 + 40 is what she may be paid
    assert company.earned("levels", "2026-12")["a"] + company.earned("treble", "2026-12")["a"] == 40
    assert company.settle("2027-01", "--carry", str(tmp_path / "2026-12"), out="2027-01") == 0
    assert company.earned(out="2027-01") == {}


def test_runs_of_all_calendars_count_for_one_limit(tmp_path: Path) -> None:
    weekly = '\n[[bonuses]]\ncode = "weekly"\nkind = "rule"\nlabel = "W"\nwhen = "true"\nrate = "200 %"\n'
    company = investors(tmp_path, weekly + 'calendar = "week"\n' + TREBLE, WEEKS)
    company.sold("b", 2000, on="2026-10-20")

    def run(out: str, *carry: str) -> Decimal:
        words = ["--calendar", "week"] if "W" in out else []
        for one in carry:
            words += ["--carry", str(tmp_path / one)]
        assert company.settle(out, *words, out=out) == 0
        return company.earned(out=out).get("a", Decimal(0))

    company.sold("a", 20, on="2026-10-27")
    company.sold("a", 50, on="2026-11-04")
    assert run("2026-W40") == 200
    found = [run("2026-W41", "2026-W40"), run("2026-W42", "2026-W41"), run("2026-W43", "2026-W42")]
    found += [run("2026-10", "2026-W43"), run("2026-W44", "2026-W43", "2026-10"), run("2026-W45", "2026-W44")]
    assert found == [0, 0, 0, 160, 0, 100]  # in October 120 are invested, from 4 November on 170


def test_a_share_a_day_goes_by_rank(tmp_path: Path) -> None:
    daily = '\n[[caps]]\ncode = "daily"\nper = "person"\nshare_of = "invested"\nshare_by_rank = { two = "10 %" }\n'
    company = investors(tmp_path, daily, '\n[calendars.day]\nkind = "day"\n', ladder("one", "two"))
    company.sold("b", 500, on="2026-10-01")
    assert company.settle("2026-10-01") == 0
    assert company.earned() == {"a": 10}
    assert company.settle("2026-10-02", "--carry", str(tmp_path / "out"), out="next") == 0
    assert company.earned(out="next") == {}


def test_the_limit_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = investors(tmp_path)
    company.sold("b", 2900, on="2026-10-05")
    company.sold("b", 500, on="2026-11-05")
    paid(company, *MONTHS[:2])
    [line] = company.awards("treble", "2026-11")
    because = json.loads(line["because"])
    told = {word: because[word] for word in ("cap", "earned", "before", "share", "share_of", "figure_of")}
    assert told == {
        "cap": "300.00", "earned": "50.00", "before": "290.00", "share": "300", "share_of": "invested",
        "figure_of": "100",
    }  # fmt: skip
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "2026-11"), "--person", "a", "--award", "2"]) == 0
    out = capsys.readouterr().out
    assert "The most that is paid goes by “Invested”: 300% of 100 is $300.00." in out
    assert "Together you earned $50.00 now, and $290.00 was paid before; the most that is paid is $300.00" in out
