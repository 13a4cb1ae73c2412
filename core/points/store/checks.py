"""Whether the lots are what the book says, by whole tables at once."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, and_, case, cast, column, func, or_, select, table

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import Problem
from core.ledger.model import POINTS, Purpose
from core.points.rules.lots import LotState
from core.points.store.lots import LOTS, USES

ACCOUNTS = table(
    "account",
    column("person_id", BigInteger()),
    column("purpose", String()),
    column("unit", String()),
    column("balance", BigInteger()),
)
PEOPLE = table("person", column("id", BigInteger()), column("code", String()))
HELD = {Purpose.POINTS_AVAILABLE: LotState.AVAILABLE, Purpose.POINTS_PENDING: LotState.PENDING}
"""Which lots hold which balance."""


async def problems(uow: UnitOfWork) -> list[Problem]:
    """Everything that is wrong with the lots: with what they hold in all, and with each by itself."""
    found = []
    for purpose, state in HELD.items():
        found += [problem async for problem in _differing(uow, purpose, state)]
    return found + [problem async for problem in _off(uow)]


async def _differing(uow: UnitOfWork, purpose: Purpose, state: LotState) -> AsyncIterator[Problem]:
    """Balances that the lots do not hold. A debt is held by none."""
    held = (
        select(LOTS.c.person_id, _big(func.sum(LOTS.c.remaining)).label("points"))
        .where(LOTS.c.state == state.value, LOTS.c.remaining > 0)
        .group_by(LOTS.c.person_id)
        .subquery()
    )
    points = func.coalesce(held.c.points, 0)
    owed = case((ACCOUNTS.c.balance > 0, ACCOUNTS.c.balance), else_=0)
    mine = and_(ACCOUNTS.c.purpose == purpose.value, ACCOUNTS.c.unit == POINTS)
    accounts = select(ACCOUNTS.c.person_id, owed.label("balance")).where(mine, ACCOUNTS.c.person_id.is_not(None))
    books = accounts.subquery()
    both = books.join(held, held.c.person_id == books.c.person_id, full=True)
    balance = func.coalesce(books.c.balance, 0)
    asked = (
        select(PEOPLE.c.code, balance, points)
        .select_from(both.join(PEOPLE, PEOPLE.c.id == func.coalesce(books.c.person_id, held.c.person_id)))
        .where(balance != points)
        .order_by(PEOPLE.c.code)
    )
    for code, says, lots in await uow.connection.execute(asked):
        yield Problem(
            "points_lots_differ", facts={"person": code, "purpose": purpose.value, "balance": says, "lots": lots}
        )


async def _off(uow: UnitOfWork) -> AsyncIterator[Problem]:
    """Lots that do not hold what was given, less what was used and what expired."""
    used = select(USES.c.lot_id, _big(func.sum(USES.c.amount)).label("points")).group_by(USES.c.lot_id).subquery()
    should = LOTS.c.amount + func.coalesce(used.c.points, 0) - LOTS.c.expired
    wrong = or_(
        LOTS.c.remaining != should,
        LOTS.c.remaining < 0,
        LOTS.c.returned > LOTS.c.amount,
        and_(LOTS.c.state == LotState.ENDED.value, LOTS.c.remaining != 0),
    )
    asked = (
        select(LOTS.c.id, LOTS.c.remaining, should)
        .select_from(LOTS.outerjoin(used, used.c.lot_id == LOTS.c.id))
        .where(wrong)
        .order_by(LOTS.c.id)
    )
    for lot, holds, right in await uow.connection.execute(asked):
        yield Problem("points_lot_off", facts={"lot": lot, "remaining": holds, "expected": right})


def _big(amount: ColumnElement[Any]) -> ColumnElement[int]:
    """PostgreSQL sums whole numbers into decimals."""
    return cast(amount, BigInteger)
