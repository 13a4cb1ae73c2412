"""KPIs that take in a part of customers' volume only."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from core.db.database import Database
from core.kernel.ids import PersonId
from core.kpis.rules import of_customers
from core.live.service import Live
from core.people.model import PersonChanged
from core.plan.reading import check, example
from tests.core.live.companies import PEOPLE, add_order, write
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.support.plain import Human, Order

SHARED = """
[kpis.shared]
label = "Volume, customers by half"
measure = "qv"
over = "line"
customer_share = "50 %"
"""
NOW = -1
"""The age of orders of the open cycle."""


@pytest.mark.parametrize(("order", "share", "counts"), [(101, "50", 51), (-101, "50", -51), (100, "33", 33)])
def test_of_each_order_a_part_rounded_half_up(order: int, share: str, counts: int) -> None:
    assert of_customers(np.array([order]), Decimal(share)).tolist() == [counts]


def test_customers_count_in_part_by_both_engines(tmp_path: Path) -> None:
    company = Offline(tmp_path, HEAD + PERSONAL.replace("[ladder]", SHARED + "\n[ladder]") + ONE_RANK)
    company.person("you")
    for code, kind in (("buyer", "customer"), ("seller", "distributor")):
        company.person(code, "you", kind=kind)
        company.order(code, "100.0001")
    company.order("buyer", "0.0001")
    assert company.settle("2026-10", "--verify") == 0
    assert company.kpi("you", "shared") == Decimal("150.0003")


async def test_they_do_so_live(database: Database) -> None:
    orders = [Order(age=NOW, qv=101)]
    plan = example("demo").replace("[ladder]", SHARED + "\n[ladder]", 1)
    await write(database, {1: Human(None), 2: Human(1, "customer", orders=orders), 3: Human(1, orders=orders)}, plan)
    live = Live(database)

    async def shared() -> int:
        state = await live.fresh()
        return state.kpi(state.index_of(PersonId(1)), "shared")

    assert await shared() == 51 + 101
    async with database.begin() as uow:
        for person in (2, 3):
            await uow.emit(await add_order(uow, person, orders[0]))
        await uow.commit()
    assert await shared() == 2 * (51 + 101)
    async with database.begin() as uow:
        await uow.connection.execute(update(PEOPLE).where(PEOPLE.c.id == 2).values(kind="distributor"))
        await uow.emit(PersonChanged(person=PersonId(2), person_id=PersonId(2)))
        await uow.commit()
    assert await shared() == 4 * 101


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("50 %", "33.333 %"), "plan_value_wrong"),
        (("50 %", "101 %"), "plan_value_wrong"),
        (('measure = "qv"', 'measure = "orders"'), "plan_word_useless"),
        (('over = "line"', 'over = "own"'), "plan_word_useless"),
        (('over = "line"', 'over = "line"\nwho = "distributors"'), "plan_word_useless"),
    ],
)
def test_a_share_of_what_is_no_customers_volume_is_a_fault(changed: tuple[str, str], code: str) -> None:
    kpis = SHARED.replace(*changed)
    plan, problems = check(HEAD + PERSONAL.replace("[ladder]", kpis + "\n[ladder]") + ONE_RANK)
    assert plan is None
    assert [one.code for one in problems] == [code]
