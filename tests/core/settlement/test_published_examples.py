"""Worked examples that others published, through the command: their inputs as people and orders, results from files.

`tests/data/plan-examples` has each with its source, what it assumes, and what the source states as its result.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder

EXAMPLES = Path(__file__).parents[2] / "data" / "plan-examples"
GROUP = """
[kpis.gv]
label = "Group volume"
measure = "qv"
over = "line"
include_self = true
"""
SCHEDULE = """
[[bonuses]]
code = "{code}"
kind = "differential"
label = "Performance bonus"
schedule_kpi = "gv"
schedule = [
{steps}
]
{more}
"""


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def amounts(table: dict[str, str]) -> dict[str, Decimal]:
    return {person: Decimal(amount) for person, amount in table.items()}


def schedule(steps: list[list[Any]], code: str = "performance", more: str = "") -> str:
    lines = "\n".join(f'  {{ from = {start}, rate = "{rate} %" }},' for start, rate in steps)
    return SCHEDULE.format(code=code, steps=lines, more=more)


def amway(folder: Path, case: dict[str, Any]) -> Offline:
    """Performance bonus by the schedule, and the retail margin as so much of one's own volume."""
    margin = case["plan"]["retail_margin_percent_of_personal_bv"]
    retail = (
        '\n[[bonuses]]\ncode = "retail"\nkind = "rule"\nlabel = "Retail margin"\nwhen = "true"\n'
        f'rate = "{margin} %"\nper = "person"\n'
    )
    plan = HEAD + PERSONAL + GROUP + ONE_RANK + schedule(case["plan"]["schedule_pv_to_percent"]) + retail
    company = Offline(folder, plan)
    for person in case["network"]:
        company.person(person["id"], person["parent"])
    for person, points in case["inputs"]["personal_pv"].items():
        company.order(person, case["inputs"]["personal_bv"][person], points)
    assert company.settle() == 0
    return company


def test_amway_india_pays_the_difference_to_those_below(tmp_path: Path) -> None:
    case = example("amway_india_eg2_bv60")
    company, expected = amway(tmp_path, case), case["expected"]
    earned = company.earned("performance")
    assert company.kpi("YOU", "gv") == expected["group_pv"]["YOU"]
    assert earned["YOU"] == Decimal(expected["payout"]["YOU"])
    below = sum(amount for person, amount in earned.items() if person != "YOU")
    assert below == Decimal(expected["payout_sum_of_downline"])
    assert company.earned("retail")["YOU"] == Decimal(expected["retail_margin"]["YOU"])
    assert company.earned()["YOU"] == Decimal(expected["total"]["YOU"])


def test_amway_india_pays_what_is_left_of_twenty_one_percent(tmp_path: Path) -> None:
    case = example("amway_india_eg3_bv60")
    company, expected = amway(tmp_path, case), case["expected"]
    assert company.kpi("X", "gv") == expected["group_pv"]["X"]
    assert company.earned("performance") == amounts(expected["payout"])
    assert company.earned()["X"] == Decimal(expected["total"]["X"])
    assert Decimal(company.payouts()["X"]["paid"]) == Decimal(expected["total"]["X"])


def test_vbo_takes_the_percentage_by_group_and_pays_it_on_own_and_customers_volume(tmp_path: Path) -> None:
    case = example("vbo_personal_volume_bonus")
    with_customers = """
[kpis.pv_customers]
label = "Own and customers"
measure = "qv"
over = "frontline"
who = "customers"
include_self = true
"""
    steps = [step for step in case["plan"]["steps"] if step[0]]
    bonus = schedule(steps, more='base = "pv_customers"\nof = "own"')
    for given in case["inputs"]["examples"]:
        folder = tmp_path / given["id"]
        folder.mkdir()
        company = Offline(folder, HEAD + PERSONAL + GROUP + with_customers + ONE_RANK + bonus)
        company.person("you")
        company.person("customer", "you", kind="customer")
        company.person("below", "you")
        for person, volume in (("you", given["own"]), ("customer", given["customers"]), ("below", given["downline"])):
            if volume:
                company.order(person, volume)
        assert company.settle() == 0
        expected = case["expected"][given["id"]]
        assert company.kpi("you", "pv_customers") == Decimal(expected["pv"])
        assert company.kpi("you", "gv") == Decimal(expected["gv"])
        [award] = [row for row in company.awards() if row["payee_id"] == "you"]
        assert (Decimal(award["rate"]), Decimal(award["amount"])) == (
            Decimal(expected["percent"]),
            Decimal(expected["bonus"]),
        )


