"""María's stars: what core would say about them, so far as the chat asks."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO

import orjson
from aiohttp import web
from PIL import Image
from pydantic import BaseModel

from core.checkout.model import Redeemed, RedemptionOffer, RedemptionWish, Usable
from core.incentives.model import HoldingKind
from core.kernel.words import CompanyText
from core.orders.model import Order, OrderKind, OrderState
from core.points.model import (
    Amount,
    Expiries,
    Expiry,
    Movement,
    MovementKind,
    PointsCard,
    Redeemable,
    TierStanding,
)
from tests.support.core_stand_in import card_of, page, refused

STARS: CompanyText = {
    "en": {"one": "star", "other": "stars"},
    "es": {"one": "estrella", "other": "estrellas"},
    "de": {"one": "Stern", "other": "Sterne"},
    "pt-BR": {"one": "estrela", "other": "estrelas"},
    "fr": {"one": "étoile", "other": "étoiles"},
}
PICTURE = "8f14e45fceea167a"
NAMES: dict[str, CompanyText] = {
    "BL-100": {
        "en": "Blender",
        "es": "Licuadora",
        "de": "Standmixer",
        "pt-BR": "Liquidificador",
        "fr": "Mixeur",
    },
    "CR-410": {
        "en": "Day cream",
        "es": "Crema de día",
        "de": "Tagescreme",
        "pt-BR": "Creme diurno",
        "fr": "Crème de jour",
    },
    "CR-420": {
        "en": "Night cream",
        "es": "Crema de noche",
        "de": "Nachtcreme",
        "pt-BR": "Creme noturno",
        "fr": "Crème de nuit",
    },
    "AF-720": {
        "en": "Air fryer",
        "es": "Freidora de aire",
        "de": "Heißluftfritteuse",
        "pt-BR": "Fritadeira elétrica",
        "fr": "Friteuse à air",
    },
}
NOTE = "CN-77"
PRICES = {"BL-100": 1500, "CR-420": 840, "CR-410": 760, "AF-720": 2300}
MINOR_PER_POINT = 4
QUANTITY_MOST = 3
LIMIT_MAX = 50
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HISTORY = (
    Movement(at=NOW, kind=MovementKind.EARNED, points=120, pending=True, order_id="70001"),
    Movement(at=datetime(2026, 11, 18, 9, tzinfo=UTC), kind=MovementKind.RECEIVED, points=200, person="Ana Ruiz"),
    Movement(
        at=datetime(2026, 11, 15, 9, tzinfo=UTC),
        kind=MovementKind.REDEEMED,
        points=-320,
        order_id="R1",
        product=NAMES["CR-410"],
    ),
    Movement(
        at=datetime(2026, 11, 9, 9, tzinfo=UTC),
        kind=MovementKind.RULE,
        points=250,
        person="Li",
        rule={
            "en": "A friend's first order",
            "es": "Primer pedido de una amistad",
            "de": "Erste Bestellung aus dem Freundeskreis",
            "pt-BR": "Primeiro pedido de uma indicação",
            "fr": "Première commande d'un filleul",
        },
    ),
    Movement(at=datetime(2026, 10, 31, 9, tzinfo=UTC), kind=MovementKind.EXPIRED, points=-40),
    Movement(
        at=datetime(2026, 10, 20, 9, tzinfo=UTC),
        kind=MovementKind.CONVERTED,
        points=-500,
        money=Amount(amount_minor=500, currency="EUR"),
    ),
    Movement(at=datetime(2026, 10, 12, 9, tzinfo=UTC), kind=MovementKind.TAKEN_BACK, points=-48, order_id="70008"),
    Movement(
        at=datetime(2026, 10, 10, 9, tzinfo=UTC), kind=MovementKind.SENT, points=-100, person="<b>Bobby & Söhne</b>"
    ),
    Movement(
        at=datetime(2026, 10, 2, 9, tzinfo=UTC), kind=MovementKind.ADJUSTED, points=25, reason="For the long wait"
    ),
    Movement(at=datetime(2026, 9, 1, 9, tzinfo=UTC), kind=MovementKind.OPENING, points=2413),
)


class PointsRoom:
    """Answers for core about points and redeeming; a test sets the fields to what it needs."""

    def __init__(self, available: int = 1900) -> None:
        self.available = available
        self.mixed = False
        self.credit_minor = 0
        self.note_minor = 0
        self.picture = drawn()
        self.history: Sequence[Movement] = HISTORY
        self.offers: dict[str, RedemptionOffer] = {}
        self.lapsed: set[str] = set()
        self.changed: set[str] = set()
        self.orders: dict[str, tuple[Order, RedemptionOffer]] = {}

    def __call__(self, request: web.Request, body: bytes) -> BaseModel | bytes | None:
        query = request.query
        known: dict[str, Callable[[], BaseModel | bytes]] = {
            "/v1/me/points": self.card,
            "/v1/me/points/expiries": self.expiries,
            "/v1/me/points/history": lambda: page(self.history, query),
            "/v1/me/redeemables": lambda: page(self.found(query.get("q")), query),
            "/v1/me/redemptions/offer": lambda: self.offer(RedemptionWish.model_validate_json(body)),
            "/v1/me/redemptions": lambda: self.redeem(orjson.loads(body)["offer"]),
            "/v1/products/BL-100/picture": lambda: self.picture,
        }
        if request.path not in known:
            return self._order(request.path)
        if int(query.get("limit", 1)) > LIMIT_MAX:
            raise refused("request_invalid", status=422)
        return known[request.path]()

    def expiries(self) -> Expiries:
        """All that ends."""
        return Expiries(name=STARS, available=self.available, expiries=self.card().expiries)

    def card(self) -> PointsCard:
        """Her points at a glance."""
        reach = [one for one in self.products() if one.affordable][:3]
        return PointsCard(
            name=STARS,
            available=self.available,
            pending=120,
            pending_until=date(2026, 12, 4),
            expiries=(
                Expiry(on=date(2026, 11, 30), points=340),
                Expiry(on=date(2026, 12, 31), points=500),
                Expiry(on=date(2027, 1, 31), points=160),
            )
            if self.available > 0
            else (),
            within_reach=tuple(reach),
            next_reach=next((one for one in self.products() if not one.affordable), None),
            tier=TierStanding(
                code="silver",
                label={"en": "Silver", "es": "Plata", "de": "Silber", "pt-BR": "Prata", "fr": "Argent"},
                earned=2700,
                next_label={"en": "Gold", "es": "Oro", "de": "Gold", "pt-BR": "Ouro", "fr": "Or"},
                to_go=300,
            ),
            credit=(Amount(amount_minor=self.credit_minor, currency="EUR"),) if self.credit_minor else (),
            can_redeem=True,
            can_convert=True,
            can_transfer=True,
            warn=True,
        )

    def products(self) -> list[Redeemable]:
        """Affordable ones first, the dearest of them first; then the cheapest first."""
        made = [
            Redeemable(
                sku=sku,
                product=NAMES[sku],
                points=price,
                affordable=price <= self.available,
                missing=max(0, price - self.available),
                picture=PICTURE if sku == "BL-100" else None,
            )
            for sku, price in PRICES.items()
        ]
        return sorted(made, key=lambda one: (not one.affordable, -one.points if one.affordable else one.points))

    def found(self, q: str | None) -> list[Redeemable]:
        """Those that have it in a name, or as their sku."""
        wanted = (q or "").casefold()
        return [
            one
            for one in self.products()
            if any(wanted in str(name).casefold() for name in (one.sku, *one.product.values()))
        ]

    def offer(self, wish: RedemptionWish) -> RedemptionOffer:
        if wish.sku not in PRICES:
            raise refused("product_unknown", status=404, sku=wish.sku, nearest="BL-100")
        if wish.quantity > QUANTITY_MOST:
            raise refused("quantity_too_many", most=QUANTITY_MOST)
        whole = PRICES[wish.sku] * wish.quantity
        least = whole // 2 if self.mixed else None
        points = min(wish.points or whole, whole)
        if points < whole and (least is None or points < least):
            raise refused("mix_not_allowed", least=whole if least is None else least)
        if points > self.available:
            raise refused(
                "points_too_few",
                available=self.available,
                needed=points,
                missing=points - self.available,
                mix_least=least if least is not None and least <= self.available else None,
            )
        money = (whole - points) * MINOR_PER_POINT
        by_note = min(money, self.note_minor) if wish.credit_note == NOTE else 0
        made = RedemptionOffer(
            offer=f"offer-number-{len(self.offers) + 1:09}",
            name=STARS,
            sku=wish.sku,
            product=NAMES[wish.sku],
            quantity=wish.quantity,
            points=points,
            points_whole=whole,
            points_least=least,
            quantity_most=QUANTITY_MOST,
            amount_minor=money,
            currency="EUR" if money else None,
            from_credit_minor=min(money - by_note, self.credit_minor),
            from_note_minor=by_note,
            document=wish.credit_note,
            usable=_usable(self.note_minor, money) if wish.credit_note is None else (),
            left=self.available - points,
            picture=PICTURE if wish.sku == "BL-100" else None,
        )
        self.offers[made.offer] = made
        return made

    def redeem(self, offer: str) -> Redeemed:
        if offer in self.lapsed or offer not in self.offers:
            raise refused("offer_gone")
        if offer in self.changed:
            raise refused("offer_changed")
        shown = self.offers[offer]
        number = f"R{offer[-9:]}"
        if number not in self.orders:
            self.available -= shown.points
            order = Order(
                order_id=number,
                kind=OrderKind.SALE,
                state=OrderState.PAID,
                ordered_at=NOW,
                paid_at=NOW,
                amount_minor=shown.amount_minor,
                currency="EUR",
                cv=0,
                qv=0,
                line_count=1,
                points_paid=shown.points,
                redeemed=True,
                lines=(),
            )
            self.orders[number] = (order, shown)
        return Redeemed(
            order=card_of(self.orders[number][0]),
            product=shown.product,
            quantity=shown.quantity,
            points=shown.points,
            left=shown.left,
            name=STARS,
        )

    def _order(self, path: str) -> BaseModel | None:
        number = path.removeprefix("/v1/me/orders/").removesuffix("/cancel")
        if number not in self.orders:
            return None
        order, shown = self.orders[number]
        if path.endswith("/cancel") and order.state is OrderState.SHIPPED:
            raise refused("order_shipped", order=number)
        if path.endswith("/cancel") and order.state is not OrderState.CANCELLED:
            self.available += shown.points
            order = order.model_copy(update={"state": OrderState.CANCELLED})
            self.orders[number] = (order, shown)
        return order


def drawn() -> bytes:
    """A picture of something."""
    made = BytesIO()
    Image.new("RGB", (640, 480), (200, 120, 40)).save(made, "PNG")
    return made.getvalue()


def _usable(note_minor: int, money: int) -> tuple[Usable, ...]:
    """Her credit note, where money is asked for that it could pay."""
    worth = min(note_minor, money)
    return (Usable(kind=HoldingKind.CREDIT_NOTE, code=NOTE, worth_minor=worth),) if worth else ()
