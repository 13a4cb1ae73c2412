"""What became of the points of those who are told one by one: orders, gifts, goods, and a heroine's own story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

import numpy as np

from core.demo.model import Population, Product
from core.demo.rules.population import BLOCK, CUSTOMERS, TEAM
from core.demo.rules.purses import Happening, Purses, Reason, Side, company
from core.ledger.model import Purpose
from core.points.rules.conversion import Exchange

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
WELCOME_POINTS, WELCOME_DAYS, WELCOMED_DAYS = 50, 90, 300
"""A newcomer's gift and how long it lasts; who joined earlier than the last of these had none."""
SOMETIMES_REDEEMS = 0.3
BRINGS = 0.2
"""How often somebody came by her sponsor's link."""
BROUGHT_BY_HEROINE = (0, 1, 2, CUSTOMERS, CUSTOMERS + 1 + TEAM, CUSTOMERS + 3 * (1 + TEAM))
"""Places in a heroine's line, counted from behind herself."""
HEROINE_HAS, HEROINE_STEP = 1660, 35
JUST_SHORT, THREE_THINGS, ONE_THING, DEBT = 1455, 1130, 640, 60
ENDING_SOON = 120
CONVERTED, PASSED_ON, CREDIT_MINOR, NOTE_MINOR = 200, 75, 2500, 2450


def note_of(person: int) -> str:
    """The number of somebody's credit note."""
    return f"CN-{person + 1}"


class Sale(NamedTuple):
    """A paid order of somebody whose purse is told; `back` is its return with row number, id and time."""

    ref: int
    order_id: str
    person: int
    at: datetime
    points: int
    back: tuple[int, str, datetime] | None


class Redemption(NamedTuple):
    """Something had for points; `entry` paid for it."""

    ref: int
    order_id: str
    person: int
    at: datetime
    product: int
    entry: int


class Bringing(NamedTuple):
    """The rule that pays for a newcomer's first order."""

    code: str
    points: int


@dataclass
class Cast:
    """Who is told about, and in which words."""

    people: Population
    told: int
    """How many people, from the first on."""
    goods: Sequence[Product]
    languages: Sequence[str]
    currencies: Sequence[str]
    reasons: Mapping[str, Mapping[str, str]]
    """Why points are given by hand, by language."""
    worth: Mapping[str, Exchange]
    """What `CONVERTED` points give in each currency; empty where the company converts nothing."""
    bringing: Bringing | None
    today: date


