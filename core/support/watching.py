"""The watch pass: what happened to tickets since the last one is told to the staff's groups, each thing once.

Everything is in one transaction: what is taken from the tickets' news, what is noted as told of and what is put into
the outbox become true together or not at all. So a pass may be killed anywhere, and any number of workers may ask.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from core.db.unit_of_work import UnitOfWork
from core.messaging import addresses, outcomes
from core.messaging.outcomes import NotArrived
from core.people import service as people
from core.support import store, telling
from core.support.model import PreviewPlace, Watched
from core.support.store import Room
from core.support.telling import Told
from core.tickets import service as tickets
from core.tickets.model import Delivery, DeliveryState, Escalated, TicketCard, What
from core.tickets.service import News

AT_ONCE = 200
"""Things of each sort in one pass, so that no transaction is long."""
UNSEEN = frozenset({What.NOTE, What.LINKED, What.UNLINKED, What.SUBJECT, What.RATED})
"""Changes that a card does not show."""
PERSON = "person"
QUIET = "quiet_hours"
"""Why the outbox lets an answer wait until it is day where its reader lives."""


@dataclass(slots=True)
class Heard:
    """The news of one ticket in a pass."""

    changes: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    shows: bool = False
    moved: bool = False
    """It belongs to another queue now."""


async def is_anything_due(questions: UnitOfWork) -> bool:
    """Whether a pass would do anything; a question, so that idle workers hold nobody up."""
    return (
        await tickets.is_anything_due(questions)
        or await outcomes.is_any_untold(questions)
        or bool(await _settled(questions))
    )


async def watch(uow: UnitOfWork) -> Watched:
    """Close what is over, raise what presses, and tell the groups what is new."""
    closed = await tickets.sweep(uow, AT_ONCE)
    raised = await tickets.escalate(uow, AT_ONCE)
    news = await tickets.news(uow, AT_ONCE)
    lost = await outcomes.ended_badly(uow, AT_ONCE)
    cards = await tickets.cards(uow, _numbers(news, raised, lost))
    rooms = await _listening(uow)
    shown, words = _of_news(news, cards)
    shown += _of_raised(raised, cards)
    alerts = _of_targets(raised, cards) + _of_answers(lost, cards)
    watched = Watched(
        cards=await telling.put(uow, shown, rooms),
        words=await telling.put(uow, words, rooms),
        alerts=await telling.put(uow, alerts, rooms),
        previews=await _previews(uow),
        more=max(closed, len(raised), len(news), len(lost)) >= AT_ONCE,
    )
    await outcomes.told_of(uow, [one.id for one in lost])
    return watched


def _numbers(news: Sequence[News], raised: Sequence[Escalated], lost: Sequence[NotArrived]) -> list[int]:
    found = {one.ticket for one in news} | {one.ticket for one in raised}
    return sorted(found | {number for one in lost if (number := _ticket_of(one)) is not None})


def _of_news(news: Sequence[News], cards: dict[int, TicketCard]) -> tuple[list[Told], list[Told]]:
    """One card a ticket that looks different now, and one word a ticket about which its person wrote again."""
    heard: dict[int, Heard] = {}
    for one in sorted(news, key=lambda each: each.change):
        of_ticket = heard.setdefault(one.ticket, Heard())
        of_ticket.changes.append(one.change)
        of_ticket.shows |= one.what not in UNSEEN
        of_ticket.moved |= one.what is What.QUEUE
        if one.what is What.ADDED and one.by == PERSON:
            of_ticket.words.append(one.change)
    known = {number: found for number, found in heard.items() if number in cards}
    shown = [
        telling.card(cards[number], str(found.changes[-1]), anew=found.moved)
        for number, found in known.items()
        if found.shows
    ]
    return shown, [telling.word(cards[number], found.words) for number, found in known.items() if found.words]


def _of_raised(raised: Sequence[Escalated], cards: dict[int, TicketCard]) -> list[Told]:
    """Cards of tickets that rules have changed: that is no news of the tickets' own."""
    return [
        telling.card(
            cards[number], f"raised:{number}:{one.target.value}:{one.due.isoformat()}:{one.missed}", anew=one.moved
        )
        for number, one in {each.ticket: each for each in raised}.items()
        if number in cards
    ]


def _of_targets(raised: Sequence[Escalated], cards: dict[int, TicketCard]) -> list[Told]:
    """Alerts; that time runs out is not said of a target that was missed meanwhile."""
    missed = {(one.ticket, one.target) for one in raised if one.missed}
    return [
        telling.alert_of_target(cards[one.ticket], one.target.value, missed=one.missed, due=one.due)
        for one in raised
        if one.alert and one.ticket in cards and (one.missed or (one.ticket, one.target) not in missed)
    ]


def _of_answers(lost: Sequence[NotArrived], cards: dict[int, TicketCard]) -> list[Told]:
    """One alert an answer, however many of its files did not arrive either: the outbox knows its key."""
    found = [(one, cards.get(_ticket_of(one) or 0)) for one in lost]
    return [telling.alert_of_answer(card, one.key.split(":")[1], one.reason) for one, card in found if card is not None]


def _ticket_of(one: NotArrived) -> int | None:
    """The ticket that a message was about, as its subject says."""
    word, _, number = (one.subject or "").partition(":")
    return int(number) if word == "ticket" and number.isdecimal() else None


async def _previews(uow: UnitOfWork) -> int:
    """Let previews say what became of their answers; how many do so now."""
    found, told = await _settled(uow), 0
    for place, delivery in found:
        if delivery is not None:  # None: it was taken back, and the preview says so since
            told += await telling.put_outcome(uow, place, await _name(uow, place), delivery)
    over = [place.answer for place, one in found if one is None or one.state is not DeliveryState.WAITING]
    if over:
        await store.end_previews(uow, over)
    return told


async def _settled(uow: UnitOfWork) -> list[tuple[PreviewPlace, Delivery | None]]:
    """Previews whose answers arrived, did not, were taken back, or wait for a morning, which is said once."""
    found: list[tuple[PreviewPlace, Delivery | None]] = []
    after = 0
    while len(found) < AT_ONCE:
        page = await store.pending_previews(uow, after, AT_ONCE)
        if not page:
            break
        states = await tickets.deliveries(uow, [place.answer for place in page])
        of_page = [(place, states.get(place.answer)) for place in page]
        held = [place for place, one in of_page if one is not None and one.reason == QUIET]
        said = await outcomes.outcomes(uow, [telling.held_key(place) for place in held]) if held else {}
        found += [(place, one) for place, one in of_page if _is_new(place, one, said)]
        after = page[-1].answer
    return found


def _is_new(place: PreviewPlace, one: Delivery | None, said: Collection[str]) -> bool:
    """Whether the preview has something to say that it does not say yet."""
    if one is None or one.state is not DeliveryState.WAITING:
        return True
    return one.reason == QUIET and telling.held_key(place) not in said


async def _name(uow: UnitOfWork, place: PreviewPlace) -> str:
    card = (await tickets.cards(uow, [place.ticket])).get(place.ticket)
    return "" if card is None else (await people.by_code(uow, card.person)).name


async def _listening(uow: UnitOfWork) -> list[Room]:
    """Groups that still take messages; one that threw the bot out hears again once it writes to the bot."""
    rooms = await store.groups(uow)
    silent = await addresses.silent(uow, [room.chat for room in rooms])
    return [room for room in rooms if room.chat not in silent]
