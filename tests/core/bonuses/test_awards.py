"""Awards for ranks and goals, prizes, fast starts, and pay that comes in parts."""

from pathlib import Path

import pytest

from core.__main__ import main
from tests.core.bonuses.plans import because, bonus, company_of, told
from tests.core.settlement.offline import Offline


def months(company: Offline, *cycles: str, carry: Path | None = None) -> list[list[str]]:
    """The lines of one cycle after the other, each with what the one before left."""
    found = []
    for cycle in cycles:
        words = () if carry is None else ("--carry", str(carry))
        assert company.settle(cycle, *words, out=cycle) == 0
        carry = company.folder / cycle
        found.append(told(company, out=cycle))
    return found


@pytest.mark.parametrize(
    ("before", "now", "once", "lines"),
    [
        (2, 3, "true", ["a 0 - 100.00"]),
        (3, 3, "true", ["a 0 - 100.00", "a 0 - 1000.00"]),
        (3, 2, "false", ["a 0 - 100.00"]),
        (1, 3, "false", []),
    ],
)
def test_a_rank_must_be_held_for_cycles(tmp_path: Path, before: int, now: int, once: str, lines: list[str]) -> None:
    words = f"amount_by_rank = {{ silver = 100, gold = 1000 }}\nonce = {once}\nhold_cycles = 2"
    company = company_of(tmp_path, bonus("rank_award", words))
    company.person("a")
    company.order("a", 0, before, on="2026-09-05")
    company.order("a", 0, now)
    assert months(company, "2026-09", "2026-10") == [[], lines]


def test_an_award_for_a_rank_that_was_held_is_had_once(tmp_path: Path) -> None:
    words = "amount_by_rank = { silver = 100, gold = 1000 }\nonce = true\nhold_cycles = 2"
    company = company_of(tmp_path, bonus("rank_award", words))
    company.person("a")
    for month, rank in ((6, 2), (7, 2), (8, 3), (9, 3), (10, 3)):
        company.order("a", 0, rank, on=f"2026-{month:02}-05")
    found = months(company, *(f"2026-{month:02}" for month in range(6, 11)))
    assert found == [[], ["a 0 - 100.00"], [], ["a 0 - 1000.00"], []]


@pytest.mark.parametrize(
    ("volumes", "once", "lines"),
    [
        ((20_000, 20_000), "true", [["a 0 - 50.00"], []]),
        ((20_000, 20_000), "false", [["a 0 - 50.00"], ["a 0 - 50.00"]]),
        ((19_999, 20_000), "true", [[], ["a 0 - 50.00"]]),
    ],
)
def test_a_goal_is_reached(tmp_path: Path, volumes: tuple[int, int], once: str, lines: list[list[str]]) -> None:
    company = company_of(tmp_path, bonus("goal_award", f'kpi = "gv"\nminimum = 20000\namount = 50\nonce = {once}'))
    company.person("a")
    for month, volume in zip((9, 10), volumes, strict=True):
        company.order("a", 0, volume, on=f"2026-{month:02}-05")
    assert months(company, "2026-09", "2026-10") == lines


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("goal_award", 'kpi = "pv"\nminimum = 1'),
        ("first_order", "minimum_order = 0"),
        ("rule", 'when = "true"\nper = "referral"'),
    ],
)
@pytest.mark.parametrize("pays", ["prize", "badge"])
def test_whoever_names_an_amount_can_give_a_prize_or_a_badge(tmp_path: Path, kind: str, words: str, pays: str) -> None:
    prize = '\nprize = "A pin"' if pays == "prize" else ""
    company = company_of(tmp_path, bonus(kind, f'{words}\npays = "{pays}"{prize}\nminimum_rank = "silver"'), "a2 b0")
    company.order("b", 10, 0)
    assert company.settle() == 0
    [row] = company.awards()
    assert (row["payee_id"], row["unit"], row["amount"]) == ("a", pays, "1")
    assert because(row).get("prize") == ("A pin" if prize else None)
    assert company.payouts() == {}


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", ["a 2 new 10.00", "b 1 new 20.00"]),
        ("pays_newcomer = true", ["b 2 new 10.00", "new 1 new 20.00"]),
        ('pays_newcomer = true\nminimum_rank = "silver"', ["b 2 new 10.00"]),
        ('pays_newcomer = true\nminimum_rank = "silver"\nrolls_up = true', ["b 1 new 20.00", "b 2 new 10.00"]),
    ],
)
def test_a_fast_start_can_pay_the_newcomer_herself(tmp_path: Path, words: str, lines: list[str]) -> None:
    plan = bonus("fast_start", f'levels = ["20 %", "10 %"]\nwindow_days = 60\n{words}')
    company = company_of(tmp_path, plan, "a2 b2")
    company.person("new", "b", joined="2026-10-01")
    company.order("new", 100, 0)
    assert company.settle() == 0
    assert told(company) == lines


