"""The points programme in plain arithmetic: what everybody has, worked out without a database."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from core.points.rules.days import months_later

SAFE_AFTER, MONTHS = timedelta(days=3), 2
DEAREST = 5
"""Cents for which the company sells a point."""
WORTH = {"EUR": Fraction(1), "USD": Fraction(9, 10)}
UNITS = {
    ("points", "credit EUR"): Fraction(4),
    ("points", "commissions EUR"): Fraction(3),
    ("credit EUR", "points"): Fraction(1, 5),
    ("commissions EUR", "points"): Fraction(1, 5),
    ("credit EUR", "credit USD"): Fraction(11, 10),
    ("credit USD", "credit EUR"): Fraction(9, 10),
}
"""What one unit gives, in points or cents."""


@dataclass(eq=False)
class Lot:
    """Points that were given together; `waits_for` is the day on which they can be spent."""

    who: str
    amount: int
    left: int
    ends: date
    waits_for: date | None = None
    expired: int = 0
    back: int = 0
    by_rule: bool = False


@dataclass
class Bought:
    """An order; `points` and `cents` are what paid for it from her purses."""

    who: str
    lots: list[Lot] = field(default_factory=list)
    uses: list[tuple[Lot, int]] = field(default_factory=list)
    points: int = 0
    cents: int = 0
    note: int = 0
    coupon: bool = False
    pieces: Counter[str] = field(default_factory=Counter)
    price: int = 0
    returned: int = 0
    gone: bool = False
    shipped: bool = False
    open: bool = False

    @property
    def worth(self) -> int:
        """What she paid for it, in cents, points at the dearest price."""
        return self.points * DEAREST + self.cents + self.note


@dataclass
class Plain:
    """Everybody's purses on one day."""

    today: date
    lots: list[Lot] = field(default_factory=list)
    debt: Counter[str] = field(default_factory=Counter)
    money: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By person and purse, such as `credit EUR`."""

    def available(self, who: str) -> int:
        return sum(lot.left for lot in self.lots if lot.who == who and not lot.waits_for) - self.debt[who]

    def pending(self, who: str) -> int:
        return sum(lot.left for lot in self.lots if lot.who == who and lot.waits_for)

    def has(self, who: str, purse: str) -> int:
        return max(0, self.available(who)) if purse == "points" else self.money[who, purse]

    def value(self, goods: int) -> Fraction:
        """All that people have in EUR cents, points at the dearest price, with goods at what was paid for them."""
        points = sum(lot.left for lot in self.lots) - sum(self.debt.values())
        worth = {"USD": Fraction(9, 10)}
        cents = sum(
            (worth.get(purse[-3:], Fraction(1)) * amount for (_, purse), amount in self.money.items()), Fraction(0)
        )
        return points * DEAREST + cents + goods

    def give(self, who: str, points: int, *, ends: date | None = None, waits: bool = False) -> Lot:
        """A debt takes its part of what can be spent at once."""
        pays = 0 if waits else min(self.debt[who], points)
        self.debt[who] -= pays
        waits_for = self.today + SAFE_AFTER if waits else None
        lot = Lot(who, points, points - pays, ends or months_later(self.today, MONTHS), waits_for)
        self.lots.append(lot)
        return lot

    def take(self, who: str, points: int) -> list[tuple[Lot, int]]:
        """First from what ends first; what is not there becomes a debt."""
        taken = []
        for lot in self.spendable(who):
            part = min(points, lot.left)
            if part:
                lot.left -= part
                points -= part
                taken.append((lot, part))
        self.debt[who] += points
        return taken

    def spendable(self, who: str) -> list[Lot]:
        mine = [lot for lot in self.lots if lot.who == who and not lot.waits_for and lot.left]
        return sorted(mine, key=lambda lot: lot.ends)

    def put_back(self, uses: list[tuple[Lot, int]]) -> None:
        """To the lots that it came from: a debt takes its part, and what has ended ends again."""
        for lot, part in sorted(uses, key=lambda use: use[0].ends):
            pays = min(self.debt[lot.who], part)
            self.debt[lot.who] -= pays
            lot.left += part - pays
        self._end()

    def take_back(self, lot: Lot, due: int) -> None:
        """What an order earned: from its own lot, then from others, then as a debt."""
        points = min(due, lot.amount - lot.back - lot.expired)
        if points <= 0:
            return
        lot.back += points
        own = min(points, lot.left)
        lot.left -= own
        self.take(lot.who, points - own)

    def pass_on(self, giver: str, receiver: str, points: int) -> None:
        parts: dict[date, int] = {}
        for lot, part in self.take(giver, points):
            parts[lot.ends] = parts.get(lot.ends, 0) + part
        for ends, part in parts.items():
            self.give(receiver, part, ends=ends)

    def exchange(self, source: str, target: str, amount: int) -> tuple[int, int]:
        """What is given and what is got: rounded down, and no more taken than that costs."""
        units = UNITS[source, target]
        got = int(amount * units)
        return -int(-Fraction(got) / units // 1) if got else 0, got

    def convert(self, who: str, source: str, target: str, amount: int) -> None:
        give, got = self.exchange(source, target, amount)
        if source == "points":
            self.take(who, give)
        else:
            self.money[who, source] -= give
        if target == "points":
            self.give(who, got)
        else:
            self.money[who, target] += got

    def days_pass(self, days: int) -> None:
        """Safe points can be spent, a debt taking its part of those that end first; then what is past its day ends."""
        self.today += timedelta(days=days)
        safe = [lot for lot in self.lots if lot.waits_for and lot.waits_for <= self.today]
        for lot in sorted(safe, key=lambda lot: lot.ends):
            lot.waits_for = None
            pays = min(self.debt[lot.who], lot.left)
            self.debt[lot.who] -= pays
            lot.left -= pays
        self._end()

    def _end(self) -> None:
        for lot in self.lots:
            if lot.ends < self.today and not lot.waits_for:
                lot.expired += lot.left
                lot.left = 0
