from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.access.model import Role
from core.catalog import service as catalog
from core.catalog.model import Product
from core.closing.job import close_cycle
from core.closing.model import Closed
from core.db.database import Database
from core.genealogy import service as genealogy
from core.genealogy.model import Termination
from core.kernel.ids import PersonId
from core.orders import service as orders
from core.orders.model import NewLine, NewOrder
from core.people import service as people
from core.plan import service as plans
from core.ranks import service as ranks
from core.ranks.model import RankPeriod
from tests.core.plan.plans import SMALL
from tests.support.api import Api
from tests.support.planting import plant

PLAN = (
    SMALL.replace("minimum = 1000 }]", 'minimum = 1000 }, { kpi = "active", minimum = 1 }]')
    + """
[kpis.active]
label = "Active people in the frontline"
measure = "heads"
over = "frontline"
active_only = true
"""
)
TEA = Product(sku="TEA", name="Tea", price=Decimal(1), currency="EUR")


@pytest.fixture
async def persons(database: Database, request: pytest.FixtureRequest) -> dict[str, PersonId]:
    """Ana above Ben above Eva; each month of autumn Ben and Eva order, Ana only in October."""
    async with database.begin() as uow:
        await plans.activate(uow, getattr(request, "param", PLAN))
        numbers = await plant(uow, "Ana\n  Ben\n    Eva")
        await catalog.record_products(uow, [TEA])
        for who, month, volume in [
            ("Ben", 9, 150),
            ("Eva", 9, 900),
            ("Ana", 10, 100),
            ("Ben", 10, 200),
            ("Eva", 10, 700),
        ]:
            day = datetime(2026, month, 20, 9, tzinfo=UTC)
            line = NewLine(sku="TEA", quantity=volume)
            await orders.record_order(
                uow, NewOrder(order_id=f"{who}-{month}", person=who, date=day, lines=(line,), paid_on=day)
            )
        await uow.commit()
    return numbers


async def paid(database: Database, persons: dict[str, PersonId], cycle: str) -> dict[str, str | None]:
    async with database.read() as questions:
        recorded = await ranks.recorded_ranks(questions, cycle)
    return {code: recorded[number].rank if number in recorded else None for code, number in persons.items()}


async def test_a_closed_cycle_pays_by_its_own_orders(database: Database, persons: dict[str, PersonId]) -> None:
    assert await close_cycle(database, "2026-09", actor="test") == Closed(cycle="2026-09", already=False, ranked=2)
    assert await close_cycle(database, "2026-10", actor="test") == Closed(
        cycle="2026-10", already=False, ranked=3, changed=2
    )
    assert await paid(database, persons, "2026-09") == {"Ana": None, "Ben": "gold", "Eva": "silver"}
    assert await paid(database, persons, "2026-10") == {"Ana": "gold", "Ben": "silver", "Eva": "silver"}


async def test_what_changes_after_its_end_does_not_change_a_cycle(
    database: Database, persons: dict[str, PersonId]
) -> None:
    async with database.begin() as uow:
        await genealogy.terminate(uow, "Ben", Termination(reason="left"))
        await uow.commit()
    await close_cycle(database, "2026-10", actor="test")
    assert await paid(database, persons, "2026-10") == {"Ana": "gold", "Ben": "silver", "Eva": "silver"}


async def test_titles_and_history_follow(database: Database, persons: dict[str, PersonId]) -> None:
    for cycle in ("2026-09", "2026-10"):
        await close_cycle(database, cycle, actor="test")
    async with database.read() as questions:
        plan = await plans.plan_in_force(questions, questions.now)
        history = await ranks.history(questions, plan, persons["Ben"])
        titles = await people.all_career_ranks(questions)
    assert history == [
        RankPeriod(cycle="2026-10", paid_rank="silver", career_rank="gold"),
        RankPeriod(cycle="2026-09", paid_rank="gold", career_rank="gold"),
    ]
    assert titles == {persons["Ana"]: "gold", persons["Ben"]: "gold", persons["Eva"]: "silver"}


async def test_closing_again_does_nothing(database: Database, persons: dict[str, PersonId]) -> None:
    await close_cycle(database, "2026-10", actor="test")
    assert await close_cycle(database, "2026-10", actor="test") == Closed(cycle="2026-10", already=True)


async def test_staff_close_cycles_and_see_what_is_due(api: Api, persons: dict[str, PersonId]) -> None:
    staff = await api.staff(Role.COMMISSIONS)
    assert (await staff.get("/v1/cycles")).body["due"] == ["2026-10"]
    closed = await staff.post("/v1/cycles/2026-10/close")
    assert (closed.status, closed.body["ranked"]) == (200, 3)
    assert (await staff.get("/v1/cycles")).body["due"] == []
    running = await staff.post("/v1/cycles/2026-11/close")
    assert (running.status, running.code) == (409, "cycle_running")


async def test_a_person_sees_her_ranks_of_closed_cycles(api: Api, persons: dict[str, PersonId]) -> None:
    await close_cycle(api.database, "2026-10", actor="test")
    ana = await api.person(persons["Ana"], chat=7)
    october = {"cycle": "2026-10", "paid_rank": "gold", "career_rank": "gold", "honorary_rank": None}
    assert (await ana.get("/v1/me/ranks")).body == [{**october, "by_grace": False}]


WITH_GRACE = PLAN.replace('code = "gold"', 'code = "gold"\ngrace = 1').replace(
    "[ladder]", '[ladder]\nhonorary = "highest"'
)


@pytest.mark.parametrize("persons", [WITH_GRACE], indirect=True)
async def test_a_rank_is_kept_by_grace_when_cycles_are_closed_and_in_the_open_one(
    api: Api, persons: dict[str, PersonId]
) -> None:
    ana, ben = [await api.person(persons[who], chat=chat) for chat, who in ((7, "Ana"), (8, "Ben"))]
    assert (await ana.get("/v1/me")).body["paid_rank"] is None
    for cycle in ("2026-09", "2026-10"):
        await close_cycle(api.database, cycle, actor="test")
    history = (await ben.get("/v1/me/ranks")).body
    assert [(one["cycle"], one["paid_rank"], one["by_grace"]) for one in history] == [
        ("2026-10", "gold", True),
        ("2026-09", "gold", False),
    ]
    assert (await ana.get("/v1/me")).body["paid_rank"] == "gold"
    assert (await ben.get("/v1/me")).body["paid_rank"] is None
    told = (await ana.get("/v1/me/progress")).body
    assert (told["paid_rank"], told["by_grace"], told["honorary_rank"]) == ("gold", True, "gold")
    told = (await ben.get("/v1/me/progress")).body
    assert (told["paid_rank"], told["by_grace"], told["honorary_rank"]) == (None, False, "gold")
    card = (await ana.get("/v1/me/line/Ben")).body
    assert (card["paid_rank"], card["by_grace"], card["honorary_rank"]) == (None, False, "gold")
