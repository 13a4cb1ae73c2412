"""Founding the demo company, on both databases."""

from datetime import date
from typing import NamedTuple

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.demo import points
from core.demo.service import CompanyExists, Founded, found
from core.incentives import service as incentives
from core.ledger import service as ledger
from core.orders.tables import CustomerOrderRow, OrderLineRow
from core.people.tables import PersonRow
from core.plan.reading import check, example
from core.points import service as points_service
from core.points.store import facts

ACCOUNTS = SQLModel.metadata.tables["account"]
ENTRIES = SQLModel.metadata.tables["entry"]
TODAY = date(2026, 11, 22)


async def founded(uow: UnitOfWork, size: int, *, told: int | None = None) -> Founded:
    """The company; only `told` people's points are told one by one, where that is said."""
    if told is not None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(points, "TOLD", told)
            return await founded(uow, size)
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


async def test_nothing_is_wrong_with_the_book_of_a_new_company(uow: UnitOfWork) -> None:
    """Some are told one by one, of the others a few lots were brought in."""
    await founded(uow, 250, told=100)
    assert await ledger.verify(uow) == []
    assert await points_service.verify(uow) == []
    assert await incentives.verify(uow) == []
    assert await facts.unasked(uow, None, 0, 10) == []
    openings = select(func.count()).where(ENTRIES.c.kind == "points.opening")
    assert await uow.connection.scalar(openings)


async def test_every_sort_of_points_occurs(uow: UnitOfWork) -> None:
    await founded(uow, 300)
    kinds = set((await uow.connection.execute(select(ENTRIES.c.kind))).scalars())
    assert {
        "points.earned", "points.rule", "points.safe", "points.taken_back", "points.expired", "points.adjusted",
        "points.transferred", "points.converted", "checkout.redeemed", "credit.adjusted", "incentives.given",
    } <= kinds  # fmt: skip
    debts = select(func.count()).select_from(ACCOUNTS).where(ACCOUNTS.c.balance < 0)
    assert await uow.connection.scalar(debts)


async def test_a_heroine_may_have_a_blender_and_her_first_distributor_just_not(uow: UnitOfWork) -> None:
    company = await founded(uow, 200)
    [heroine] = company.heroines
    person = int(heroine.removeprefix("S")) - 10_000
    has = {one.person: one.amount for one in await _available(uow)}
    assert has[person] >= 1500 > has[person + 10] > 1400
    assert has[person + 2] < 0


class Has(NamedTuple):
    person: int
    amount: int


async def _available(uow: UnitOfWork) -> list[Has]:
    asked = select(ACCOUNTS.c.person_id, ACCOUNTS.c.balance).where(ACCOUNTS.c.purpose == "points_available")
    return [Has(*row) for row in await uow.connection.execute(asked)]
