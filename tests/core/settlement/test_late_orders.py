"""`[late_orders]` through the command: what an order that is paid late changes, and where it counts."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, PERSONAL, WITH_RETURNS, Offline

GROUP = '\n[kpis.gv]\nlabel = "Group"\nmeasure = "cv"\nover = "line"\ninclude_self = true\n'
RANKS = """
[[ranks]]
code = "member"
name = "Member"
needs = []

[[ranks]]
code = "gold"
name = "Gold"
needs = [{ kpi = "gv", minimum = 1000 }]
"""
LEVELS = """
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["1 %"]

[bonuses.levels_by_rank]
gold = ["10 %"]
"""


def company(folder: Path, late: str, more: str = LEVELS) -> Offline:
    """b under a; in October b orders 800, and 300 more that are paid on 5 November."""
    plan = HEAD + PERSONAL + GROUP + RANKS + more + f"\n[late_orders]\n{late}\n"
    found = Offline(folder, plan, order_columns=WITH_RETURNS)
    found.person("a")
    found.person("b", "a")
    found.sold("b", 800, on="2026-10-05")
    found.sold("b", 300, on="2026-10-30", paid="")
    return found


def pay_late(company: Offline, on: str = "2026-11-05") -> str:
    """The open order is paid; its id."""
    company.orders[1] = company.orders[1].replace(",300,300,,", f",300,300,{on},")
    return "o00002"


def then(company: Offline, cycle: str, before: str) -> dict[str, Decimal]:
    assert company.settle(cycle, "--carry", str(company.folder / before), out=cycle) == 0
    return company.earned(out=cycle)


@pytest.mark.parametrize("per", ["person", "order"])
def test_of_late_orders_alone_a_rule_pays_those(tmp_path: Path, per: str) -> None:
    """10 % of the 300 that were paid late, and of the 800 nothing again."""
    rule = f'\n[[bonuses]]\ncode = "own"\nkind = "rule"\nlabel = "Own"\nwhen = "true"\nrate = "10 %"\nper = "{per}"\n'
    shop = company(tmp_path, "change_others = false", rule)
    assert shop.settle(out="2026-10") == 0
    pay_late(shop)
    assert then(shop, "2026-11", "2026-10") == {"b": Decimal("30.00")}


@pytest.mark.parametrize(
    ("rank", "others", "paid"),
    [
        (True, True, "102.00"),  # 10 % of 1,100 less the 8.00 that were paid
        (False, True, "3.00"),  # 1 % of 1,100 less 8.00
        (True, False, "30.00"),  # 10 % of the 300 alone
        (False, False, "3.00"),  # 1 % of the 300 alone
    ],
)
def test_what_a_late_order_changes_is_what_the_plan_says(tmp_path: Path, rank: bool, others: bool, paid: str) -> None:
    shop = company(tmp_path, f"change_rank = {str(rank).lower()}\nchange_others = {str(others).lower()}")
    assert shop.settle(out="2026-10") == 0
    assert shop.earned(out="2026-10") == {"a": Decimal("8.00")}
    order = pay_late(shop)
    assert then(shop, "2026-11", "2026-10") == {"a": Decimal(paid)}
    [line] = shop.awards(out="2026-11")
    because = json.loads(line["because"])
    assert (line["source_order_id"], because["kind"], because["cycle"]) == (order, "late", "2026-10")
    assert (because.get("was") == "8.00") is others
    assert then(shop, "2026-12", "2026-11") == {}  # once is enough


@pytest.mark.parametrize("others", ["true", "false"])
def test_a_title_that_is_reached_late_is_held_from_now_on(tmp_path: Path, others: str) -> None:
    shop = company(tmp_path, f"change_rank = true\nchange_others = {others}")
    assert shop.settle(out="2026-10") == 0
    pay_late(shop)
    then(shop, "2026-11", "2026-10")
    assert {row["person_id"]: row["career_rank"] for row in shop.rows("ranks", "2026-11")} == {"a": "gold", "b": "gold"}


@pytest.mark.parametrize(
    ("late", "october", "november"),
    [
        ('settled_in = "payment_period"', "8.00", "3.00"),
        ('settled_in = "payment_period"\ncut_off_days = 14', "110.00", None),
        ('settled_in = "nowhere"', "8.00", None),
        ('settled_in = "nowhere"\ncut_off_days = 14', "110.00", None),
        ('settled_in = "own_period"\ncut_off_days = 3', "8.00", None),
        ('settled_in = "own_period"', "110.00", None),
    ],
)
def test_the_two_clocks_say_in_which_cycle_an_order_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], late: str, october: str, november: str | None
) -> None:
    shop = company(tmp_path, late)
    order = pay_late(shop)
    assert shop.settle(out="2026-10") == 0
    assert shop.earned(out="2026-10") == {"a": Decimal(october)}
    assert then(shop, "2026-11", "2026-10") == ({} if november is None else {"a": Decimal(november)})
    told = f"paid too late count nowhere: {order}" in capsys.readouterr().err
    assert told is (october == "8.00" and november is None)


def test_a_cycle_is_settled_again_by_the_plan_that_it_was_settled_by(tmp_path: Path) -> None:
    shop = company(tmp_path, "change_rank = false")
    assert shop.settle(out="2026-10") == 0
    pay_late(shop)
    shop.plan = shop.plan.replace('version = "1"', 'version = "2"').replace('levels = ["1 %"]', 'levels = ["50 %"]')
    assert then(shop, "2026-11", "2026-10") == {"a": Decimal("3.00")}


def test_an_order_that_is_gone_is_taken_off(tmp_path: Path) -> None:
    shop = company(tmp_path, "")
    pay_late(shop)
    assert shop.settle(out="2026-10") == 0
    del shop.orders[1]
    assert then(shop, "2026-11", "2026-10") == {"a": Decimal("-102.00")}


def test_history_is_kept_only_while_orders_can_still_come(tmp_path: Path) -> None:
    shop = company(tmp_path, "cut_off_days = 40")
    assert shop.settle(out="2026-10") == 0
    then(shop, "2026-11", "2026-10")
    then(shop, "2026-12", "2026-11")
    kept = [sorted(one.name for one in (tmp_path / cycle / "history").iterdir()) for cycle in ("2026-11", "2026-12")]
    assert kept == [["2026-10", "2026-11"], ["2026-11", "2026-12"]]


BINARY = """
[trees.binary]
spill = "manual"

