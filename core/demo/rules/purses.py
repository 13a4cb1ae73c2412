"""Points of those whose purses are told step by step: what the programme would have done, one thing after another."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.ledger.model import POINTS, Purpose
from core.plan.model.points import PointsSpec
from core.points.model import MovementKind
from core.points.rules import days
from core.points.rules.lots import LotState

Act = Callable[[datetime], None]
"""Something that happens; it is told when."""


class Happening(StrEnum):
    """What an entry of a told purse is about."""

    EARNED = "earned"
    RULE = "rule"
    SAFE = "safe"
    TAKEN_BACK = "taken_back"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    ADJUSTED = "adjusted"
    TRANSFERRED = "transferred"
    CONVERTED = "converted"
    CREDIT_ADJUSTED = "credit_adjusted"
    NOTE_GIVEN = "note_given"


class Side(NamedTuple):
    """An account: a person's by her index, the company's where that is None."""

    person: int | None
    purpose: Purpose
    unit: str = POINTS


class Part(NamedTuple):
    """What an entry does to one account; `least` as the book keeps it."""

    side: Side
    amount: int
    least: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the book; `key` is unique among those of its kind."""

    at: datetime
    what: Happening
    key: str
    reason: str
    document: tuple[str, str]
    parts: tuple[Part, ...]


@dataclass(slots=True)
class Lot:
    """A lot; `entry` is the number of the entry that gave it, from 1."""

    number: int
    person: int
    entry: int
    origin: MovementKind
    earned_on: date
    expires_on: date | None
    amount: int
    remaining: int
    safe_at: datetime | None = None
    state: LotState = LotState.AVAILABLE
    expired: int = 0
    returned: int = 0
    order_ref: int | None = None
    rule: str | None = None
    about: int | None = None


class Reason(NamedTuple):
    """Why something is done, and what it stands for."""

    key: str
    reason: str
    document: tuple[str, str]


