"""Texts of award lines that are made for a million at once, beside those of a builder that makes one by one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import polars as pl
import pytest

from core.bonuses.arrays import NO_FACT, Fact, Settled
from core.catalog.rules import RateTable
from core.plan.reading import check
from core.settlement.lines.chunks import opened, packed
from core.settlement.lines.columns import LineColumns
from core.settlement.lines.numbers import decimal_text, exact_text, rate_text
from core.settlement.lines.reasons import awards
from core.settlement.model import LINES, ORDERS, PEOPLE, Carried, Company, framed
from core.settlement.running import Outcome, Timings, run
from tests.core.settlement.offline import HEAD, PERSONAL, ladder

PEOPLE_COUNT, NOON = 60, 1_791_201_600_000_000  # 2026-10-05
PLACE = 'place = [{ kpi = "pv", minimum = 20 }]'
BONUSES = f"""
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
levels = ["5 %", "3.33 %", "1 %"]
compression = "static"
{PLACE}
cap = 9

[[bonuses]]
code = "rolled"
kind = "unilevel"
label = "Rolled"
levels = ["2 %", "1 %"]
compression = "roll_up"
minimum_rank = "silver"

[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
rate_by_rank = {{ bronze = "3 %", silver = "5 %" }}
equal_rank = "0.5 %"
unqualified_between = "transparent"

[[bonuses]]
code = "award"
kind = "rank_award"
label = "Award"
amount_by_rank = {{ bronze = 5, silver = 25.55 }}

[[bonuses]]
code = "match"
kind = "matching"
label = "Match"
matches = ["levels"]
levels = ["10 %"]
"""
TEXT = HEAD + PERSONAL + ladder("bronze", "silver").replace("minimum = 1 ", "minimum = 10 ") + BONUSES


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    plan, problems = check(TEXT)
    assert plan is not None, problems
    draw = Random(4)
    rows = [
        (f'p"{at}' if at == 7 else f"p{at}", draw.randrange(max(0, at - 4), at) if at else -1, *role(draw))
        for at in range(PEOPLE_COUNT)
    ]
    code, sponsor, kind, status = zip(*rows, strict=True)
    people = framed(
        PEOPLE,
        {
            "code": code,
            "sponsor": sponsor,
            "kind": kind,
            "status": status,
            "joined_on": [date(2026, 1, 1)] * len(rows),
        },
    )
    bought = [
        (f"o{at:03}", draw.randrange(PEOPLE_COUNT), *sale(draw), NOON, NOON, "USD", 0, 0, None) for at in range(90)
    ]
    names = ("order_id", "person", "kind", "cv", "qv", "ordered_at", "paid_at", "currency", "amount_minor", "points")
    orders = framed(ORDERS, dict(zip((*names, "returns_order_id"), zip(*bought, strict=True), strict=True)))
    company = Company(people, orders, framed(LINES, {}), {})
    quiet = Timings({}, lambda _line: None)
    return run(company, plan, RateTable(()), "2026-10", calendar=None, carried=Carried(), timings=quiet)


def role(draw: Random) -> tuple[str, str]:
    roles = [("distributor", "active")] * 6 + [("customer", "active"), ("distributor", "suspended")]
    return draw.choice(roles)


def sale(draw: Random) -> tuple[str, int, int]:
    kind = draw.choice(["sale"] * 6 + ["return"])
    sign = 1 if kind == "sale" else -1
    return kind, sign * draw.choice((333_333, 1_000_003, 4_000_000)), sign * draw.choice((50_000, 150_000, 300_000))


class Plain:
    """One line after the other."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.network = outcome, outcome.standings.network
        self.codes = [outcome.company.people["code"][place] for place in self.network.place.tolist()]
        self.kinds = [outcome.company.people["kind"][place] for place in self.network.place.tolist()]

    def rows(self) -> list[tuple[Any, ...]]:
        place = self.network.place
        found = []
        for turn, one in enumerate(self.outcome.settled):
            for at in range(one.lines.size):
                payee, source = int(one.lines.payee[at]), int(one.lines.source[at])
                key = (int(place[payee]), turn, int(one.lines.order[at]), -1 if source < 0 else int(place[source]))
                found.append(((*key, int(one.lines.level[at]), at), self.row(one, at)))
        return [row for _, row in sorted(found, key=lambda each: each[0])]

    def row(self, one: Settled, at: int) -> tuple[Any, ...]:
        lines = one.lines
        source, order, level, rate = (int(each[at]) for each in (lines.source, lines.order, lines.level, lines.rate))
        base = decimal_text(int(lines.base[at]), lines.decimals, trimmed=True) if rate >= 0 else None
        return (
            self.codes[int(lines.payee[at])],
            one.bonus.code,
            one.unit.code,
            decimal_text(int(one.amount[at]), one.unit.digits),
            self.codes[source] if source >= 0 else None,
            self.outcome.company.orders["order_id"][order] if order >= 0 else None,
            str(level) if level > 0 else None,
            base,
            rate_text(lines.rates[rate]) if rate >= 0 else None,
            json.dumps(self.because(one, at, base), ensure_ascii=False, separators=(",", ":")),
        )

    def because(self, one: Settled, at: int, base: str | None) -> dict[str, Any]:
        lines, plan = one.lines, self.outcome.plan
        told: dict[str, Any] = {"plan": f"{plan.code} {plan.version}", "kind": one.bonus.kind}
        if lines.order[at] >= 0:
            told["order"] = self.outcome.company.orders["order_id"][int(lines.order[at])]
        elif lines.source[at] >= 0:
            whose = "leg" if one.bonus.kind == "differential" and lines.level[at] else "of"
            told[whose] = self.codes[int(lines.source[at])]
        if lines.level[at] > 0:
            told["level"] = int(lines.level[at])
        held = int(self.network.paid[int(lines.payee[at])])
        told["rank"] = plan.ranks[held - 1].code if held else None
        if base is not None:
            told |= {"base": base, "rate": rate_text(lines.rates[int(lines.rate[at])])}
        told |= {word: value(fact, at) for word, fact in lines.facts.items() if int(fact.values[at]) != NO_FACT}
        passed = list(self.passed(one, int(lines.below[at]), int(lines.payee[at])))
        if passed:
            told |= {"skipped": dict(passed[:10]), "skipped_count": len(passed)}
        told["exact"] = exact_text(Fraction(int(lines.units[at]), lines.denominator * 10**one.unit.digits))
        return told | {"rounding": f"{plan.rounding.mode} by {plan.rounding.by}"}

    def passed(self, one: Settled, below: int, payee: int) -> Iterator[tuple[str, str]]:
        node = -1 if below < 0 else int(self.network.parent[below])
        while node not in (-1, payee):
            yield self.codes[node], self.why(one, node)
            node = int(self.network.parent[node])

    def why(self, one: Settled, node: int) -> str:
        if self.kinds[node] == "customer":
            return "customer"
        if not self.network.earns[node]:
            return "suspended"
        if one.bonus.code == "levels" and int(self.outcome.standings.kpi("pv")[node]) < 200_000:
            return "place"
        return "rank" if self.network.paid[node] < 2 and one.bonus.code == "rolled" else "depth"


def value(fact: Fact, at: int) -> Any:
    number = int(fact.values[at])
    if fact.how == "money":
        return decimal_text(number, fact.decimals)
    return rate_text(fact.table[number]) if fact.how == "rate" else fact.table[number]


def test_many_lines_are_told_as_each_is(outcome: Outcome) -> None:
    columns = LineColumns(outcome)
    found = awards(columns.at(0, columns.size)).rows()
    assert found == Plain(outcome).rows()
    texts = [row[-1] for row in found]
    for word in ('"customer"', '"suspended"', '"place"', '"rank":"', '"less":', '"cap":', 'p\\"7'):
        assert any(word in text for text in texts), word


def test_chunks_hold_all_lines_in_turn_and_tell_them_alike(outcome: Outcome) -> None:
    columns = LineColumns(outcome)
    chunks = list(packed(outcome, 50))
    assert len(chunks) > 3 and {chunk.lines for chunk in chunks[:-1]} == {50}
    whole = pl.concat([opened(chunk.data) for chunk in chunks])
    expected = awards(columns.at(0, columns.size))
    assert whole.drop("amount_minor").equals(expected)
    assert whole["amount_minor"].sum() == sum(int(one.amount.sum()) for one in outcome.settled)
    for before, after in pairwise(chunks):
        assert before.first <= before.last <= after.first
    payee = chunks[1].first_code
    mine = pl.concat([opened(chunk.data, payee) for chunk in chunks])
    assert mine.drop("amount_minor").equals(expected.filter(pl.col("payee_id") == payee))


def test_the_same_run_is_packed_into_the_same_bytes(outcome: Outcome) -> None:
    assert [chunk.data for chunk in packed(outcome)] == [chunk.data for chunk in packed(outcome)]


def test_a_run_without_lines_has_no_chunk(outcome: Outcome) -> None:
    assert list(packed(replace(outcome, settled=()))) == []
    assert awards(LineColumns(replace(outcome, settled=())).at(0, 10)).is_empty()
