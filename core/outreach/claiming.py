"""Claims: what waits is judged person by person, and what may go now is handed to one worker.

Three beats, so that nobody is held up: a short transaction judges and takes (`choose`); outside of any, what was taken
is asked whether it is still true (`check`); a second short one gives each message its turn (`hand_out`). A process that
dies in between leaves messages in hands whose lease runs out.

`now` is real time; what concerns people (waking hours, budget, deadlines) goes by the company's clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.state import State
from core.messaging import addresses, claims, pace
from core.messaging.kinds import KINDS, Doubt
from core.messaging.model import Channel, Json, OutboxState, Outgoing, OutgoingBatch, OutgoingClaim, Part
from core.messaging.model.waiting import Ended, LastSaid, Postponed, Said, Taken, Waiting
from core.outreach import readers
from core.outreach.readers import Recipient
from core.outreach.rules.judging import WEEK, About, is_urgent, judge, message_of
from core.outreach.settings import Settings
from core.outreach.truth import NO_FIGURES, Truths
from core.preferences import service as preferences

LOOK_AT = (40, 400, 400, 1000, 1000)
"""Messages in each round, at least: where most are wanted the first is enough, else many are looked at at once."""
NO_FIGURES_WAIT = timedelta(minutes=1)
BEHIND_WAITS = timedelta(seconds=5)
"""What must not come before something else asks again so soon whether that has gone."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A message that may go now."""

    to: Recipient
    parts: tuple[Waiting, ...]
    edit: int | None
    facts: Mapping[int, Json] = field(default_factory=dict)
    """Of each part as they are now; known once it was checked."""

    @property
    def head(self) -> Waiting:
        """What is most at stake."""
        return self.parts[0]


@dataclass(slots=True)
class Claim:
    """One claim on its way: what it found and what it did."""

    wish: OutgoingClaim
    settings: Settings
    now: datetime
    room: int
    """How many messages there are turns for."""
    first_turn: datetime
    messages: list[Chosen] = field(default_factory=list)
    untrue: list[Ended] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    """Messages of which nobody can tell now whether they are true."""
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    """Kind and state of each message that ended."""
    oldest_s: float = 0.0
    """How long the first in line has been waiting."""


async def choose(uow: UnitOfWork, wish: OutgoingClaim, settings: Settings, now: datetime) -> Claim:
    """Judge what waits, and take for the worker what may go now."""
    ended = await claims.begin(uow, now)
    room, first_turn = await pace.room(uow, wish.rate_per_s, now)
    one = Claim(wish, settings, now, min(room, wish.count_max), first_turn)
    one.outcomes += [(message.kind, message.state.value) for message in ended]
    seen = claims.Seen()
    for look_at in LOOK_AT:
        if len(one.messages) >= one.room:
            break
        waiting = await claims.due(uow, now, seen, max(look_at, 2 * one.room))
        if waiting is None:
            break
        await _round(uow, one, waiting)
    until = now + timedelta(seconds=wish.lease_s)
    await claims.take(uow, [part for chosen in one.messages for part in chosen.parts], wish.holder, until)
    one.oldest_s = await claims.oldest_s(uow)
    return one


async def check(questions: UnitOfWork, one: Claim, truths: Truths, state: State | None) -> None:
    """Ask of everything taken whether it is still true, and with which facts.

    Args:
        state: the live figures, None where there are none.
    """
    facts = await truths.now(questions, state, [part for chosen in one.messages for part in chosen.parts])
    checked = []
    for chosen in one.messages:
        for part in chosen.parts:
            if part.id not in facts:
                one.unknown.append(part.id)
            elif facts[part.id] is None:
                one.untrue.append(Ended(part.id, part.kind, OutboxState.DROPPED, "untrue"))
        true = {part.id: now for part in chosen.parts if (now := facts.get(part.id)) is not None}
        if true:
            parts = tuple(part for part in chosen.parts if part.id in true)
            checked.append(replace(chosen, parts=parts, facts=true))
    one.messages = checked


