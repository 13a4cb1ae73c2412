"""Operations that move people in the tree: change of sponsor, termination, reinstatement, several roots."""

from collections.abc import Sequence
from datetime import datetime

from core.db.unit_of_work import UnitOfWork
from core.genealogy import store
from core.genealogy.model import (
    CircleRefused,
    GenealogyChanged,
    Move,
    NotInTree,
    Reinstatement,
    SponsorChange,
    StillInTree,
    Surgery,
    Termination,
)
from core.genealogy.rules import moves as rules
from core.genealogy.rules.moves import Change
from core.genealogy.service.enrolment import fit_sponsor
from core.kernel.ids import PersonId
from core.people import service as people
from core.people.model import Status

JOINED = "joined"


async def change_sponsor(uow: UnitOfWork, code: str, change: SponsorChange) -> Surgery:
    """Give a person another sponsor, with or without her personal line; a preview changes nothing.

    Raises:
        PersonUnknown: nobody has this code.
        NotInTree: she is terminated.
        SponsorUnknown, SponsorUnfit: the new sponsor does not exist or cannot sponsor.
        CircleRefused: the new sponsor stands below her and would move with her.
    """
    await store.lock_tree(uow)
    person = await _in_tree(uow, code)
    sponsor = await fit_sponsor(uow, change.sponsor, (await people.profile(uow, person)).kind)
    above = await store.upline(uow, sponsor, None)
    if rules.is_circle(person, sponsor=sponsor, above_sponsor=above, with_line=change.with_line):
        raise CircleRefused(person=code, sponsor=change.sponsor)
    changes = rules.sponsor_change(
        person,
        before=await store.sponsor(uow, person, None),
        after=sponsor,
        frontline=await store.frontline(uow, person, None),
        with_line=change.with_line,
    )
    return await _operate(uow, person, changes, reason=change.reason, preview=change.preview)


async def terminate(uow: UnitOfWork, code: str, termination: Termination, *, to_company: bool = False) -> Surgery:
    """Take a person out of the tree for good; her personal line goes to her sponsor, her history stays.

    Args:
        to_company: her line goes to nobody instead, which is the node that holds several roots together.

    Raises:
        PersonUnknown: nobody has this code.
        NotInTree: she is terminated already.
    """
    await store.lock_tree(uow)
    person = await _in_tree(uow, code)
    frontline = await store.frontline(uow, person, None)
    heir = sponsor = await store.sponsor(uow, person, None)
    if to_company and frontline:
        preview = termination.preview
        heir = await people.company_node(uow) if preview else await company_node(uow, since=uow.now, reason=JOINED)
    changes = rules.termination(person, sponsor=sponsor, frontline=frontline, heir=heir)
    surgery = await _operate(uow, person, changes, reason=termination.reason, preview=termination.preview)
    if not termination.preview:
        await people.record_status(uow, person, Status.TERMINATED)
    return surgery


async def reinstate(uow: UnitOfWork, code: str, back: Reinstatement) -> Surgery:
    """Bring a terminated person back, under her former sponsor or another, with or without her former line.

    Raises:
        PersonUnknown: nobody has this code.
        StillInTree: she was never terminated.
        SponsorUnknown, SponsorUnfit: the named sponsor does not exist or cannot sponsor.
        CircleRefused: the named sponsor belongs to the former line that would come back to her.
    """
    await store.lock_tree(uow)
    person = await people.person_id(uow, code, locked=True)
    former_sponsor, left_at = await store.last_link(uow, person)
    if left_at is None:
        raise StillInTree(person=code)
    kind = (await people.profile(uow, person)).kind
    sponsor = await (fit_sponsor(uow, back.sponsor, kind) if back.sponsor else _still_there(uow, former_sponsor))
    line = await store.rolled_up(uow, person, left_at) if back.with_line else []
    above = set() if sponsor is None else {sponsor, *await store.upline(uow, sponsor, None)}
    if above & {child for child, _ in line}:
        raise CircleRefused(person=code, sponsor=back.sponsor)
    changes = rules.reinstatement(
        person,
        sponsor=sponsor,
        former_line=[child for child, _ in line],
        sponsor_of_line=line[0][1] if line else None,
    )
    surgery = await _operate(uow, person, changes, reason=back.reason, preview=back.preview)
    if not back.preview:
        await people.record_return(uow, person, keep_rank=back.keep_rank is not False)
    return surgery


