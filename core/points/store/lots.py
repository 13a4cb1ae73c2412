"""Lots and what happened to them. Whoever changes a person's lots holds her accounts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, text, update
from sqlmodel import SQLModel

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger.model import EntryId
from core.points.model import MovementKind
from core.points.rules.lots import Lot, LotState, Use
from core.points.store.among import among
from core.points.tables import PointsLotRow, PointsLotUseRow

LOTS = SQLModel.metadata.tables[str(PointsLotRow.__tablename__)]
USES = SQLModel.metadata.tables[str(PointsLotUseRow.__tablename__)]

LOT_COLUMNS = (
    LOTS.c.id,
    LOTS.c.person_id,
    LOTS.c.origin,
    LOTS.c.state,
    LOTS.c.earned_on,
    LOTS.c.expires_on,
    LOTS.c.safe_at,
    LOTS.c.amount,
    LOTS.c.remaining,
    LOTS.c.expired,
    LOTS.c.returned,
)
OPEN_LOTS = select(*LOT_COLUMNS).where(text("points_lot.remaining > 0")).order_by(LOTS.c.id)
"""The number is written out, so that the index of open lots fits whatever the parameters are."""
OPEN_OF_ONE = OPEN_LOTS.where(LOTS.c.person_id == bindparam("person"))
"""Put together once: asked whenever somebody looks at her points."""
TIER_ORIGINS = [one.value for one in (MovementKind.EARNED, MovementKind.RULE, MovementKind.ADJUSTED)]
"""What counts as earned: orders, rules and gifts by hand; not what was received, bought or brought in."""


class NewLot(NamedTuple):
    """A lot to be written."""

    person: PersonId
    entry: EntryId
    origin: MovementKind
    points: int
    earned_on: date
    expires_on: date | None
    safe_at: datetime | None = None
    """Set while it is pending."""
    order_ref: int | None = None
    rule: str | None = None
    about: PersonId | None = None


class Granted(NamedTuple):
    """A lot with where it came from, for a history."""

    lot: Lot
    order_ref: int | None
    rule: str | None
    about: PersonId | None


async def open_lots(uow: UnitOfWork, people: Sequence[PersonId]) -> dict[PersonId, list[Lot]]:
    """Lots that hold something, by person; who has none has an empty list."""
    found: dict[PersonId, list[Lot]] = {person: [] for person in people}
    if len(people) == 1:
        rows = await uow.connection.execute(OPEN_OF_ONE, {"person": people[0]})
    else:
        rows = await uow.connection.execute(OPEN_LOTS.where(among(uow, LOTS.c.person_id, people)))
    for row in rows:
        lot = _lot(row)
        found[lot.person].append(lot)
    return found


async def lots(uow: UnitOfWork, ids: Collection[int]) -> dict[int, Lot]:
    """Lots by number."""
    rows = await uow.connection.execute(select(*LOT_COLUMNS).where(among(uow, LOTS.c.id, ids)))
    return {row[0]: _lot(row) for row in rows}


async def of_orders(uow: UnitOfWork, orders: Collection[int]) -> dict[int, list[tuple[Lot, str | None]]]:
    """What each order earned, to whomever, and by which rule; the oldest first."""
    found: dict[int, list[tuple[Lot, str | None]]] = {order: [] for order in orders}
    asked = select(*LOT_COLUMNS, LOTS.c.rule, LOTS.c.order_ref).where(among(uow, LOTS.c.order_ref, orders))
    for row in await uow.connection.execute(asked.order_by(LOTS.c.id)):
        found[row.order_ref].append((_lot(row), row.rule))
    return found


async def of_order(uow: UnitOfWork, order: int) -> list[tuple[Lot, str | None]]:
    """`of_orders` for one."""
    return (await of_orders(uow, [order]))[order]


async def earned_lots(uow: UnitOfWork, person: PersonId, limit: int) -> list[Lot]:
    """The latest lots of catalogue points that can be taken back from, the latest first."""
    left = LOTS.c.amount - LOTS.c.returned - LOTS.c.expired > 0
    mine = (LOTS.c.person_id == person, LOTS.c.origin == MovementKind.EARNED.value, left)
    rows = await uow.connection.execute(
        select(*LOT_COLUMNS).where(*mine).order_by(LOTS.c.earned_on.desc(), LOTS.c.id.desc()).limit(limit)
    )
    return [_lot(row) for row in rows]


async def given_by(uow: UnitOfWork, person: PersonId, entries: Collection[EntryId]) -> dict[EntryId, list[Granted]]:
    """A person's lots by the entry that gave them."""
    found: dict[EntryId, list[Granted]] = {}
    columns = (LOTS.c.order_ref, LOTS.c.rule, LOTS.c.about_id, LOTS.c.entry_id)
    wanted = (LOTS.c.person_id == person, among(uow, LOTS.c.entry_id, entries))
    asked = select(*LOT_COLUMNS, *columns).where(*wanted).order_by(LOTS.c.id)
    for row in await uow.connection.execute(asked):
        granted = Granted(_lot(row), row.order_ref, row.rule, row.about_id)
        found.setdefault(EntryId(row.entry_id), []).append(granted)
    return found


async def by_hand(uow: UnitOfWork, person: PersonId, since: date) -> list[Lot]:
    """What was given to a person by hand from a day on, the oldest first."""
    mine = (LOTS.c.person_id == person, LOTS.c.origin == MovementKind.ADJUSTED.value, LOTS.c.earned_on >= since)
    rows = await uow.connection.execute(select(*LOT_COLUMNS).where(*mine).order_by(LOTS.c.id))
    return [_lot(row) for row in rows]


