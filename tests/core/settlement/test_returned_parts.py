"""Returns of sales that are paid in parts: first the parts that still wait are taken, then what was paid."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from core.settlement.model import CarryUnfit
from core.settlement.past import history
from core.settlement.past.carrying import read_parts, write_parts
from core.settlement.past.handing_on import carried_out
from core.settlement.past.part_columns import NAMES
from core.settlement.running import Outcome
from core.settlement.telling.teller import Award, Teller
from i18n.translator import translator
from tests.core.settlement.returned_parts import POLICY, RECOMPUTED, RETURNED, Agency, agency

DOCUMENTED = [
    ("nothing", (), ["612.00", "0.00", "68.00", "68.00", "68.00", "0.00"], "816.00"),
    ("800 in the same month", ((1, 800),), ["272.00", "0.00", "0.00", "0.00", "0.00", "0.00"], "272.00"),
    ("800 in the second", ((2, 800),), ["612.00", "-340.00", "0.00", "0.00", "0.00", "0.00"], "272.00"),
    ("800 in the fourth", ((4, 800),), ["612.00", "0.00", "68.00", "-408.00", "0.00", "0.00"], "272.00"),
    ("800 in the sixth", ((6, 800),), ["612.00", "0.00", "68.00", "68.00", "68.00", "-544.00"], "272.00"),
    ("100 in the second", ((2, 100),), ["612.00", "0.00", "45.33", "45.33", "45.34", "0.00"], "748.00"),
    ("and 100 in the fourth", ((2, 100), (4, 100)), ["612.00", "0.00", "45.33", "22.66", "0.01", "0.00"], "680.00"),
]


@pytest.mark.parametrize(("what", "back", "paid", "altogether"), DOCUMENTED)
def test_what_comes_back_is_taken_of_the_parts_that_wait_first(
    what: str, back: Sequence[tuple[int, int]], paid: list[str], altogether: str
) -> None:
    assert agency(back=back).months(6) == paid
    page = Path("docs/plan-language.md").read_text(encoding="utf-8")
    told = " | ".join("-" if one == "0.00" else one for one in paid)
    assert f"| {what} | {told} | {altogether} |" in page


@pytest.mark.parametrize("amount", ["average_percent", "original_lines"])
def test_returns_of_one_sale_take_no_more_than_the_sale(amount: str) -> None:
    found = agency(POLICY + RETURNED.replace("original_lines", amount), ((2, 500), (3, 500), (4, 500)))
    assert found.months(5) == ["612.00", "-136.00", "-340.00", "-136.00", "0.00"]


def test_a_return_takes_of_the_parts_of_its_own_sale_alone() -> None:
    found = agency(back=((2, 1200),))
    found.sold(1200, date(2026, 1, 9))
    assert found.months(5) == ["1224.00", "-612.00", "68.00", "68.00", "68.00"]


@pytest.mark.parametrize("month", [2, 4, 6])
def test_what_is_recomputed_is_as_if_it_had_never_been_sold(month: int) -> None:
    """Each month ends in the same sum, whatever waits."""
    found = agency(POLICY + RECOMPUTED, ((month, 800),))
    paid = found.months(6)
    assert f"{sum(map(float, paid)):.2f}" == "272.00"
    assert paid[month - 1] == {2: "-408.00", 4: "-430.66", 6: "-544.00"}[month]
    assert paid[month:] == {2: ["22.67", "22.67", "22.66", "0.00"], 4: ["22.66", "0.00"], 6: []}[month]


LATE = '\n[late_orders]\nsettled_in = "own_period"\nchange_others = {others}\n'


@pytest.mark.parametrize("others", ["true", "false"])
@pytest.mark.parametrize(
    ("paid_on", "paid"),
    [
        (date(2026, 2, 20), ["0.00", "612.00", "68.00", "68.00", "68.00"]),
        (date(2026, 4, 20), ["0.00", "0.00", "0.00", "748.00", "68.00"]),
    ],
)
def test_a_late_order_is_paid_in_parts_too_and_those_that_were_due_at_once(
    others: str, paid_on: date, paid: list[str]
) -> None:
    found = Agency(POLICY + RETURNED + LATE.format(others=others))
    found.sold(1200, date(2026, 1, 5), paid_on)
    assert found.months(5) == paid


@pytest.mark.parametrize("paid", [2, 4])
def test_a_late_order_can_come_back_too(paid: int) -> None:
    found = Agency(POLICY + RETURNED + LATE.format(others="true"))
    policy = found.sold(1200, date(2026, 1, 5), date(2026, paid, 20))
    found.returned(policy, 800, date(2026, 5, 20))
    assert f"{sum(map(float, found.months(6))):.2f}" == "272.00"


@pytest.mark.parametrize(
    ("left", "back", "paid"),
    [
        (3, 2, ["612.00", "-340.00", "0.00", "0.00", "0.00"]),
        (3, 4, ["612.00", "0.00", "0.00", "-408.00", "0.00"]),
        (4, 4, ["612.00", "0.00", "68.00", "-453.33", "0.00"]),
    ],
)
def test_parts_that_were_lost_are_not_charged(left: int, back: int, paid: list[str]) -> None:
    """Who has left keeps a third of what she was paid, 612 or 680, and nothing waits."""
    found = agency(back=((back, 800),))
    found.left = left
    assert found.months(5) == paid


def test_a_part_that_she_does_not_earn_is_lost_and_does_not_come_back() -> None:
    """748 count, of which two thirds come back: 136 of the parts that wait, and 362.67."""
    asks = 'rest_to_earners = true\nearner = [{ kpi = "sold", minimum = 1 }]\n'
    sold = '\n[kpis.sold]\nlabel = "Sold"\nmeasure = "cv"\nover = "frontline"\n'
    found = agency(sold + POLICY + asks + RETURNED, ((4, 800),))
    found.sold(1000, date(2026, 4, 2))
    paid = found.months(5)
    assert paid[:3] == ["612.00", "0.00", "0.00"]
    assert paid[3] == f"{510 + 68 - (498.67 - 68):.2f}"


@pytest.mark.parametrize(
    ("left", "paid"),
    [
        (13, ["612.00", "0.00", "68.00", "-408.00", "0.00"]),
        (2, ["612.00", "0.00", "0.00", "-408.00", "0.00"]),
        (4, ["612.00", "0.00", "68.00", "-453.33", "0.00"]),
    ],
)
def test_parts_of_a_bonus_that_is_no_more_are_paid_lost_and_taken_alike(left: int, paid: list[str]) -> None:
    found = agency(back=((4, 800),))
    found.later, found.left = POLICY.replace("policies", "others") + RETURNED, left
    assert found.months(5) == paid


def test_of_a_sample_parts_of_others_follow_where_a_cap_looks_at_them() -> None:
    """The client's late part of April counts for what the company may pay in all, of which the agent is asked."""
    capped = '\n[[caps]]\ncode = "all"\nper = "company"\nshare = "5 %"\nshare_of = "price"\n'
    plan = POLICY.replace('["68 %"]', '["68 %", "10 %"]') + capped + RETURNED + LATE.format(others="true")
    found = Agency(plan, buyer=2, asked=frozenset({0}))
    found.sold(1200, date(2026, 1, 5))
    found.sold(700, date(2026, 1, 9), date(2026, 4, 20))
    found.sold(1000, date(2026, 4, 5))
    found.months(4)
    assert {one.bonus.code for one in found.outcomes[3].settled if one.lines.size} == {"policies", "all"}


