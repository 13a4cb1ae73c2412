"""What was paid beyond the distributor's price, in the service: kept by the price of the order's day, and paid out."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.access.model import Role
from core.access.service import add_staff
from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.earnings.estimating import Estimates
from core.exchange.importing import import_file
from core.exchange.model import FileKind
from core.orders import service as orders
from core.orders.model import NewOrder, OrderDiffers
from core.plan import service as plans
from core.runs import service
from core.settlement.lines.columns import LineColumns
from core.settlement.lines.reasons import awards
from tests.core.plan.plans import SMALL
from tests.core.runs.company import STAFF, released
from tests.support.clock import StillClock
from tests.support.planting import plant

RETAIL = """
[[bonuses]]
code = "retail"
kind = "rule"
label = "Retail profit"
base = "margin"
when = "true"
per = "order"
rate = "100 %"
orders = { who = "customers", customers_as = "sponsor" }

[[bonuses]]
code = "cups"
kind = "unilevel"
label = "So much for each cup and each tea"
base = "pieces"
levels = ["1 each"]
"""
DAY = datetime(2026, 9, 20, 9, tzinfo=UTC)
HEAD = "order_id,person_id,date,sku,qty,unit_price,kind,returns_order_id,distributor_price\n"
IMPORTED = """I1,Cleo,2026-09-21,TEA,2,144,sale,,
I1,Cleo,2026-09-21,CUP,1,3,sale,,
I2,Cleo,2026-09-21,TEA,1,144,sale,,120
I3,Cleo,2026-09-22,TEA,1,160,return,O1,
I4,Cleo,2026-09-22,TEA,1,144,return,,
"""
COME_TO = {"O1": 8000, "R1": -4000, "I1": 2800, "I2": 2400, "I3": -4000, "I4": -1400}
"""The sale of two at 160 for 120 comes back by its own margin, though the price is 130 by then."""
PIECES = {"O1": 200, "R1": -100, "I1": 300, "I2": 100, "I3": -100, "I4": -100}


async def priced(uow: UnitOfWork, tea: int) -> None:
    """The catalogue, with a price of tea."""
    products = [Product(sku="TEA", name="Tea", price=Decimal(tea), currency="EUR")]
    await catalog.record_products(uow, [*products, Product(sku="CUP", name="Cup", price=Decimal(4), currency="EUR")])


def wish(order: str, quantity: int, **words: object) -> NewOrder:
    line = {"sku": "TEA", "quantity": quantity, "unit_price": 160}
    said = {"order_id": order, "person": "Cleo", "date": DAY, "paid_on": DAY, "lines": [line], **words}
    return NewOrder.model_validate(said)


async def founded(database: Database) -> None:
    """Cleo, a customer of Ben, orders two at 160 while distributors pay 120; then they pay 130, and one comes back."""
    async with database.begin() as uow:
        await plans.activate(uow, SMALL + RETAIL)
        await plant(uow, "Ana\n  Ben\n    (Cleo)")
        await priced(uow, 120)
        await orders.record_order(uow, wish("O1", 2))
        await priced(uow, 130)
        back = wish("R1", 1, kind="return", returns_order_id="O1", paid_on=None)
        await orders.record_order(uow, back)
        for name in STAFF:
            await add_staff(uow, name, Role.COMMISSIONS)
        await uow.commit()
    file = (HEAD + IMPORTED).encode().splitlines(keepends=True)
    outcome = await import_file(database, FileKind.ORDERS, file, actor="test")
    assert not outcome.blocked, outcome.problems


async def test_a_run_and_the_estimate_pay_by_the_price_of_the_orders_day(database: Database, clock: StillClock) -> None:
    clock.moment = datetime(2026, 9, 30, 12, tzinfo=UTC)
    await founded(database)
    estimates = Estimates(database)
    while (found := await estimates.latest()) is None:
        continue  # a slow machine: it waits for some seconds itself
    lines = LineColumns(found.outcome)
    told = awards(lines.at(0, lines.size)).filter(bonus="retail").select("payee_id", "source_order_id", "base").rows()
    assert {order: (payee, Decimal(base)) for payee, order, base in told} == {
        order: ("Ben", Decimal(margin).scaleb(-2)) for order, margin in COME_TO.items()
    }
    clock.moment = datetime(2026, 10, 5, 12, tzinfo=UTC)
    run = await released(database, "2026-09")
    async with database.read() as questions:
        paid = await service.lines_of(questions, run, "Ben")
    assert dict(paid.filter(bonus="retail").select("source_order_id", "amount_minor").rows()) == COME_TO
    assert dict(paid.filter(bonus="cups").select("source_order_id", "amount_minor").rows()) == PIECES


async def test_an_order_told_again_with_another_price_of_distributors_is_another(database: Database) -> None:
    async with database.begin() as uow:
        await plans.activate(uow, SMALL)
        await plant(uow, "Ana\n  (Cleo)")
        await priced(uow, 120)
        line = {"sku": "TEA", "quantity": 1, "unit_price": 160, "distributor_price": 125}
        await orders.record_order(uow, wish("O1", 1, lines=[line]))
        _, is_new = await orders.record_order(uow, wish("O1", 1, lines=[line]))
        assert not is_new
        with pytest.raises(OrderDiffers):
            await orders.record_order(uow, wish("O1", 1, lines=[line | {"distributor_price": 126}]))
