"""María's wallet, coupons and link: what core would say about them, so far as the chat asks."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import orjson
from aiohttp import web
from pydantic import BaseModel

from core.incentives.model import Holding, HoldingKind, Holdings, HoldingState
from core.people.model import Kind
from core.points.model import (
    POINTS_MAX,
    Amount,
    ConversionOffer,
    ConversionWish,
    Purse,
    TransferOffer,
    TransferWish,
    Wallet,
    Way,
)
from core.referrals.model import Invitation, Referred
from tests.support.core_stand_in import refused
from tests.support.points_story import STARS

LEAST = 100
DAILY = 1500
GIVEN_MOST = 5000
RATES = {
    (Purse.POINTS, Purse.CREDIT): "0.04",
    (Purse.POINTS, Purse.COMMISSIONS): "0.03",
    (Purse.CREDIT, Purse.POINTS): "16.6666666667",
    (Purse.COMMISSIONS, Purse.POINTS): "16.6666666667",
}
PEOPLE = {
    "D00020": "Pedro Gómez",
    "D00021": "Ana Torres",
    "C00001": "Ana Ruiz",
    "C00002": "<b>Bobby & Söhne</b>",
    "D00001": "María López",
    "D00099": "Luis Vega",
}
COUPONS: Sequence[Holding] = (
    Holding(
        kind=HoldingKind.COUPON,
        code="SPRING10",
        label={
            "en": "Spring greeting",
            "es": "Saludo de primavera",
            "de": "Frühlingsgruß",
            "pt-BR": "Presente de primavera",
            "fr": "Bonjour le printemps",
        },
        state=HoldingState.USABLE,
        percent=Decimal(10),
        currency="EUR",
        order_least_minor=3000,
        uses_left=2,
        valid_until=date(2026, 11, 30),
    ),
    Holding(
        kind=HoldingKind.CREDIT_NOTE,
        code="CN-77",
        label={"en": "For the broken jar"},
        state=HoldingState.USABLE,
        amount_minor=2000,
        left_minor=1250,
        currency="EUR",
    ),
    Holding(
        kind=HoldingKind.COUPON,
        code="XMAS5",
        label={"en": "Christmas"},
        state=HoldingState.EARLY,
        amount_minor=500,
        currency="EUR",
        valid_from=date(2026, 12, 1),
    ),
    Holding(
        kind=HoldingKind.COUPON,
        code="SUMMER",
        label={"en": "Summer"},
        state=HoldingState.EXPIRED,
        percent=Decimal("12.5"),
        valid_until=date(2026, 9, 30),
    ),
)
INVITATION = Invitation(
    start="r_abcDEF123456_-xy",
    opened=12,
    joined=2,
    latest=(
        Referred(
            name="Li Wei", code="D00300", kind=Kind.DISTRIBUTOR, at=datetime(2026, 11, 9, 9, tzinfo=UTC), orders=2
        ),
        Referred(
            name="<i>Zoë</i>", code="C00301", kind=Kind.CUSTOMER, at=datetime(2026, 10, 2, 9, tzinfo=UTC), orders=0
        ),
    ),
)


class WalletRoom:
    """Answers for core about the wallet, giving, coupons and the link; a test sets the fields to what it needs."""

    def __init__(self, points: int = 1900) -> None:
        self.points = points
        self.money = {Purse.CREDIT: 1200, Purse.COMMISSIONS: 8000}
        self.rates = dict(RATES)
        self.coupons: Sequence[Holding] = COUPONS
        self.invitation = INVITATION
        self.lapsed = False
        self.changed = False
        self.conversions: dict[str, tuple[ConversionOffer, bool]] = {}
        self.transfers: dict[str, tuple[TransferOffer, bool]] = {}

    def __call__(self, request: web.Request, body: bytes) -> BaseModel | None:
        known: dict[str, Callable[[], BaseModel]] = {
            "/v1/me/wallet": self.wallet,
            "/v1/me/conversions/offer": lambda: self.offer(ConversionWish.model_validate_json(body)),
            "/v1/me/conversions": lambda: self.convert(self._taken(body)),
            "/v1/me/transfers/offer": lambda: self.offer_transfer(TransferWish.model_validate_json(body)),
            "/v1/me/transfers": lambda: self.transfer(self._taken(body)),
            "/v1/me/coupons": lambda: Holdings(items=tuple(self.coupons)),
            "/v1/me/invitation": lambda: self.invitation,
        }
        return known[request.path]() if request.path in known else None

    def _taken(self, body: bytes) -> str:
        if self.lapsed:
            raise refused("offer_gone")
        if self.changed:
            self.changed = False
            raise refused("offer_changed")
        return str(orjson.loads(body)["offer"])

    def has(self, purse: Purse) -> int:
        return self.points if purse is Purse.POINTS else self.money[purse]

    def wallet(self) -> Wallet:
        """Her balances, and every way that is open."""
        return Wallet(
            name=STARS,
            points=self.points,
            credit=(Amount(amount_minor=self.money[Purse.CREDIT], currency="EUR"),),
            commissions=(Amount(amount_minor=self.money[Purse.COMMISSIONS], currency="EUR"),),
            ways=tuple(self._way(*pair) for pair in self.rates),
        )

    def _way(self, source: Purse, target: Purse) -> Way:
        least = LEAST if source is Purse.POINTS else 600
        return Way(
            source=source,
            target=target,
            source_unit=unit_of(source),
            target_unit=unit_of(target),
            rate=self.rates[source, target],
            available=self.has(source),
            least=least,
            most=min(self.has(source), DAILY) if source is Purse.POINTS else self.has(source),
        )

    def offer(self, wish: ConversionWish) -> ConversionOffer:
        way = self._way(wish.source, wish.target)
        give = wish.amount or way.most
        if give > way.available and wish.source is Purse.POINTS:
            raise refused("points_too_few", available=way.available, needed=give, missing=give - way.available)
        if give > way.available:
            raise refused("money_too_little", currency="EUR", available_minor=way.available, needed_minor=give)
        if give < way.least:
            raise refused("below_least", least=way.least, unit=way.source_unit)
        if give > way.most:
            raise refused("above_most", most=way.most, unit=way.source_unit)
        minor = 100 if wish.source is Purse.POINTS else 1
        get = give * minor * Fraction(way.rate) if minor > 1 else Fraction(give, 100) * Fraction(way.rate)
        made = ConversionOffer(
            offer=f"conversion-{len(self.conversions) + 1:011}",
            name=STARS,
            source=wish.source,
            target=wish.target,
            give=give,
            give_unit=way.source_unit,
            get=int(get),
            get_unit=way.target_unit,
            rate=way.rate,
            left=way.available - give,
            expires_on=date(2027, 11, 30) if wish.target is Purse.POINTS else None,
        )
        self.conversions[made.offer] = (made, False)
        return made

    def convert(self, offer: str) -> ConversionOffer:
        made, is_done = self.conversions[offer]
        if not is_done:
            self._add(made.source, -made.give)
            self._add(made.target, made.get)
            self.conversions[offer] = (made, True)
        return made

    def _add(self, purse: Purse, amount: int) -> None:
        if purse is Purse.POINTS:
            self.points += amount
        else:
            self.money[purse] += amount

    def offer_transfer(self, wish: TransferWish) -> TransferOffer:
        code = self._receiver(wish.to)
        points = wish.points or min(self.points, GIVEN_MOST)
        if points > self.points or not points:
            raise refused("points_too_few", available=self.points, needed=points, missing=points - self.points)
        if points > GIVEN_MOST:
            raise refused("above_most", most=GIVEN_MOST, unit="points")
        if points < 10:
            raise refused("below_least", least=10, unit="points")
        made = TransferOffer(
            offer=f"transfer-number-{len(self.transfers) + 1:06}",
            name=STARS,
            to_code=code,
            to_name=PEOPLE[code],
            points=points,
            left=self.points - points,
        )
        assert made.points <= POINTS_MAX
        self.transfers[made.offer] = (made, False)
        return made

    def _receiver(self, to: str) -> str:
        found = [code for code, name in PEOPLE.items() if to.casefold() in (code.casefold(), name.casefold())]
        found = found or [code for code, name in PEOPLE.items() if to.casefold() in name.casefold()]
        if not found:
            raise refused("receiver_unknown", status=422, to=to)
        if len(found) > 1:
            raise refused("receiver_ambiguous", to=to, names=[f"{PEOPLE[code]} ({code})" for code in found])
        if found == ["D00001"]:
            raise refused("not_to_yourself", status=422)
        if found == ["D00099"]:
            raise refused("receiver_closed", to="D00099")
        return found[0]

    def transfer(self, offer: str) -> TransferOffer:
        made, is_done = self.transfers[offer]
        if not is_done:
            self.points -= made.points
            self.transfers[offer] = (made, True)
        return made


def unit_of(purse: Purse) -> str:
    return "points" if purse is Purse.POINTS else "EUR"
