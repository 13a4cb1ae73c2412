"""Who waits for a place, and which places somebody has had."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.placement import rules, store
from core.placement.model import PlaceLink, TreeKind, Waiting
from core.placement.service.trees import spec_of
from core.plan import service as plans

PAGE = 100


async def waiting(
    uow: UnitOfWork, tree: TreeKind, *, sponsor: PersonId | None = None, after: str = "", limit: int = PAGE
) -> list[Waiting]:
    """Who waits for a place in the tree, by code; of everybody, or whom one sponsor has brought.

    Raises:
        TreeUnknown: the plan has no such tree.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    customers = spec_of(plan, tree).who == "all"
    rows = await store.waiting(uow, tree, sponsor=sponsor, after=after, limit=limit, customers=customers)
    cards = await people.cards(uow, [number for row in rows for number in (row[0], row[2]) if number is not None])
    codes = {number: card.code for number, card in cards.items()}
    return [
        Waiting(
            person=cards[person].code,
            name=cards[person].name,
            sponsor=None if above is None else codes.get(above),
            joined_on=joined_on,
            last_day=rules.last_day(joined_on, plan.placement),
        )
        for person, joined_on, above in rows
    ]


async def places_of(uow: UnitOfWork, code: str) -> list[PlaceLink]:
    """All places that somebody ever had, as they were recorded.

    Raises:
        PersonUnknown: nobody has this code.
    """
    rows = await store.history(uow, await people.person_id(uow, code))
    cards = await people.cards(uow, [row["parent_id"] for row in rows if row["parent_id"] is not None])
    codes = {number: card.code for number, card in cards.items()}
    return [
        PlaceLink.model_validate({"above": codes.get(row.pop("parent_id")), "place": row.pop("slot"), **row})
        for row in rows
    ]