def ranked(company: Offline, case: dict[str, Any], ranks: list[str], word: str) -> None:
    """People of the example, each with the order in points that makes her rank."""
    for person in case["network"]:
        company.person(person["id"], person["parent"])
        if person.get(word) in ranks:
            company.order(person["id"], 0, 1 + ranks.index(person[word]))


def test_doterra_gives_each_level_to_the_first_who_is_paid_so_deep(tmp_path: Path) -> None:
    case = example("doterra_dynamic_compression_all_active")
    depth = {rank.lower(): levels for rank, levels in case["plan"]["depth_by_rank"].items()}
    bonus = f"""
[[bonuses]]
code = "unilevel"
kind = "unilevel"
label = "Unilevel"
compression = "dynamic"
levels = [{", ".join(f'"{rate} %"' for rate in case["plan"]["levels"])}]
depth_by_rank = {{ {", ".join(f"{rank} = {levels}" for rank, levels in depth.items())} }}
"""
    company = Offline(tmp_path, HEAD + PERSONAL + ladder(*depth) + bonus)
    for person in case["network"]:
        person["rank"] = person["rank"].lower()
    ranked(company, case, list(depth), "rank")
    [order] = case["inputs"]["orders"]
    named = company.order(order["buyer"], order["amount"], 0)
    assert company.settle() == 0
    paid = {row["payee_id"]: Decimal(row["amount"]) for row in company.awards() if row["source_order_id"] == named}
    assert paid == amounts(case["expected"]["by_order"]["o1"])
    assert sum(paid.values()) == Decimal(case["derived_by_us"]["total_paid_percent"])


def test_multisoft_without_compression_loses_what_an_unqualified_level_would_have(tmp_path: Path) -> None:
    case = example("multisoft_matrix_without_dynamic_compression")
    titles = sorted(case["plan"]["depth_by_title"])
    depth = ", ".join(f"t{title} = {levels}" for title, levels in sorted(case["plan"]["depth_by_title"].items()))
    bonus = f"""
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["1 %", "1 %", "1 %", "1 %"]
depth_by_rank = {{ {depth} }}
"""
    company = Offline(tmp_path, HEAD + PERSONAL + ladder(*(f"t{title}" for title in titles)) + bonus)
    ranked(company, case, titles, "title")
    order = company.order(case["inputs"]["buyer"], 100, 0)
    assert company.settle() == 0
    paid = {(int(row["level"]), row["payee_id"]) for row in company.awards() if row["source_order_id"] == order}
    expected = case["expected"]["levels"]
    assert paid == {(level["level"], level["person"]) for level in expected if level["paid"]}


def test_a_full_tree_five_wide_and_five_deep_pays_one_percent_of_each_level(tmp_path: Path) -> None:
    case = example("unilevel_5x5_ordinary")
    rates = ", ".join(f'"{rate} %"' for rate in case["plan"]["levels"])
    bonus = f'\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = [{rates}]\n'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus)
    company.person("top")
    level = ["top"]
    for depth in range(case["inputs"]["depth"]):
        level = [f"{above}.{place}" for above in level for place in range(case["inputs"]["width"])]
        assert len(level) == case["inputs"]["frontline"] * case["inputs"]["width"] ** depth
        for person in level:
            company.person(person, person.rpartition(".")[0])
            company.order(person, case["inputs"]["volume_each"])
    assert company.settle() == 0
    by_level: dict[int, Decimal] = {}
    for row in company.awards():
        if row["payee_id"] == "top":
            by_level[int(row["level"])] = by_level.get(int(row["level"]), Decimal(0)) + Decimal(row["amount"])
    assert [by_level[number] for number in sorted(by_level)] == [Decimal(one) for one in case["expected"]["by_level"]]
    assert company.earned()["top"] == Decimal(case["expected"]["total"])


