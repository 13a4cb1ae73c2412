"""Founding the demo company, on both databases."""

from datetime import date

import pytest
from sqlalchemy import func, select

from core.db.unit_of_work import UnitOfWork
from core.demo.service import CompanyExists, Founded, found
from core.orders.tables import CustomerOrderRow, OrderLineRow
from core.people.tables import PersonRow
from core.plan.reading import check, example

TODAY = date(2026, 11, 22)


async def founded(uow: UnitOfWork, size: int) -> Founded:
    plan, problems = check(example("demo"))
    assert plan is not None, problems
    heard: list[str] = []
    return await found(uow, plan, size=size, seed=7, today=TODAY, tell=heard.append)


async def test_totals_of_orders_are_the_sums_of_their_lines(uow: UnitOfWork) -> None:
    company = await founded(uow, 200)
    order, line = CustomerOrderRow, OrderLineRow
    sums = select(
        func.sum(line.amount_minor), func.sum(line.cv), func.sum(line.qv), func.sum(line.points), func.count()
    )
    totals = select(
        func.sum(order.amount_minor),
        func.sum(order.cv),
        func.sum(order.qv),
        func.sum(order.points),
        func.sum(order.line_count),
    )
    assert (await uow.connection.execute(sums)).one() == (await uow.connection.execute(totals)).one()
    assert company.people == await uow.connection.scalar(select(func.count()).select_from(PersonRow))
    assert company.orders == await uow.connection.scalar(select(func.count()).select_from(CustomerOrderRow))


async def test_people_written_later_go_on_counting(uow: UnitOfWork) -> None:
    company = await founded(uow, 40)
    person = PersonRow(
        code="N1",
        name="Nina",
        kind="customer",
        status="active",
        joined_on=TODAY,
        country="DE",
        language="de",
    )
    uow.session.add(person)
    await uow.flush()
    assert person.id == company.people + 1


async def test_a_company_is_not_founded_over_another(uow: UnitOfWork) -> None:
    await founded(uow, 40)
    with pytest.raises(CompanyExists):
        await founded(uow, 40)