async def hand_out(uow: UnitOfWork, one: Claim) -> OutgoingBatch:
    """Close what was not true, and give every other message its turn; e-mail needs none."""
    await claims.settle(uow, one.untrue, ())
    await _leave_out_lost(uow, one)
    await _leave_out_moved(uow, one)
    one.outcomes += [(end.kind, end.state.value) for end in one.untrue]
    await claims.give_back(uow, one.unknown, NO_FIGURES, one.now + NO_FIGURES_WAIT)
    await claims.address(
        uow, [_taken(chosen, part) for chosen in one.messages for part in chosen.parts], one.wish.holder
    )
    chats = {chosen.head.id: chosen.to.chat for chosen in one.messages if chosen.to.chat is not None}
    turns = await pace.slots(uow, len(chats), one.wish.rate_per_s, one.now)
    send_in = dict(zip(chats, turns, strict=True))
    await pace.take_chats(uow, {chats[head]: one.now + timedelta(seconds=turn) for head, turn in send_in.items()})
    outgoing = [
        _outgoing(chosen, send_in.get(chosen.head.id, 0.0), uow.now, await _unsubscribe(uow, chosen))
        for chosen in one.messages
    ]
    return OutgoingBatch(messages=tuple(sorted(outgoing, key=lambda message: message.send_in_s)))


async def _round(uow: UnitOfWork, one: Claim, waiting: Sequence[Waiting]) -> None:
    """Judge some people's messages, and choose what goes now."""
    settings = one.settings
    people = list(dict.fromkeys(message.person for message in waiting if message.person is not None))
    alone = {message.chat_id for message in waiting if message.person is None and message.chat_id is not None}
    to_people = await readers.of_people(uow, people, settings.defaults, one.wish.channels)
    to_chats = await readers.of_chats(uow, alone, settings.defaults)
    said = await claims.said(uow, people, WEEK)

    verdicts = _Verdicts()
    for (person, chat), group in groupby(waiting, key=lambda message: (message.person, message.chat_id)):
        to = to_chats.get(chat or 0) if person is None else to_people.get(person)
        await _judge(uow, one, verdicts, to, tuple(group), said.get(person or PersonId(0), ()))
    await _choose(uow, one, verdicts.ready)
    await claims.settle(uow, verdicts.ended, verdicts.postponed)
    one.outcomes += [(end.kind, end.state.value) for end in verdicts.ended]


@dataclass(slots=True)
class _Verdicts:
    """What became of the messages of one round."""

    ended: list[Ended] = field(default_factory=list)
    postponed: list[Postponed] = field(default_factory=list)
    ready: list[Chosen] = field(default_factory=list)


async def _judge(
    uow: UnitOfWork,
    one: Claim,
    verdicts: _Verdicts,
    to: Recipient | None,
    waiting: Sequence[Waiting],
    said: Sequence[Said],
) -> None:
    if to is None:
        verdicts.ended += [Ended(each.id, each.kind, OutboxState.UNWANTED, "person_unknown") for each in waiting]
        return
    last = await _last_about(uow, waiting)
    edits = {one.id: edit for one in waiting if (edit := _edited(one, to, last)) is not None}
    heard = {about: known.id for about, known in last.items()}
    judged = judge(waiting, to.reader, said, one.settings.budget, uow.now, heard, edits)
    verdicts.ended += judged.ended
    verdicts.postponed += judged.postponed
    if judged.ready:
        parts = message_of(judged.ready)
        if KINDS[parts[0].kind].after and await claims.is_held_up(uow, parts[0]):
            verdicts.postponed.append(Postponed(parts[0].id, uow.now + BEHIND_WAITS, "after_words"))
        else:
            verdicts.ready.append(Chosen(to, parts, edits.get(parts[0].id)))


def _edited(one: Waiting, to: Recipient, last: Mapping[About, LastSaid]) -> int | None:
    """The message that `one` takes the place of; None where it is one of its own."""
    named = one.facts.get("edit")
    if isinstance(named, int):
        return named
    known = last.get((one.kind, one.subject or ""))
    if known is None or one.facts.get("anew") or to.chat is None or known.chat_id != to.chat:
        return None
    return known.message_id