async def company_node(uow: UnitOfWork, *, since: datetime, reason: str) -> PersonId:
    """The node that holds several roots together; where it is missing it is made, a root from `since` on."""
    node = await people.company_node(uow)
    if node is None:
        node = await people.add_company_node(uow)
        await store.begin_link(uow, node, None, since=since, reason=reason)
    return node


async def hang_roots(uow: UnitOfWork, *, reason: str) -> PersonId | None:
    """When the tree has several roots, hang them under the company node, which is made where it is missing.

    Returns:
        The company node, or None when one root or none needs no node.
    """
    roots = await store.roots(uow)
    node = await people.company_node(uow)
    if len(roots) <= 1 or roots == [node]:
        return node
    node = await company_node(uow, since=uow.now, reason=reason)
    for root in roots:
        if root != node:
            await _relink(uow, Change(root, None, node), reason)
    return node


async def _operate(
    uow: UnitOfWork, person: PersonId, changes: Sequence[Change], *, reason: str, preview: bool
) -> Surgery:
    """Tell what changes, and unless it is a preview do it and announce it once."""
    surgery = await _surgery(uow, changes, preview=preview)
    if changes and not preview:
        for change in changes:
            await _relink(uow, change, reason)
        await hang_roots(uow, reason=reason)
        await uow.emit(GenealogyChanged(person=person, person_id=person))
    return surgery


async def _relink(uow: UnitOfWork, change: Change, reason: str) -> None:
    if not change.returns:
        await store.end_link(uow, change.person)
    if not change.leaves:
        await store.begin_link(uow, change.person, change.after, since=uow.now, reason=reason)


async def _surgery(uow: UnitOfWork, changes: Sequence[Change], *, preview: bool) -> Surgery:
    touched = await _figures_change(uow, changes)
    numbers = {number for change in changes for number in (change.person, change.before, change.after)}
    cards = await people.cards(uow, [number for number in {*numbers, *touched} if number is not None])
    codes: dict[PersonId | None, str] = {number: card.code for number, card in cards.items()}
    moves = [
        Move(
            person=cards[change.person].code,
            name=cards[change.person].name,
            sponsor_before=codes.get(change.before),
            sponsor_after=codes.get(change.after),
        )
        for change in changes
    ]
    shown = tuple(codes[number] for number in touched if number in codes)
    return Surgery(moves=tuple(moves), figures_change=shown, previewed=preview)


async def _figures_change(uow: UnitOfWork, changes: Sequence[Change]) -> list[PersonId]:
    """Whose line gains or loses somebody; those who move from and to the same sponsors are looked at once."""
    moved = {change.person: change.after for change in changes if not change.leaves}
    paths: dict[PersonId | None, list[PersonId]] = {None: []}
    for sponsor in {number for change in changes for number in (change.before, change.after)}:
        if sponsor is not None:
            paths[sponsor] = [sponsor, *await store.upline(uow, sponsor, None)]
    pairs = dict.fromkeys((change.before, change.after, change.leaves) for change in changes)
    return rules.figures_change(
        (paths[before], [] if leaves else rules.path_after(after, paths, moved)) for before, after, leaves in pairs
    )


async def _in_tree(uow: UnitOfWork, code: str) -> PersonId:
    person = await people.person_id(uow, code, locked=True)
    if not await store.in_tree(uow, person):
        raise NotInTree(person=code)
    return person


async def _still_there(uow: UnitOfWork, sponsor: PersonId | None) -> PersonId | None:
    """She, or the nearest above her by her last links who is still in the tree."""
    while sponsor is not None and not await store.in_tree(uow, sponsor):
        sponsor, _ = await store.last_link(uow, sponsor)
    return sponsor
