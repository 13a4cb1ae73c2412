"""What time does to lots, many at once: safe ones become available, ended ones expire. Each step is a short one."""

from collections.abc import Iterable, Sequence

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import POINTS, Move, Purpose
from core.points.model import PointsPassed
from core.points.service.holding import hold
from core.points.service.programme import EXPIRED, SAFE, available, keeping, pending
from core.points.store import due as store
from core.points.store import lots as lot_store
from core.points.store.due import DueLot


async def people_safe(uow: UnitOfWork, limit: int) -> list[PersonId]:
    """Some of those who have lots that are safe by now; at most `limit` of their lots are looked at."""
    return await store.people_safe(uow, uow.now, limit)


async def people_ended(uow: UnitOfWork, limit: int) -> list[PersonId]:
    """Some of those who have lots whose last day has passed; at most `limit` of their lots are looked at."""
    return await store.people_ended(uow, (await keeping(uow)).today, limit)


async def make_safe(uow: UnitOfWork, people: Sequence[PersonId]) -> int:
    """Make these people's lots available whose orders are safe; how many lots."""
    current = await keeping(uow)
    due = store.safe(current.now)
    held = await ledger.lock(uow, [account for one in people for account in (available(one), pending(one))])
    owing = {one for one in people if held[available(one)] < 0}
    lots = await store.lots(uow, due, people)
    await _became_safe(uow, [lot for lot in lots if lot.person not in owing])
    await hold(uow, current, owing)  # whose debt takes its part
    return len(lots)


async def _became_safe(uow: UnitOfWork, lots: Sequence[DueLot]) -> None:
    if not lots:
        return
    moves = list(_moves(lots, SAFE))
    await ledger.move_all(
        uow,
        moves,
        kind=SAFE,
        reason="the order is safe",
        document_kind="lot",
        unit=POINTS,
        source=Purpose.POINTS_PENDING,
        target=Purpose.POINTS_AVAILABLE,
    )
    await lot_store.make_safe(uow, [lot.id for lot in lots])
    await uow.emit(PointsPassed(people=len(moves)))


async def end(uow: UnitOfWork, people: Sequence[PersonId]) -> int:
    """Let these people's lots expire whose last day has passed; how many lots."""
    current = await keeping(uow)
    due = store.ended(current.today)
    await ledger.lock(uow, [available(one) for one in people])
    lots = await store.lots(uow, due, people)
    if not lots:
        return 0
    moves = list(_moves(lots, EXPIRED))
    await ledger.move_all(
        uow,
        moves,
        kind=EXPIRED,
        reason="their last day has passed",
        document_kind="lot",
        unit=POINTS,
        source=Purpose.POINTS_AVAILABLE,
        target=Purpose.POINTS_EXPIRED,
    )
    await lot_store.end(uow, [lot.id for lot in lots])
    await uow.emit(PointsPassed(people=len(moves)))
    return len(lots)


def _moves(lots: Iterable[DueLot], kind: str) -> Iterable[Move]:
    """One for each person, under a key of her first lot: what happens to a lot once happens under its key once."""
    sums: dict[PersonId, tuple[int, int]] = {}
    for lot in lots:
        first, points = sums.get(lot.person, (lot.id, 0))
        sums[lot.person] = (first, points + lot.points)
    return (Move(f"{kind}:{first}", str(first), person, points) for person, (first, points) in sums.items())
