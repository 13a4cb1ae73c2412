"""Live figures of some orders and of the last days: each equals one computed afresh."""

import random
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, update
from sqlmodel import SQLModel

from core.catalog import service as catalog
from core.catalog.model import Product
from core.checkout.service.figures import figures as figures_for_rules
from core.db.database import Database
from core.kernel.ids import PersonId, new_id
from core.kernel.words import CompanyText
from core.live.computing import compute_open
from core.live.load_along import LINKS
from core.live.service import Live
from core.live.state import State
from core.orders.model import VolumeChanged
from core.orders.tables import OrderLineRow
from core.people.model import PersonChanged
from core.plan import service as plans
from core.plan.reading import check
from core.progress import service as progress
from core.progress.model import Counting
from tests.core.live.companies import LONG_AGO, ORDERS, PEOPLE, write
from tests.support.clock import StillClock
from tests.support.plain import Human

NOW = datetime.fromisoformat("2026-10-15T12:00+02:00")
LINES = SQLModel.metadata.tables[str(OrderLineRow.__tablename__)]
POINTS = """
[points]
safe_after_days = 0

[points.name]
en = { one = "star", other = "stars" }

[[points.rules]]
code = "first"
label = "First orders below"
on = "order"
when = "kpi.first >= 1"
points = 7
"""
TREE = {1: Human(None), 2: Human(1), 3: Human(2), 4: Human(2, kind="customer"), 5: Human(3)}
PLAN = """
[plan]
code = "days"
version = "1"
name = "Days"
company = "Days"
currency = "EUR"
time_zone = "Europe/Madrid"

[activity]
measure = "qv"
minimum = 50
days = 10
orders = { without_products = ["KIT"] }
newcomer_days = 5

[trees.binary]
spill = "weak"

[kpis.week]
label = "Seven days"
measure = "qv"
over = "line"
include_self = true
days = 7

[kpis.anew]
label = "Since the last of two days"
measure = "qv"
over = "line"
since = ["10-12", "10-20"]

[kpis.first]
label = "First orders"
measure = "orders"
over = "line"
orders = { only = "first" }

[kpis.repeated]
label = "Repeated, customers by half"
measure = "cv"
over = "line"
include_self = true
customer_share = "50 %"
orders = { only = "repeat" }

[kpis.goods]
label = "Goods"
measure = "qv"
over = "frontline"
cycles = "all"
orders = { products = ["OIL"], within_days = 3 }

[kpis.large]
label = "Large orders"
measure = "orders"
over = "line"
include_self = true
orders = { minimum = 50, without_products = ["KIT"] }

[kpis.large_first]
label = "Large first orders"
measure = "cv"
over = "line"
orders = { minimum = 50, only = "first" }

[kpis.own_first]
label = "Own first"
measure = "qv"
orders = { only = "first" }

[kpis.awake]
label = "Active"
measure = "heads"
over = "line"
active_only = true

[kpis.placed]
label = "Placed"
measure = "qv"
over = "line"
tree = "binary"
days = 2
orders = { without_products = ["KIT"] }

[kpis.recruits]
label = "Recruits"
measure = "orders"
over = "levels"
to_level = 2
include_self = true
tree = "binary"
enrolled_only = true
orders = { only = "repeat", products = ["OIL"] }

[ladder]
gauges = ["week"]

[[ranks]]
code = "bronze"
name = "Bronze"
needs = [{ kpi = "week", minimum = 100 }]
"""
CODES = ("week", "first", "repeated", "goods", "own_first", "awake", "placed", "recruits", "large", "large_first")
PLACES = {1: (None, 0), 2: (1, 1), 3: (2, 1), 4: (2, 2), 5: (1, 2)}
"""Above whom everybody stands in the binary tree, and on which side."""


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


def figures(state: State) -> dict[int, tuple[int, ...]]:
    return {
        int(state.person_of(index)): (*(state.kpi(index, code) for code in CODES), state.rank(index))
        for index in range(state.count)
    }


async def begin(database: Database) -> Live:
    """The company with everybody in her place."""
    await write(database, TREE, PLAN)
    known = {"tree": "binary", "valid_from": LONG_AGO, "recorded_at": LONG_AGO, "recorded_by": "test", "reason": "test"}
    rows = [known | {"person_id": one, "parent_id": above, "slot": slot} for one, (above, slot) in PLACES.items()]
    async with database.begin() as uow:
        await uow.connection.execute(insert(LINKS), rows)
        await uow.commit()
    return Live(database)


async def recomputed(database: Database) -> dict[int, tuple[int, ...]]:
    async with database.read() as questions:
        return figures((await compute_open(questions, database.events)).state)


async def buy(database: Database, person: int, at: datetime, **skus: int) -> None:
    """A paid order with so much of each product, in whole units; less than nothing is a return."""
    volume, sale = sum(skus.values()) * 10_000, sum(skus.values()) >= 0
    row: dict[str, Any] = {
        "order_id": str(new_id()), "person_id": person, "kind": "sale" if sale else "return", "state": "paid",
        "ordered_at": at, "paid_at": at, "currency": "EUR", "amount_minor": 0, "cv": volume, "qv": volume, "points": 0,
        "line_count": len(skus),
    }  # fmt: skip
    async with database.begin() as uow:
        found = await uow.connection.execute(insert(ORDERS).values(row).returning(ORDERS.c.id))
        ref = found.scalar_one()
        for position, (sku, units) in enumerate(skus.items(), start=1):
            line = {"order_ref": ref, "position": position, "sku": sku, "quantity": 1, "unit_price": "1",
                    "amount_minor": 0, "cv": units * 10_000, "qv": units * 10_000, "points": 0}  # fmt: skip
            await uow.connection.execute(insert(LINES).values(line))
        changed = VolumeChanged(
            person=PersonId(person), person_id=PersonId(person), at=at, cv=volume, qv=volume, points=0, orders=int(sale)
        )
        await uow.emit(changed)
        await uow.commit()


