"""The worked tables of `docs/plan-language.md` on levels, stairsteps, matching, starts and awards."""

from decimal import Decimal
from pathlib import Path

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.bonuses.plans import because, bonus, company_of, told
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline

COMPRESSIONS = [
    ("none", "C 5.00|E 3.00", "C 5.00|E 3.00"),
    ("static", "C 5.00|E 4.00|F 3.00", "C 5.00|E 3.00"),
    ("dynamic", "C 5.00|E 4.00|F 3.00", "C 5.00|E 4.00|F 3.00"),
    ("roll_up", "C 5.00|E 3.00|E 4.00", "C 5.00|E 3.00|E 4.00"),
    ("run", "C 5.00|E 3.00", "C 5.00|E 3.00"),
]


def paid(company: Offline, code: str = "it") -> str:
    return "|".join(sorted(f"{row['payee_id']} {row['amount']}" for row in company.awards(code)))


@pytest.mark.parametrize(("compression", "failing", "_shallow"), COMPRESSIONS)
def test_five_ways_of_counting_pass_over_who_fails(
    tmp_path: Path, compression: str, failing: str, _shallow: str
) -> None:
    fails = '[{ kpi = "pv", minimum = 1 }]'
    place = "" if compression in ("none", "roll_up") else f"place = {fails}\n"
    words = f'levels = ["5 %", "4 %", "3 %"]\ncompression = "{compression}"\n{place}earner = {fails}'
    company = company_of(tmp_path, bonus("unilevel", words), "F1 E1 D0 C1 B0")
    company.order("B", 100, 0)
    assert company.settle() == 0
    assert paid(company) == failing


@pytest.mark.parametrize(("compression", "_failing", "shallow"), COMPRESSIONS)
def test_five_ways_of_counting_meet_who_is_not_paid_so_deep(
    tmp_path: Path, compression: str, _failing: str, shallow: str
) -> None:
    words = (
        f'levels = ["5 %", "4 %", "3 %"]\ncompression = "{compression}"\ndepth_by_rank = {{ bronze = 1, silver = 3 }}'
    )
    company = company_of(tmp_path, bonus("unilevel", words), "F2 E2 D1 C1 B0")
    company.order("B", 100, 0)
    assert company.settle() == 0
    assert paid(company) == shallow


def test_the_lower_of_two_ranks_can_decide(tmp_path: Path) -> None:
    words = 'pair_rule = "lower_of_both"\nlevels_by_rank = { silver = ["5 %"], gold = ["10 %"] }'
    company = company_of(tmp_path, bonus("unilevel", words), "g3 s2")
    company.order("s", 100, 0)
    assert company.settle() == 0
    assert paid(company) == "g 5.00"


STEPS = 'schedule_kpi = "gv"\nschedule = [{ from = 200, rate = "3 %" }, { from = 1000, rate = "12 %" }]\n'


@pytest.mark.parametrize(
    ("of", "lines"),
    [
        ("group", ["x 0 x 36.00", "x 1 a 72.00", "x 1 b 12.00"]),
        ("own", ["x 0 x 36.00"]),
        ("below", ["x 1 a 72.00", "x 1 b 12.00"]),
    ],
)
def test_a_stairstep_is_paid_on_a_group_on_own_volume_or_on_what_is_below(
    tmp_path: Path, of: str, lines: list[str]
) -> None:
    company = company_of(tmp_path, bonus("differential", f'{STEPS}of = "{of}"'))
    for person, above, volume in (("x", None, 300), ("a", "x", 800), ("b", "x", 100)):
        company.person(person, above)
        company.order(person, volume)
    assert company.settle() == 0
    assert [line for line in told(company) if line.startswith("x")] == lines


