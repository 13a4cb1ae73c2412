"""Orders that come to a released cycle, where the plan settles none of them: whoever settles next is told once."""

from datetime import UTC, datetime

from core.db.database import Database
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder, OrderKind
from core.plan.service import parsed
from core.runs.loading.lost import lost_kinds
from core.runs.model import Work
from core.runs.service import showing
from core.runs.telling import findings
from tests.core.runs.company import PLAN, approved, done, found, ordered, released, started

SEPTEMBER, AUGUST = datetime(2026, 9, 25, 9, tzinfo=UTC), datetime(2026, 8, 25, 9, tzinfo=UTC)


async def came_back(database: Database, order: str, at: datetime) -> None:
    line = NewLine(sku="TEA", quantity=50)
    wish = NewOrder(
        order_id=order, person="Ben", date=at, kind=OrderKind.RETURN, lines=(line,), returns_order_id="Ben-9"
    )
    async with database.begin() as uow:
        await orders.record_order(uow, wish)
        await uow.commit()


async def told(database: Database, run: int) -> list[tuple[str, object]]:
    await done(database, run, Work.PREVIEW)
    async with database.read() as questions:
        return [(one.code, one.facts.get("orders")) for one in await showing.findings(questions, run)]


async def test_what_comes_to_released_cycles_is_told_once_with_the_first_run_after_it(database: Database) -> None:
    await found(database)
    async with database.begin() as uow:
        line = NewLine(sku="TEA", quantity=10)
        await orders.record_order(uow, NewOrder(order_id="unpaid", person="Ben", date=SEPTEMBER, lines=(line,)))
        await uow.commit()
    await released(database, "2026-08")
    await ordered(database, "Ben", 5, "august", AUGUST)
    september = await started(database, "2026-09")
    assert await told(database, september) == [("run_orders_lost", ["august"])]
    await done(database, september, Work.VALIDATE)
    await approved(database, september)
    await done(database, september, Work.RELEASE)
    await came_back(database, "back", SEPTEMBER)
    await came_back(database, "long-back", AUGUST)
    await came_back(database, "in-time", datetime(2026, 10, 2, 9, tzinfo=UTC))
    await ordered(database, "Ben", 5, "late", AUGUST)
    async with database.begin() as uow:
        await orders.pay_order(uow, "unpaid", paid_on=SEPTEMBER)
        await uow.commit()
    run = await started(database, "2026-10")
    assert await told(database, run) == [("run_orders_lost", ["back", "late", "long-back", "unpaid"])]
    async with database.read() as questions:
        [said] = findings(await showing.findings(questions, run))
    assert "back, late, long-back, and unpaid (4)" in said and said.startswith("notice"), said


def test_what_a_plan_settles_later_is_not_lost() -> None:
    kinds = {section: lost_kinds(parsed(PLAN + section)) for section in ("", "\n[returns]\n", "\n[late_orders]\n")}
    assert kinds == {
        "": (OrderKind.SALE, OrderKind.RETURN),
        "\n[returns]\n": (OrderKind.SALE,),
        "\n[late_orders]\n": (),
    }
