"""Worked examples of further companies and vendors: each with its source; facts only, in our own words.

What their authors state as results is compared with what the command wrote; orders, people and plans are the inputs.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, WITH_RETURNS, Offline, ladder

WEEKS = '\n[calendars.week]\nkind = "week"\n'


def bonus(kind: str, words: str, code: str = "a") -> str:
    return f'\n[[bonuses]]\ncode = "{code}"\nkind = "{kind}"\nlabel = "{code}"\n{words}\n'


def test_doterra_pays_twenty_percent_of_each_order_of_the_first_sixty_days(tmp_path: Path) -> None:
    """doterra.com, "Fast Start, Power of 3": Lisa enrolled Megan, who ordered 132, 78 and 147 points."""
    plan = (
        HEAD
        + PERSONAL
        + ONE_RANK
        + bonus("fast_start", 'base = "qv"\nlevels = ["20 %", "10 %", "5 %"]\nwindow_days = 60')
    )
    company = Offline(tmp_path, plan)
    company.person("Lisa")
    company.person("Megan", "Lisa", joined="2026-09-05")
    orders = [company.order("Megan", points, on=f"2026-10-{day:02}") for points, day in ((132, 1), (78, 12), (147, 30))]
    company.order("Megan", 500, on="2026-11-20")  # after her sixty days
    assert company.settle() == 0
    paid = {row["source_order_id"]: row["amount"] for row in company.awards()}
    assert paid == dict(zip(orders, ("26.40", "15.60", "29.40"), strict=True))
    assert company.earned() == {"Lisa": Decimal("71.40")}
    assert company.settle("2026-11", out="after") == 0
    assert company.awards(out="after") == []


TEAM = """
[kpis.team]
label = "Team volume"
measure = "qv"
over = "frontline"
include_self = true