def test_dubli_pays_ten_percent_of_what_a_newcomer_orders(tmp_path: Path) -> None:
    case = example("dubli_fast_start_10")
    bonus = f"""
[[bonuses]]
code = "start"
kind = "fast_start"
label = "Fast start"
levels = ["{case["plan"]["percent"]} %"]
window_days = 30
"""
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus)
    company.person("sponsor")
    company.person("newcomer", "sponsor", joined="2026-10-01")
    company.order("newcomer", case["inputs"]["base"])
    assert company.settle() == 0
    assert company.earned() == {"sponsor": Decimal(case["expected"]["amount"])}


EARNINGS = """
[[bonuses]]
code = "retail"
kind = "rule"
label = "What is matched"
when = "true"
rate = "10 %"
per = "person"
"""


def test_matching_by_level_pays_a_share_of_what_two_levels_earn(tmp_path: Path) -> None:
    case = example("globalmlm_two_level_match")
    levels = ", ".join(f'"{rate} %"' for rate in case["plan"]["level_percent"])
    bonus = '\n[[bonuses]]\ncode = "match"\nkind = "matching"\nlabel = "Match"\nmatches = ["retail"]\n'
    bonus += f"levels = [{levels}]\n"
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + EARNINGS + bonus)
    for person in case["network"]:
        company.person(person["id"], person["parent"])
    for person, earned in case["inputs"]["earnings"].items():
        company.order(person, 10 * int(earned))
    assert company.settle() == 0
    assert company.earned("retail") == amounts(case["inputs"]["earnings"])
    assert company.earned("match")[case["inputs"]["earner"]] == Decimal(case["expected"]["total"])


def test_kuvera_closes_a_generation_with_the_first_person_of_the_rank(tmp_path: Path) -> None:
    case = example("kuvera_generational_match")
    rates = ", ".join(f'"{rate} %"' for rate in case["plan"]["percent_by_generation"])
    bonus = f"""
[[bonuses]]
code = "match"
kind = "matching"
label = "Match"
matches = ["retail"]
minimum_rank = "global_executive"
leader_rank = "global_executive"
boundary = "{case["plan"]["boundary"]}"
generations = [{rates}]
"""
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("global_executive", "ambassador") + EARNINGS + bonus)
    for person in case["network"]:
        if "rank" in person:
            person["rank"] = person["rank"].lower().replace(" ", "_")
    ranked(company, case, ["global_executive", "ambassador"], "rank")
    for person, earned in case["inputs"]["earnings"].items():
        company.order(person, 10 * int(earned), 0)
    assert company.settle() == 0
    joe = [row for row in company.awards("match") if row["payee_id"] == case["inputs"]["earner"]]
    generation = {row["source_person_id"]: int(row["level"]) for row in joe}
    assert generation == {**case["expected"]["generation"], **case["derived_by_us"]["generation"]}
    paid = {row["source_person_id"]: Decimal(row["amount"]) for row in joe}
    assert paid == amounts(case["expected"]["per_person"])
    assert sum(paid.values()) == Decimal(case["expected"]["total"])