[[bonuses]]
code = "teams"
kind = "binary"
label = "Teams"
pay = "percent"
rate = "10 %"
"""


@pytest.mark.parametrize(
    ("rebuild", "lines"),
    [
        # October: 800 match 800 of 1,000; the late 300 match the 200 that waited, 100 wait and match November's 50
        ("true", [("5.00", False), ("20.00", True)]),
        # the late 300 are November's: with its 50 on the right they match 250
        ("false", [("25.00", False)]),
    ],
)
def test_late_volume_rebuilds_what_waited_or_is_volume_of_now(
    tmp_path: Path, rebuild: str, lines: list[tuple[str, bool]]
) -> None:
    shop = Placed(tmp_path, HEAD + PERSONAL + GROUP + RANKS + BINARY + f"\n[late_orders]\nrebuild_carry = {rebuild}\n")
    shop.order_columns = WITH_RETURNS
    shop.person("a")
    shop.placed("l", "a", "left")
    shop.placed("r", "a", "right")
    shop.sold("l", 800, on="2026-10-05")
    shop.sold("l", 300, on="2026-10-30", paid="")
    shop.sold("r", 1000, on="2026-10-06")
    assert shop.settle(out="2026-10") == 0
    assert shop.earned(out="2026-10") == {"a": Decimal("80.00")}
    pay_late(shop)
    shop.sold("r", 50, on="2026-11-07")
    then(shop, "2026-11", "2026-10")
    found = [(row["amount"], '"kind":"late"' in row["because"]) for row in shop.awards("teams", "2026-11")]
    assert found == lines


def test_a_cap_takes_nothing_off_late_volume_that_counts_now(tmp_path: Path) -> None:
    """October came to 80.00 of at most 85; the late 300 match 200 in November, by 20.00 of its own 85."""
    cap = '\n[[caps]]\ncode = "most"\nper = "person"\namount = 85\n'
    shop = Placed(tmp_path, HEAD + PERSONAL + GROUP + RANKS + BINARY + cap + "\n[late_orders]\n")
    shop.order_columns = WITH_RETURNS
    shop.person("a")
    shop.placed("l", "a", "left")
    shop.placed("r", "a", "right")
    shop.sold("l", 800, on="2026-10-05")
    shop.sold("l", 300, on="2026-10-30", paid="")
    shop.sold("r", 1000, on="2026-10-06")
    assert shop.settle(out="2026-10") == 0
    pay_late(shop)
    assert then(shop, "2026-11", "2026-10") == {"a": Decimal("20.00")}


def test_a_line_that_is_changed_late_is_charged_back_as_it_is_now_and_once(tmp_path: Path) -> None:
    shop = company(tmp_path, "", LEVELS + "\n[returns]\nwithin_days = 90\n")
    back = shop.sold_back("o00001", "b", 400, on="2026-10-20")
    assert shop.settle(out="2026-10") == 0
    assert shop.earned(out="2026-10") == {"a": Decimal("4.00")}  # 8.00 less 4.00 that came back
    pay_late(shop)
    shop.sold("b", 900, on="2026-10-31", paid="2026-11-06")
    # 10 % of 2,000 and half of 80.00 taken back: 160.00 in all
    assert then(shop, "2026-11", "2026-10") == {"a": Decimal("156.00")}
    found = {row["source_order_id"]: row["amount"] for row in shop.awards(out="2026-11")}
    assert found == {"": "192.00", back: "-36.00"}
    assert then(shop, "2026-12", "2026-11") == {}


STAIRS = """
[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
schedule_kpi = "gv"
schedule = [{ from = 1, rate = "10 %" }]
"""


@pytest.mark.parametrize(
    ("more", "october", "november"),
    [
        # 40.00 of 80.00, and the 20.00 that September kept back: paid once, whatever comes late
        ('paid_now = "50 %"\nrest_in_cycles = [2]\n', "60.00", "70.00"),
        # a share of a figure is no order's own line
        ('base = "gv"\n', "80.00", None),
    ],
)
def test_alone_a_late_order_pays_its_own_lines_and_no_other_ones_again(
    tmp_path: Path, more: str, october: str, november: str | None
) -> None:
    shop = company(tmp_path, "change_others = false", STAIRS + more)
    shop.sold("b", 400, on="2026-09-05")
    assert shop.settle("2026-09", out="2026-09") == 0
    assert then(shop, "2026-10", "2026-09")["b"] == Decimal(october)
    pay_late(shop)
    # October's other 40.00, and 30.00, of which the later half is due now too
    assert then(shop, "2026-11", "2026-10").get("b") == (None if november is None else Decimal(november))


def test_what_was_taken_of_a_line_that_is_no_more_is_given_back(tmp_path: Path) -> None:
    earner = '\n[kpis.own]\nlabel = "Own"\nmeasure = "orders"\n' + LEVELS.replace(
        'levels = ["1 %"]', 'levels = ["1 %"]\nearner = [{ kpi = "own", minimum = 1 }]'
    )
    shop = company(tmp_path, "", earner + "\n[returns]\nwithin_days = 90\n")
    shop.sold("a", 10, on="2026-10-02")
    shop.sold_back("o00001", "b", 400, on="2026-10-20")
    assert shop.settle(out="2026-10") == 0
    assert shop.earned(out="2026-10") == {"a": Decimal("4.00")}
    del shop.orders[2]  # what made a earn was not hers after all: all she has of it goes
    assert then(shop, "2026-11", "2026-10") == {"a": Decimal("-4.00")}
    assert then(shop, "2026-12", "2026-11") == {}
