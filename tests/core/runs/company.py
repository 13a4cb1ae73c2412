"""A small company whose cycles are settled: Ana above Ben above Eva, who order in September and in October.

| cycle   | orders                     | Ana                  | Ben         | Eva |
| ------- | -------------------------- | -------------------- | ----------- | --- |
| 2026-09 | Ben 150, Eva 900           | 10 % 150 + 5 % 900   | 10 % of 900 | -   |
|         |                            | = 15 + 45 = 60       | = 90        |     |
| 2026-10 | Ana 100, Ben 200, Eva 700  | 20 + 35 = 55         | 70          | -   |
"""

from datetime import UTC, datetime
from decimal import Decimal

from core.access.model import Permission, Role
from core.access.service import acting, add_staff
from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.database import Database
from core.kernel.ids import PersonId
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder
from core.plan import service as plans
from core.runs.model import NewRun, RunState, Work
from core.runs.service import states
from core.runs.working import work
from tests.core.plan.plans import SMALL
from tests.support.planting import plant

UNILEVEL = """
[[bonuses]]
code = "team"
kind = "unilevel"
label = "Team"
levels = ["10 %", "5 %"]
"""
LIMITS = """
[runs.monthly]
calendar = "month"
jump_max = 5
jump_from = 50
"""
PLAN = SMALL + UNILEVEL
TEA = Product(sku="TEA", name="Tea", price=Decimal(1), currency="EUR")
STAFF = ("carla", "dora", "edith", "fay")


async def found(database: Database, plan: str = PLAN) -> dict[str, PersonId]:
    """Everybody's number by code; and staff of commissions."""
    async with database.begin() as uow:
        await plans.activate(uow, plan)
        numbers = await plant(uow, "Ana\n  Ben\n    Eva")
        await catalog.record_products(uow, [TEA])
        for who, month, volume in [
            ("Ben", 9, 150),
            ("Eva", 9, 900),
            ("Ana", 10, 100),
            ("Ben", 10, 200),
            ("Eva", 10, 700),
        ]:
            await ordered(database, who, volume, f"{who}-{month}", datetime(2026, month, 20, 9, tzinfo=UTC), uow=uow)
        for name in STAFF:
            await add_staff(uow, name, Role.COMMISSIONS)
        await uow.commit()
    return numbers


async def ordered(
    database: Database, who: str, volume: int, order: str, at: datetime, *, uow: object | None = None
) -> None:
    """Somebody's order, paid at once."""
    wish = NewOrder(order_id=order, person=who, date=at, lines=(NewLine(sku="TEA", quantity=volume),), paid_on=at)
    if uow is not None:
        await orders.record_order(uow, wish)  # type: ignore[arg-type]  # the transaction that is open
        return
    async with database.begin() as own:
        await orders.record_order(own, wish)
        await own.commit()


async def actor(database: Database, name: str) -> str:
    """How events name a member of staff."""
    async with database.read() as questions:
        return await acting(questions, name, Permission.APPROVE_SETTLEMENT)


async def started(database: Database, cycle: str, by: str = "carla", kind: str | None = None) -> int:
    """A draft."""
    async with database.begin(actor=await actor(database, by)) as uow:
        run = await states.start(uow, NewRun(cycle=cycle, kind=kind))
        await uow.commit()
    return run


async def done(database: Database, run: int, what: Work) -> RunState:
    """A work from its beginning to its end."""
    return await work(database, run, what, actor="staff:1", tell=lambda _line: None)


async def approved(database: Database, run: int, *by: str) -> RunState:
    """Approvals, one after the other; the state after the last."""
    state = RunState.DRAFT
    for name in by or ("dora", "edith"):
        async with database.begin(actor=await actor(database, name)) as uow:
            state = await states.approve(uow, run)
            await uow.commit()
    return state


async def released(database: Database, cycle: str) -> int:
    """A run of a cycle from draft to release."""
    run = await started(database, cycle)
    for what in (Work.PREVIEW, Work.VALIDATE):
        await done(database, run, what)
    assert await approved(database, run) is RunState.APPROVED
    assert await done(database, run, Work.RELEASE) is RunState.RELEASED
    return run
