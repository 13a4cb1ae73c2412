"""Companies that pay whole units, or steps of several smallest units: `[rounding] unit`."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from core.settlement.rules.payouts import MONEY
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline

FORINTS = HEAD.replace('"USD"', '"HUF"')
LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["15 %"]\n'
ALL = """
[rounding]
unit = 5
by = "payee"

[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["15 %"]

[[bonuses]]
code = "parts"
kind = "rule"
label = "Parts"
when = "true"
rate = "7 %"
paid_now = "30 %"
rest_in_cycles = [2, 3]

[[bonuses]]
code = "pool"
kind = "pool"
label = "Pool"
share = "2 %"
shares_by_rank = { member = 1 }

[[caps]]
code = "ratio"
per = "company"
share = "20 %"

[[caps]]
code = "most"
per = "person"
amount = 1099

[payout]
minimum = 12
fee = 3.50

[returns]
recovery_max = "33 %"
"""


def shop(folder: Path, more: str, *volumes: str) -> Offline:
    """Orders of b, whom a sponsors."""
    company = Offline(folder, FORINTS + PERSONAL + ONE_RANK + more)
    company.products = company.products.replace("USD", "HUF")
    company.person("a")
    company.person("b", "a")
    for volume in volumes:
        company.order("b", volume)
    return company


@pytest.mark.parametrize(
    ("rounding", "paid"),
    [
        ("", ["2002.50", "150.45", "150.30"]),
        ("unit = 1", ["2003.00", "150.00", "150.00"]),
        ('unit = 1\nmode = "down"', ["2002.00", "150.00", "150.00"]),
        ("unit = 0.5", ["2002.50", "150.50", "150.50"]),
        ('unit = { HUF = 10 }\nmode = "half_even"', ["2000.00", "150.00", "150.00"]),
    ],
)
def test_lines_are_multiples_of_the_unit(tmp_path: Path, rounding: str, paid: list[str]) -> None:
    company = shop(tmp_path, f"\n[rounding]\n{rounding}\n{LEVELS}", "13350", "1003", "1002")
    assert company.settle() == 0
    assert [line["amount"] for line in company.awards()] == paid


def test_everything_that_a_plan_pays_is_a_multiple_of_the_unit(tmp_path: Path) -> None:
    """Levels, parts for later cycles, a pool, both kinds of caps, what returns take back, what pays back, and fees."""
    company = shop(tmp_path, ALL)
    company.order_columns = WITH_RETURNS
    sale = company.sold("b", "3341.37", on="2026-10-05")
    company.sold("a", "777.77", on="2026-10-06")
    company.sold_back(sale, "b", "1113.79", on="2026-11-02")
    company.sold("b", "412.99", on="2026-11-03")
    company.sold_back(sale, "b", "2227.58", on="2026-12-02")
    company.sold("b", "9000.99", on="2026-12-03")
    carry: tuple[str, ...] = ()
    kinds = set()
    for cycle in ("2026-10", "2026-11", "2026-12"):
        assert company.settle(cycle, *carry, out=cycle) == 0
        carry = ("--carry", str(tmp_path / cycle))
        told = [line["amount"] for line in company.awards(out=cycle)]
        told += [payout[word] for payout in company.payouts(cycle).values() for word in MONEY]
        assert {Decimal(one) % 5 for one in told} == {0}
        assert all(Decimal(one["amount"]) % 5 == 0 for one in company.rows("adjustments", cycle))
        kinds |= {line["bonus"] for line in company.awards(out=cycle)}
        kinds |= {one["kind"] for one in company.rows("adjustments", cycle)}
    assert kinds == {"levels", "parts", "pool", "ratio", "most", "fee"}


def test_a_return_takes_back_all_of_a_line_that_an_earlier_plan_paid_in_finer_steps(tmp_path: Path) -> None:
    company = shop(tmp_path, LEVELS + "\n[returns]\n")
    company.order_columns = WITH_RETURNS
    sale = company.sold("b", "13350", on="2026-10-05")
    assert company.settle("2026-10") == 0
    company.plan = company.plan.replace(LEVELS, LEVELS + '\n[rounding]\nunit = 10\nmode = "half_up"\n')
    company.sold_back(sale, "b", "13300", on="2026-11-02")
    company.sold_back(sale, "b", "50", on="2026-11-03")
    assert company.settle("2026-11", "--carry", str(tmp_path / "out"), out="next") == 0
    assert [line["amount"] for line in company.awards(out="next")] == ["-2000.00", "-2.50"]


def test_the_reason_of_a_line_tells_the_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = shop(tmp_path, f"\n[rounding]\nunit = 1\n{LEVELS}", "13350")
    assert company.settle() == 0
    [line] = company.awards()
    assert '"rounding":"half_up by line to 1"' in line["because"]
    capsys.readouterr()
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "a", "--award", "1"]) == 0
    told = capsys.readouterr().out
    assert "HUF2,002.50 is rounded to HUF2,003.00, halves up." in told
    assert "All amounts are multiples of HUF1.00." in told


@pytest.mark.parametrize(
    ("unit", "code", "facts"),
    [
        ("0", "plan_value_wrong", {"found": "0", "least": "0.01"}),
        ("0.005", "plan_value_wrong", {"found": "0.005", "currency": "HUF"}),
        ('"1"', "plan_value_wrong", {"found": '"1"'}),
        ("{ JPY = 0.5 }", "plan_value_wrong", {"least": "1", "currency": "JPY"}),
        ("{ forint = 1 }", "plan_value_wrong", {"found": '"forint"'}),
        ("{ CHF = 0.05 }", "plan_word_useless", {"currency": "CHF"}),
    ],
)
def test_a_unit_that_cannot_be_is_told(unit: str, code: str, facts: Mapping[str, str]) -> None:
    _, problems = check(f"{FORINTS}{PERSONAL}{ONE_RANK}{LEVELS}\n[rounding]\nunit = {unit}\n")
    [fault] = [one for one in problems if one.severity is Severity.FAULT]
    assert fault.code == code
    assert {**fault.facts, **facts} == dict(fault.facts)