@pytest.mark.parametrize("mode", ["whole", "marginal"])
def test_a_customer_keeps_no_percentage_from_those_above_her(tmp_path: Path, mode: str) -> None:
    schedule = 'schedule_kpi = "gv"\nschedule = [{ from = 0, rate = "3 %" }]\n'
    company = company_of(tmp_path, bonus("differential", f'{schedule}schedule_mode = "{mode}"\nof = "below"'))
    company.person("x")
    company.person("a", "x", kind="customer")
    company.order("a", 800)
    assert company.settle() == 0
    assert told(company) == ["x 1 a 24.00"]


def test_a_bonus_on_depth_goes_to_the_first_above_who_earns_it(tmp_path: Path) -> None:
    words = 'leader_rank = "bronze"\nminimum_rank = "gold"\ngenerations = ["0 %", "1 %"]\npass_up_unqualified = true'
    company = company_of(tmp_path, bonus("breakaway", words), "w3 x1 a1 b1")
    company.order("a", 1000, 0)
    company.order("b", 2000, 0)
    assert company.settle() == 0
    assert told(company) == ["w 2 a 10.00", "w 2 b 20.00"]


def test_how_deep_an_override_goes_can_depend_on_the_rank(tmp_path: Path) -> None:
    words = 'leader_rank = "bronze"\ngenerations_by_rank = { silver = ["4 %"], gold = ["4 %", "2 %"] }'
    company = company_of(tmp_path, bonus("breakaway", words), "x3 y2 a1 b1")
    company.order("a", 1000, 0)
    company.order("b", 2000, 0)
    assert company.settle() == 0
    assert told(company) == ["x 2 a 20.00", "y 1 a 40.00"]


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [("8 %", "5 %", {"second": "-50.00"}), ("5 %", "5 %", {"second": "-50.00"}), ("5 %", "8 %", {"first": "-50.00"})],
)
def test_of_two_bonuses_the_higher_can_be_paid_alone(
    tmp_path: Path, first: str, second: str, taken: dict[str, str]
) -> None:
    both = bonus("unilevel", f'levels = ["{first}"]', "first") + bonus("unilevel", f'levels = ["{second}"]', "second")
    cap = '\n[[caps]]\ncode = "higher"\nper = "person"\nkeep = "highest"\nbonuses = ["first", "second"]\n'
    company = company_of(tmp_path, both + cap, "a0 b0")
    company.order("b", 1000)
    assert company.settle() == 0
    assert {str(because(row)["bonus"]): row["amount"] for row in company.awards("higher")} == taken


@pytest.mark.parametrize(("mode", "amount"), [("whole", "180.00"), ("marginal", "105.00")])
def test_a_schedule_holds_for_all_or_for_each_block(tmp_path: Path, mode: str, amount: str) -> None:
    blocks = ", ".join(f'{{ from = {start}, rate = "{rate} %" }}' for start, rate in ((0, 5), (500, 10), (1000, 15)))
    words = f'schedule_kpi = "gv"\nschedule = [{blocks}]\nschedule_mode = "{mode}"'
    company = company_of(tmp_path, bonus("differential", words), "x0")
    company.order("x", 1200)
    assert company.settle() == 0
    assert paid(company) == f"x {amount}"


@pytest.mark.parametrize(("between", "amount"), [("block", "3.00"), ("transparent", "9.00")])
def test_who_does_not_earn_blocks_or_is_looked_through(tmp_path: Path, between: str, amount: str) -> None:
    rates = "rate_by_rank = { bronze = 3, silver = 9, gold = 12 }"
    bought = '\n[kpis.bought]\nlabel = "Orders"\nmeasure = "orders"\n'
    words = f'{rates}\nunqualified_between = "{between}"\nearner = [{{ kpi = "bought", minimum = 2 }}]'
    company = company_of(tmp_path, bought + bonus("differential", words), "x3 m2 y1")
    company.order("x", 0, 0)
    company.order("y", 100, 0)
    assert company.settle() == 0
    assert paid(company) == f"x {amount}|y 3.00"


