"""What returns take back of lines that were paid for their sales, by the plan's `amount`.

A sale of 100 paid 5.00 at 5 %; half of it is returned. That cycle the person earned 40.00 on 1,000 with this bonus:

| amount          | charged | because                                  |
| --------------- | ------- | ---------------------------------------- |
| original_lines  | -2.50   | half of what the line paid               |
| average_percent | -2.00   | 4 %, her average of that cycle, of 50    |

A line without a base, such as an amount for a first order, is charged back by `original_lines` either way. Of a line
that is paid in parts, what comes back is taken of those that wait first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import polars as pl

from core.bonuses.rules.rounding import rounded_one
from core.plan.model import RoundingSpec
from core.settlement.model import POSTED
from core.settlement.rules.returning import shares
from core.settlement.rules.waiting_parts import Key, Taken, Waits, changed, key_of

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
    waits: Fraction = Fraction(0)
    """So much was taken of parts for later cycles instead; below zero where they are given some back."""
    waits_no_more: bool = False
    """Whether nothing of it waits any more."""


@dataclass(frozen=True, slots=True)
class Charged:
    """What a cycle's returns take back."""

    charges: tuple[Charge, ...]
    posted: pl.DataFrame
    """The lines with what has been taken so far."""
    parts: Mapping[Key, Taken] = field(default_factory=dict)
    """What is taken of parts for later cycles."""


def charged(
    posted: pl.DataFrame,
    charging: pl.DataFrame,
    bases: Bases,
    waiting: Mapping[Key, int],
    *,
    by_average: bool,
    rounding: RoundingSpec,
) -> Charged:
    """Charge lines back.

    Args:
        posted: as `POSTED` says, this cycle's lines among them.
        charging: returns until the cycle's end: order_id, sale, returned_at, by sale, time and id.
        waiting: how many parts wait for later cycles.
        rounding: how the plan rounds.
    """
    returns: dict[str, list[str]] = {}
    for order, sale in charging.select("order_id", "sale").iter_rows():
        returns.setdefault(sale, []).append(order)
    open_ = posted.with_row_index("row").filter(pl.col("order_id").is_in(list(returns)))
    averages = _averages(posted, open_) if by_average else {}
    found, taken = list[Charge](), posted["taken"].to_numpy().copy()
    told, parts = dict[int, Mapping[str, Any]](), dict[Key, Taken]()
    known: dict[tuple[str, str], list[Fraction]] = {}
    for line in open_.iter_rows(named=True):
        bonus, sale = line["bonus"], line["order_id"]
        if (bonus, sale) not in known:
            its = bases(bonus)
            known[bonus, sale] = shares(its.get(sale, 0), [its.get(order, 0) for order in returns[sale]])
        average = averages.get(tuple(line[name] for name in LINE)) if line["base"] is not None else None
        waits = Waits.of(line, waiting)
        charges = list(_of_line(line, waits, returns[sale], known[bonus, sale], average, rounding))
        found += charges
        sum_ = sum(one.amount for one in charges)
        taken[line["row"]] -= sum_
        if waits is not None:
            less = parts.setdefault(key_of(line), Taken())
            less.cut += sum((one.waits for one in charges), Fraction(0))
            less.residue += Fraction(line["owed"]) - sum_ - waits.owed
            told[line["row"]] = waits.told
    posted = changed(posted, told).with_columns(pl.Series("taken", taken))
    return Charged(tuple(found), posted.select(list(POSTED)), parts)


def _averages(posted: pl.DataFrame, lines: pl.DataFrame) -> dict[tuple[str, ...], Fraction]:
    """Smallest units for one unit of the base, over all lines of a person, bonus and cycle that have a base."""
    asked = posted.join(lines.select(LINE).unique(), on=LINE, how="semi").filter(pl.col("base").is_not_null())
    at_once = pl.when(pl.col("rest").is_null()).then(pl.col("amount")).sum()
    sums = asked.group_by(LINE).agg(at_once, pl.col("base").sum())
    later = dict[tuple[str, ...], Fraction]()
    for line in asked.filter(pl.col("rest").is_not_null()).iter_rows(named=True):
        whose, waits = tuple(line[name] for name in LINE), Waits.of(line, {})
        later[whose] = later.get(whose, Fraction(0)) + (waits.worth(line["amount"]) if waits else 0)
    return {row[:4]: (row[4] + later.get(row[:4], Fraction(0))) / row[5] for row in sums.iter_rows() if row[5]}


def _of_line(
    line: Mapping[str, Any],
    waits: Waits | None,
    returns: Sequence[str],
    after: Sequence[Fraction],
    average: Fraction | None,
    rounding: RoundingSpec,
) -> Iterator[Charge]:
    """One charge for each return that takes something; what earlier cycles have taken is left out.

    A line that has changed since, and on which too much was taken, gets the rest back.

    Args:
        waits: its parts for later cycles, which are kept up; None where it has none.
        after: so much of the sale is returned after each of the returns.
    """
    whole = waits.worth(line["amount"]) if waits else Fraction(line["amount"])
    worth = whole if average is None else average * line["base"]
    sign, step = -1 if worth < 0 else 1, rounding.step(line["unit"])
    done, before, charged_before, given = sign * line["taken"], Fraction(0), Fraction(0), Fraction(0)
    due = done
    for order, share in zip(returns, after, strict=True):
        given = waits.given(worth * share) if waits else given
        exact = worth * share - given
        due = rounded_one(sign * exact, rounding.mode, step)
        if waits is None and worth == whole and (share == 1 or due > abs(worth)):
            due = abs(line["amount"])  # an earlier plan may have paid finer steps
        more = waits.give(given) if waits and sign * given > sign * waits.cut else Fraction(0)
        if due > done or more:
            amount = max(due - done, 0)
            back, gone = charged_before - exact, waits is not None and waits.gone
            yield Charge(line, order, share - before, back, -sign * amount, average, more, gone)
            done += amount
        before, charged_before = share, exact
    more = waits.give(given) if waits else Fraction(0)
    if due < done or more:
        rest = sign * (done - due)
        yield Charge(line, returns[-1], before, Fraction(rest), rest, average, more)
    if waits:
        waits.owed = charged_before
