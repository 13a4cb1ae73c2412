"""Evidence: what she named, as far as it is exactly one thing that is hers or of her line."""

from collections.abc import Awaitable
from dataclasses import dataclass

from core.calendar import rules as calendars
from core.calendar.model import CycleUnknown
from core.db.unit_of_work import UnitOfWork
from core.earnings import service as earnings
from core.earnings.estimating import Estimates
from core.earnings.model import AwardUnknown
from core.kernel.ids import PersonId
from core.line import service as line
from core.line.model import Sort
from core.live.model import FiguresBehind, TreeBroken
from core.live.service import Live
from core.orders import service as orders
from core.orders.model import OrderUnknown
from core.people import service as people
from core.people.model import AccountClosed, PersonUnknown
from core.plan import service as plans
from core.plan.model import PlanMissing
from core.tickets.model import Link, LinkKind, Wanted
from core.tickets.rules.evidence import one_by_name
from i18n.translator import Translator

NO_EVIDENCE = (
    AccountClosed,
    AwardUnknown,
    CycleUnknown,
    FiguresBehind,
    OrderUnknown,
    PersonUnknown,
    PlanMissing,
    TreeBroken,
)
LOOKED_AT = 50
"""People of a line whose names contain what she wrote; where there are more, she did not name one."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What evidence is looked up in, besides the database, and the reader's language for explanations."""

    live: Live
    estimates: Estimates
    tr: Translator


async def found(uow: UnitOfWork, me: PersonId, wanted: Wanted, sources: Sources) -> list[Link]:
    """A link for each thing that she named and that is exactly one; nothing for all others."""
    asked = ((wanted.award, _award), (wanted.order, _order), (wanted.cycle, _cycle), (wanted.person, _person))
    links = [await _or_nothing(look_up(uow, me, what, sources)) for what, look_up in asked if what is not None]
    return [link for link in links if link is not None]


async def _or_nothing(looking_up: Awaitable[Link | None]) -> Link | None:
    """What is found; what cannot be looked up for her is no evidence, and no reason to refuse her words."""
    try:
        return await looking_up
    except NO_EVIDENCE:
        return None


async def _award(uow: UnitOfWork, me: PersonId, award: str, sources: Sources) -> Link | None:
    """The line and its explanation, in the words that `why` has for her now."""
    why = await earnings.why(uow, me, award, sources.estimates.known(award), sources.tr)
    facts = why.model_dump(mode="json")
    return Link(kind=LinkKind.AWARD, id=award, title=sources.tr.company(why.line.label), facts=facts)


async def _order(uow: UnitOfWork, me: PersonId, order: str, sources: Sources) -> Link | None:
    """An order of hers, or of somebody of her line whose orders the company shows her."""
    head = await orders.head_of(uow, order.strip())
    if head.person == me:
        return Link(kind=LinkKind.ORDER, id=head.order_id)
    card = (await people.cards(uow, [head.person]))[head.person]
    await line.require_orders_shown(uow, await sources.live.fresh(), me, card.code)
    return Link(kind=LinkKind.ORDER, id=head.order_id, title=card.name, facts={"person": card.code})


async def _cycle(uow: UnitOfWork, _me: PersonId, code: str, _sources: Sources) -> Link | None:
    """A cycle of the main calendar that has begun."""
    cycle = calendars.cycle_named((await plans.plan_in_force(uow, uow.now)).calendar, code.strip())
    return Link(kind=LinkKind.CYCLE, id=cycle.code) if cycle.period.start <= uow.now else None


async def _person(uow: UnitOfWork, me: PersonId, wanted: str, sources: Sources) -> Link | None:
    """Somebody of her line."""
    state = await sources.live.fresh()
    page = await line.page(
        uow,
        state,
        me,
        level=None,
        kind=None,
        active=None,
        name=wanted,
        sort=Sort.NAME,
        cursor=None,
        limit=LOOKED_AT,
    )
    if page.next is not None:
        return None
    one = one_by_name(wanted, [(person.code, person.name, person) for person in page.items])
    return None if one is None else Link(kind=LinkKind.PERSON, id=one.code, title=one.name)