def test_purium_holds_what_neither_schedule_brings_to_the_minimum(tmp_path: Path) -> None:
    case = example("purium_minimum_payment")
    calendars = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
    payout = f'\n[payout]\nminimum = {case["plan"]["minimum"]}\nper = "schedule"\n'
    rules = "".join(
        f'\n[[bonuses]]\ncode = "{name}"\nkind = "rule"\nlabel = "B"\nwhen = "true"\ncalendar = "{name}"\n'
        f'rate = "{case["inputs"]["balances"][f"{name}ly"]} %"\n'
        for name in ("week", "month")
    )
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + calendars + payout + rules)
    company.person("a")
    company.order("a", 100, on="2026-10-07")
    found = {}
    for schedule_, calendar, cycle in (("weekly", "week", "2026-W41"), ("monthly", "month", "2026-10")):
        assert company.settle(cycle, "--calendar", calendar, out=schedule_) == 0
        found[schedule_] = company.payouts(schedule_)["a"]
    assert {name: Decimal(row["paid"]) for name, row in found.items()} == amounts(case["expected"]["paid"])
    assert {name: Decimal(row["carried_out"]) for name, row in found.items()} == amounts(case["expected"]["held"])


def test_one_product_carries_the_base_of_money_and_the_points_of_ranks(tmp_path: Path) -> None:
    case = example("volume_price_cv_qv")
    order, expected = case["inputs"]["order"], case["expected"]
    commission = '\n[kpis.base]\nlabel = "Base"\nmeasure = "cv"\n'
    company = Offline(tmp_path, HEAD + PERSONAL + commission + ONE_RANK)
    company.person("a")
    company.products = f"sku,name,price,currency,cv,qv\nA,A,{order['wholesale']},USD,{order['cv']},{order['qv']}\n"
    company.orders.append(f"o1,a,2026-10-05,A,{order['quantity']},{order['wholesale']},sale,,")
    assert company.settle() == 0
    assert company.kpi("a", "base") == Decimal(expected["commission_base"])
    assert company.kpi("a", "pv") == Decimal(expected["qualifying_points"])


def test_be_infinity_counts_at_most_eighty_percent_of_a_leg(tmp_path: Path) -> None:
    case = example("be_infinity_rrc3_leg_cap_ok")
    ranks = ""
    for rank in case["plan"]["ranks"]:
        cap = f', leg_cap = "{rank["leg_cap_percent"]} %", leg_cap_own = true' if rank["leg_cap_percent"] else ""
        needs = f'[{{ kpi = "gv", minimum = {rank["min_volume"]}{cap} }}]'
        ranks += f'\n[[ranks]]\ncode = "{rank["rank"]}"\nname = "{rank["rank"]}"\nneeds = {needs}\n'
    company = Offline(tmp_path, HEAD + PERSONAL + GROUP + ranks)
    company.person("you")
    company.order("you", case["inputs"]["own"])
    for number, volume in enumerate(case["inputs"]["legs"]):
        company.person(f"leg{number}", "you")
        company.order(f"leg{number}", volume)
    assert company.settle() == 0
    assert company.kpi("you", "gv") == Decimal(case["expected"]["total"])
    [rank] = [row["paid_rank"] for row in company.rows("ranks") if row["person_id"] == "you"]
    assert rank == case["expected"]["rank"]


def test_forever_adds_up_two_months(tmp_path: Path) -> None:
    case = example("forever_rolling_two_months")
    plan = case["plan"]
    window = f'\n[kpis.credits]\nlabel = "Case credits"\nmeasure = "qv"\ncycles = {plan["window_periods"]}\n'
    rank = f'\n[[ranks]]\ncode = "supervisor"\nname = "{plan["rank"]}"\n'
    company = Offline(
        tmp_path, HEAD + PERSONAL + window + rank + f'needs = [{{ kpi = "credits", minimum = {plan["need"]} }}]\n'
    )
    company.person("a", joined="2023-01-01")
    for month, bought in case["inputs"]["periods"]:
        company.order("a", bought, on=f"{month}-10")
    reached = []
    for month, _ in case["inputs"]["periods"]:
        assert company.settle(month, out=month) == 0
        if company.rows("ranks", month)[0]["paid_rank"] == "supervisor":
            reached.append(month)
    assert reached[0] == case["expected"]["first_month_reached"]
