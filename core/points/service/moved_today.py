"""How much somebody moved in a day of company time, by the book."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Entry
from core.points.rules import days
from core.points.service.programme import Programme, available

AT_ONCE = 50


async def moved_today(uow: UnitOfWork, current: Programme, person: PersonId, kind: str, *, out_only: bool) -> int:
    """Points that entries of a kind moved on her available account today; reversed ones do not count.

    Args:
        out_only: only what left the account, not what came.
    """
    account, begin = available(person), days.day_start(current.today, current.zone)
    total, before = 0, None
    while True:
        page = await ledger.entries_of(uow, account, before=before, limit=AT_ONCE)
        today = [entry for entry in page if entry.at >= begin]
        total += sum(_moved(entry, person, out_only=out_only) for entry in today if entry.kind == kind)
        if len(today) < AT_ONCE:
            return total
        before = today[-1].entry


def _moved(entry: Entry, person: PersonId, *, out_only: bool) -> int:
    if entry.reversed_by is not None:
        return 0
    amount = sum(line.amount for line in entry.lines if line.account == available(person))
    return max(0, -amount) if out_only else abs(amount)
