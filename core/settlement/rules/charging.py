"""What returns take back of lines that were paid for their sales, by the plan's `amount`.

A sale of 100 paid 5.00 at 5 %; half of it is returned. That cycle the person earned 40.00 on 1,000 with this bonus:

| amount          | charged | because                                  |
| --------------- | ------- | ---------------------------------------- |
| original_lines  | -2.50   | half of what the line paid               |
| average_percent | -2.00   | 4 %, her average of that cycle, of 50    |

A line without a base, such as an amount for a first order, is charged back by `original_lines` either way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl

from core.bonuses.rules.rounding import rounded_one
from core.plan.model import RoundingSpec
from core.settlement.model import POSTED
from core.settlement.rules.returning import shares

Bases = Callable[[str], Mapping[str, int]]
"""The bases of orders by id, as a bonus counts them."""
LINE = ("cycle", "person_id", "bonus", "unit")
"""What an average is taken over."""


@dataclass(frozen=True, slots=True)
class Charge:
    """So much of one line is taken back for one return."""

    line: Mapping[str, Any]
    """As `POSTED` says."""
    order: str
    """The return."""
    share: Fraction
    """So much of the sale it brought back."""
    exact: Fraction
    """In the smallest units, below zero where the line was above."""
    amount: int
    average: Fraction | None
    """Percentage of the base, where that decides."""


@dataclass(frozen=True, slots=True)
class Charged:
    """What a cycle's returns take back."""

    charges: tuple[Charge, ...]
    posted: pl.DataFrame
    """The lines with what has been taken so far."""


def charged(
    posted: pl.DataFrame, charging: pl.DataFrame, bases: Bases, *, by_average: bool, rounding: RoundingSpec
) -> Charged:
    """Charge lines back.

    Args:
        posted: as `POSTED` says, this cycle's lines among them.
        charging: returns until the cycle's end: order_id, sale, returned_at, by sale, time and id.
        rounding: how the plan rounds.
    """
    returns: dict[str, list[str]] = {}
    for order, sale in charging.select("order_id", "sale").iter_rows():
        returns.setdefault(sale, []).append(order)
    open_ = posted.with_row_index("row").filter(pl.col("order_id").is_in(list(returns)))
    averages = _averages(posted, open_) if by_average else {}
    found, taken = [], posted["taken"].to_numpy().copy()
    known: dict[tuple[str, str], list[Fraction]] = {}
    for line in open_.iter_rows(named=True):
        bonus, sale = line["bonus"], line["order_id"]
        if (bonus, sale) not in known:
            its = bases(bonus)
            known[bonus, sale] = shares(its.get(sale, 0), [its.get(order, 0) for order in returns[sale]])
        average = averages.get(tuple(line[name] for name in LINE)) if line["base"] is not None else None
        charges = list(_of_line(line, returns[sale], known[bonus, sale], average, rounding))
        found += charges
        taken[line["row"]] -= sum(one.amount for one in charges)
    return Charged(tuple(found), posted.with_columns(pl.Series("taken", taken)).select(list(POSTED)))


def _averages(posted: pl.DataFrame, lines: pl.DataFrame) -> dict[tuple[str, ...], Fraction]:
    """Smallest units for one unit of the base, over all lines of a person, bonus and cycle that have a base."""
    asked = posted.join(lines.select(LINE).unique(), on=LINE, how="semi").filter(pl.col("base").is_not_null())
    sums = asked.group_by(LINE).agg(pl.col("amount", "base").sum())
    return {row[:4]: Fraction(row[4], row[5]) for row in sums.iter_rows() if row[5]}


def _of_line(
    line: Mapping[str, Any],
    returns: Sequence[str],
    after: Sequence[Fraction],
    average: Fraction | None,
    rounding: RoundingSpec,
) -> Iterator[Charge]:
    """One charge for each return that takes something; what earlier cycles have taken is left out.

    A line that has changed since, and on which too much was taken, gets the rest back.

    Args:
        after: so much of the sale is returned after each of the returns.
    """
    worth = Fraction(line["amount"]) if average is None else average * line["base"]
    sign = -1 if worth < 0 else 1
    done, before = sign * line["taken"], Fraction(0)
    due = done
    for order, share in zip(returns, after, strict=True):
        due = rounded_one(sign * worth * share, rounding.mode, rounding.step(line["unit"]))
        if worth == line["amount"] and (share == 1 or due > abs(worth)):
            due = abs(line["amount"])  # an earlier plan may have paid finer steps
        if due > done:
            exact = -worth * (share - before)
            yield Charge(line, order, share - before, exact, -sign * (due - done), average)
            done = due
        before = share
    if due < done:
        rest = sign * (done - due)
        yield Charge(line, returns[-1], before, Fraction(rest), rest, average)
