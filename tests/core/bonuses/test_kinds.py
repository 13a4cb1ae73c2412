"""Each kind of bonus on the table of numbers that its rule shows, through the command."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline, ladder

GROUP = '\n[kpis.gv]\nlabel = "Group volume"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'


def bonus(kind: str, words: str, code: str = "it") -> str:
    return f'\n[[bonuses]]\ncode = "{code}"\nkind = "{kind}"\nlabel = "It"\n{words}\n'


def line_of(folder: Path, plan: str, people: str) -> Offline:
    """A line of people, the first on top."""
    company = Offline(folder, plan)
    above = None
    for person in people.split():
        company.person(person, above)
        above = person
    return company


@pytest.mark.parametrize(
    ("compression", "failing", "paid"),
    [  # above b stand c, d, e and f, of whom those named fail
        ("none", "d", "c 1, e 3"),
        ("static", "d", "c 1, e 2, f 3"),
        ("dynamic", "d", "c 1, e 2, f 3"),
        ("roll_up", "d", "c 1, e 2, e 3"),
        ("run", "d", "c 1, e 3"),
        ("none", "c d", "e 3"),
        ("run", "c d", "e 2, f 3"),
    ],
)
def test_five_ways_of_choosing_the_nth_person(tmp_path: Path, compression: str, failing: str, paid: str) -> None:
    needs = '[{ kpi = "pv", minimum = 1 }]'
    place = "" if compression in ("none", "roll_up") else f"place = {needs}\n"
    words = f'levels = ["5 %", "5 %", "3 %"]\ncompression = "{compression}"\n{place}earner = {needs}'
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words), "f e d c b")
    for person in "cdef":
        if person not in failing:
            company.order(person, 0, 1)
    company.order("b", 100, 0)
    assert company.settle() == 0
    rows = sorted(company.awards(), key=lambda row: (row["level"], row["payee_id"]))
    assert ", ".join(f"{row['payee_id']} {row['level']}" for row in rows) == paid
    amounts = {"1": "5.00", "2": "5.00", "3": "3.00"}
    assert all(row["amount"] == amounts[row["level"]] for row in rows)


def test_a_line_names_who_was_skipped(tmp_path: Path) -> None:
    words = 'levels = ["5 %"]\ncompression = "static"\nplace = [{ kpi = "pv", minimum = 1 }]'
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words), "d c b a")
    company.order("d", 0, 1)
    company.order("a", 100, 0)
    assert company.settle() == 0
    [row] = company.awards()
    because = json.loads(row["because"])
    assert (row["payee_id"], because["skipped"], because["skipped_count"]) == ("d", {"b": "place", "c": "place"}, 2)


def test_a_differential_pays_what_is_left_of_each_leg(tmp_path: Path) -> None:
    steps = '[{ from = 200, rate = "3 %" }, { from = 1000, rate = "12 %" }]'
    plan = HEAD + PERSONAL + GROUP + ONE_RANK + bonus("differential", f'schedule_kpi = "gv"\nschedule = {steps}')
    company = Offline(tmp_path, plan)
    for person, sponsor, volume in (("x", None, 300), ("a", "x", 800), ("b", "x", 100)):
        company.person(person, sponsor)
        company.order(person, volume)
    assert company.settle() == 0
    rows = [row for row in company.awards() if row["payee_id"] == "x"]
    told = {(row["source_person_id"], row["base"], row["rate"], row["amount"]) for row in rows}
    assert told == {("x", "300", "12", "36.00"), ("a", "800", "9", "72.00"), ("b", "100", "12", "12.00")}


def test_marginal_steps_pay_each_block_its_own_percentage(tmp_path: Path) -> None:
    steps = '[{ from = 200, rate = "3 %" }, { from = 1000, rate = "12 %" }]'
    words = f'schedule_kpi = "gv"\nschedule = {steps}\nschedule_mode = "marginal"'
    company = line_of(tmp_path, HEAD + PERSONAL + GROUP + ONE_RANK + bonus("differential", words), "x")
    company.order("x", 1200)
    assert company.settle() == 0
    assert company.earned() == {"x": Decimal("48.00")}


@pytest.mark.parametrize(
    ("between", "earned"),
    [("transparent", {"c": "5.00", "a": "5.00"}), ("block", {"c": "5.00"})],
)
def test_an_unqualified_person_between_blocks_or_is_transparent(
    tmp_path: Path, between: str, earned: dict[str, str]
) -> None:
    """b would have 10 % as well as a does, but does not qualify."""
    words = (
        'rate_by_rank = { bronze = "5 %", silver = "10 %" }\nearner = [{ any = [{ kpi = "cvs", minimum = 1 }] }]\n'
        f'unqualified_between = "{between}"'
    )
    cvs = '\n[kpis.cvs]\nlabel = "CV"\nmeasure = "cv"\n'
    plan = HEAD + PERSONAL + cvs + ladder("bronze", "silver") + bonus("differential", words)
    company = line_of(tmp_path, plan, "a b c")
    company.order("a", 1, 2)
    company.order("b", 0, 2)
    company.order("c", 100, 1)
    assert company.settle() == 0
    found = {row["payee_id"]: row["amount"] for row in company.awards() if row["source_person_id"] != "a"}
    assert found == earned


def test_equal_percentages_leave_a_consolation_to_the_first_above(tmp_path: Path) -> None:
    words = 'rate_by_rank = { bronze = "5 %" }\nequal_rank = "1 %"'
    company = line_of(tmp_path, HEAD + PERSONAL + ladder("bronze") + bonus("differential", words), "a b c")
    for person, volume in (("a", 0), ("b", 0), ("c", 100)):
        company.order(person, volume, 1)
    assert company.settle() == 0
    assert company.earned() == {"c": Decimal("5.00"), "b": Decimal("1.00")}


@pytest.mark.parametrize(("day", "earned"), [("2026-10-29", {"b": "20.00", "a": "10.00"}), ("2026-10-30", {})])
def test_a_fast_start_ends_with_its_window(tmp_path: Path, day: str, earned: dict[str, str]) -> None:
    words = 'levels = ["20 %", "10 %"]\nwindow_days = 60'
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("fast_start", words), "a b")
    company.person("new", "b", joined="2026-08-31")
    company.order("new", 100, on=day)
    assert company.settle() == 0
    assert company.earned() == {person: Decimal(amount) for person, amount in earned.items()}


def test_orders_of_a_fast_start_can_pay_no_other_bonus_or_less_of_it(tmp_path: Path) -> None:
    levels = bonus("unilevel", 'levels = ["5 %"]', "levels")
    earned = []
    for words in ('excludes = ["levels"]', 'volume_for_others = "30 %"'):
        start = bonus("fast_start", f'levels = ["20 %"]\nwindow_days = 10\n{words}', "start")
        company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + levels + start, "a")
        company.person("new", "a", joined="2026-10-01")
        company.order("new", 100)
        company.order("new", 100, on="2026-10-20")
        assert company.settle() == 0
        earned.append((company.earned("start"), company.earned("levels")))
    twenty = {"a": Decimal("20.00")}
    assert earned == [(twenty, {"a": Decimal("5.00")}), (twenty, {"a": Decimal("6.50")})]


@pytest.mark.parametrize(("before", "volume", "earned"), [(0, 50, "10.00"), (5, 50, None), (0, 49, None)])
def test_a_first_order_pays_the_sponsor_once(tmp_path: Path, before: int, volume: int, earned: str | None) -> None:
    words = "amount = 10\nminimum_order = 50"
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("first_order", words), "a b")
    if before:
        company.order("b", before, on="2026-09-05")
    company.order("b", volume)
    assert company.settle() == 0
    assert company.earned() == ({} if earned is None else {"a": Decimal(earned)})


@pytest.mark.parametrize(
    ("title", "paid", "once", "lines"),
    [
        ("bronze", 3, "true", ["100.00", "1000.00"]),
        ("silver", 3, "true", ["1000.00"]),
        ("gold", 3, "true", []),
        ("gold", 2, "false", ["100.00"]),
    ],
)
def test_a_rank_is_awarded_when_it_is_reached(
    tmp_path: Path, title: str, paid: int, once: str, lines: list[str]
) -> None:
    words = f"amount_by_rank = {{ silver = 100, gold = 1000 }}\nonce = {once}"
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("bronze", "silver", "gold") + bonus("rank_award", words))
    company.person("a", kind="distributor")
    place = ["bronze", "silver", "gold"].index(title) + 1
    company.order("a", 0, place, on="2026-09-05")
    company.order("a", 0, paid)
    assert company.settle("2026-09", out="before") == 0
    assert company.settle("2026-10", "--carry", str(tmp_path / "before")) == 0
    assert [row["amount"] for row in company.awards()] == lines


def test_prizes_are_awarded_and_not_paid_out(tmp_path: Path) -> None:
    words = 'pays = "prize"\nprize_by_rank = { bronze = "A pin" }'
    company = line_of(tmp_path, HEAD + PERSONAL + ladder("bronze") + bonus("rank_award", words), "a")
    company.order("a", 0, 1)
    assert company.settle() == 0
    [row] = company.awards()
    assert (row["unit"], row["amount"], json.loads(row["because"])["prize"]) == ("prize", "1", "A pin")
    assert company.payouts() == {}


def test_a_rule_pays_a_share_of_what_referrals_bought(tmp_path: Path) -> None:
    words = 'when = \'rank >= silver and referrals >= 3\'\nrate = "4 %"\nper = "referral"'
    company = Offline(tmp_path, HEAD + PERSONAL + ladder("bronze", "silver") + bonus("rule", words))
    for above, brought in (("a", 3), ("b", 2)):
        company.person(above)
        company.order(above, 0, 2)
        for number in range(brought):
            company.person(f"{above}{number}", above)
            company.order(f"{above}{number}", 100 * (number + 1), 0)
    assert company.settle() == 0
    assert {row["source_person_id"]: row["amount"] for row in company.awards()} == {
        "a0": "4.00", "a1": "8.00", "a2": "12.00",
    }  # fmt: skip


def test_a_cap_is_a_line_of_its_own_and_matching_looks_before_or_behind_it(tmp_path: Path) -> None:
    earned = []
    for match_on in ("gross", "capped"):
        plan = HEAD + PERSONAL + ONE_RANK + bonus("rule", 'when = "true"\nrate = "10 %"\ncap = 6', "share")
        match = f'matches = ["share"]\nmatch_on = "{match_on}"\nlevels = ["50 %"]'
        company = line_of(tmp_path, plan + bonus("matching", match, "match"), "a b")
        company.order("b", 100)
        assert company.settle() == 0
        assert [row["amount"] for row in company.awards("share")] == ["-4.00", "10.00"]
        earned.append(company.earned("match")["a"])
    assert earned == [Decimal("5.00"), Decimal("3.00")]


def test_a_bonus_in_another_currency_is_converted_at_the_end_of_the_cycle(tmp_path: Path) -> None:
    words = 'levels = ["5 %"]\ncurrency = "JPY"'
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words), "a b")
    company.order("b", 100)
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n2026-01-01,USD,JPY,100\n2026-10-31,USD,JPY,150.3\n")
    assert company.settle("2026-10", "--rates", str(tmp_path / "rates.csv")) == 0
    [row] = company.awards()
    assert (row["unit"], row["amount"]) == ("JPY", "752")


def test_returns_take_away_what_their_orders_gave_in_the_same_cycle(tmp_path: Path) -> None:
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", 'levels = ["5 %"]'), "a b")
    company.order("b", 100)
    company.order("b", 40, kind="return")
    assert company.settle() == 0
    assert company.earned() == {"a": Decimal("3.00")}


def test_only_named_products_can_count(tmp_path: Path) -> None:
    words = 'levels = ["5 %"]\norders = { without_products = ["KIT"] }'
    company = line_of(tmp_path, HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words), "a b")
    company.products += "KIT,Kit,1,USD\n"
    company.order("b", 100)
    company.orders.append("o00001,b,2026-10-05,KIT,1,1,sale,50,50")
    assert company.settle() == 0
    assert [(row["base"], row["amount"]) for row in company.awards()] == [("100", "5.00")]


@pytest.mark.parametrize(("rule", "amount"), [("earner", "10.00"), ("lower_of_both", "5.00")])
def test_the_lower_of_two_ranks_can_decide_the_rate(tmp_path: Path, rule: str, amount: str) -> None:
    words = f'levels_by_rank = {{ bronze = ["5 %"], silver = ["10 %"] }}\npair_rule = "{rule}"'
    company = line_of(tmp_path, HEAD + PERSONAL + ladder("bronze", "silver") + bonus("unilevel", words), "a b")
    company.order("a", 0, 2)
    company.order("b", 100, 1)
    assert company.settle() == 0
    assert [row["amount"] for row in company.awards()] == [amount]