def test_every_return_says_what_it_took_of_parts() -> None:
    found = agency(back=((2, 100), (4, 700)))
    found.months(4)
    because = [one.corrections["because"].to_list() for one in found.outcomes]
    assert [len(one) for one in because] == [0, 1, 0, 1]
    assert '"waits_less":"68"' in because[1][0]
    assert "waits_no_more" not in because[1][0]
    assert '"waits_less":"136/3","waits_no_more":true' in because[3][0]


def test_lines_of_an_earlier_version_are_read_where_nothing_waits(tmp_path: Path) -> None:
    """Where parts wait they are refused: nobody knows whose they are."""
    found = agency(POLICY + RETURNED + LATE.format(others="true"))
    found.months(1)
    left = carried_out(found.outcomes[0])
    write_parts(tmp_path, left)
    assert read_parts(tmp_path).posted.equals(left.posted)
    of_old = left.posted.drop(NAMES)
    of_old.write_parquet(tmp_path / "carry_awards.parquet")
    with pytest.raises(CarryUnfit) as refused:
        read_parts(tmp_path)
    assert refused.value.facts == {"found": "carry_awards.parquet", "expected": "cut, kept, off, owed, parts, rest"}
    write_parts(tmp_path, replace(left, due=left.due.clear()))
    of_old.write_parquet(tmp_path / "carry_awards.parquet")
    assert read_parts(tmp_path).posted["rest"].to_list() == [None]


def test_files_have_no_columns_of_parts_where_nobody_is_paid_in_parts(tmp_path: Path) -> None:
    found = agency(POLICY.split("paid_now")[0] + RETURNED)
    found.months(1)
    left = carried_out(found.outcomes[0])
    write_parts(tmp_path, left)
    assert not set(NAMES) & pl.read_parquet_schema(tmp_path / "carry_awards.parquet").keys()
    assert read_parts(tmp_path).posted.equals(left.posted)


def test_a_past_cycle_of_an_earlier_version_is_refused_where_it_left_parts(tmp_path: Path) -> None:
    found = agency(POLICY + RETURNED + LATE.format(others="true"))
    found.months(1)
    past = carried_out(found.outcomes[0]).past
    history.write(tmp_path, past, write_parts)
    [read] = history.read(tmp_path, read_parts)
    assert read.parts.equals(past[0].parts)
    (tmp_path / "history/2026-01/parts.parquet").unlink()
    with pytest.raises(CarryUnfit):
        history.read(tmp_path, read_parts)
    plan = tmp_path / "history/2026-01/plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").split("paid_now")[0], encoding="utf-8")
    assert history.read(tmp_path, read_parts)[0].parts.is_empty()


def test_the_reasons_of_parts_are_told() -> None:
    found = agency(POLICY + RETURNED + LATE.format(others="true"), ((2, 100), (3, 700)))
    found.sold(600, date(2026, 1, 9), date(2026, 4, 20))
    found.months(4)
    told = [told_of(one) for one in found.outcomes]
    assert "$68.00 is taken from what is still to come in later cycles, and not charged." in told[1]
    gone = "≈ $90.666667 was still to come in later cycles: it is not paid any more, and not charged either."
    assert gone in told[2]
    assert "By what is known now, the parts of January 2026 that were due before pay you $34.00 more." in told[3]


def told_of(outcome: Outcome) -> list[str]:
    """All sentences of a run's corrections."""
    teller = Teller(outcome.plan, translator("en"), str, lambda _: None)
    return [
        sentence
        for row in outcome.corrections.iter_rows(named=True)
        for sentence in teller.told(
            Award(row["person_id"], row["bonus"], row["unit"], row["amount_minor"], json.loads(row["because"]))
        )
    ]
