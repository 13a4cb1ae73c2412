"""What returns take back of lines that name orders, and the lines that the next cycle's returns can take back.

Of a line of 1.01 of whose sale one half comes back and then the other, 0.51 and 0.50 are taken: what all returns so far
come to is rounded once, and what earlier ones took is taken off.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any

import polars as pl

from core.settlement.second.alone import NAMING
from core.settlement.second.case import OF_LINES, OF_ORDERS, Case
from core.settlement.second.days import Cycle
from core.settlement.second.engine import Result
from core.settlement.second.model import AMOUNT
from core.settlement.second.plan import Bonus, Words
from core.settlement.second.rounding import rounded
from core.settlement.second.whole.counting import Back
from core.settlement.second.whole.model import RETURN, Correction
from core.settlement.second.whole.waits import Kept, Later, beyond, knowing, lost, waiting

PRICE = "amount_minor"


@dataclass(frozen=True, slots=True)
class Charged:
    """What a cycle's returns take back, and the lines that stay open."""

    corrections: list[Correction] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    waits: list[dict[str, Any]] = field(default_factory=list)
    """What waits for later cycles."""


def charged(result: Result, backs: Sequence[Back], before: pl.DataFrame) -> Charged:
    """Charge this cycle's lines and earlier ones.

    Args:
        before: the lines that earlier cycles left open.
    """
    case = result.case
    words = case.plan.inner("returns")
    waits = waiting(result)
    if not case.plan.has("returns") or words.text("amount", "original_lines") == "recompute":
        return Charged(waits=waits)
    known = [one for one in backs if one.at < case.cycle.end]
    gone = lost(result)
    lines = [*(knowing(one, gone) for one in before.iter_rows(named=True)), *named(result)]
    kept = Kept(waits)
    charging = Charging(case, known, lines if words.text("amount") == "average_percent" else (), kept)
    found = [one for line in lines for one in charging.of(line)]
    return Charged(found, [line for line in lines if _open(line, words, case.cycle)], list(kept.left()))


def named(result: Result) -> Iterator[dict[str, Any]]:
    """This cycle's lines that name an order."""
    case = result.case
    ids, codes = case.inputs.bought["order_id"], case.people.code
    dropped = {whose for cut in result.cuts for whose in cut.cap.dropped}
    for settled in result.bonuses.values():
        bonus = settled.bonus
        if not names_orders(bonus):
            continue
        units = 10 ** case.base_digits(bonus)
        bases = {one.number: one.base * units for one in result.bases.of(bonus)}
        for one in settled.paid:
            line = one.line
            paid = (bonus.code, settled.unit, line.payee) not in dropped
            if line.order >= 0 and (paid or bonus.has("rest_in_cycles")) and result.asks(line.payee):
                yield {
                    "cycle": case.cycle.code, "person_id": codes[line.payee], "bonus": bonus.code,
                    "unit": settled.unit, "amount": one.amount if paid else 0,
                    "source_person_id": codes[line.source] if line.source >= 0 else None,
                    "order_id": ids[line.order], "level": line.level,
                    "base": None if line.rate == AMOUNT else int(bases[line.order]), "taken": 0,
                    **beyond(bonus, line.exact, one.amount),
                }  # fmt: skip


def names_orders(bonus: Bonus) -> bool:
    """Whether each of its lines is for one order."""
    if bonus.base not in OF_ORDERS:
        return False
    return bonus.text("per") == "order" if bonus.kind == "rule" else bonus.kind in NAMING


def _open(line: Mapping[str, Any], words: Words, cycle: Cycle) -> bool:
    """Whether its sale can still come back after the cycle."""
    if not words.has("within_days"):
        return True
    its = Cycle.named(cycle.kind, cycle.zone.key, line["cycle"])
    return its.after + timedelta(days=words.whole("within_days")) > cycle.after