[kpis.three]
label = "Frontline with 100"
measure = "legs"
leg_kpi = "pv"
leg_minimum = 100
"""


def power_of_three() -> str:
    """Three ranks, one for each size of the structure; a head of a leg must hold the size below."""
    legs, ranks = "", ""
    asks = ['{ kpi = "pv", minimum = 100 }', '{ kpi = "team", minimum = 600 }', '{ kpi = "three", minimum = 3 }']
    for size, below in (("p50", None), ("p250", "p50"), ("p1500", "p250")):
        if below:
            legs += f'\n[kpis.of_{below}]\nlabel = "x"\nmeasure = "legs"\nleg_with_rank = "{below}"\nleg_depth = 1\n'
            asks.append(f'{{ kpi = "of_{below}", minimum = 3 }}')
        ranks += f'\n[[ranks]]\ncode = "{size}"\nname = "{size}"\nneeds = [{", ".join(asks)}]\n'
    award = bonus("rank_award", "amount_by_rank = { p50 = 50, p250 = 250, p1500 = 1500 }")
    return HEAD + TEAM + legs + PERSONAL + ranks + award


@pytest.mark.parametrize(("levels", "paid"), [(1, 50), (2, 250), (3, 1500)])
def test_doterra_power_of_three_pays_for_three_by_three_by_three(tmp_path: Path, levels: int, paid: int) -> None:
    """doterra.com, "Why Power of 3": three on the frontline and 600 pay 50, theirs the same 250, and theirs 1,500."""
    company = Offline(tmp_path, power_of_three())
    company.person("you")
    level = ["you"]
    company.order("you", 150)
    for _ in range(levels):
        level = [f"{above}{place}" for above in level for place in "123"]
        for person in level:
            company.person(person, person[:-1])
            company.order(person, 150)
    assert company.settle() == 0
    assert company.earned()["you"] == paid


def test_purium_takes_back_what_a_returned_order_paid_and_lets_it_be_earned_off(tmp_path: Path) -> None:
    """support.mypurium.com, "Negative balance": 50 of a sale that came back; who earns 20 then is 30 short."""
    returns = "\n[returns]\nwithin_days = 60\n"
    plan = HEAD + WEEKS + PERSONAL + ONE_RANK + returns + bonus("first_order", 'levels = ["25 %"]')
    company = Offline(tmp_path, plan, order_columns=WITH_RETURNS)
    company.person("enroller")
    for newcomer in ("first", "second", "third"):
        company.person(newcomer, "enroller")
    sale = company.sold("first", 200, on="2026-10-06")
    company.sold_back(sale, "first", 200, on="2026-10-13")
    company.sold("second", 80, on="2026-10-20")
    company.sold("third", 400, on="2026-10-27")
    carry: list[str] = []
    rows = []
    for week in ("2026-W41", "2026-W42", "2026-W43", "2026-W44"):
        assert company.settle(week, *carry, out=week) == 0
        carry = ["--carry", str(tmp_path / week)]
        rows.append(company.payouts(week)["enroller"])
    assert [Decimal(row["paid"]) for row in rows] == [50, 0, 0, 70]
    assert [Decimal(row["carried_out"]) for row in rows] == [0, -50, -30, 0]


def test_purium_pays_five_percent_on_six_levels_and_three_on_two_more(tmp_path: Path) -> None:
    """askthecat.mypurium.com, "Unilevel Bonus"; the infinity bonus begins below its eighth level."""
    levels = 'levels = ["5 %", "5 %", "5 %", "5 %", "5 %", "5 %", "3 %", "3 %"]'
    infinity = (
        'rate = "2 %"\nstart_after_level = 8\nstop_rank = "green"\nstop_offset_levels = 9\nminimum_rank = "green"'
    )
    plan = HEAD + PERSONAL + ladder("member", "green") + bonus("unilevel", levels) + bonus("infinity", infinity, "b")
    company = Offline(tmp_path, plan)
    people = [f"p{place:02}" for place in range(21)]
    for above, person in zip([None, *people], people, strict=False):
        company.person(person, above)
        company.order(person, 0, 2 if person in ("p00", "p02") else 1)
    deep = {person: company.order(person, 100, 0) for person in (*people[1:9], "p09", "p11", "p12")}
    assert company.settle() == 0
    paid = {row["source_order_id"]: row["amount"] for row in company.awards("a") if row["payee_id"] == "p00"}
    assert [paid[deep[person]] for person in people[1:9]] == ["5.00"] * 6 + ["3.00"] * 2
    endless = {row["source_order_id"] for row in company.awards("b") if row["payee_id"] == "p00"}
    assert endless == {deep["p09"], deep["p11"]}  # p02 is a Green Diamond too: paid to her level 9, and no deeper


def test_wtk_pays_by_the_lower_of_two_packages(tmp_path: Path) -> None:
    """wtksoftware.com, "Grouped Plan Commission": fees of 50 and 100, percentages and fee of the lower package hold.

    So much of a fee that depends on the package alone is an amount, and an amount is a share of one order.
    """
    share = {"basic": (50, (5, 4)), "pro": (100, (10, 9))}
    by_rank = ", ".join(f"{package} = {[fee * rate for rate in rates]}" for package, (fee, rates) in share.items())
    words = f'base = "orders"\npair_rule = "lower_of_both"\nlevels_by_rank = {{ {by_rank} }}'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder(*share) + bonus("unilevel", words))
    packages = {"A": "pro", "B": "basic", "C": "pro", "D": "basic", "E": "pro"}
    for person, above in (("A", None), ("B", "A"), ("C", "A"), ("D", "B"), ("E", "B")):
        company.person(person, above)
        company.order(person, share[packages[person]][0], 1 + list(share).index(packages[person]))
    assert company.settle() == 0
    paid = {(row["source_person_id"], row["payee_id"]): Decimal(row["amount"]) for row in company.awards()}
    first = {("B", "A"): "2.5", ("C", "A"): "10", ("D", "B"): "2.5", ("E", "B"): "2.5"}
    second = {("D", "A"): "2", ("E", "A"): "9"}
    assert paid == {pair: Decimal(amount) for pair, amount in (first | second).items()}


def test_young_living_divides_six_and_a_quarter_percent_by_shares(tmp_path: Path) -> None:
    """kingdomlfa.com on the Generation Bonus: 5,000 shares of 6.25 % of 10,000,000 are worth 125 each; six are 750."""
    pool = 'share = "6.25 %"\ndivision = "points"\nshares_kpi = "pv"'
    company = Offline(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("pool", pool))
    for person, shares in (("leader", 6), ("others", 4994)):
        company.person(person)
        company.order(person, 5_000_000, shares)
    assert company.settle() == 0
    assert company.earned() == {"leader": 750, "others": 125 * 4994}


def test_merryvital_opens_a_generation_with_each_platinum_manager(tmp_path: Path) -> None:
    """payplan.merryvital.com: a Gold Leader is paid 3 % on generation 1, 2 % on generation 2."""
    words = 'leader_rank = "manager"\nrank_basis = "career"\nboundary = "opener"\n'
    words += 'generations_by_rank = { leader = ["3 %", "2 %"] }\nminimum_rank = "leader"'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("manager", "leader") + bonus("generation", words))
    line = ("you", "between", "first", "hers", "second", "theirs", "third")
    for above, person in zip((None, *line), line, strict=False):
        company.person(person, above)
        company.order(person, 1000, {"you": 2, "first": 1, "second": 1, "third": 1}.get(person, 0))
    assert company.settle() == 0
    paid = {row["source_person_id"]: Decimal(row["amount"]) for row in company.awards() if row["payee_id"] == "you"}
    assert paid == {"first": 30, "hers": 30, "second": 20, "theirs": 20}


def test_herbalife_pays_royalties_on_three_levels_of_supervisors_by_own_total_volume(tmp_path: Path) -> None:
    """Sales & Marketing Plan: 1 % for each full 500 of her own up to five, on three levels, active or not."""
    plan = HEAD + PERSONAL + ladder("supervisor")
    for step in (500, 1000, 1500, 2000, 2500):
        words = 'leader_rank = "supervisor"\nminimum_rank = "supervisor"\ngenerations = ["1 %", "1 %", "1 %"]\n'
        plan += bonus("breakaway", f'{words}earner = [{{ kpi = "pv", minimum = {step} }}]', f"royalty_{step}")
    company = Offline(tmp_path, plan)
    line = ("Joe", "John", "Maria", "Anna", "Pat")
    for above, person in zip((None, *line), line, strict=False):
        company.person(person, above)
        company.order(person, 1000, {"Joe": 1700, "Anna": 1}.get(person, 500))
    assert company.settle() == 0
    earned = company.earned()
    assert earned["Joe"] == 3 * 30  # 3 % on John, Maria and Anna; Pat is a level too deep
    assert earned["John"] == 3 * 10
    assert "Anna" not in earned


def test_multisoft_cuts_every_bonus_by_what_is_paid_too_much(tmp_path: Path) -> None:
    """multisoft.net, "Fast Start Bonus": at most 60 % of the week's volume goes to bonuses that are under the cap."""
    cap = '\n[[caps]]\ncode = "cap"\nper = "company"\nshare = "60 %"\nbonuses = ["a"]\n'
    plan = HEAD + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["50 %", "25 %"]')
    company = Offline(tmp_path, plan + bonus("first_order", "amount = 5", "start") + cap)
    for above, person in ((None, "a"), ("a", "b"), ("b", "c"), ("c", "d")):
        company.person(person, above)
    company.order("d", 1000)
    assert company.settle() == 0
    assert company.earned("a") == {"c": 500, "b": 250}
    assert company.earned("cap") == {"c": -100, "b": -50}
    assert company.earned("start") == {"c": 5}


