"""Everybody as campaigns look at them: who is there, in which language, and whether a message reaches her."""

from dataclasses import dataclass

import numpy as np

from core.campaigns.model import Segment
from core.campaigns.rules import Figures, Mask, People, Texts, ways
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.state import State
from core.messaging.everybody import ChatWay, chat_ways, gone_mails
from core.messaging.kinds import Topic
from core.people.everybody import Everybody, with_mails
from core.people.everybody import everybody as all_people
from core.preferences.turned_off import turned_off
from i18n.negotiation import choose

BLOCKED = "blocked"
"""Why a chat is silent whose owner blocked the bot; of any other reason the chat is gone."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the database knows of everybody, as it was read."""

    everybody: Everybody
    chats: list[ChatWay]
    without_mail: set[PersonId]
    """Whose e-mail address takes nothing any more."""
    off: set[PersonId]


async def read(uow: UnitOfWork) -> Read:
    """Read what `people_of` needs, in stretches."""
    return Read(
        everybody=await all_people(uow),
        chats=await chat_ways(uow),
        without_mail=await with_mails(uow, await gone_mails(uow)),
        off=await turned_off(uow, Topic.ANNOUNCEMENTS),
    )


def people_of(found: Read) -> People:
    """Everybody in columns; seconds for a million, so call it aside from the event loop."""
    known = found.everybody
    has_chat, blocked = np.zeros((2, len(known.persons)), np.bool_)
    spoken = np.full(len(known.persons), None, object)
    places = np.searchsorted(known.persons, [chat.person for chat in found.chats]).tolist()
    for place, chat in zip(places, found.chats, strict=True):
        if place < len(known.persons) and known.persons[place] == chat.person:
            has_chat[place], blocked[place] = chat.silent is None, chat.silent == BLOCKED
            spoken[place] = chat.language
    return People(
        persons=known.persons,
        kinds=known.kinds,
        statuses=known.statuses,
        countries=known.countries,
        languages=_languages(known, spoken.tolist()),
        way=ways(
            wants=known.wants,
            announced=~_among(known, found.off),
            blocked=blocked,
            has_chat=has_chat,
            has_mail=known.has_mail & ~_among(known, found.without_mail),
        ),
        has_chat=has_chat,
    )


def figures_of(state: State, segment: Segment, top: PersonId | None) -> Figures:
    """Where people stand now, as copies that later changes do not touch.

    Args:
        top: the person that `segment.below` names; None where nobody stands there any more, and then nobody is below.
    """
    size = int(state.persons.max(initial=-1)) + 1
    ranks, below = np.zeros(size, np.int64), np.zeros(size, np.bool_)
    if segment.ranks:
        ranks[state.persons] = state.ranks
    index = None if top is None else state.find(top)
    if index is not None:
        for level in state.levels(index):
            below[state.persons[level.nodes()]] = True
    return Figures([rank.code for rank in state.plan.ranks], ranks, below)


def _languages(known: Everybody, spoken: list[str | None]) -> Texts:
    """In which language each is spoken to; there are few different cases."""
    kept: dict[tuple[str, bool, str, str | None], str] = {}
    found = []
    columns = (known.languages.tolist(), known.chosen.tolist(), known.countries.tolist(), spoken)
    for case in zip(*columns, strict=True):
        language = kept.get(case)
        if language is None:
            recorded, is_chosen, country, tag = case
            language = kept[case] = choose(recorded if is_chosen else None, tag or recorded, country)
        found.append(language)
    return np.array(found, np.str_)


def _among(known: Everybody, people: set[PersonId]) -> Mask:
    among: Mask = np.isin(known.persons, np.array(sorted(people), np.int64))
    return among
