"""`[[caps]]` through the command."""

from decimal import Decimal
from pathlib import Path

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

CALENDARS = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'


def rule(code: str, rate: int, more: str = "") -> str:
    """So much of what everybody ordered herself."""
    head = f'\n[[bonuses]]\ncode = "{code}"\nkind = "rule"\nlabel = "B"\nwhen = "true"\nrate = "{rate} %"\n'
    return head + more


def test_a_persons_cap_takes_off_what_all_bonuses_pay_beyond_it(tmp_path: Path) -> None:
    cap = '\n[[caps]]\ncode = "most"\nper = "person"\namount = 10\n'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + rule("a", 10) + rule("b", 5) + cap)
    company.person("x")
    company.person("y")
    company.order("x", 100)
    company.order("y", 50)
    assert company.settle() == 0
    assert company.earned() == {"x": Decimal(10), "y": Decimal("7.50")}
    [line] = company.awards("most")
    assert (line["payee_id"], line["amount"], line["level"], line["rate"]) == ("x", "-5.00", "", "")
    assert '"kind":"cap"' in line["because"] and '"earned":"15.00"' in line["because"]
    assert company.payouts()["x"]["earned"] == "10.00"


def test_the_companys_cap_cuts_all_alike_to_its_share_of_the_volume(tmp_path: Path) -> None:
    cap = '\n[[caps]]\ncode = "ratio"\nper = "company"\nshare = "10 %"\nshare_of = "cv"\n'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + rule("a", 20) + rule("b", 10) + cap)
    for person in ("x", "y", "z"):
        company.person(person)
    company.order("x", "33.34")
    company.order("y", "33.33")
    company.order("z", "33.33")
    assert company.settle() == 0
    # 10 % of 100 is 10.00; 30.01 were earned: 6.67, 6.67, 6.67 and 3.33, 3.33, 3.33 with what rounding does
    earned = company.earned()
    assert sum(earned.values()) == Decimal("10.00")
    assert set(earned.values()) <= {Decimal("3.33"), Decimal("3.34")}


def test_a_cap_by_a_longer_calendar_counts_what_was_paid_before(tmp_path: Path) -> None:
    cap = '\n[[caps]]\ncode = "most"\nper = "person"\ncalendar = "month"\namount = 15\n'
    plan = HEAD + CALENDARS + PERSONAL + ONE_RANK + rule("a", 10, 'calendar = "week"\n') + cap
    company = Offline(tmp_path, plan)
    company.person("x")
    found, before = [], ""
    for week, day in (("W41", "07"), ("W42", "14"), ("W43", "21"), ("W44", "29"), ("W45", "2026-11-03")):
        company.order("x", 100, on=day if len(day) > 2 else f"2026-10-{day}")
        more = ["--carry", str(tmp_path / before)] if before else []
        assert company.settle(f"2026-{week}", "--calendar", "week", *more, out=week) == 0
        found.append(company.earned(out=week).get("x", Decimal(0)))
        before = week
    # week 44 ends on 1 November, so it belongs to that month
    assert found == [Decimal(10), Decimal(5), Decimal(0), Decimal(10), Decimal(5)]