async def _last_about(uow: UnitOfWork, waiting: Sequence[Waiting]) -> dict[About, LastSaid]:
    """By kind and subject what was said last, for those messages that take its place."""
    found: dict[About, LastSaid] = {}
    for one in waiting:
        kind = KINDS.get(one.kind)
        if kind is None or not kind.edits or one.subject is None:
            continue
        last = await claims.last_about(uow, one)
        if last is not None:
            found[one.kind, one.subject] = last
    return found


async def _choose(uow: UnitOfWork, one: Claim, ready: Sequence[Chosen]) -> None:
    """Of what is ready take what may go to its chat now, as far as there is room."""
    free_at = await pace.chats_free(uow, {chosen.to.chat for chosen in ready if chosen.to.chat is not None})
    taken = {chosen.to.chat for chosen in one.messages}
    for chosen in ready:
        chat = chosen.to.chat
        is_free = chat is None or (chat not in taken and free_at.get(chat, one.now) <= one.first_turn)
        if is_free and len(one.messages) < one.room:
            one.messages.append(chosen)
            taken.add(chat)


async def _leave_out_lost(uow: UnitOfWork, one: Claim) -> None:
    """Messages that ended while they were checked do not go; other parts of such a digest come with the next claim."""
    held = await claims.still_held(uow, [part.id for chosen in one.messages for part in chosen.parts], one.wish.holder)
    whole = [chosen for chosen in one.messages if all(part.id in held for part in chosen.parts)]
    rest = held - {part.id for chosen in whole for part in chosen.parts}
    await claims.give_back(uow, sorted(rest), "digest_broken", one.now)
    one.messages = whole


async def _leave_out_moved(uow: UnitOfWork, one: Claim) -> None:
    """Nobody's figures go to a chat that somebody else got meanwhile: the next claim finds her own."""
    people = [chosen.head.person for chosen in one.messages if chosen.head.person is not None]
    chats = await addresses.chats(uow, people)
    moved = [
        chosen
        for chosen in one.messages
        if chosen.to.chat is not None and chosen.head.person is not None
        if chats.get(chosen.head.person) != chosen.to.chat
    ]
    await claims.give_back(uow, [part.id for chosen in moved for part in chosen.parts], "chat_moved", one.now)
    one.messages = [chosen for chosen in one.messages if chosen not in moved]


async def _unsubscribe(uow: UnitOfWork, chosen: Chosen) -> str | None:
    """What an e-mail's link turns off: its topic, or everything under a digest of several."""
    if chosen.to.chat is not None or chosen.head.person is None:
        return None
    topics = {KINDS[part.kind].topic for part in chosen.parts}
    return await preferences.unsubscribe_token(uow, chosen.head.person, topics.pop() if len(topics) == 1 else None)


def _taken(chosen: Chosen, part: Waiting) -> Taken:
    channel = Channel.EMAIL if chosen.to.chat is None else Channel.TELEGRAM
    return Taken(part.id, chosen.head.id, chosen.facts[part.id], channel, chosen.to.chat)


def _outgoing(chosen: Chosen, send_in_s: float, now: datetime, unsubscribe: str | None) -> Outgoing:
    kinds = [KINDS[part.kind] for part in chosen.parts]
    ends = [part.lapses_at for part in chosen.parts if part.lapses_at is not None]
    is_at_night = chosen.to.reader.awake_at > now
    return Outgoing(
        id=chosen.head.id,
        parts=tuple(Part(id=part.id, kind=part.kind, facts=chosen.facts[part.id]) for part in chosen.parts),
        chat_id=chosen.to.chat,
        email=chosen.to.email if chosen.to.chat is None else None,
        name=chosen.to.name if chosen.to.chat is None else None,
        language=chosen.to.language,
        time_zone=chosen.to.zone,
        edit=chosen.edit,
        silent=all(
            kind.silent or (is_at_night and not is_urgent(part)) for kind, part in zip(kinds, chosen.parts, strict=True)
        ),
        unasked=kinds[0].unasked,
        doubt=Doubt.LEAVE if any(kind.doubt is Doubt.LEAVE for kind in kinds) else Doubt.REPEAT,
        attempt=chosen.head.attempts + 1,
        send_in_s=send_in_s,
        lapses_at=min(ends, default=None),
        unsubscribe=unsubscribe,
    )