async def earned_since(uow: UnitOfWork, person: PersonId, since: date) -> int:
    """What a person earned from a day on, less what was taken back."""
    earned = func.coalesce(func.sum(LOTS.c.amount - LOTS.c.returned), 0)
    mine = (LOTS.c.person_id == person, LOTS.c.earned_on >= since, LOTS.c.origin.in_(TIER_ORIGINS))
    return int((await uow.connection.execute(select(earned).where(*mine))).scalar_one())


async def add(uow: UnitOfWork, new: Sequence[NewLot], paid: Iterable[tuple[int, int]] = ()) -> list[int]:
    """Write lots.

    Args:
        paid: position in `new` and how much of that lot a debt takes at once.

    Returns:
        Their numbers, in order.
    """
    debts = dict(paid)
    rows = [_row(lot, lot.points - debts.get(position, 0)) for position, lot in enumerate(new)]
    if not rows:
        return []
    added = await uow.connection.execute(insert(LOTS).returning(LOTS.c.id, sort_by_parameter_order=True), rows)
    ids = list(added.scalars())
    taken = [
        {"entry_id": new[position].entry, "lot_id": ids[position], "amount": -debt}
        for position, debt in debts.items()
        if debt
    ]
    if taken:
        await uow.connection.execute(insert(USES), taken)
    return ids


async def use(uow: UnitOfWork, entry: EntryId, uses: Sequence[Use]) -> None:
    """Take from lots, or put back, because of an entry; each lot occurs once."""
    await use_all(uow, [(entry, one) for one in uses])


async def use_all(uow: UnitOfWork, uses: Iterable[tuple[EntryId, Use]]) -> None:
    """`use` for many entries; each lot occurs once for each of them."""
    rows = [{"entry_id": entry, "lot_id": one.lot, "amount": one.points} for entry, one in uses if one.points]
    if not rows:
        return
    sums: dict[int, int] = {}
    for row in rows:
        sums[row["lot_id"]] = sums.get(row["lot_id"], 0) + row["amount"]
    change = update(LOTS).where(LOTS.c.id == bindparam("lot")).values(remaining=LOTS.c.remaining + bindparam("points"))
    await uow.connection.execute(change, [{"lot": lot, "points": points} for lot, points in sums.items()])
    await uow.connection.execute(insert(USES), rows)


async def uses_of(uow: UnitOfWork, entry: EntryId) -> list[tuple[Use, int]]:
    """What an entry took from lots in the order of their end, and how much of each went back before."""
    asked = (
        select(USES.c.lot_id, USES.c.amount, USES.c.restored)
        .join(LOTS, LOTS.c.id == USES.c.lot_id)
        .where(USES.c.entry_id == entry, USES.c.amount < 0)
        .order_by(LOTS.c.expires_on.is_(None), LOTS.c.expires_on, LOTS.c.id)
    )
    return [(Use(lot, amount), restored) for lot, amount, restored in await uow.connection.execute(asked)]


async def went_back(uow: UnitOfWork, entry: EntryId, back: Sequence[Use]) -> None:
    """Remember of an entry's uses how much went back."""
    mine = (USES.c.entry_id == entry, USES.c.lot_id == bindparam("lot"))
    change = update(USES).where(*mine).values(restored=USES.c.restored + bindparam("points"))
    await uow.connection.execute(change, [{"lot": one.lot, "points": one.points} for one in back])


async def make_safe(uow: UnitOfWork, ids: Collection[int]) -> None:
    """Make pending lots available."""
    change = update(LOTS).where(among(uow, LOTS.c.id, ids))
    await uow.connection.execute(change.values(state=LotState.AVAILABLE.value))


async def end(uow: UnitOfWork, ids: Collection[int]) -> None:
    """Let lots expire with all that they hold."""
    values = {"expired": LOTS.c.expired + LOTS.c.remaining, "remaining": 0, "state": LotState.ENDED.value}
    await uow.connection.execute(update(LOTS).where(among(uow, LOTS.c.id, ids)).values(**values))


async def take_back(uow: UnitOfWork, taken: Mapping[int, int]) -> None:
    """Remember of lots how much was taken back, and so was never earned."""
    rows = [{"lot": lot, "points": points} for lot, points in taken.items() if points]
    if rows:
        change = update(LOTS).where(LOTS.c.id == bindparam("lot"))
        await uow.connection.execute(change.values(returned=LOTS.c.returned + bindparam("points")), rows)


def _row(lot: NewLot, remaining: int) -> dict[str, Any]:
    return {
        "person_id": lot.person,
        "entry_id": lot.entry,
        "origin": lot.origin.value,
        "state": (LotState.AVAILABLE if lot.safe_at is None else LotState.PENDING).value,
        "earned_on": lot.earned_on,
        "expires_on": lot.expires_on,
        "safe_at": lot.safe_at,
        "amount": lot.points,
        "remaining": remaining,
        "expired": 0,
        "returned": 0,
        "order_ref": lot.order_ref,
        "rule": lot.rule,
        "about_id": lot.about,
    }


def _lot(row: Any) -> Lot:
    number, person, origin, state, earned_on, expires_on, safe_at, amount, remaining, expired, returned = row[:11]
    return Lot(
        number,
        PersonId(person),
        MovementKind(origin),
        LotState(state),
        earned_on,
        expires_on,
        safe_at,
        amount,
        remaining,
        expired,
        returned,
    )
