"""Whether the lots are what the book says, by whole tables at once."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    table,
    union_all,
)

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
    owed = case((ACCOUNTS.c.balance > 0, ACCOUNTS.c.balance), else_=0)
    mine = and_(ACCOUNTS.c.purpose == purpose.value, ACCOUNTS.c.unit == POINTS, ACCOUNTS.c.person_id.is_not(None))
    of_state = and_(LOTS.c.state == state.value, LOTS.c.remaining > 0)
    both = union_all(  # and not a full join, which SQLite makes row by row
        select(ACCOUNTS.c.person_id, owed.label("balance"), literal(0).label("points")).where(mine),
        select(LOTS.c.person_id, literal(0), LOTS.c.remaining).where(of_state),
    ).subquery()
    balance, points = _big(func.sum(both.c.balance)), _big(func.sum(both.c.points))
    asked = (
        select(PEOPLE.c.code, balance, points)
        .join(both, both.c.person_id == PEOPLE.c.id)
        .group_by(PEOPLE.c.id, PEOPLE.c.code)
        .having(balance != points)
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