class Charging:
    """The returns of one cycle against lines."""

    def __init__(self, case: Case, backs: Iterable[Back], averaged: Iterable[dict[str, Any]], kept: Kept) -> None:
        self.case, self.kept = case, kept
        self.backs: dict[str, list[str]] = {}
        for back in backs:
            self.backs.setdefault(back.sale, []).append(back.order)
        self.sums: dict[tuple[str, ...], list[Fraction]] = {}
        for line in averaged:
            if line["base"] is not None:
                known = self.sums.setdefault(_whose(line), [Fraction(0), Fraction(0)])
                known[0] += _paid_in_all(line)
                known[1] += line["base"]
        self._shares: dict[tuple[str, str], list[Fraction]] = {}
        self._figures: dict[str, dict[str, int]] = {}

    def of(self, line: dict[str, Any]) -> Iterator[Correction]:
        """What is taken of one line by each return that takes something; `taken` is kept up."""
        returns = self.backs.get(line["order_id"], [])
        if not returns:
            return
        worth = self._worth(line)
        if line["rest"] is not None:
            yield from self._of_parts(line, worth, returns)
            return
        sign = -1 if worth < 0 else 1
        done, due = line["taken"], line["taken"]
        for order, share in zip(returns, self._returned(line["bonus"], line["order_id"]), strict=True):
            due = self._due(line, worth, share)
            if sign * due > sign * done:
                yield _correction(line, order, done - due)
                done = due
        if due != done:
            yield _correction(line, returns[-1], done - due)
        line["taken"] = due

    def _of_parts(self, line: dict[str, Any], worth: Fraction, returns: Sequence[str]) -> Iterator[Correction]:
        """The same of a line that is paid in parts, of which those that wait are taken first."""
        case, sign = self.case, -1 if worth < 0 else 1
        later, was = Later.of(line, self.kept.waiting(line)), Fraction(line["cut"])
        done = due = line["taken"]
        cut, owed = later.cut, Fraction(0)
        for order, share in zip(returns, self._returned(line["bonus"], line["order_id"]), strict=True):
            cut = later.gives(worth * share)
            owed = worth * share - cut
            due = rounded(owed, case.mode, case.step(line["unit"]))
            charges, waits_less = sign * due > sign * done, sign * cut > sign * later.cut
            if charges or waits_less:
                yield _correction(line, order, done - due if charges else 0)
            done = due if charges else done
            later = later.after(cut) if waits_less else later
        if due != done or cut != later.cut:
            yield _correction(line, returns[-1], done - due)
            later = later.after(cut)
        self.kept.take(line, cut - was, (due - line["taken"]) - (owed - Fraction(line["owed"])))
        line |= {"taken": due, "off": str(later.off), "cut": str(cut), "owed": str(owed)}

    def _due(self, line: Mapping[str, Any], worth: Fraction, share: Fraction) -> int:
        """So much of it, in the steps that the plan pays; all that was paid, where an earlier plan paid others."""
        due = rounded(worth * share, self.case.mode, self.case.step(line["unit"]))
        if worth != line["amount"] or (share < 1 and abs(due) < abs(worth)):
            return due
        return int(line["amount"])

    def _worth(self, line: dict[str, Any]) -> Fraction:
        """What the line paid for its sale, or by her average of that cycle what the sale brought her."""
        amount, base = self.sums.get(_whose(line), (Fraction(0), Fraction(0)))
        if line["base"] is None or not base:
            return _paid_in_all(line)
        return amount / base * int(line["base"])

    def _returned(self, bonus: str, sale: str) -> list[Fraction]:
        """How much of the sale had come back after each of its returns, at most all of it."""
        if (bonus, sale) not in self._shares:
            figures, sum_, shares = self._figure(bonus), 0, []
            whole = figures.get(sale, 0)
            for order in self.backs[sale]:
                sum_ -= figures.get(order, 0)
                shares.append(min(Fraction(1), max(Fraction(0), Fraction(sum_, whole))) if whole > 0 else Fraction(1))
            self._shares[bonus, sale] = shares
        return self._shares[bonus, sale]

    def _figure(self, code: str) -> dict[str, int]:
        """Of every sale and return the figure of which the bonus is a share."""
        if code not in self._figures:
            inputs = self.case.inputs
            asked = [*self.backs, *(order for orders in self.backs.values() for order in orders)]
            known = (Bonus(one) for one in self.case.plan.table.get("bonuses", ()))
            bonus = next((one for one in known if one.code == code), Bonus({"base": "price"}))
            column = OF_LINES.get(bonus.base, PRICE)
            by_line = bonus.by_product or bonus.base == "pieces"
            rows = inputs.lines if by_line else inputs.orders
            found: dict[str, int] = {}
            for row in rows.filter(pl.col("order_id").is_in(asked)).iter_rows(named=True):
                if not bonus.by_product or _counts(bonus, row["sku"]):
                    found[row["order_id"]] = found.get(row["order_id"], 0) + row[column]
            self._figures[code] = found
        return self._figures[code]


def _counts(bonus: Bonus, sku: str) -> bool:
    only = bonus.orders.texts("products")
    return (not only or sku in only) and sku not in bonus.orders.texts("without_products")


def _paid_in_all(line: dict[str, Any]) -> Fraction:
    """What a line pays in its own cycle and later ones, as if nothing had come back."""
    if line["rest"] is None:
        return Fraction(line["amount"])
    return Fraction(line["kept"]) * (int(line["amount"]) + Fraction(line["rest"]))


def _whose(line: Mapping[str, Any]) -> tuple[str, ...]:
    return line["cycle"], line["person_id"], line["bonus"], line["unit"]


def _correction(line: Mapping[str, Any], order: str, amount: int) -> Correction:
    return Correction(
        RETURN, line["cycle"], line["person_id"], line["bonus"], line["unit"], amount,
        returned=True, order=order, source=line["source_person_id"] or "", level=max(0, line["level"]),
    )  # fmt: skip
