"""Importing tickets: what a file's tickets are read against, and writing them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core.access import service as access
from core.access.model import Permission, PermissionMissing, StaffUnknown
from core.db.unit_of_work import UnitOfWork
from core.exchange import service, store
from core.exchange.rules.sheet import Sheet, values_of
from core.exchange.rules.tickets import Setting
from core.people import service as people
from core.people.model import COMPANY_CODE
from core.tickets import service as tickets
from core.tickets.model import KnownTicket


async def setting(uow: UnitOfWork, sheet: Sheet) -> Setting:
    """The people, orders and staff whom the file names, and what the plan says about tickets."""
    codes = [code for code in values_of(sheet.frame, "person_id") if code != COMPANY_CODE]
    numbers, recorded = await people.ids_of(uow, codes), await store.known_people(uow, codes)
    plan = (await service.plans_in_force(uow)).now
    orders = await store.known_orders(uow, [order for order in values_of(sheet.frame, "order_id") if order])
    return Setting(
        people={code: (number, recorded[code].language) for code, number in numbers.items() if code in recorded},
        orders=frozenset(orders["order_id"]),
        staff=frozenset([name for name in values_of(sheet.frame, "assignee") if name and await _answers(uow, name)]),
        spec=plan.tickets,
        zone=ZoneInfo(plan.calendar.time_zone),
        now=uow.now,
    )


async def _answers(uow: UnitOfWork, name: str) -> bool:
    try:
        await access.acting(uow, name, Permission.ANSWER_TICKETS)
    except (StaffUnknown, PermissionMissing):
        return False
    return True


async def known(uow: UnitOfWork, sheet: Sheet) -> dict[str, KnownTicket]:
    """Those of the file's tickets that were brought in before."""
    return await tickets.known(uow, values_of(sheet.frame, "ticket_id"))


async def publish(uow: UnitOfWork, run: str, some: Sequence[tickets.Ready]) -> None:
    """Write new tickets. No figure of anybody's moves by them, so that nothing is announced."""
    await tickets.bring_in(uow, some)
    await store.end_run(uow, run, added=len(some), changed=0)
