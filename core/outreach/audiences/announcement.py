"""Campaigns: whom each means at the moment at which it goes out, in the words of her language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.campaigns import reaching
from core.campaigns import service as campaigns
from core.campaigns.model import Segment, Words
from core.campaigns.reaching import Read
from core.campaigns.rules import Figures, reached, words_for
from core.db.unit_of_work import UnitOfWork
from core.live.state import State
from core.messaging.model import Channel, Json
from core.messaging.model.waiting import Waiting
from core.outreach import readers
from core.outreach.audience import Audience, Found, Ground, Look, Occasion, Occasions, When
from core.outreach.settings import Settings
from core.plan.model import NotificationsSpec, Plan


@dataclass(frozen=True, slots=True)
class Meant:
    """What is read for one campaign."""

    segment: Segment
    everybody: Read
    figures: Figures


def when(_spec: NotificationsSpec) -> tuple[When, ...]:
    """Whenever one is sent, from its moment on."""
    return (Occasions(source),)


async def source(uow: UnitOfWork, _plan: Plan, after: datetime) -> list[Occasion]:
    """Campaigns that went out since, or should have."""
    sent = await campaigns.going_out(uow, after)
    return [Occasion(str(number), at) for number, at in sent if at <= uow.now]


async def load(uow: UnitOfWork, ground: Ground, cause: str) -> Meant:
    """Everybody, as the campaign's own preview looks at them."""
    segment, top, everybody = await campaigns.meant(uow, int(cause))
    return Meant(segment, everybody, reaching.figures_of(ground.state, segment, top))


def find(look: Look) -> Found:
    """Those whom the campaign means and a message reaches: whom its preview counts."""
    meant: Meant = look.loaded
    persons = reached(meant.segment, reaching.people_of(meant.everybody), meant.figures).tolist()
    facts = {"campaign": int(look.slot.cause)}
    return Found(persons, [facts] * len(persons))


async def note(uow: UnitOfWork, look: Look, _some: Sequence[tuple[int, Mapping[str, Any]]]) -> bool:
    """Nothing more is made of a campaign that was cancelled meanwhile."""
    return await campaigns.may_go_on(uow, int(look.slot.cause))


async def end(uow: UnitOfWork, look: Look) -> None:
    """The campaign knows that all its messages are made."""
    await campaigns.planned(uow, int(look.slot.cause))


async def truth(uow: UnitOfWork, state: State, waiting: Sequence[Waiting]) -> dict[int, Json | None]:
    """The words in each reader's language; None once the campaign was cancelled."""
    people = [one.person for one in waiting if one.person is not None]
    to = await readers.of_people(uow, people, Settings.of(state.plan).defaults, tuple(Channel))
    words = await campaigns.words(uow, {one.facts["campaign"] for one in waiting})
    return {
        one.id: _facts(one.facts, words.get(one.facts["campaign"]), to[one.person].language)
        for one in waiting
        if one.person in to
    }


def _facts(planned: Json, words: Mapping[str, Words] | None, language: str) -> Json | None:
    if words is None:
        return None
    gets = words_for(words, language)
    title, text = words[gets].title, words[gets].text
    return planned | {"title": None if title is None else {gets: title}, "words": {gets: text}}


AUDIENCE = Audience(*("announcement", when, timedelta(days=7), find), load=load, truth=truth, note=note, end=end)
