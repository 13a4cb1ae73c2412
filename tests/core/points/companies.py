"""A small company with a points programme, for tests of services."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from core.catalog import service as catalog
from core.catalog.model import Product, Rate
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Account, Purpose
from core.live.state import State
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder, OrderKind
from core.plan import service as plans
from core.points import service as points
from core.points.service import passing
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

POINTS_PLAN = (
    SMALL
    + """
[points]
since = 2026-01-01
safe_after_days = 14
expire_after_months = 2
expire_at = "day"
warn_days = [7, 1]

[points.name]
en = { one = "star", other = "stars" }

[points.redeem]

[points.transfer]
least = 10
most = 500
daily = 600

[points.convert]
to_credit = 0.04
from_credit = 0.05
from_commissions = 0.05
least = 10
daily = 5000

[[points.rules]]
code = "both"
label = "Tea and soap together"
on = "order"
when = 'bought("TEA") >= 1 and bought("SOAP") >= 1'
points = 30

[[points.rules]]
code = "first_order"
label = "First order of a referral"
on = "order"
when = "order.first and referred"
points = 200
to = "referrer"
once = true

[[points.tiers]]
code = "bronze"
label = "Bronze"
earned = 100

[[points.tiers]]
code = "gold"
label = "Gold"
earned = 1000
"""
)
TREE = """
Ana
  Ben
    Eva
  (Cleo)
"""
TEA = Product(
    sku="TEA", name="Tea", price=Decimal(1), currency="EUR", points=1, redeem_points=80, names={"es": "Té de menta"}
)
SOAP = Product(sku="SOAP", name="Soap", price=Decimal(5), currency="EUR", points=5, redeem_points=400)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def found(uow: UnitOfWork, plan: str = POINTS_PLAN) -> dict[str, PersonId]:
    """The company with its plan, people and catalogue."""
    await plans.activate(uow, plan)
    await catalog.record_products(uow, [TEA, SOAP])
    rates = [("USD", "EUR", "0.9"), ("EUR", "USD", "1.1"), ("JPY", "EUR", "0.006"), ("EUR", "JPY", "170")]
    await catalog.record_rates(
        uow, [Rate(since=NOW.date().replace(month=1), source=a, target=b, rate=Decimal(rate)) for a, b, rate in rates]
    )
    return await plant(uow, TREE)


async def order(
    uow: UnitOfWork,
    order_id: str,
    who: str,
    lines: Sequence[tuple[str, int]] = (("TEA", 100),),
    *,
    at: datetime = NOW,
    returns: str | None = None,
    state: State | None = None,
) -> int:
    """Record a paid order (or a return of one) and let it earn (or take back); how many points that moved."""
    new = NewOrder(
        order_id=order_id,
        person=who,
        date=at,
        kind=OrderKind.RETURN if returns else OrderKind.SALE,
        lines=tuple(NewLine(sku=sku, quantity=quantity) for sku, quantity in lines),
        paid_on=None if returns else at,
        returns_order_id=returns,
    )
    await orders.record_order(uow, new)
    return await (points.take_back(uow, order_id, state) if returns else points.earn(uow, order_id, state))


async def balances(uow: UnitOfWork, person: PersonId) -> tuple[int, int]:
    """Available and pending points by the book."""
    found = [
        await ledger.balance(uow, Account(person=person, purpose=purpose, unit=POINTS))
        for purpose in (Purpose.POINTS_AVAILABLE, Purpose.POINTS_PENDING)
    ]
    return found[0], found[1]


async def time_passes(uow: UnitOfWork) -> None:
    """What the sweep does when time has passed."""
    await passing.make_safe(uow, await passing.people_safe(uow, 1_000))
    await passing.end(uow, await passing.people_ended(uow, 1_000))


async def require_sound(uow: UnitOfWork) -> None:
    """Nothing is wrong with book and lots."""
    assert await ledger.verify(uow) == []
    assert await points.verify(uow) == []
