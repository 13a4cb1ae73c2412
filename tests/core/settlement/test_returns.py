"""`[returns]` through the command: what a return takes back, from whom, and what it leaves."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, PERSONAL, WITH_RETURNS, Offline, ladder

LEVELS = """
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["5 %", "3 %"]
"""
GROUP = """
[kpis.gv]
label = "Group"
measure = "cv"
over = "line"
include_self = true
"""
STAIRS = """
[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
schedule_kpi = "gv"
schedule = [{ from = 1, rate = "10 %" }]
"""


def chain(folder: Path, returns: str, more: str = LEVELS) -> Offline:
    """c under b under a."""
    plan = HEAD + PERSONAL + GROUP + ladder("bronze", "silver") + more + f"\n[returns]\n{returns}\n"
    company = Offline(folder, plan, order_columns=WITH_RETURNS)
    for person, sponsor in (("a", None), ("b", "a"), ("c", "b")):
        company.person(person, sponsor)
    return company


def months(company: Offline, *cycles: str) -> list[dict[str, Decimal]]:
    """What everybody earns in each cycle, one carried into the next."""
    found, before = [], ""
    for cycle in cycles:
        more = ["--carry", str(company.folder / before)] if before else []
        assert company.settle(cycle, *more, out=cycle) == 0
        found.append(company.earned(out=cycle))
        before = cycle
    return found


def amounts(**by_person: str) -> dict[str, Decimal]:
    return {person: Decimal(amount) for person, amount in by_person.items()}


def test_a_return_takes_back_what_its_sale_paid_from_whom_it_was_paid(tmp_path: Path) -> None:
    company = chain(tmp_path, "within_days = 30")
    sale = company.sold("c", 100, on="2026-10-05")
    back = company.sold_back(sale, "c", 50, on="2026-11-02")
    october, november = months(company, "2026-10", "2026-11")
    assert october == amounts(b="5.00", a="3.00")
    assert november == amounts(b="-2.50", a="-1.50")
    row = next(row for row in company.awards(out="2026-11") if row["payee_id"] == "b")
    because = json.loads(row.pop("because"))
    assert row == {
        "payee_id": "b", "bonus": "levels", "unit": "USD", "amount": "-2.50", "source_person_id": "c",
        "source_order_id": back, "level": "1", "base": "-50", "rate": "5",
    }  # fmt: skip
    assert because["corrects"] == {"cycle": "2026-10", "order": sale, "level": 1, "amount": "5.00"}
    assert (because["kind"], because["returned"], because["exact"]) == ("return", "0.5", "-2.5")
    assert company.payouts("2026-11")["b"]["carried_out"] == "-2.50"


def test_whoever_left_is_charged_too(tmp_path: Path) -> None:
    company = chain(tmp_path, "within_days = 60")
    sale = company.sold("c", 100, on="2026-10-05")
    company.sold_back(sale, "c", 100, on="2026-11-02")
    assert company.settle(out="2026-10") == 0
    company.people[1] = (*company.people[1][:6], "customer")  # b does not earn any more
    assert company.settle("2026-11", "--carry", str(tmp_path / "2026-10"), out="2026-11") == 0
    assert company.earned(out="2026-11") == amounts(b="-5.00", a="-3.00")


def test_partial_returns_take_no_more_than_the_sale_and_nothing_twice(tmp_path: Path) -> None:
    company = chain(tmp_path, "within_days = 90")
    sale = company.sold("c", "20.20", on="2026-10-05")  # b 1.01, a 0.61
    company.sold_back(sale, "c", "10.10", on="2026-10-20")
    company.sold_back(sale, "c", "10.10", on="2026-11-20")
    company.sold_back(sale, "c", "10.10", on="2026-11-21")
    october, november, december = months(company, "2026-10", "2026-11", "2026-12")
    assert october == amounts(b="0.50", a="0.30")
    assert november == amounts(b="-0.50", a="-0.30")
    assert december == {}


def test_a_return_of_another_persons_sale_charges_nothing_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = chain(tmp_path, "within_days = 90")
    sale = company.sold("c", 100, on="2026-10-05")
    back = company.sold_back(sale, "b", 40, on="2026-11-02")
    october, november = months(company, "2026-10", "2026-11")
    assert (october, november) == (amounts(b="5.00", a="3.00"), {})
    assert f"charge no award line back: {back} (b) → {sale} (c) (1)" in capsys.readouterr().err
    assert [company.kpi(person, "pv", "2026-11") for person in "bc"] == [-40, 0]


def test_returns_beyond_the_sale_are_named_and_those_within_it_are_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = chain(tmp_path, "within_days = 90")
    sale = company.sold("c", 100, on="2026-10-05")
    company.products += company.products.splitlines()[1].replace("A", "B", 1) + "\n"
    fine, beyond, more = (company.sold_back(sale, "c", 60, on=f"2026-10-{day}") for day in (10, 11, 12))
    company.orders = [one.replace(",A,", ",B,") if one.startswith("r") else one for one in company.orders]
    assert company.settle() == 0
    told = capsys.readouterr().err
    assert f"no more than the sale is charged back: {beyond} and {more} (2)" in told
    assert fine not in told


@pytest.mark.parametrize(("day", "taken"), [("2026-11-04", True), ("2026-11-05", False)])
def test_after_the_window_a_return_takes_nothing_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, taken: bool
) -> None:
    company = chain(tmp_path, "within_days = 30")
    sale = company.sold("c", 100, on="2026-10-05")
    back = company.sold_back(sale, "c", 100, on=day)
    _, november = months(company, "2026-10", "2026-11")
    assert november == (amounts(b="-5.00", a="-3.00") if taken else {})
    assert (f"charge nothing back and count nowhere: {back}" in capsys.readouterr().err) is not taken
    assert company.kpi("c", "gv", "2026-11") == (-100 if taken else 0)


def test_group_bonuses_see_the_volume_of_a_return_in_its_own_cycle(tmp_path: Path) -> None:
    company = chain(tmp_path, "within_days = 90", LEVELS + STAIRS)
    sale = company.sold("c", 100, on="2026-10-05")
    company.sold_back(sale, "c", 40, on="2026-11-20")
    company.sold("c", 100, on="2026-11-21")
    months(company, "2026-10", "2026-11")
    assert company.earned("stairs", "2026-11") == amounts(c="6.00")
    assert company.earned("levels", "2026-11") == amounts(b="3.00", a="1.80")


def test_returns_without_a_sale_charge_nothing_and_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = chain(tmp_path, "within_days = 90")
    first = company.sold_back("nobody", "c", 40, on="2026-10-20")
    company.sold_back(first, "c", 40, on="2026-10-21")
    company.sold("c", 200, on="2026-10-22")
    assert months(company, "2026-10") == [amounts(b="10.00", a="6.00")]
    assert f"{first} and r00002 (2)" in capsys.readouterr().err
    assert company.kpi("c", "gv", "2026-10") == Decimal(120)


def test_a_return_whose_cycle_was_not_carried_over_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = chain(tmp_path, "within_days = 90")
    sale = company.sold("c", 100, on="2026-10-05")
    back = company.sold_back(sale, "c", 100, on="2026-11-20")
    assert months(company, "2026-11") == [{}]
    assert f"not carried over charge nothing back: {back}" in capsys.readouterr().err


def test_average_percent_takes_the_average_of_the_cycle_of_the_sale(tmp_path: Path) -> None:
    company = chain(tmp_path, 'within_days = 90\namount = "average_percent"')
    sale = company.sold("c", 100, on="2026-10-05")  # a: 3 % of 100
    company.sold("b", 300, on="2026-10-06")  # a: 5 % of 300
    company.sold_back(sale, "c", 50, on="2026-11-20")
    _, november = months(company, "2026-10", "2026-11")
    assert november == amounts(b="-2.50", a="-2.25")  # 18 of 400 is 4.5 %
    [row] = [row for row in company.awards(out="2026-11") if row["payee_id"] == "a"]
    assert row["rate"] == "4.5"


def test_a_debt_is_paid_back_by_so_much_of_what_is_due(tmp_path: Path) -> None:
    company = chain(tmp_path, 'within_days = 90\nrecovery_max = "50 %"')
    sale = company.sold("c", 100, on="2026-10-05")
    company.sold_back(sale, "c", 100, on="2026-11-20")
    company.sold("c", 40, on="2026-11-21")
    months(company, "2026-10", "2026-11")
    row = company.payouts("2026-11")["b"]  # 2.00 earned, 5.00 taken back: 1.00 is kept
    assert (row["earned"], row["paid"], row["carried_out"]) == ("-3.00", "1.00", "-4.00")


def test_in_the_original_period_group_bonuses_are_settled_again_and_lines_are_charged_back(tmp_path: Path) -> None:
    company = chain(tmp_path, 'within_days = 90\nvolume_in = "original_period"', LEVELS + STAIRS)
    sale = company.sold("c", 100, on="2026-10-05")
    company.sold("c", 200, on="2026-10-06")
    company.sold_back(sale, "c", 50, on="2026-11-20")
    company.sold("c", 10, on="2026-11-21")
    months(company, "2026-10", "2026-11")
    assert company.earned("stairs", "2026-11") == amounts(c="-4.00")  # 10 % of 250 less 30.00, and 1.00
    assert company.earned("levels", "2026-11") == amounts(b="-2.00", a="-1.20")
    assert company.kpi("c", "gv", "2026-11") == 10


def test_recompute_pays_the_difference_of_the_cycle_without_what_came_back(tmp_path: Path) -> None:
    words = 'within_days = 90\nvolume_in = "original_period"\namount = "recompute"\nrank_again = true'
    steps = STAIRS.replace('{ from = 1, rate = "10 %" }', '{ from = 1, rate = "5 %" }, { from = 300, rate = "10 %" }')
    company = chain(tmp_path, words, LEVELS + steps)
    sale = company.sold("c", 100, on="2026-10-05")
    company.sold("c", 200, on="2026-10-06")
    company.sold_back(sale, "c", 50, on="2026-11-20")
    months(company, "2026-10", "2026-11", "2026-12")
    # 10 % of 300 were paid, and of 250 only 5 % are due
    assert company.earned("stairs", "2026-11") == amounts(c="-17.50")
    assert company.earned("levels", "2026-11") == amounts(b="-2.50", a="-1.50")
    because = json.loads(company.awards("stairs", "2026-11")[0]["because"])
    assert (because["cycle"], because["was"], because["now"]) == ("2026-10", "30.00", "12.50")
    assert company.awards(out="2026-12") == []


def test_an_amount_and_a_rate_of_one_order_are_charged_back_each_by_itself(tmp_path: Path) -> None:
    rule = '\n[[bonuses]]\ncode = "own"\nkind = "rule"\nlabel = "Own"\nper = "order"\nwhen = "active"\nrate = "10 %"\n'
    words = 'within_days = 90\nvolume_in = "original_period"'
    company = chain(tmp_path, words, rule + "amount = 2\n" + STAIRS)
    sale = company.sold("c", 100, on="2026-10-05")
    company.sold_back(sale, "c", 50, on="2026-11-20")
    company.sold_back(sale, "c", 50, on="2026-12-20")
    months(company, "2026-10", "2026-11", "2026-12")
    found = [
        sorted(row["amount"] for row in company.awards("own", cycle)) for cycle in ("2026-10", "2026-11", "2026-12")
    ]
    assert found == [["10.00", "2.00"], ["-1.00", "-5.00"], ["-1.00", "-5.00"]]
