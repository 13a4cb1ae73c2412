"""Two who do the same at the same moment."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.database import Database
from core.db.events import Mark
from core.orders import service
from core.orders.model import NewLine, NewOrder
from core.plan import service as plans
from core.plan.reading import example
from tests.support.planting import plant

ORDER = NewOrder(
    order_id="O1", person="Ana", date=datetime(2026, 11, 3, 8, tzinfo=UTC), lines=(NewLine(sku="TEA", quantity=1),)
)


async def company(database: Database) -> None:
    async with database.begin() as uow:
        await plans.activate(uow, example("demo"))
        await plant(uow, "Ana")
        tea = Product(sku="TEA", name="Tea", price=Decimal(10), currency="EUR")
        await catalog.record_products(uow, [tea])
        await uow.commit()


async def counted(database: Database) -> int:
    """How many orders were announced to count."""
    events, _ = await database.events.read_after(Mark())
    return sum(event.kind == "orders.volume_changed" for event in events)


async def test_an_order_that_comes_twice_at_once_counts_once(database: Database) -> None:
    await company(database)

    async def take() -> bool:
        async with database.begin() as uow:
            _, is_new = await service.record_order(uow, ORDER.model_copy(update={"paid_on": ORDER.date}))
            await uow.commit()
            return is_new

    assert sorted(await asyncio.gather(*(take() for _ in range(4)))) == [False, False, False, True]
    assert await counted(database) == 1


async def test_a_payment_that_comes_twice_at_once_counts_once(database: Database) -> None:
    await company(database)
    async with database.begin() as uow:
        await service.record_order(uow, ORDER)
        await uow.commit()

    async def pay() -> None:
        async with database.begin() as uow:
            await service.pay_order(uow, "O1")
            await uow.commit()

    await asyncio.gather(*(pay() for _ in range(4)))
    assert await counted(database) == 1