async def joined(database: Database, person: int, day: date) -> None:
    async with database.begin() as uow:
        await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(joined_on=day))
        await uow.emit(PersonChanged(person=PersonId(person), person_id=PersonId(person)))
        await uow.commit()


async def test_whatever_is_bought_and_as_days_pass_figures_equal_a_recomputation(
    database: Database, clock: StillClock
) -> None:
    live, chance = await begin(database), random.Random(8)
    assert figures(await live.fresh()) == await recomputed(database)
    for _ in range(25):
        what = chance.choice(["buy", "buy", "buy", "join", "wait"])
        person = chance.choice(list(TREE))
        if what == "buy":
            at = clock.now() - timedelta(days=chance.choice([0, 0, 1, 6, 7, 20]))
            skus = {sku: chance.choice([60, 25, -25]) for sku in chance.choice([("KIT",), ("OIL",), ("KIT", "OIL")])}
            await buy(database, person, at, **skus)
        elif what == "join":
            await joined(database, person, clock.now().date() - timedelta(days=chance.choice([0, 2, 4, 5])))
        else:
            clock.advance(timedelta(hours=chance.choice([1, 12, 24, 100])))
        assert figures(await live.fresh()) == await recomputed(database), what


async def test_at_midnight_a_day_falls_out_or_a_figure_begins_anew(database: Database, clock: StillClock) -> None:
    live = await begin(database)
    await buy(database, 3, datetime.fromisoformat("2026-10-09T00:00+02:00"), OIL=60)
    told = {}
    for moment in ("09T12:00", "11T23:59:59", "12T00:00", "15T23:59:59", "16T00:00", "19T00:00"):
        clock.moment = datetime.fromisoformat(f"2026-10-{moment}+02:00")
        state = await live.fresh()
        told[moment] = [state.kpi(state.index_of(PersonId(1)), code) for code in ("week", "awake", "anew")]
    assert told == {
        "09T12:00": [600_000, 1, 600_000],
        "11T23:59:59": [600_000, 1, 600_000],
        "12T00:00": [600_000, 1, 0],
        "15T23:59:59": [600_000, 1, 0],
        "16T00:00": [0, 1, 0],
        "19T00:00": [0, 0, 0],
    }


async def test_a_supposed_order_is_somebodys_first_or_not(database: Database, clock: StillClock) -> None:
    live = await begin(database)
    await buy(database, 3, clock.now(), OIL=60)
    await joined(database, 5, clock.now().date())
    state = await live.fresh()
    before = figures(state)
    top, old, new = (state.index_of(PersonId(person)) for person in (1, 3, 5))

    def gains(index: int, code: str, above: int = top) -> int:
        return state.suppose([(index, 10, 10)], above).kpi(code) - state.kpi(above, code)

    assert [gains(old, code) for code in ("week", "first", "repeated")] == [10, 0, 10]
    assert [gains(new, code) for code in ("week", "first", "repeated")] == [10, 1, 0]
    seller = state.index_of(PersonId(2))
    assert [gains(one, "goods", above) for one, above in ((old, seller), (new, old))] == [0, 10]
    assert state.suppose([(old, 500_000, 499_999)], top).kpi("large") == state.kpi(top, "large")
    assert state.suppose([(old, 0, 500_000)], top).kpi("large") == state.kpi(top, "large") + 1
    assert figures(state) == before
    alone = state.copied()
    alone.order_all(state.indices(slice(3, 6))[[0, 2]], state.nodes.figures[0, :2] * 0 + 10)
    assert alone.kpi(top, "first") == state.kpi(top, "first") + 1


async def test_points_for_an_order_wait_where_its_lines_decide_what_it_adds(database: Database) -> None:
    for plan, waits in ((PLAN, True), (re.sub(r"(?m)^(orders|newcomer_days) = .*$", "", PLAN), False)):
        found, _ = check(plan + POINTS)
        assert found is not None
        await (write(database, TREE, plan + POINTS) if waits else change_plan(database, plan + POINTS))
        assert (await figures_for_rules(found.points, Live(database)) is None) == waits


async def test_progress_says_what_counts_for_what_is_missing(database: Database) -> None:
    kpis = PLAN.replace("days = 7", 'days = 7\norders = { without_products = ["KIT", "GONE"], minimum = 5 }')
    async with database.begin() as uow:
        await catalog.record_products(uow, [Product(sku="KIT", name="Starter kit", price=Decimal(1), currency="EUR")])
        await uow.commit()
    await write(database, TREE, kpis)
    state = await Live(database).fresh()
    async with database.read() as questions:
        answer = await progress.progress(questions, state, PersonId(2))
    names: tuple[CompanyText, ...] = ({"en": "Starter kit"}, {"en": "GONE"})
    [told] = answer.counting
    assert told == Counting(label={"en": "Seven days"}, without_products=names, minimum=50_000, days=7)


async def change_plan(database: Database, text: str) -> None:
    async with database.begin() as uow:
        await plans.activate(uow, text.replace('version = "1"', 'version = "2"'), date(2026, 10, 1))
        await uow.commit()
