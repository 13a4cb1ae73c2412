"""People's points in hand: their accounts held, their lots as time has made them, ready to be changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Account, Document, EntryId, Line, Overdrawn, Posting, Purpose
from core.points.model import PointsMoved
from core.points.rules import lots as rules
from core.points.rules.lots import Settled, Use
from core.points.service.programme import (
    EXPIRED,
    RESTORED,
    SAFE,
    Programme,
    available,
    company,
    keeping,
    line,
    pending,
    posting,
)
from core.points.store import lots as store
from core.points.store.lots import NewLot

Hands = dict[PersonId, Settled]


async def hold(
    uow: UnitOfWork, programme: Programme, people: Collection[PersonId], more: Iterable[Account] = ()
) -> Hands:
    """Hold these people's accounts until the transaction ends, and do what time has done to their lots.

    Args:
        more: other people's accounts that the transaction will touch: all are locked at once, in one order.

    Returns:
        What each has, pending lots that are safe made available and ended ones expired.
    """
    wanted = sorted(set(people))
    if not wanted:
        return {}
    accounts = [account for person in wanted for account in (available(person), pending(person))]
    balances = await ledger.lock(uow, [*accounts, *more])
    lots = await store.open_lots(uow, wanted)
    hands = {
        person: rules.settle(
            lots[person], balances[available(person)], balances[pending(person)], programme.now, programme.today
        )
        for person in wanted
    }
    await _write_settled(uow, hands)
    return hands


async def _write_settled(uow: UnitOfWork, hands: Hands) -> None:
    """Post what time has done, an entry for each person and step, and bring the lots to it."""
    safe = {person: hand for person, hand in hands.items() if hand.safe}
    ended = {person: hand for person, hand in hands.items() if hand.ended}
    if safe:
        posted = await ledger.post_all(uow, [_became_safe(person, hand) for person, hand in safe.items()])
        await store.make_safe(uow, [lot.id for hand in safe.values() for lot in hand.safe])
        for hand, one in zip(safe.values(), posted, strict=True):
            await store.use(uow, one.entry, hand.paid)
    if ended:
        await ledger.post_all(uow, [_expired(person, hand) for person, hand in ended.items()])
        await store.end(uow, [one.lot.id for hand in ended.values() for one in hand.ended])
    await moved(uow, {*safe, *ended})


def _became_safe(person: PersonId, hand: Settled) -> Posting:
    """A lot becomes safe once, so the first of them makes a key that is used once."""
    points, first = sum(lot.remaining for lot in hand.safe), min(lot.id for lot in hand.safe)
    lines = [line(pending(person), -points), line(available(person), points)]
    return posting(SAFE, f"{SAFE}:{first}", "the order is safe", ("lot", str(first)), lines)


def _expired(person: PersonId, hand: Settled) -> Posting:
    """A lot ends once, as above."""
    points, first = sum(one.points for one in hand.ended), min(one.lot.id for one in hand.ended)
    lines = [line(available(person), -points), line(company(Purpose.POINTS_EXPIRED), points)]
    return posting(EXPIRED, f"{EXPIRED}:{first}", "their last day has passed", ("lot", str(first)), lines)


async def moved(uow: UnitOfWork, people: Iterable[PersonId]) -> None:
    """Announce that what these people were shown is old."""
    await uow.emit_all(PointsMoved(person=person, person_id=person) for person in sorted(set(people)))


async def give(uow: UnitOfWork, hands: Mapping[PersonId, Settled], new: Sequence[NewLot]) -> list[int]:
    """Write lots that postings gave; a debt takes its part of those that can be spent, first of what ends first.

    Args:
        hands: their receivers as they were before the postings.

    Returns:
        The lots' numbers, in order.
    """
    debts = {person: hand.debt for person, hand in hands.items()}
    paid: list[tuple[int, int]] = []
    in_order = sorted(range(len(new)), key=lambda place: (new[place].expires_on is None, new[place].expires_on, place))
    for place in in_order:
        lot = new[place]
        part = min(debts[lot.person], lot.points) if lot.safe_at is None else 0
        debts[lot.person] -= part
        paid.append((place, part))
    ids = await store.add(uow, new, paid)
    await moved(uow, [lot.person for lot in new])
    return ids


async def spend(
    uow: UnitOfWork,
    person: PersonId,
    points: int,
    *,
    key: str,
    kind: str,
    reason: str,
    document: tuple[str, str],
    counter: Purpose,
    more_lines: Sequence[Line] = (),
) -> EntryId:
    """Take points that a person can spend, first those that end first; the same key again takes nothing.

    Args:
        document: kind and id of what they are spent for.
        counter: the company's account that gets them.
        more_lines: what else the same entry does, balanced by itself, such as credit that pays the rest.

    Raises:
        PointsTooFew: she has not so many.
        Overdrawn: another account of `more_lines` has not enough.
        PostingDiffers: the key stands for something else.
    """
    programme = await keeping(uow)
    accounts = [one.account for one in more_lines if one.account.person is not None]
    hand = (await hold(uow, programme, [person], accounts))[person]
    lines = (line(available(person), -points), line(company(counter), points), *more_lines)
    try:
        posted = await ledger.post(uow, posting(kind, key, reason, document, lines))
    except Overdrawn as short:
        if short.facts["purpose"] == Purpose.POINTS_AVAILABLE.value:
            raise programme.too_few(available=hand.available, needed=points) from short
        raise
    if posted.is_new:
        await store.use(uow, posted.entry, rules.take(hand.spendable, points))
        await moved(uow, [person])
    return posted.entry


async def restore(
    uow: UnitOfWork,
    entry: EntryId,
    *,
    key: str,
    reason: str,
    points: int | None = None,
    document: tuple[str, str] | None = None,
) -> EntryId:
    """Undo a spending: points go back to the lots that they came from and end when those end.

    What goes back to a lot whose last day has passed expires at once. A debt takes its part first.

    Args:
        points: how many of them, for an order that is returned in part; None is the whole entry with all its lines.
        document: kind and id of what gives a part back; the spending's own when None.

    Raises:
        EntryUnknown: there is no such entry.
        AlreadyReversed: all of it was undone under another key.
    """
    programme = await keeping(uow)
    spent = await ledger.entry_of(uow, entry)
    own = [one.account for one in spent.lines if one.account.person is not None]
    [person] = {one.person for one in own if one.person is not None}
    hand = (await hold(uow, programme, [person], own))[person]
    if points is None:
        posted = await ledger.reverse(uow, entry, key=key, reason=reason, kind=RESTORED)
    else:
        posted = await ledger.post(
            uow, _part_back(spent.lines[1].account, person, points, key, reason, document, spent.document)
        )
    if posted.is_new:
        uses = await store.uses_of(uow, entry)
        left = sum(-use.points - back for use, back in uses)
        await _put_back(uow, programme, person, hand, entry, posted.entry, rules.give_back(uses, points or left))
    return posted.entry


def _part_back(
    counter: Account,
    person: PersonId,
    points: int,
    key: str,
    reason: str,
    document: tuple[str, str] | None,
    origin: Document,
) -> Posting:
    lines = [line(available(person), points), line(counter, -points)]
    return posting(RESTORED, key, reason, document or (origin.kind, origin.id), lines)


async def _put_back(
    uow: UnitOfWork,
    programme: Programme,
    person: PersonId,
    hand: Settled,
    entry: EntryId,
    undoing: EntryId,
    back: Sequence[Use],
) -> None:
    """Bring the lots to what was posted: a debt takes its part, and what has ended meanwhile ends again."""
    await store.went_back(uow, entry, back)
    known = await store.lots(uow, [use.lot for use in back])
    given = [replace(known[use.lot], remaining=use.points) for use in back]
    debts = {use.lot: use.points for use in rules.pay_debt(given, hand.debt)}
    net = [Use(use.lot, use.points + debts.get(use.lot, 0)) for use in back]
    await store.use(uow, undoing, net)
    ended = [
        rules.Ended(known[use.lot], use.points) for use in net if use.points and known[use.lot].ended(programme.today)
    ]
    if ended:
        gone = sum(one.points for one in ended)
        lines = [line(available(person), -gone), line(company(Purpose.POINTS_EXPIRED), gone)]
        document = ("entry", str(undoing))
        await ledger.post(
            uow, posting(EXPIRED, f"{EXPIRED}:entry:{undoing}", "their last day has passed", document, lines)
        )
        await store.end(uow, [one.lot.id for one in ended])
    await moved(uow, [person])