@dataclass
class Purses:
    """All told purses together. What is to happen is put off with `at` and done in order of time by `run`."""

    spec: PointsSpec
    zone: ZoneInfo
    lots: list[Lot] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    uses: list[tuple[int, int, int]] = field(default_factory=list)
    """Numbers of entry and lot, and what the entry did to the lot."""
    balances: dict[Side, int] = field(default_factory=dict)
    held: dict[int, list[Lot]] = field(default_factory=dict)
    """Each person's lots."""
    _due: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _turn: int = 0

    def at(self, moment: datetime, act: Act) -> None:
        """Put something off."""
        self._turn += 1
        heapq.heappush(self._due, (moment, self._turn, act))

    def run(self, until: datetime) -> None:
        """Do what is due until then."""
        while self._due and self._due[0][0] <= until:
            moment, _, act = heapq.heappop(self._due)
            act(moment)

    def day(self, moment: datetime) -> date:
        """The company's day of a moment."""
        return days.company_day(moment, self.zone)

    def begin(self, day: date) -> datetime:
        """When a company day begins."""
        return days.day_start(day, self.zone)

    def available(self, person: int) -> int:
        """Points that somebody can spend."""
        return self.balances.get(Side(person, Purpose.POINTS_AVAILABLE), 0)

    def credit(self, person: int, currency: str) -> int:
        """Somebody's account credit."""
        return self.balances.get(Side(person, Purpose.CREDIT, currency), 0)

    def safe_by(self, person: int, moment: datetime) -> int:
        """Pending points that somebody can spend from a moment on."""
        lots = self.held.get(person, ())
        return sum(lot.remaining for lot in lots if lot.safe_at is not None and lot.safe_at <= moment)

    def post(self, at: datetime, what: Happening, why: Reason, changes: Iterable[tuple[Side, int]]) -> int:
        """Write an entry; a change that leaves a debt sets itself no limit. Gives its number."""
        parts = []
        for side, amount in changes:
            self.balances[side] = self.balances.get(side, 0) + amount
            owes = side.person is None or (amount < 0 and self.balances[side] < 0)
            parts.append(Part(side, amount, None if owes else 0))
        self.entries.append(Entry(at, what, why.key, why.reason, why.document, tuple(parts)))
        return len(self.entries)

    def earn(
        self, at: datetime, person: int, points: int, *, order: tuple[int, str], rule: str | None, about: int
    ) -> Lot:
        """Points of an order, pending until it is safe; by a rule, or the catalogue's where there is none."""
        ref, order_id = order
        if rule is None:
            what, why = Happening.EARNED, Reason(str(ref), "catalogue", ("order", order_id))
        else:
            occasion = f"{rule}:order:{ref}"
            what, why = Happening.RULE, Reason(occasion, rule, ("rule", occasion))
        safe = days.safe_at(self.spec, self.day(at), self.zone)
        to = Purpose.POINTS_AVAILABLE if safe is None else Purpose.POINTS_PENDING
        entry = self.post(at, what, why, [(company(Purpose.POINTS_ISSUED), -points), (Side(person, to), points)])
        lot = self._add(at, person, entry, MovementKind(what.value), points, ())
        lot.order_ref, lot.rule, lot.about = ref, rule, None if about == person else about
        if safe is not None:
            lot.safe_at, lot.state = safe, LotState.PENDING
            self.at(lot.safe_at, lambda moment: self._make_safe(moment, lot))
        return lot

    def give(self, at: datetime, person: int, points: int, why: Reason, *, ends: date | None = None) -> Lot:
        """Points by hand that can be spent at once, until `ends` or as long as the programme says."""
        sides = [(Side(person, Purpose.POINTS_AVAILABLE), points), (company(Purpose.POINTS_ISSUED), -points)]
        entry = self.post(at, Happening.ADJUSTED, why, sides)
        return self._add(at, person, entry, MovementKind.ADJUSTED, points, () if ends is None else (ends,))

    def pass_on(self, at: datetime, giver: int, receiver: int, points: int, why: Reason) -> None:
        """Points from person to person; they end when they would have ended."""
        sides = [(Side(giver, Purpose.POINTS_AVAILABLE), -points), (Side(receiver, Purpose.POINTS_AVAILABLE), points)]
        entry = self.post(at, Happening.TRANSFERRED, why, sides)
        parts: dict[date | None, int] = {}
        for lot, part in self._take(entry, giver, points):
            parts[lot.expires_on] = parts.get(lot.expires_on, 0) + part
        for ends, part in parts.items():
            self._add(at, receiver, entry, MovementKind.RECEIVED, part, (ends,))

    def spend(
        self, at: datetime, person: int, points: int, what: Happening, why: Reason, sides: Iterable[tuple[Side, int]]
    ) -> int:
        """Take points, first those that end first; `sides` is where they go, and what else the entry does.

        Where there are too few the rest is a debt.
        """
        taken = (Side(person, Purpose.POINTS_AVAILABLE), -points)
        entry = self.post(at, what, why, [taken, *sides])
        self._take(entry, person, points)
        return entry

    def take_back(self, at: datetime, lot: Lot, order: tuple[int, str]) -> None:
        """A return before the order was safe: all that it earned."""
        assert lot.state is LotState.PENDING, "orders of the demo come back before they are safe"
        ref, order_id = order
        points = lot.remaining
        entry = self.post(
            at,
            Happening.TAKEN_BACK,
            Reason(str(ref), "returned", ("return", order_id)),
            [(Side(lot.person, Purpose.POINTS_PENDING), -points), (company(Purpose.POINTS_ISSUED), points)],
        )
        self._use(entry, lot, -points)
        lot.returned = points

    def _add(
        self, at: datetime, person: int, entry: int, origin: MovementKind, points: int, ends: tuple[date | None, ...]
    ) -> Lot:
        """A new lot that ends as the programme says, or on the one day given."""
        earned_on = self.day(at)
        expires_on = ends[0] if ends else days.last_day(self.spec, earned_on)
        lot = Lot(len(self.lots) + 1, person, entry, origin, earned_on, expires_on, points, points)
        self.lots.append(lot)
        self.held.setdefault(person, []).append(lot)
        if expires_on is not None:
            self.at(self.begin(expires_on + timedelta(days=1)), lambda moment: self._end(moment, lot))
        return lot

    def _make_safe(self, at: datetime, lot: Lot) -> None:
        if lot.remaining:
            points, number = lot.remaining, str(lot.number)
            sides = [
                (Side(lot.person, Purpose.POINTS_PENDING), -points),
                (Side(lot.person, Purpose.POINTS_AVAILABLE), points),
            ]
            self.post(at, Happening.SAFE, Reason(number, "the order is safe", ("lot", number)), sides)
        lot.state, lot.safe_at = LotState.AVAILABLE, None

    def _end(self, at: datetime, lot: Lot) -> None:
        if lot.remaining:
            points, number = lot.remaining, str(lot.number)
            sides = [
                (Side(lot.person, Purpose.POINTS_AVAILABLE), -points),
                (company(Purpose.POINTS_EXPIRED), points),
            ]
            self.post(at, Happening.EXPIRED, Reason(number, "their last day has passed", ("lot", number)), sides)
        lot.expired, lot.remaining, lot.state = lot.remaining, 0, LotState.ENDED

    def _take(self, entry: int, person: int, points: int) -> list[tuple[Lot, int]]:
        open_lots = [lot for lot in self.held.get(person, ()) if lot.state is LotState.AVAILABLE and lot.remaining]
        taken = []
        for lot in sorted(open_lots, key=lambda lot: (lot.expires_on or date.max, lot.number)):
            part = min(points, lot.remaining)
            if part:
                self._use(entry, lot, -part)
                taken.append((lot, part))
                points -= part
        return taken

    def _use(self, entry: int, lot: Lot, points: int) -> None:
        self.uses.append((entry, lot.number, points))
        lot.remaining += points


def company(purpose: Purpose, unit: str = POINTS) -> Side:
    """One of the company's counter-accounts."""
    return Side(None, purpose, unit)
