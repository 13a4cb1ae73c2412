"""Points from person to person: offered, confirmed once, told to the receiver."""

from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import EntryId
from core.live.state import State
from core.messaging import outbox
from core.offers import service as offers
from core.offers.model import OfferId
from core.people import service as people
from core.people.model import Card, PersonUnknown, Status, first_name
from core.plan.model.points import Transferring, TransferTo
from core.points.model import (
    AboveMost,
    BelowLeast,
    MovementKind,
    NotToYourself,
    ReceiverAmbiguous,
    ReceiverClosed,
    ReceiverUnknown,
    TransferOffer,
    TransferWish,
    WayClosed,
)
from core.points.rules import lots as rules
from core.points.rules.conversion import bounds
from core.points.rules.lots import Settled
from core.points.service.holding import give, hold, moved
from core.points.service.moved_today import moved_today
from core.points.service.programme import TRANSFERRED, Programme, available, line, posting, programme
from core.points.service.viewing import view
from core.points.store import lots as store
from core.points.store.lots import NewLot

OFFER = "points.transfer"
RECEIVED = "points.received"
NAMES_TOLD = 5


async def offer_transfer(uow: UnitOfWork, state: State, person: PersonId, wish: TransferWish) -> TransferOffer:
    """What giving points would do.

    Raises:
        AccountClosed, AccountSuspended: she has left, or is suspended.
        WayClosed: the company lets nobody transfer.
        ReceiverUnknown, ReceiverAmbiguous, ReceiverClosed, NotToYourself: to whom.
        PointsTooFew, BelowLeast, AboveMost: how many.
    """
    await people.active(uow, person)
    current = await programme(uow)
    card = await _receiver(uow, state, current, person, wish.to)
    hand = await view(uow, current, person)
    effect = await _effect(uow, state, current, person, hand, card, wish.points)
    fixed = TransferWish(to=card.code, points=effect.points)
    return effect.model_copy(update={"offer": await offers.make(uow, person, OFFER, fixed, effect)})


async def transfer(uow: UnitOfWork, state: State, person: PersonId, offer: str) -> TransferOffer:
    """Do what was offered, once; a second tap gets the same answer.

    Raises:
        OfferGone, OfferChanged: it is too old, or would no longer do what was shown.
        And what `offer_transfer` raises, where that has changed since.
    """
    taken = await offers.take(uow, person, offer, OFFER)
    answer = taken.done(TransferOffer)
    if answer is not None:
        return answer
    await people.active(uow, person)
    current = await programme(uow)
    wish = taken.wished(TransferWish)
    card = await _receiver(uow, state, current, person, wish.to)
    hands = await hold(uow, current, [person, card.person_id])
    effect = await _effect(uow, state, current, person, hands[person], card, wish.points)
    taken.require_same(effect)
    entry, ends = await _move(uow, current, person, card, effect.points, hands, OfferId(offer))
    gift = {"points": effect.points, "name": current.name, "entry": entry, "ends": ends}
    await _tell(uow, state, person, card.person_id, gift)
    answer = effect.model_copy(update={"offer": offer})
    await offers.done(uow, taken, answer)
    return answer


async def _move(
    uow: UnitOfWork,
    current: Programme,
    person: PersonId,
    to: Card,
    points: int,
    hands: dict[PersonId, Settled],
    offer: OfferId,
) -> tuple[EntryId, list[str | None]]:
    """Post it; what the receiver gets ends when it would have ended."""
    lines = [line(available(person), -points), line(available(to.person_id), points)]
    wanted = posting(TRANSFERRED, f"{TRANSFERRED}:{offer}", "transfer", ("offer", offer), lines)
    entry = (await ledger.post(uow, wanted)).entry
    spendable = hands[person].spendable
    uses = rules.take(spendable, points)
    await store.use(uow, entry, uses)
    parts = rules.parts_by_end(spendable, uses)
    new = [
        NewLot(to.person_id, entry, MovementKind.RECEIVED, part, current.today, expires_on)
        for expires_on, part in parts
    ]
    await give(uow, hands, new)
    await moved(uow, [person])
    return entry, [None if expires_on is None else expires_on.isoformat() for expires_on, _ in parts]