def test_a_fast_start_can_look_at_the_first_order_only(tmp_path: Path) -> None:
    plan = bonus("fast_start", 'levels = ["20 %"]\nwindow_days = 60\nonce = true')
    company = company_of(tmp_path, plan, "a2")
    company.person("new", "a", joined="2026-09-20")
    company.order("new", 100, 0, on="2026-09-25")
    company.order("new", 50, 0)
    assert company.settle("2026-09") == 0
    assert told(company) == ["a 1 new 20.00"]
    assert company.settle() == 0
    assert told(company) == []


PARTS = 'when = "true"\nrate = "100 %"\npaid_now = "75 %"\nrest_in_cycles = [2, 3, 4]'


@pytest.mark.parametrize(
    ("earned", "paid"),
    [
        (1320, ["990.00", "110.00", "110.00", "110.00", ""]),
        ("0.10", ["0.08", "0.01", "0.01", "", ""]),
        ("0.11", ["0.08", "0.01", "0.01", "0.01", ""]),
    ],
)
def test_a_part_is_paid_now_and_the_rest_in_later_cycles(tmp_path: Path, earned: str | int, paid: list[str]) -> None:
    company = company_of(tmp_path, bonus("rule", PARTS))
    company.person("a")
    company.order("a", earned, 0, on="2026-06-05")
    found = months(company, *(f"2026-{month:02}" for month in range(6, 11)))
    assert ["".join(lines).rpartition(" ")[2] for lines in found] == paid
    [row] = company.awards(out="2026-08")
    assert (because(row)["origin"], because(row)["part"]) == ("2026-06", 2)


def test_a_part_can_be_lost_to_who_does_not_earn_the_bonus_then(tmp_path: Path) -> None:
    """Of 1,320 the part of July is lost, in which she is no Silver; those before and after are as ever."""
    words = '\nrest_to_earners = true\nminimum_rank = "silver"\norders = { only = "first" }'
    company = company_of(tmp_path, bonus("rule", PARTS.replace("person", "order") + words))
    company.person("a")
    company.order("a", 1320, 2, on="2026-06-05")
    for month in ("08", "09", "10"):
        company.order("a", 0, 2, on=f"2026-{month}-05")
    found = months(company, *(f"2026-{month:02}" for month in range(6, 11)))
    assert ["".join(lines).rpartition(" ")[2] for lines in found] == ["990.00", "", "110.00", "110.00", ""]


def test_parts_are_paid_whatever_her_rank_is_then_unless_she_left(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("rule", PARTS + '\nminimum_rank = "silver"'))
    for person in "ab":
        company.person(person)
        company.order(person, 100, 2, on="2026-09-05")
    assert company.settle("2026-09", out="before") == 0
    left = {"a": "active", "b": "terminated"}
    rows = [f"{person},,2026-01-01,ES,es,{person},{status}" for person, status in left.items()]
    (tmp_path / "people.csv").write_text("\n".join(["id,sponsor_id,joined_on,country,language,name,status", *rows, ""]))
    files = [
        word
        for name in ("plan.toml", "people.csv", "products.csv", "orders.csv")
        for word in (f"--{name.partition('.')[0]}", str(tmp_path / name))
    ]
    carry = ["--carry", str(tmp_path / "before")]
    assert main(["settle", "--cycle", "2026-10", "--out", str(tmp_path / "out"), *carry, *files]) == 0
    assert told(company) == ["a 0 - 8.33"]


def test_parts_are_paid_when_the_plan_has_the_bonus_no_more(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("rule", PARTS))
    company.person("a")
    company.order("a", 100, 0, on="2026-09-05")
    assert company.settle("2026-09", out="before") == 0
    company.plan = company_of(tmp_path, bonus("unilevel", 'levels = ["5 %"]', "other")).plan
    assert company.settle("2026-10", "--carry", str(tmp_path / "before")) == 0
    assert told(company, "it") == ["a 0 - 8.33"]


def test_parts_of_two_origins_come_together(tmp_path: Path) -> None:
    company = company_of(tmp_path, bonus("rule", PARTS.replace("[2, 3, 4]", "[2, 3]")))
    company.person("a")
    company.order("a", 100, 0, on="2026-08-05")
    company.order("a", 200, 0, on="2026-09-05")
    found = months(company, "2026-08", "2026-09", "2026-10", "2026-11")
    assert found == [["a 0 a 75.00"], ["a 0 - 12.50", "a 0 a 150.00"], ["a 0 - 12.50", "a 0 - 25.00"], ["a 0 - 25.00"]]
