"""Hypothesis strategies: what a company knows month by month, and how its plan pays, takes back and settles late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from hypothesis import strategies as st

from core.settlement.model import ADJUSTMENTS, LINES, ORDERS, Company, framed
from tests.core.settlement.random_people import companies

DAY = 86_400_000_000
FIGURES = ("amount_minor", "cv", "qv", "points", "margin_minor")
CURRENCIES = ("USD", "EUR")


@dataclass(frozen=True)
class Months:
    """A company, and what is known of its orders when each cycle is settled."""

    company: Company
    gone: Mapping[str, int]
    """Orders that are no more in the files from a cycle on."""

    def known(self, number: int, until: int) -> Company:
        """What is known when the cycle of that number is settled: payments until a moment.

        Args:
            until: microseconds.
        """
        orders = self.company.orders
        there = [self.gone.get(one, number) >= number for one in orders["order_id"].to_list()]
        paid = pl.when(pl.col("paid_at") < until).then(pl.col("paid_at"))
        orders = orders.filter(pl.Series(there, dtype=pl.Boolean)).with_columns(paid.alias("paid_at"))
        return replace(self.company, orders=orders)


@st.composite
def months(draw: st.DrawFn) -> Months:
    """Sales that are paid late, come back in parts or wholly, or vanish; and corrections by hand."""
    company = draw(companies())
    orders = [dict(row) for row in company.orders.iter_rows(named=True)]
    lines = [dict(row) for row in company.lines.iter_rows(named=True)]
    for row in list(orders):
        if row["paid_at"] is not None and row["kind"] == "sale":
            row["paid_at"] += draw(st.sampled_from((0, 0, 0, 5, 20, 40))) * DAY
            if draw(st.integers(0, 3)) == 0:
                _come_back(draw, row, orders, lines, company.people.height)
    gone = {row["order_id"]: 1 for row in orders if draw(st.integers(0, 14)) == 0}
    frame = framed(ORDERS, _columns(orders)).sort("ordered_at", "order_id")
    people = company.people["code"].to_list()
    by_hand = draw(st.lists(st.tuples(st.sampled_from(people), st.sampled_from(CURRENCIES),
                                      st.integers(-900, 400), st.just("by hand")), max_size=2))  # fmt: skip
    adjustments = pl.DataFrame(by_hand, schema=dict(ADJUSTMENTS), orient="row")
    return Months(replace(company, orders=frame, lines=framed(LINES, _columns(lines)), adjustments=adjustments), gone)


def _come_back(draw: st.DrawFn, sale: Mapping[str, Any], orders: list[Any], lines: list[Any], people: int) -> None:
    """One return or two of a sale: of all its lines the same part, now and then by somebody else."""
    for number in range(draw(st.integers(1, 2))):
        share = draw(st.sampled_from((1, 2, 3)))
        name = f"{sale['order_id']}-{number}"
        at = sale["ordered_at"] + draw(st.sampled_from((1, 20, 33))) * DAY
        theirs = [row for row in lines if row["order_id"] == sale["order_id"]]
        less = (*FIGURES, "pieces")
        back = [row | {"order_id": name} | {word: -(row[word] // share) for word in less} for row in theirs]
        figures = {word: sum(row[word] for row in back) for word in FIGURES}
        words = {"order_id": name, "kind": "return", "ordered_at": at, "paid_at": at}
        words |= {"person": draw(st.integers(0, people - 1))} if draw(st.integers(0, 7)) == 0 else {}
        orders.append({**sale, **words, **figures, "returns_order_id": sale["order_id"]})
        lines.extend(back)


def _columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


def _words(name: str, words: Mapping[str, str]) -> str:
    lines = "".join(f"{word} = {value}\n" for word, value in words.items())
    return f"\n[{name}]\n{lines}" if words else ""


def _some(of: Mapping[str, Sequence[str]]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({}, optional={word: st.sampled_from(values) for word, values in of.items()})


PAYOUT = _some({
    "minimum": ("4.50", "0.5", "3", "25"), "currency": ("'EUR'", "'USD'"), "expires_after": ("1", "2"),
    "credit": ("'15 %'", "'1/3'", "'100 %'"),
})  # fmt: skip
FEE = st.sampled_from((
    {}, {"fee": "0.10"}, {"fee": "1.5", "fee_from": "4.50"}, {"fee": "1.5", "fee_from": "2"},
    {"fee": "0.01", "fee_from": "50"}, {"fee": "'15 %'"}, {"fee": "'33.3%'", "fee_from": "20"},
))  # fmt: skip
CHARGES = st.sampled_from((
    {}, {}, {"charges": "{ tds = '5 %', admin = '10 %' }"},
    {"charges": "{ tax = { label = 'Tax', rate = '12.5 %' } }"},
    {"charges": "{ one = '0.01 %', two = { label = { en = 'Two', es = 'Dos' }, rate = '33.33 %' } }"},
))  # fmt: skip
LATE = _some({
    "settled_in": ("'own_period'", "'own_period'", "'payment_period'", "'nowhere'"), "cut_off_days": ("3", "10", "30"),
    "change_rank": ("true", "false"), "change_others": ("true", "false"), "rebuild_carry": ("false", "true"),
})  # fmt: skip
RETURNS = _some({
    "within_days": ("10", "30", "60"), "recovery_max": ("'50 %'", "'33 1/3 %'"),
})  # fmt: skip
BACK = st.sampled_from((
    {}, {"amount": "'average_percent'"},
    {"volume_in": "'original_period'"}, {"volume_in": "'original_period'", "rank_again": "true"},
    {"volume_in": "'original_period'", "amount": "'average_percent'"},
    {"volume_in": "'original_period'", "amount": "'recompute'"},
    {"volume_in": "'original_period'", "amount": "'recompute'", "rank_again": "true"},
))  # fmt: skip
mostly = st.sampled_from((True, True, False))
"""Of booleans, what hypothesis draws last is so often the simplest, False, that four plans of five had no returns."""
ADVANCES = """
[calendars.month]
kind = "month"

[calendars.half]
kind = "fortnight"

[advances]
calendar = "half"
share = "75 %"
"""


@st.composite
def terms(draw: st.DrawFn) -> str:
    """How a plan pays, takes back and settles late, as sections to be put to its end."""
    payout = {**draw(PAYOUT), **draw(FEE)}
    payout |= draw(CHARGES)
    off = "%" in payout.get("fee", "") or "charges" in payout or ("fee" in payout and "fee_from" not in payout)
    if off and payout.get("credit") == "'100 %'":
        del payout["credit"]
    text = _words("payout", payout)
    if draw(mostly):
        text += _words("returns", {"amount": "'original_lines'", **draw(RETURNS), **draw(BACK)})
    if draw(mostly):
        text += _words("late_orders", {"change_rank": "true", **draw(LATE)})
    return text + draw(st.sampled_from(("", "", ADVANCES)))