@pytest.mark.parametrize(("on", "amount"), [("gross", "12.00"), ("capped", "10.00")])
def test_matching_looks_before_or_after_the_cap_of_what_it_matches(tmp_path: Path, on: str, amount: str) -> None:
    levels = bonus("unilevel", 'levels = ["10 %"]\ncap = 100', "levels")
    match = bonus("matching", f'matches = ["levels"]\nlevels = ["10 %"]\nmatch_on = "{on}"')
    company = company_of(tmp_path, levels + match, "t0 s0 n0")
    company.order("n", 1200)
    assert company.settle() == 0
    assert paid(company) == f"t {amount}"


@pytest.mark.parametrize(
    ("words", "earned"),
    [
        ("", "s 20.00|t 10.00"),
        ("pays_newcomer = true", "n 20.00|s 10.00"),
        ('rolls_up = true\nearner = [{ kpi = "pv", minimum = 1 }]', "t 10.00|t 20.00"),
    ],
)
def test_a_fast_start_pays_two_above_or_the_newcomer_or_rolls_up(tmp_path: Path, words: str, earned: str) -> None:
    start = bonus("fast_start", f'levels = ["20 %", "10 %"]\nwindow_days = 400\n{words}')
    company = company_of(tmp_path, start, "t1 s0 n0")
    company.order("n", 100, 0)
    assert company.settle() == 0
    assert paid(company) == earned


@pytest.mark.parametrize(
    ("words", "by_cycle"),
    [
        ("", ["100.00", "1000.00", "1000.00", "100.00"]),
        ("once = true", ["100.00", "1000.00", "", ""]),
        ("once = true\nhold_cycles = 2", ["", "100.00", "1000.00", ""]),
    ],
)
def test_an_award_comes_in_every_cycle_or_once_or_when_a_rank_was_held(
    tmp_path: Path, words: str, by_cycle: list[str]
) -> None:
    award = bonus("rank_award", f"amount_by_rank = {{ silver = 100, gold = 1000 }}\n{words}")
    company = company_of(tmp_path, award, "a0")
    months = ("2026-07", "2026-08", "2026-09", "2026-10")
    for month, rank in zip(months, (2, 3, 3, 2), strict=True):
        company.order("a", 0, rank, on=f"{month}-05")
    found, carry = [], list[str]()
    for month in months:
        assert company.settle(month, *carry, out=month) == 0
        carry = ["--carry", str(tmp_path / month)]
        found.append("|".join(row["amount"] for row in company.awards(out=month)))
    assert found == by_cycle


@pytest.mark.parametrize("compression", ["none", "roll_up"])
def test_a_place_that_nothing_asks_for_is_a_fault(compression: str) -> None:
    words = f'levels = ["5 %"]\ncompression = "{compression}"\nplace = [{{ kpi = "pv", minimum = 1 }}]'
    _, problems = check(HEAD + PERSONAL + ONE_RANK + bonus("unilevel", words))
    assert [one.code for one in problems if one.severity is Severity.FAULT] == ["plan_word_useless"]


@pytest.mark.parametrize(
    ("kind", "words", "start", "levels"),
    [
        ("first_order", "minimum_order = 100", "25", "2"),
        ("first_order", "minimum_order = 100.01", "0", "7"),
        ("fast_start", "window_days = 400\nonce = true", "25", "2"),
        ("fast_start", "window_days = 400", "35", "0"),
    ],
)
def test_a_bonus_keeps_for_itself_only_the_orders_that_it_pays(
    tmp_path: Path, kind: str, words: str, start: str, levels: str
) -> None:
    """Of a first order of 100 and two of 20 it pays 25 %, and 5 % are left for those that it does not pay."""
    first = bonus(kind, f'levels = ["25 %"]\nexcludes = ["levels"]\n{words}', "start")
    company = company_of(tmp_path, first + bonus("unilevel", 'levels = ["5 %"]', "levels"), "a0 b0")
    for volume in (100, 20, 20):
        company.order("b", volume)
    assert company.settle() == 0
    earned = [company.earned(code).get("a", Decimal(0)) for code in ("start", "levels")]
    assert earned == [Decimal(start), Decimal(levels)]
