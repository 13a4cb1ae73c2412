"""Lots: which one is spent first, what a debt takes of what comes, and what time alone has made of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from core.kernel.ids import PersonId
from core.points.model import MovementKind


class LotState(StrEnum):
    """Where a lot stands."""

    PENDING = "pending"
    AVAILABLE = "available"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Lot:
    """Points that were given together and end together."""

    id: int
    person: PersonId
    origin: MovementKind
    state: LotState
    earned_on: date
    expires_on: date | None
    """The last day on which it can be spent."""
    safe_at: datetime | None
    amount: int
    """What was given."""
    remaining: int
    expired: int = 0
    returned: int = 0
    """What of it was taken back, and so was never earned."""

    def ended(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and self.expires_on < today


class Use(NamedTuple):
    """What happens to a lot: below zero it is taken from, above zero it gets something back."""

    lot: int
    points: int


class Ended(NamedTuple):
    """What a lot held when its last day had passed."""

    lot: Lot
    points: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A person's lots and balances once time has done its part.

    Attributes:
        lots: those that hold something, with what they hold then.
        safe: lots that were pending and are not any more, as they were.
        paid: what of them went into a debt.
        ended: what expired.
    """

    lots: tuple[Lot, ...]
    available: int
    pending: int
    safe: tuple[Lot, ...] = ()
    paid: tuple[Use, ...] = ()
    ended: tuple[Ended, ...] = ()

    @property
    def spendable(self) -> list[Lot]:
        """Available lots, first the one that ends first."""
        return first_ending(lot for lot in self.lots if lot.state is LotState.AVAILABLE)

    @property
    def debt(self) -> int:
        """How far the balance is below zero."""
        return max(0, -self.available)


def first_ending(lots: Iterable[Lot]) -> list[Lot]:
    """In the order in which lots are spent: the first to end first, those without an end last, of equals the oldest."""
    return sorted(lots, key=lambda lot: (lot.expires_on or date.max, lot.id))


def take(lots: Iterable[Lot], points: int) -> list[Use]:
    """What is taken from which lot, first from the one that ends first; less than asked where there is not enough.

    | lots (end: points)      | asked | taken              |
    | ----------------------- | ----: | ------------------ |
    | Nov: 30, Dec: 50        |    60 | Nov −30, Dec −30   |
    | never: 30, Dec: 50      |    60 | Dec −50, never −10 |
    | Dec: 50                 |    60 | Dec −50            |
    """
    uses = []
    for lot in first_ending(lots):
        part = min(points, lot.remaining)
        if part > 0:
            uses.append(Use(lot.id, -part))
            points -= part
    return uses


def taken(uses: Iterable[Use]) -> int:
    """How much was taken in all, as a positive number."""
    return -sum(use.points for use in uses)


def pay_debt(given: Iterable[Lot], debt: int) -> list[Use]:
    """What of newly given lots a debt takes: all of a lot that ends first before anything of the next."""
    return take(given, debt)


def settle(lots: Sequence[Lot], available: int, pending: int, now: datetime, today: date) -> Settled:
    """What time alone makes of somebody's lots: those whose order is safe become available, those past their day end.

    What becomes available pays a debt first.

    Args:
        lots: all of hers that hold something.
        available, pending: her balances in the book.
    """
    safe = tuple(
        lot for lot in lots if lot.state is LotState.PENDING and lot.safe_at is not None and lot.safe_at <= now
    )
    gain = sum(lot.remaining for lot in safe)
    paid = tuple(pay_debt(safe, max(0, -available)))
    left = {use.lot: use.points for use in paid}
    now_safe = {lot.id for lot in safe}
    after = [
        replace(lot, state=LotState.AVAILABLE, remaining=lot.remaining + left.get(lot.id, 0))
        if lot.id in now_safe
        else lot
        for lot in lots
    ]
    ended = tuple(
        Ended(lot, lot.remaining)
        for lot in after
        if lot.state is LotState.AVAILABLE and lot.remaining and lot.ended(today)
    )
    gone = {one.lot.id for one in ended}
    return Settled(
        lots=tuple(lot for lot in after if lot.remaining and lot.id not in gone),
        available=available + gain - sum(one.points for one in ended),
        pending=pending - gain,
        safe=safe,
        paid=paid,
        ended=ended,
    )


def after(hand: Settled, uses: Iterable[Use], *, available: int = 0, pending: int = 0) -> Settled:
    """What she has once lots were taken from and balances changed."""
    left = {use.lot: use.points for use in uses}
    lots = (replace(lot, remaining=lot.remaining + left.get(lot.id, 0)) for lot in hand.lots)
    return Settled(
        lots=tuple(lot for lot in lots if lot.remaining),
        available=hand.available + available,
        pending=hand.pending + pending,
    )


def merged(uses: Iterable[Use]) -> list[Use]:
    """One use for each lot."""
    sums: dict[int, int] = {}
    for use in uses:
        sums[use.lot] = sums.get(use.lot, 0) + use.points
    return [Use(lot, points) for lot, points in sums.items()]


def by_end(lots: Iterable[Lot]) -> dict[date | None, int]:
    """Points by the day that they end on, first the first; None, for never, comes last."""
    sums: dict[date | None, int] = {}
    for lot in first_ending(lots):
        sums[lot.expires_on] = sums.get(lot.expires_on, 0) + lot.remaining
    return sums


def parts_by_end(lots: Iterable[Lot], uses: Iterable[Use]) -> list[tuple[date | None, int]]:
    """What was taken, by the day that it ends on: what a receiver gets, so that nothing lives longer for the move."""
    ends = {lot.id: lot.expires_on for lot in lots}
    sums: dict[date | None, int] = {}
    for use in uses:
        sums[ends[use.lot]] = sums.get(ends[use.lot], 0) - use.points
    return list(sums.items())


def give_back(uses: Sequence[tuple[Use, int]], points: int) -> list[Use]:
    """Points that go back to the lots that they came from, to the last one taken from first.

    Args:
        uses: what was taken, and how much of it went back before.

    | taken (back before)   | points | goes back    |
    | --------------------- | -----: | ------------ |
    | A −30 (0), B −30 (0)  |     60 | B +30, A +30 |
    | A −30 (0), B −30 (10) |     25 | B +20, A +5  |
    """
    back = []
    for use, before in reversed(uses):
        part = min(points, -use.points - before)
        if part > 0:
            back.append(Use(use.lot, part))
            points -= part
    assert points == 0, "no more goes back than was taken"
    return back