def test_nu_skin_pays_each_block_its_own_percentage(tmp_path: Path) -> None:
    """nuskin.knowledgeowl.com: each block of 500 at its own percentage, 5 % first; the further steps are ours."""
    group = '\n[kpis.group]\nlabel = "Group"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'
    words = 'schedule_mode = "marginal"\nschedule_kpi = "group"\nschedule = [\n'
    words += "".join(f'  {{ from = {start}, rate = "{rate} %" }},\n' for start, rate in ((0, 5), (500, 10), (1000, 15)))
    company = Offline(tmp_path, HEAD + PERSONAL + group + ONE_RANK + bonus("differential", f"{words}]"))
    company.person("you")
    company.order("you", 1200)
    assert company.settle() == 0
    assert company.earned() == {"you": 105}  # 25 + 50 + 30


def test_be_infinity_counts_whoever_is_qualified_between_also_on_the_level_that_is_not_paid(tmp_path: Path) -> None:
    """docs.be-infinity.com, UB - Example 3: a Saphire of 12 %; User 4 between has 4 %, nobody qualifies above User 6.

    User 5 below User 4 brought 1,200, User 6 on another leg 4,800: 8 % of the one and 12 % of the other.
    """
    active = '[{ kpi = "own", minimum = 1 }]'
    words = "start_after_level = 1\ndifferential = true\ncounts_from_level = 1\n"
    words += f"rate_by_rank = {{ unranked = 4, saphire = 12 }}\nearner = {active}"
    own = '\n[kpis.own]\nlabel = "Own purchases"\nmeasure = "points"\n'
    products = "sku,name,price,currency,points\nA,A,1,USD,1\nB,B,1,USD,0\n"
    company = Offline(tmp_path, HEAD + own + PERSONAL + ladder("unranked", "saphire") + bonus("infinity", words))
    company.products = products
    for person, above in (("User", None), ("User4", "User"), ("User5", "User4"), ("User3", "User"), ("User6", "User3")):
        company.person(person, above)
    company.order("User", 4800, 2)
    company.order("User4", 0, 1)
    sold = {person: company.order(person, volume, 1) for person, volume in (("User5", 1200), ("User6", 4800))}
    company.order("User3", 0, 1)
    company.orders[-1] = company.orders[-1].replace(",A,", ",B,")  # no subscription of her own: not qualified
    assert company.settle() == 0
    paid = {row["source_order_id"]: row["amount"] for row in company.awards() if row["payee_id"] == "User"}
    assert paid == {sold["User5"]: "96.00", sold["User6"]: "576.00"}


@pytest.mark.parametrize(("jane", "on_jane"), [(1, 10), (2, 5), (3, 0)])
def test_a_stairstep_by_rank_pays_what_the_ranks_below_leave(tmp_path: Path, jane: int, on_jane: int) -> None:
    """networkmarketingwhy.com: 5 % a rank; at rank 3 15 % of your own, and 10, 5 or 0 % on Jane as she rises."""
    words = "rate_by_rank = { one = 5, two = 10, three = 15, four = 20 }"
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("one", "two", "three", "four") + bonus("differential", words))
    company.person("you")
    company.order("you", 100, 3)
    for person, rank in (("Bob", 1), ("Jane", jane), ("Tim", 1)):
        company.person(person, "you")
        company.order(person, 100, rank)
    assert company.settle() == 0
    paid = {row["source_person_id"]: Decimal(row["amount"]) for row in company.awards() if row["payee_id"] == "you"}
    assert paid == {"you": 15, "Bob": 10, "Tim": 10} | ({"Jane": on_jane} if on_jane else {})
