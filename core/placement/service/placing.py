"""Giving somebody a place, by staff or by her sponsor; each with a preview of whose figures change."""

from zoneinfo import ZoneInfo

from core.db.unit_of_work import UnitOfWork
from core.genealogy import service as genealogy
from core.genealogy.model import GenealogyChanged, NotInTree
from core.genealogy.rules.moves import figures_change
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Status
from core.placement import rules, store
from core.placement.model import (
    AboveUnplaced,
    MovesSpent,
    NotYourRecruit,
    OutsideYourTree,
    OwnPlacing,
    Place,
    PlaceBelowHerself,
    PlacedPerson,
    PlaceTaken,
    PlaceUnknown,
    Placing,
    PlacingOver,
)
from core.placement.service.trees import spec_of
from core.plan import service as plans
from core.plan.model import Plan

BY_SPONSOR = "placed by her sponsor"
Found = tuple[PersonId | None, int]
"""Who stands above, and which of the places below her."""


async def place(uow: UnitOfWork, code: str, placing: Placing) -> PlacedPerson:
    """Give somebody a place or another one, with all who stand below her; a preview changes nothing.

    Raises:
        PersonUnknown: nobody has this code, or that of whoever is to stand above.
        NotInTree: she has left.
        TreeUnknown: the plan has no such tree.
        PlaceUnknown, PlaceTaken, AboveUnplaced, PlaceBelowHerself: the place cannot be hers.
        MovesSpent: her place was changed as often as the plan allows.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    width = spec_of(plan, placing.tree).width
    await store.lock(uow)
    person = await _there(uow, code)
    before = await store.place_of(uow, placing.tree, person)
    if not placing.beyond_limits:
        await _check_moves(uow, plan, placing.tree, person, before)
    after = await _free_place(uow, placing, person, code, width)
    return await _put(uow, placing, person, code, before, after, reason=placing.reason)


async def place_own(uow: UnitOfWork, sponsor: PersonId, code: str, placing: OwnPlacing) -> PlacedPerson:
    """The same by her sponsor, below the sponsor's own place, as deep and as long as the plan lets her.

    Raises:
        NotYourRecruit: somebody else is her sponsor.
        PlacingOver: the days are over.
        OutsideYourTree: whoever is to stand above does not stand below the sponsor, or too deep.
    """
    plan = await plans.plan_in_force(uow, uow.now)
    width = spec_of(plan, placing.tree).width
    await store.lock(uow)
    person = await _there(uow, code)
    if await genealogy.sponsor_of(uow, person) != sponsor:
        raise NotYourRecruit(person=code)
    joined_on = (await people.profile(uow, person)).joined_on
    last = rules.last_day(joined_on, plan.placement)
    if last is not None and uow.now.astimezone(ZoneInfo(plan.calendar.time_zone)).date() > last:
        raise PlacingOver(last_day=last.isoformat())
    before = await store.place_of(uow, placing.tree, person)
    await _check_moves(uow, plan, placing.tree, person, before)
    after = await _free_place(uow, placing, person, code, width)
    assert after[0] is not None, "a sponsor always names who stands above"
    way = [after[0], *await store.above(uow, placing.tree, after[0])]
    most = plan.placement.levels_down_max
    if sponsor not in way or (most is not None and way.index(sponsor) >= most):
        raise OutsideYourTree(levels=most)
    return await _put(uow, placing, person, code, before, after, reason=BY_SPONSOR)


async def _there(uow: UnitOfWork, code: str) -> PersonId:
    person = await people.person_id(uow, code, locked=True)
    if (await people.profile(uow, person)).status is Status.TERMINATED:
        raise NotInTree(person=code)
    return person


async def _check_moves(uow: UnitOfWork, plan: Plan, tree: str, person: PersonId, before: Found | None) -> None:
    most = plan.placement.moves_max
    if before is not None and most is not None and await store.moves_made(uow, tree, person) >= most:
        raise MovesSpent(moves=most)


async def _free_place(uow: UnitOfWork, placing: Placing | OwnPlacing, person: PersonId, code: str, width: int) -> Found:
    """The place that is asked for, if it can be hers."""
    if placing.above is None:
        if placing.place != 0:
            raise PlaceUnknown(place=placing.place, width=0)
        return None, 0
    if not 1 <= placing.place <= width:
        raise PlaceUnknown(place=placing.place, width=width)
    above = await people.person_id(uow, placing.above)
    if await store.place_of(uow, placing.tree, above) is None:
        raise AboveUnplaced(person=placing.above)
    if person == above or person in await store.above(uow, placing.tree, above):
        raise PlaceBelowHerself(person=code, above=placing.above)
    holder = await store.holder(uow, placing.tree, above, placing.place)
    if holder is not None and holder != person:
        raise PlaceTaken(person=(await people.profile(uow, holder)).code)
    return above, placing.place


async def _put(
    uow: UnitOfWork,
    placing: Placing | OwnPlacing,
    person: PersonId,
    code: str,
    before: Found | None,
    after: Found,
    *,
    reason: str,
) -> PlacedPerson:
    """Tell what changes, and unless it is a preview or nothing do it and announce it."""
    ways = [
        [] if place is None or place[0] is None else [place[0], *await store.above(uow, placing.tree, place[0])]
        for place in (before, after)
    ]
    touched = figures_change([(ways[0], ways[1])])
    if not placing.preview and before != after:
        await store.move(uow, placing.tree, person, after, since=uow.now, reason=reason)
        await uow.emit(GenealogyChanged(person=person, person_id=person))
    cards = await people.cards(uow, list({*touched, *ways[0][:1], *ways[1][:1]}))
    codes = {number: card.code for number, card in cards.items()}
    return PlacedPerson(
        person=code,
        tree=placing.tree,
        before=None if before is None else _told(before, codes),
        after=_told(after, codes),
        figures_change=tuple(codes[one] for one in touched if one in codes),
        previewed=placing.preview,
    )


def _told(place: Found, codes: dict[PersonId, str]) -> Place:
    return Place(above=None if place[0] is None else codes[place[0]], place=place[1])
