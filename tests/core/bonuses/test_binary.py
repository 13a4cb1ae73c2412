"""Binary bonuses on the tables of their rules, through the command."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.__main__ import main
from core.kernel.errors import Severity
from core.plan.reading import check
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, ladder

TREE = '\n[trees.binary]\nspill = "manual"\n'


def teams(*bonuses: str, more: str = "", ranks: str = ONE_RANK) -> str:
    """A plan with bonuses a, b, c …"""
    told = [
        f'\n[[bonuses]]\ncode = "{code}"\nkind = "binary"\nlabel = "It"\n{words}\n'
        for code, words in zip("abcdefghijklmnop", bonuses, strict=False)
    ]
    return HEAD + PERSONAL + more + ranks + TREE + "".join(told)


def sides(folder: Path, plan: str, left: int, right: int) -> Placed:
    """Somebody with one person on each side, and what these order."""
    company = Placed(folder, plan)
    company.person("top")
    for person, side, volume in (("l", "left", left), ("r", "right", right)):
        company.placed(person, "top", side)
        if volume:
            company.order(person, volume)
    return company


def left_of(company: Placed, bonus: str, person: str = "top", out: str = "out") -> str:
    """What waits on her left and on her right."""
    waits = company.waits(person, out, bonus)
    return f"{waits.get('left', 0)} {waits.get('right', 0)}"


CYCLES = 'pay = "cycles"\nvalue = 20\n'
TIERS = 'pay = "tiers"\ntiers = [{ from = 250, pay = 40 }, { from = 2000, pay = 400 }]\n'
PERCENT = 'pay = "percent"\nrate = "10 %"\n'
MATCHED = [  # 3,500 on the left and 2,500 on the right: what it earns, and what is left on both
    (PERCENT, "250.00", "1000 0"),
    (PERCENT + "matched_max = 2000", "200.00", "1500 500"),
    (PERCENT + "matched_min = 2600", "0", "3500 2500"),
    (PERCENT + "cap = 100", "100.00", "2500 1500"),
    (PERCENT + "cap = 100\ncap_uses_volume = true", "100.00", "1000 0"),
    (TIERS, "400.00", "1500 500"),
    (TIERS + "cap = 399", "40.00", "3250 2250"),
    (CYCLES + "cycle_left = 300\ncycle_right = 600", "80.00", "2300 100"),
    (CYCLES + "cycle_left = 300\ncycle_right = 600\neither_side = true", "120.00", "200 400"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 100", "100.00", "2500 1500"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 100\ncap_uses_volume = true", "100.00", "1100 100"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\nvalue_by_rank = { member = 25 }", "300.00", "1100 100"),
]


def test_what_matches_is_paid_and_used_on_both_sides(tmp_path: Path) -> None:
    company = sides(tmp_path, teams(*(words for words, _, _ in MATCHED)), 3500, 2500)
    assert company.settle() == 0
    for code, (words, earned, left) in zip("abcdefghijkl", MATCHED, strict=True):
        found = company.earned(code).get("top", Decimal(0))
        assert (words, found, left_of(company, code)) == (words, Decimal(earned), left)


def test_a_line_tells_both_sides_and_what_was_used(tmp_path: Path) -> None:
    company = sides(tmp_path, teams(CYCLES + "cycle_left = 300\ncycle_right = 600"), 3500, 2500)
    assert company.settle() == 0
    [row] = company.awards()
    because = json.loads(row["because"])
    words = ("left", "right", "used_left", "used_right", "cycles")
    assert [because[word] for word in words] == ["3500", "2500", "1200", "2400", 4]
    assert (row["source_person_id"], row["source_order_id"], row["level"]) == ("", "", "")


def test_the_percentage_may_go_by_a_figure_of_her_own(tmp_path: Path) -> None:
    words = 'rate_kpi = "pv"\nrate_steps = [{ from = 25, rate = "4 %" }, { from = 100, rate = "12 %" }]'
    company = Placed(tmp_path, teams(words))
    company.person("root")
    for top, volume in (("t24", 24), ("t25", 25), ("t99", 99), ("t100", 100)):
        company.person(top, "root")
        company.order(top, 0, volume)
        for side in ("left", "right"):
            company.placed(top + side, top, side)
            company.order(top + side, 100, 0)
    assert company.settle() == 0
    assert company.earned() == {"t25": Decimal(4), "t99": Decimal(4), "t100": Decimal(12)}


PAIRS = 'base = "heads"\npay = "pairs"\nvalue = 10\n'
FIRST_PAIRS = [  # people on the left and on the right, pairs, and who is left
    (3, 2, "1:1", 2, "1 0"),
    (3, 2, "2:1", 2, "0 0"),
    (3, 2, "1:2", 1, "2 0"),
    (1, 2, "2:1", 0, "1 2"),
    (1, 2, "2:1 or 1:2", 1, "0 0"),
]


def test_the_first_pair_may_need_two_of_one_side(tmp_path: Path) -> None:
    company = Placed(tmp_path, teams(*(f'{PAIRS}first_pair = "{first}"' for _, _, first, _, _ in FIRST_PAIRS)))
    company.person("root")
    for code, (left, right, _, _, _) in zip("abcde", FIRST_PAIRS, strict=True):
        company.person(code, "root")
        for side, count in (("left", left), ("right", right)):
            for place in range(count):
                above = code if place == 0 else f"{code}{side}{place - 1}"
                company.placed(f"{code}{side}{place}", above, side, joined="2026-10-02")
    assert company.settle() == 0
    for code, (_, _, first, pairs, waits) in zip("abcde", FIRST_PAIRS, strict=True):
        found = company.earned(code).get(code, Decimal(0))
        assert (first, found, left_of(company, code, code)) == (first, Decimal(10 * pairs), waits)


def test_amounts_that_are_finer_than_people_are_counted_up(tmp_path: Path) -> None:
    """One and a half are two people: in cycles, tiers and limits, and of what waits."""
    words = (
        PAIRS.replace("pairs", "cycles") + "cycle_left = 1.5\ncycle_right = 1.5",
        'base = "heads"\npay = "tiers"\ntiers = [{ from = 1.5, pay = 10 }]\ncarry_max = 2.5',
        'base = "heads"\nrate = "10 %"\nmatched_min = 4.5\nmatched_max = 4.5',
    )
    company = Placed(tmp_path, teams(*words))
    company.person("top")
    for side in ("left", "right"):
        for place in range(5):
            company.placed(f"{side}{place}", f"{side}{place - 1}" if place else "top", side, joined="2026-10-02")
    assert company.settle() == 0
    found = [(company.earned(code)["top"], left_of(company, code)) for code in "abc"]
    assert found == [(20, "1 1"), (10, "3 3"), (Decimal("0.5"), "0 0")]


def test_the_first_pair_is_had_once(tmp_path: Path) -> None:
    company = Placed(tmp_path, teams(PAIRS + 'first_pair = "2:1"'))
    company.person("top")
    company.placed("a", "top", "left", joined="2026-10-02")
    company.placed("b", "a", "left", joined="2026-10-02")
    company.placed("c", "top", "right", joined="2026-10-02")
    company.placed("d", "b", "left", joined="2026-11-02")
    company.placed("e", "c", "right", joined="2026-11-02")
    assert company.settle() == 0
    assert company.follow("2026-11") == 0
    assert company.earned() == company.earned(out="next") == {"top": Decimal(10)}
    assert company.waits("top", "next") == {}


CARRIED = [
    ("", "1500 500"),
    ("carry_max = 1000", "1000 500"),
    ('carry = "flush"', "0 0"),
    ('carry = "flush_after_payout"', "0 0"),
    ('carry_when_inactive = "flush"', "1500 500"),
    ('earner = [{ kpi = "pv", minimum = 1 }]', "3500 2500"),
    ('earner = [{ kpi = "pv", minimum = 1 }]\ncarry_when_inactive = "flush"', "0 0"),
    ('earner = [{ kpi = "pv", minimum = 1 }]\ncarry = "flush_after_payout"', "3500 2500"),
]


def test_what_is_left_is_carried_as_the_plan_says(tmp_path: Path) -> None:
    company = sides(tmp_path, teams(*(TIERS + words for words, _ in CARRIED)), 3500, 2500)
    assert company.settle() == 0
    for code, (words, left) in zip("abcdefgh", CARRIED, strict=True):
        assert (words, left_of(company, code)) == (words, left)


DROPPED = [  # of cycles of 200 and 200, by `keep`, `flush_weak`, `flush_weak_after_payout` and `flush_after_payout`
    ("", 730, "60.00", ["450 130", "450 0", "450 0", "0 0"]),
    ("", 150, "0", ["1050 150", "1050 0", "1050 150", "1050 150"]),
    ("\ncap = 40", 730, "40.00", ["650 330", "650 0", "650 0", "0 0"]),
    ("\ncap = 40\ncap_uses_volume = true", 730, "40.00", ["450 130", "450 0", "450 0", "0 0"]),
    ("", 1050, "100.00", ["50 50", "0 50", "0 50", "0 0"]),
]


@pytest.mark.parametrize(("cap", "right", "earned", "left"), DROPPED)
def test_the_weaker_side_alone_can_be_emptied(
    tmp_path: Path, cap: str, right: int, earned: str, left: list[str]
) -> None:
    carries = ("keep", "flush_weak", "flush_weak_after_payout", "flush_after_payout")
    words = (f'{CYCLES}cycle_left = 200\ncycle_right = 200\ncarry = "{carry}"{cap}' for carry in carries)
    company = sides(tmp_path, teams(*words), 1050, right)
    assert company.settle() == 0
    assert [left_of(company, code) for code in "abcd"] == left
    assert [company.earned(code).get("top", Decimal(0)) for code in "abcd"] == [Decimal(earned)] * 4


STEPS = 'pay = "tiers"\ntiers = [{ from = 250, pay = 40 }, { from = 700, pay = 400 }]\n'
AT_CAP = [  # of 1,050 and 730
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 40", 40, "0 0"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 60", 60, "0 0"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 70", 60, "450 130"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap = 40\ncap_uses_volume = true", 40, "0 0"),
    (CYCLES + "cycle_left = 200\ncycle_right = 200\ncap_by_rank = { member = 40 }", 40, "0 0"),
    ('rate = "10 %"\ncap = 73', 73, "0 0"),
    ('rate = "10 %"\ncap = 74', 73, "320 0"),
    (STEPS + "cap = 100", 40, "0 0"),
    (STEPS + "cap = 500", 400, "350 30"),
    (STEPS + "tiers_in_turn = true\ncap = 440", 440, "0 0"),
    (STEPS + "tiers_in_turn = true\ncap = 441", 440, "350 30"),
]


def test_both_sides_are_emptied_for_whoever_comes_to_her_cap(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = sides(tmp_path, teams(*(f'{words}\ncarry = "flush_at_cap"' for words, _, _ in AT_CAP)), 1050, 730)
    assert company.settle() == 0
    for code, (words, earned, left) in zip("abcdefghijk", AT_CAP, strict=True):
        assert (words, company.earned(code)["top"], left_of(company, code)) == (words, Decimal(earned), left)
    assert main(["explain", "--run", str(tmp_path / "out"), "--person", "top", "--award", "1"]) == 0
    assert "Whoever comes to the cap of this bonus loses" in " ".join(capsys.readouterr().out.split())


def test_a_cap_must_be_there_to_be_come_to() -> None:
    _, problems = check(teams(CYCLES + 'cycle_left = 1\ncycle_right = 1\ncarry = "flush_at_cap"'))
    assert [(one.code, one.facts["word"]) for one in problems if one.code == "plan_word_beside"] == [
        ("plan_word_beside", "cap")
    ]


UNEVEN = [  # one cycle each, of 1,050 and 730
    ("cycle_left = 300\ncycle_right = 600", "750 0"),
    ("cycle_left = 600\ncycle_right = 300", "0 430"),
    ("cycle_left = 600\ncycle_right = 300\neither_side = true", "450 0"),
]


def test_the_weaker_side_of_uneven_cycles_is_that_with_fewer_of_them(tmp_path: Path) -> None:
    company = sides(tmp_path, teams(*(f'{CYCLES}{words}\ncarry = "flush_weak"' for words, _ in UNEVEN)), 1050, 730)
    assert company.settle() == 0
    assert [(words, left_of(company, code)) for code, (words, _) in zip("abc", UNEVEN, strict=True)] == UNEVEN
    assert {company.earned(code)["top"] for code in "abc"} == {Decimal(20)}


TURNS = 'pay = "tiers"\ntiers_in_turn = true\ntiers = [\n{ from = 1200, pay = 300 }, { from = 2400, pay = 300 },'
TURNS += "\n{ from = 3600, pay = 600 },\n]\n"


def test_tiers_are_climbed_one_after_the_other(tmp_path: Path) -> None:
    company = sides(tmp_path, teams(TURNS, TURNS + "cap = 650"), 1500, 1500)
    months = {"2026-11": 600, "2026-12": 3000, "2027-01": 900}
    for month, volume in months.items():
        for person in "lr":
            company.order(person, volume, on=f"{month}-05")
    assert company.settle() == 0
    found, before = [(company.earned("a")["top"], left_of(company, "a"))], "out"
    capped = [company.earned("b")["top"]]
    for month in months:
        assert company.follow(month, out=month, before=before) == 0
        before = month
        found.append((company.earned("a", month).get("top", Decimal(0)), left_of(company, "a", out=month)))
        capped.append(company.earned("b", month).get("top", Decimal(0)))
    expected = [(300, "1500 1500"), (0, "2100 2100"), (1200, "1500 1500"), (300, "2400 2400")]
    assert found == [(Decimal(paid), left) for paid, left in expected]
    assert capped == [300, 0, 300, 600]  # the 600 of December are beyond the cap, and wait
    [row] = company.awards("a", "2026-12")
    because = json.loads(row["because"])
    assert (because["tiers"], because["used_left"], because["left"]) == (3, "3600", "5100")


def test_tiers_in_turn_need_volume() -> None:
    words = TURNS.replace("from = 1200", "from = 0")
    _, problems = check(teams(words))
    assert [one.code for one in problems if one.severity is Severity.FAULT] == ["plan_value_wrong"]


def test_volume_counts_from_a_level_on(tmp_path: Path) -> None:
    company = Placed(tmp_path, teams(*(f'rate = "10 %"\nfrom_level = {level}' for level in (1, 2, 3, 6))))
    company.person("top")
    for place in range(5):
        company.placed(f"l{place}", f"l{place - 1}" if place else "top", "left")
        company.order(f"l{place}", 100)
    assert company.settle() == 0
    assert [left_of(company, code) for code in "abcd"] == ["500 0", "400 0", "300 0", "0 0"]
    assert company.waits("l0", "out", "c") == {"left": "200"}


def test_volume_of_some_cycles_ago_ends_and_the_oldest_is_used_first(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"\ncarry_cycles = 1'), 300, 0)
    company.order("r", 100, on="2026-11-05")
    company.order("l", 50, on="2026-11-05")
    assert company.settle() == 0
    assert company.follow("2026-11") == 0
    assert company.earned(out="next") == {"top": Decimal("10.00")}
    lots = [(row["cycle"], row["volume"]) for row in company.rows("carry_volume", "next")]
    assert lots == [("2026-11", "50")]  # of the 300 of October 100 were used, and the rest has waited long enough


def test_a_return_takes_from_the_side_that_it_came_in_on(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"'), 300, 100)
    company.order("l", 250, on="2026-10-09", kind="return")
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("5.00")}
    assert company.waits("top") == {"right": "50"}


def test_her_own_volume_joins_no_side_the_weaker_or_the_chosen(tmp_path: Path) -> None:
    plan = teams(*(f'rate = "10 %"\nown_volume_to = "{own}"' for own in ("none", "weak", "chosen")))
    company = sides(tmp_path, plan, 200, 100)
    company.own_side["top"] = "left"
    company.order("top", 30)
    assert company.settle() == 0
    assert [left_of(company, code) for code in "abc"] == ["100 0", "70 0", "130 0"]


def test_she_needs_active_people_of_her_own_on_both_sides(tmp_path: Path) -> None:
    plan = teams('rate = "10 %"\npersonal_actives_each_side = 1').replace("minimum = 0", "minimum = 1")
    company = sides(tmp_path, plan, 100, 100)
    company.person("other", "top")
    company.placed("deep", "r", "right", sponsor="other")
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("10.00")}
    company.people = [("l", "other", *row[2:]) if row[0] == "l" else row for row in company.people]
    assert company.settle() == 0
    assert company.earned() == {}


def test_whoever_has_no_place_brings_nothing(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"'), 100, 100)
    company.person("waits", "l")
    company.order("waits", 1000)
    assert company.settle() == 0
    assert company.waits("top") == {}


def test_who_left_keeps_her_place_and_brings_nothing(tmp_path: Path) -> None:
    company = sides(tmp_path, teams('rate = "10 %"'), 100, 0)
    company.placed("below", "r", "left")
    company.order("below", 70)
    company.status["r"] = "terminated"
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("7.00")}


def test_ranks_decide_what_a_cycle_pays(tmp_path: Path) -> None:
    words = CYCLES + "cycle_left = 100\ncycle_right = 100\nvalue_by_rank = { silver = 25 }"
    company = sides(tmp_path, teams(words, ranks=ladder("bronze", "silver")), 100, 100)
    company.order("top", 0, 2)
    assert company.settle() == 0
    assert company.earned() == {"top": Decimal("25.00")}