async def _tell(uow: UnitOfWork, state: State, person: PersonId, to: PersonId, gift: dict[str, Any]) -> None:
    """Tell the receiver, who knows the giver by as much of her name as her history shows."""
    giver = (await people.cards(uow, [person]))[person]
    facts = {**gift, "from": _shown_name(state, to, giver)}
    await outbox.put(uow, f"{RECEIVED}:{gift['entry']}", RECEIVED, to, facts)


async def _effect(
    uow: UnitOfWork, state: State, current: Programme, person: PersonId, hand: Settled, card: Card, points: int | None
) -> TransferOffer:
    terms = _terms(current)
    today = await moved_today(uow, current, person, TRANSFERRED, out_only=True)
    least, most = bounds(terms.limits, today)
    has = max(0, hand.available)
    wanted = points if points is not None else has if most is None else min(has, most)
    if wanted > has or (points is None and has < least):
        raise current.too_few(available=has, needed=max(wanted, least))
    if most is not None and (wanted > most or most < least):
        raise AboveMost(most=most, unit="points", told=str(most))
    if wanted < least:
        raise BelowLeast(least=least, unit="points", told=str(least))
    return TransferOffer(
        offer="",
        name=current.name,
        to_code=card.code,
        to_name=_shown_name(state, person, card),
        points=wanted,
        left=has - wanted,
    )


def _terms(current: Programme) -> Transferring:
    if current.spec.transfer is None:
        raise WayClosed(what="transfer")
    return current.spec.transfer


async def _receiver(uow: UnitOfWork, state: State, current: Programme, person: PersonId, to: str) -> Card:
    """Whom she means: a code first, then a name that exactly one person has whom she may see."""
    terms = _terms(current)
    wanted = to.strip()
    card = await _by_code(uow, wanted)
    if card is None or not _may_receive(state, terms, person, card.person_id):
        card = await _by_name(uow, state, person, wanted)
    if card.person_id == person:
        raise NotToYourself
    if card.status is not Status.ACTIVE:
        raise ReceiverClosed(to=card.code)
    return card


async def _by_code(uow: UnitOfWork, code: str) -> Card | None:
    try:
        number = await people.person_id(uow, code)
    except PersonUnknown:
        return None
    return (await people.cards(uow, [number])).get(number)


def _may_receive(state: State, terms: Transferring, person: PersonId, to: PersonId) -> bool:
    """Whether her policy lets her give to somebody; to herself is refused elsewhere, in a clearer sentence."""
    if terms.to is TransferTo.ANYONE or person == to:
        return True
    giver, receiver = state.find(person), state.find(to)
    if giver is None or receiver is None:
        return False
    return state.is_below(giver, receiver) or state.is_below(receiver, giver)


async def _by_name(uow: UnitOfWork, state: State, person: PersonId, name: str) -> Card:
    """The one person of that name in her line, or her sponsor; of several, one whose whole name it is.

    Raises:
        ReceiverUnknown, ReceiverAmbiguous, NotToYourself: none, several, or only she herself.
    """
    named = await people.named(uow, name)
    seen = [one for one in named if one != person and is_known(state, person, one)]
    if not seen and person in named:
        raise NotToYourself
    cards = list((await people.cards(uow, seen[: NAMES_TOLD + 1])).values()) if seen else []
    exact = [card for card in cards if card.name.casefold() == name.casefold()]
    chosen = exact if len(exact) == 1 else cards
    if not chosen:
        raise ReceiverUnknown(to=name)
    if len(chosen) > 1:
        raise ReceiverAmbiguous(to=name, names=[f"{card.name} ({card.code})" for card in chosen[:NAMES_TOLD]])
    return chosen[0]


def is_known(state: State, person: PersonId, other: PersonId) -> bool:
    """Whether she is shown the other by name: her own line, and her sponsor."""
    own, theirs = state.find(person), state.find(other)
    if own is None or theirs is None:
        return False
    return state.is_below(own, theirs) or state.parent(own) == theirs


def _shown_name(state: State, person: PersonId, card: Card) -> str:
    """The whole name of whom she is shown; of others the first, so that codes do not give names away."""
    return card.name if is_known(state, person, card.person_id) else first_name(card.name)