@dataclass
class Teller:
    """Puts off everything that happens; once the purses have run to today it is known what came of it."""

    cast: Cast
    purses: Purses
    rng: np.random.Generator
    first_ref: int
    """Row number of the first order that is had for points."""
    redemptions: list[Redemption] = field(default_factory=list)
    brought: dict[int, int] = field(default_factory=dict)
    """Who brought whom, by whom was brought."""
    once: list[tuple[int, int]] = field(default_factory=list)
    """Receivers of the rule for first orders, and whose orders those were."""
    _gifts: int = 0

    def tell(self, sales: Sequence[Sale]) -> None:
        """Everything until this morning."""
        self._bring()
        for sale in sales:
            self.purses.at(sale.at, partial(self._order, sale))
        self._habits()
        for number, start in enumerate(self.cast.people.heroines):
            self._heroine(number, start)
        self.purses.run(self.purses.begin(self.cast.today))

    def _bring(self) -> None:
        people, drawn = self.cast.people, self.rng.random(self.cast.told).tolist()
        sponsors, told = people.sponsor.tolist(), people.block[: self.cast.told].tolist()
        for person, block in enumerate(told):
            if block < 0 and sponsors[person] > 0 and drawn[person] < BRINGS:
                self.brought[person] = sponsors[person]
        for start in people.heroines:
            self.brought |= {start + 1 + place: start for place in BROUGHT_BY_HEROINE}

    def _order(self, sale: Sale, at: datetime) -> None:
        if not sale.points:
            return
        order = (sale.ref, sale.order_id)
        lot = self.purses.earn(at, sale.person, sale.points, order=order, rule=None, about=sale.person)
        if sale.back is not None:
            ref, return_id, back = sale.back
            self.purses.at(back, lambda moment: self.purses.take_back(moment, lot, (ref, return_id)))
            return
        referrer, rule = self.brought.get(sale.person), self.cast.bringing
        if referrer is not None and rule is not None and (referrer, sale.person) not in self.once:
            self.once.append((referrer, sale.person))
            self.purses.earn(at, referrer, rule.points, order=order, rule=rule.code, about=sale.person)

    def _habits(self) -> None:
        """Newcomers are welcomed; some have something for their points now and then."""
        cast, joined = self.cast, self.cast.people.joined_day.tolist()
        drawn, days = self.rng.random((self.cast.told, 2)).tolist(), self.rng.integers(2, 200, self.cast.told).tolist()
        for person in range(1, cast.told):
            if joined[person] in range(1, WELCOMED_DAYS):
                ends = cast.today - timedelta(days=joined[person] - WELCOME_DAYS)
                self._later(joined[person], 11, partial(self._gift, person, WELCOME_POINTS, "welcome", ends))
            if cast.people.block[person] < 0 and drawn[person][0] < SOMETIMES_REDEEMS:
                self._later(days[person], 15, partial(self._redeem, person, drawn[person][1]))

    def _heroine(self, number: int, start: int) -> None:
        """She has seen it all; in her line one is just short of a blender, one may have three things, one owes."""
        heads = [start + 1 + CUSTOMERS + place * (1 + TEAM) for place in range((BLOCK - 1 - CUSTOMERS) // (1 + TEAM))]
        ends = self.cast.today + timedelta(days=5)
        self._later(52, 10, partial(self._convert, start))
        self._later(45, 17, partial(self._redeem, start, 0.0))
        self._later(33, 12, partial(self._pass_on, start, heads[0]))
        self._later(25, 9, partial(self._gift, start, ENDING_SOON, "anniversary", ends))
        self._later(25, 9, partial(self._gift, start + 3, 90, "anniversary", ends - timedelta(days=2)))
        self._later(40, 14, partial(self._note, start))
        self._later(18, 9, partial(self._credit, start))
        self._later(2, 16, partial(self._fill_up, start, HEROINE_HAS + number * HEROINE_STEP))
        self._later(2, 16, partial(self._fill_up, heads[0], JUST_SHORT))
        self._later(2, 16, partial(self._fill_up, heads[1], THREE_THINGS))
        self._later(2, 16, partial(self._fill_up, start + 1, ONE_THING))
        self._later(1, 16, partial(self._owe, start + 2))

    def _later(self, days_ago: int, hour: int, act: partial[None]) -> None:
        self.purses.at(self.purses.begin(self.cast.today - timedelta(days=days_ago)) + timedelta(hours=hour), act)

    def _gift(self, person: int, points: int, why: str, ends: date | None, at: datetime) -> None:
        self.purses.give(at, person, points, self._by_hand(person, why), ends=ends)

    def _by_hand(self, person: int, why: str) -> Reason:
        self._gifts += 1
        words, key = self.cast.reasons[why], f"demo-{self._gifts}"
        return Reason(key, words.get(self.cast.languages[person], words["en"]), ("adjustment", key))

    def _fill_up(self, person: int, points: int, at: datetime) -> None:
        """By hand, so that she has so many today."""
        has = self.purses.available(person) + self.purses.safe_by(person, self.purses.begin(self.cast.today))
        if has < points:
            self._gift(person, points - has, "thanks", None, at)

    def _redeem(self, person: int, which: float, at: datetime) -> None:
        """One of the things that she can have, the cheapest first."""
        has = self.purses.available(person)
        offered = [
            (product.redeem_points, place)
            for place, product in enumerate(self.cast.goods)
            if product.redeem_points and product.redeem_points <= has and product.stock != 0
        ]
        if not offered:
            return
        points, place = sorted(offered)[int(which * len(offered))]
        assert points is not None, "chosen so"
        order_id = "R" + "".join(CROCKFORD[one] for one in self.rng.integers(0, len(CROCKFORD), CODE_LENGTH).tolist())
        ref = self.first_ref + len(self.redemptions)
        why = Reason(str(ref), order_id, ("order", order_id))
        sides = [(company(Purpose.POINTS_REDEEMED), points)]
        entry = self.purses.spend(at, person, points, Happening.REDEEMED, why, sides)
        self.redemptions.append(Redemption(ref, order_id, person, at, place, entry))

    def _convert(self, person: int, at: datetime) -> None:
        currency = self.cast.currencies[person]
        worth = self.cast.worth.get(currency)
        if worth is None or self.purses.available(person) < worth.give:
            return
        key = f"demo-conversion-{person}"
        sides = [
            (company(Purpose.EXCHANGE), worth.give),
            (company(Purpose.EXCHANGE, currency), -worth.get),
            (Side(person, Purpose.CREDIT, currency), worth.get),
        ]
        why = Reason(key, "conversion", ("offer", key))
        self.purses.spend(at, person, worth.give, Happening.CONVERTED, why, sides)

    def _pass_on(self, giver: int, receiver: int, at: datetime) -> None:
        if self.purses.available(giver) >= PASSED_ON:
            key = f"demo-transfer-{giver}"
            self.purses.pass_on(at, giver, receiver, PASSED_ON, Reason(key, "transfer", ("offer", key)))

    def _credit(self, person: int, at: datetime) -> None:
        currency = self.cast.currencies[person]
        sides = [
            (Side(person, Purpose.CREDIT, currency), CREDIT_MINOR),
            (company(Purpose.ADJUSTMENTS, currency), -CREDIT_MINOR),
        ]
        self.purses.post(at, Happening.CREDIT_ADJUSTED, self._by_hand(person, "contest"), sides)

    def _note(self, person: int, at: datetime) -> None:
        currency, code = self.cast.currencies[person], note_of(person)
        why = self._by_hand(person, "damaged")
        sides = [
            (Side(person, Purpose.CREDIT_NOTES, currency), NOTE_MINOR),
            (company(Purpose.ADJUSTMENTS, currency), -NOTE_MINOR),
        ]
        self.purses.post(at, Happening.NOTE_GIVEN, Reason(code, why.reason, ("credit_note", code)), sides)

    def _owe(self, person: int, at: datetime) -> None:
        """An order that came back too late took more than she had left; the company's policy lets her owe it."""
        if self.purses.spec.may_go_negative:
            points = self.purses.available(person) + DEBT
            sides = [(company(Purpose.POINTS_ISSUED), points)]
            self.purses.spend(at, person, points, Happening.ADJUSTED, self._by_hand(person, "sent_back"), sides)
