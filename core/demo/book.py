"""The demo company's points as rows of the book and of lots; the columns are named beside each.

Told purses come first, then what the others brought from the books before, then what is pending of theirs: an account's
entries rise with time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.checkout.service.pricing import REDEEMED
from core.db.types import microseconds
from core.demo.model import Ints
from core.demo.rows import Row, code_of, sale_id
from core.demo.rules.purses import Happening, Lot, Purses, Side, company
from core.demo.rules.savings import Savings
from core.incentives.service import GIVEN
from core.ledger.model import Purpose
from core.points.model import MovementKind
from core.points.rules.lots import LotState
from core.points.service import programme

ACCOUNT = "id person_id purpose unit balance"
ENTRY = "id key kind reason document_kind document_id at caused_by request_id reverses"
ENTRY_LINE = "entry_id position account_id amount least"
LOT = "id person_id entry_id origin state earned_on expires_on safe_at amount remaining expired returned"
LOT += " order_ref rule about_id"
USE = "entry_id lot_id amount"
BY = ("demo", "demo", None)
KINDS = {
    Happening.EARNED: programme.EARNED,
    Happening.RULE: programme.RULE,
    Happening.SAFE: programme.SAFE,
    Happening.TAKEN_BACK: programme.TAKEN_BACK,
    Happening.REDEEMED: REDEEMED,
    Happening.EXPIRED: programme.EXPIRED,
    Happening.ADJUSTED: programme.ADJUSTED,
    Happening.TRANSFERRED: programme.TRANSFERRED,
    Happening.CONVERTED: programme.CONVERTED,
    Happening.CREDIT_ADJUSTED: programme.CREDIT_ADJUSTED,
    Happening.NOTE_GIVEN: GIVEN,
}
BEFORE = "points of the books before these"
ISSUED, BROUGHT = company(Purpose.POINTS_ISSUED), company(Purpose.OPENING)


@dataclass
class Book:
    """All that is written; `sale_at` is when each sale was paid, in microseconds."""

    purses: Purses
    savings: Savings
    sale_at: Ints
    stored_date: Callable[[date], Any]
    balances: dict[Side, int] = field(default_factory=dict)
    numbers: dict[Side, int] = field(default_factory=dict)
    """Of accounts."""

    def __post_init__(self) -> None:
        self.balances = {ISSUED: 0, BROUGHT: 0, **self.purses.balances}
        opened, pending = self.savings.opened.tolist(), self.savings.pending
        for person, points in zip(opened, self.savings.opening.tolist(), strict=True):
            self.balances[Side(person, Purpose.POINTS_AVAILABLE)] = points
        for person, points in zip(pending.person.tolist(), pending.points.tolist(), strict=True):
            side = Side(person, Purpose.POINTS_PENDING)
            self.balances[side] = self.balances.get(side, 0) + points
        self.numbers = {side: number for number, side in enumerate(self.balances, start=1)}
        self.first_opening = len(self.purses.entries) + 1
        self.first_pending = self.first_opening + len(opened)

    def account_rows(self) -> Iterator[Row]:
        """`ACCOUNT` of the company, and of everybody who ever had points, credit or a credit note."""
        for (side, balance), number in zip(self.balances.items(), self.numbers.values(), strict=True):
            holder = (None, None) if side.person is None else (side.person + 1, balance)
            yield number, holder[0], side.purpose.value, side.unit, holder[1]

    def entry_rows(self) -> Iterator[Row]:
        """`ENTRY`."""
        for number, entry in enumerate(self.purses.entries, start=1):
            kind, at = KINDS[entry.what], microseconds(entry.at)
            yield number, f"{kind}:{entry.key}", kind, entry.reason, *entry.document, at, *BY
        kind, at = programme.OPENING, microseconds(self.savings.opened_at)
        for number, person in enumerate(self.savings.opened.tolist(), start=self.first_opening):
            key = f"demo-{code_of(person)}"
            yield number, f"{kind}:{key}", kind, BEFORE, "opening", key, at, *BY
        kind = programme.EARNED
        for number, ref in enumerate(self.savings.pending.ref.tolist(), start=self.first_pending):
            paid = int(self.sale_at[ref - 1])
            yield number, f"{kind}:{ref}", kind, "catalogue", "order", sale_id(ref - 1), paid, *BY

    def entry_line_rows(self) -> Iterator[Row]:
        """`ENTRY_LINE`."""
        for number, entry in enumerate(self.purses.entries, start=1):
            for position, part in enumerate(entry.parts, start=1):
                yield number, position, self.numbers[part.side], part.amount, part.least
        pending = self.savings.pending
        yield from self._pairs(BROUGHT, Purpose.POINTS_AVAILABLE, self.savings.opened, self.savings.opening)
        yield from self._pairs(ISSUED, Purpose.POINTS_PENDING, pending.person, pending.points)

    def _pairs(self, source: Side, to: Purpose, people: Ints, points: Ints) -> Iterator[Row]:
        """From one of the company's accounts to everybody's: openings, or what is pending."""
        first, company_account = self.first_opening if source == BROUGHT else self.first_pending, self.numbers[source]
        for number, (person, amount) in enumerate(zip(people.tolist(), points.tolist(), strict=True), start=first):
            yield number, 1, company_account, -amount, None
            yield number, 2, self.numbers[Side(person, to)], amount, 0

    def lot_rows(self) -> Iterator[Row]:
        """`LOT`."""
        for lot in self.purses.lots:
            yield self._told(lot)
        after = len(self.purses.lots) + 1
        yield from self._opened(after)
        yield from self._pending(after + len(self.savings.held))

    def use_rows(self) -> Iterator[Row]:
        """`USE`."""
        yield from self.purses.uses

    def _told(self, lot: Lot) -> Row:
        ends, safe = lot.expires_on, lot.safe_at
        return (
            lot.number,
            lot.person + 1,
            lot.entry,
            lot.origin.value,
            lot.state.value,
            self.stored_date(lot.earned_on),
            None if ends is None else self.stored_date(ends),
            None if safe is None else microseconds(safe),
            lot.amount,
            lot.remaining,
            lot.expired,
            lot.returned,
            lot.order_ref,
            lot.rule,
            None if lot.about is None else lot.about + 1,
        )

    def _opened(self, first: int) -> Iterator[Row]:
        """What the openings brought was earned, as the books before these say: it counts towards a tier."""
        some = self.savings
        days = [self.stored_date(day.on) for day in some.days]
        ends = [None if day is None else self.stored_date(day) for day in some.ends_on]
        people, origin, state = (some.opened + 1).tolist(), MovementKind.EARNED.value, LotState.AVAILABLE.value
        parts = (some.holder.tolist(), some.earned_on.tolist(), some.ends.tolist(), some.held.tolist())
        for number, (holder, day, end, points) in enumerate(zip(*parts, strict=True), start=first):
            entry = self.first_opening + holder
            kept = (days[day], ends[end], None, points, points, 0, 0)
            yield number, people[holder], entry, origin, state, *kept, None, None, None

    def _pending(self, first: int) -> Iterator[Row]:
        some, days = self.savings.pending, self.savings.days
        origin, state = MovementKind.EARNED.value, LotState.PENDING.value
        parts = (some.person.tolist(), some.ref.tolist(), some.day.tolist(), some.points.tolist())
        for place, (person, ref, day, points) in enumerate(zip(*parts, strict=True)):
            on, last, safe_at, _ = days[day]
            ends = None if last is None else self.stored_date(last)
            kept = (self.stored_date(on), ends, microseconds(safe_at), points, points, 0, 0)
            yield first + place, person + 1, self.first_pending + place, origin, state, *kept, ref, None, None
