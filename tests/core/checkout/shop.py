"""A small shop with a points programme, for tests of checkout."""

from datetime import UTC, datetime
from decimal import Decimal

from core.catalog import service as catalog
from core.catalog.model import Product
from core.checkout import service
from core.db.unit_of_work import UnitOfWork
from core.incentives import service as incentives
from core.incentives.model import NewCoupon, NewCreditNote
from core.kernel.errors import DomainError
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Purpose
from core.live.service import Live
from core.orders import service as orders
from core.orders.model import NewOrder, Order, OrderPayment
from core.plan import service as plans
from core.points import service as points
from core.points.model import Adjustment
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

PLAN = (
    SMALL
    + """
[points]
safe_after_days = 0

[points.name]
en = { one = "star", other = "stars" }

[points.redeem]
mixed = true
points_share_least = "25 %"
quantity_most = 5
daily = 3000

[[points.rules]]
code = "any"
label = "Any order"
on = "order"
when = "order.amount >= 0"
points = 7
"""
)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def product(sku: str, price: int, redeem: int | None, stock: int | None = None, most: int | None = None) -> Product:
    return Product(
        sku=sku,
        name=sku.title(),
        price=Decimal(price),
        currency="EUR",
        points=price,
        redeem_points=redeem,
        stock=stock,
        redeem_most=most,
    )


BLENDER = product("BLENDER", 40, 1000, stock=3)
TEA = product("TEA", 10, 250, most=2)
BOOK = product("BOOK", 20, None)


async def found(uow: UnitOfWork) -> dict[str, PersonId]:
    """The company with plan, people and goods; Ana has 2000 stars and 30.00 EUR of credit."""
    await plans.activate(uow, PLAN)
    await catalog.record_products(uow, [BLENDER, TEA, BOOK])
    people = await plant(uow, "Ana\n  Ben")
    await points.adjust(uow, Adjustment(person="Ana", amount=2000, reason="Welcome"))
    await points.adjust(uow, Adjustment(person="Ana", amount=3000, currency="EUR", reason="Welcome"))
    await incentives.give_coupon(uow, NewCoupon(person="Ana", code="TEN", label={"en": "Ten"}, percent=Decimal(10)))
    await incentives.give_credit_note(
        uow, NewCreditNote(person="Ana", number="CN1", amount_minor=1500, currency="EUR", reason="Broken cup")
    )
    uow.emitted.clear()
    return people


async def stars(uow: UnitOfWork, person: PersonId) -> int:
    return await ledger.balance(uow, Account(person=person, purpose=Purpose.POINTS_AVAILABLE, unit=POINTS))


async def money(uow: UnitOfWork, person: PersonId, purpose: Purpose = Purpose.CREDIT) -> int:
    return await ledger.balance(uow, Account(person=person, purpose=purpose, unit="EUR"))


async def stock(uow: UnitOfWork, sku: str = "BLENDER") -> int | None:
    return (await catalog.products(uow, [sku]))[sku].stock


def new(order_id: str = "O1", basket: str = "BLENDER 1", **changes: object) -> NewOrder:
    """An order that is not paid, by Ana."""
    lines = [{"sku": line.split()[0], "quantity": int(line.split()[1])} for line in basket.split(", ")]
    values: dict[str, object] = {"order_id": order_id, "person": "Ana", "date": NOW, "lines": lines}
    return NewOrder.model_validate(values | changes)


def by(*means: str) -> list[dict[str, object]]:
    """Payments from words such as `points 500`, `coupon TEN`, `credit_note CN1 700`, `credit`."""
    found: list[dict[str, object]] = []
    for words in means:
        kind, *rest = words.split()
        documents = [word for word in rest if not word.isdigit()]
        amounts = [int(word) for word in rest if word.isdigit()]
        found.append(
            {"means": kind, "document": documents[0] if documents else None, "amount": amounts[0] if amounts else None}
        )
    return found


async def take(uow: UnitOfWork, live: Live, order: NewOrder) -> Order:
    return await service.take_order(uow, order, live)


def told(payments: tuple[OrderPayment, ...]) -> list[str]:
    """Payments as words: means, amount, value, given back."""
    return [f"{one.means.value} {one.amount} {one.value_minor} {one.given_back}" for one in payments]


async def require_sound(uow: UnitOfWork) -> None:
    """Nothing is wrong with book, lots, credit notes and payments."""
    for book in (ledger, points, incentives, orders):
        assert await book.verify(uow) == []


async def refusal(awaited: object) -> str:
    """The code of the refusal, or nothing."""
    try:
        await awaited  # type: ignore[misc]  # any coroutine
    except DomainError as error:
        return error.code
    return ""
