"""Published examples about people, through the command: who hangs under whom, and what rank gauges come to."""

from pathlib import Path
from typing import Any

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder
from tests.core.settlement.test_published_examples import example

LEVELS = '\n[[bonuses]]\ncode = "levels"\nkind = "unilevel"\nlabel = "Levels"\nlevels = ["5 %"]\n'
FRONTLINE = '\n[kpis.frontline]\nlabel = "Frontline"\nmeasure = "heads"\nover = "frontline"\n'
WITH_STATUS = ("id", "sponsor_id", "joined_on", "country", "language", "name", "kind", "status")


def test_who_hung_under_somebody_who_left_hangs_under_her_sponsor(tmp_path: Path) -> None:
    case = example("genealogy_close_gap")
    company = Offline(tmp_path, HEAD + PERSONAL + FRONTLINE + ONE_RANK + LEVELS, people_columns=WITH_STATUS)
    for person in case["network"]:
        status = "terminated" if person["id"] == case["inputs"]["terminate"] else "active"
        company.people.append((person["id"], person["parent"] or "", "2026-01-01", "ES", "es", "N", "", status))
    for person in case["expected"]["parent"]:
        company.order(person, 100)
    assert company.settle() == 0
    parents = {row["source_person_id"]: row["payee_id"] for row in company.awards() if row["level"] == "1"}
    assert parents == case["expected"]["parent"]
    above = set(case["expected"]["parent"].values())
    assert {person: company.kpi(person, "frontline") for person in above} == dict.fromkeys(above, len(parents))


def test_the_highest_rank_stays_as_an_honour_where_a_lower_one_is_paid(tmp_path: Path) -> None:
    case = example("s4ds_paid_and_honorary_rank")
    lowest_first = case["plan"]["order"]
    plan = HEAD + PERSONAL + 'honorary = "highest"\n' + ladder(*lowest_first) + LEVELS
    company = Offline(tmp_path, plan)
    company.person("you", joined="2023-12-01")
    more: list[str] = []
    for month, rank in case["inputs"]["history"]:
        company.order("you", 1 + lowest_first.index(rank), on=f"{month}-05")
        assert company.settle(month, *more, out=month) == 0
        more = ["--carry", str(tmp_path / month)]
    [you] = company.rows("ranks", month)
    assert (you["paid_rank"], you["honorary_rank"]) == (case["expected"]["paid"], case["expected"]["honorary"])


YEAR = (("2025-11", 2, ""), ("2025-12", 1, "low"), ("2026-01", 2, "low"), ("2026-02", 0, "low"))
"""Months, what she sold in them, and the honour after each, by the last cycle of the year."""


def test_the_rank_of_the_years_last_month_is_the_honour_of_the_next_year(tmp_path: Path) -> None:
    plan = HEAD + PERSONAL + 'honorary = "last_of_year"\n' + ladder("low", "high") + LEVELS
    company = Offline(tmp_path, plan)
    company.person("you", joined="2025-01-01")
    more: list[str] = []
    for month, sold, honour in YEAR:
        if sold:
            company.order("you", sold, on=f"{month}-05")
        assert company.settle(month, *more, "--verify", out=month) == 0
        assert [row["honorary_rank"] for row in company.rows("ranks", month)] == [honour]
        more = ["--carry", str(tmp_path / month)]


GAUGES = {
    "personal_sales": 'measure = "qv"',
    "group_sales": 'measure = "qv"\nover = "line"\ninclude_self = true',
    "active_personal_customers": 'measure = "heads"\nover = "frontline"\nwho = "customers"\nactive_only = true',
    "active_personal_distributors": 'measure = "heads"\nover = "frontline"\nwho = "distributors"\nactive_only = true',
}


def gauges(case: dict[str, Any]) -> str:
    """A ladder whose n-th rank asks for n times what the lowest asks for, by every gauge of the example."""
    counts = case["inputs"]["counts"]
    least = {
        "personal_sales": 100,
        "group_sales": 1000,
        "active_personal_customers": counts["active_customers"],
        "active_personal_distributors": counts["active_distributors"],
    }
    kpis = "".join(f'\n[kpis.{code}]\nlabel = "{code}"\n{GAUGES[code]}\n' for code in case["plan"]["gauges"])
    ladder = f"\n[ladder]\ngauges = {case['plan']['gauges']}\nmust_climb = false\n".replace("'", '"')
    ranks = ""
    for place, rank in enumerate(case["plan"]["rank_order"], start=1):
        needs = ", ".join(f'{{ kpi = "{code}", minimum = {place * least[code]} }}' for code in least)
        ranks += f'\n[[ranks]]\ncode = "{rank}"\nname = "{rank}"\nneeds = [{needs}]\n'
    return HEAD.replace("minimum = 0", "minimum = 1") + kpis + ladder + ranks


def test_the_lowest_of_four_gauges_is_paid(tmp_path: Path) -> None:
    case = example("inspetta_gas_gauge")
    counts, gauge, ranks = case["inputs"]["counts"], case["inputs"]["gauge_rank"], case["plan"]["rank_order"]
    company = Offline(tmp_path, gauges(case))
    company.person("you")
    for kind, people in (("customer", "customers"), ("distributor", "distributors")):
        for number in range(counts[f"personal_{people}"]):
            company.person(f"{kind}{number}", "you", kind=kind)
            if number < counts[f"active_{people}"]:
                company.order(f"{kind}{number}", 1)
    own = 100 * (1 + ranks.index(gauge["personal_sales"]))
    company.order("you", own)
    bought = counts["active_customers"] + counts["active_distributors"]
    company.order("customer0", 1000 * (1 + ranks.index(gauge["group_sales"])) - own - bought)
    assert company.settle() == 0
    [you] = [row for row in company.rows("ranks") if row["person_id"] == "you"]
    assert you["paid_rank"] == case["expected"]["paid_rank"]
    active = {name: int(company.kpi("you", f"active_personal_{name}")) for name in ("customers", "distributors")}
    derived = case["derived_by_us"]
    assert counts["personal_customers"] - active["customers"] == derived["inactive_customers"]
    assert counts["personal_distributors"] - active["distributors"] == derived["inactive_distributors"]
