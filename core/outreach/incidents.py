"""What a message about an incident says when it goes: the words of its news in the reader's language."""

from collections.abc import Sequence

from core.db.unit_of_work import UnitOfWork
from core.incidents import telling
from core.incidents.telling import KIND, News
from core.live.state import State
from core.messaging.model import Channel, Json
from core.messaging.model.waiting import Waiting
from core.outreach import readers
from core.outreach.settings import Settings
from i18n.translator import translator

__all__ = ["KIND", "truth"]


async def truth(uow: UnitOfWork, state: State, waiting: Sequence[Waiting]) -> dict[int, Json | None]:
    """The words in each reader's language, or in English, or in whichever there is."""
    people = [one.person for one in waiting if one.person is not None]
    to = await readers.of_people(uow, people, Settings.of(state.plan).defaults, tuple(Channel))
    news = await telling.news(uow, {one.facts["news"] for one in waiting})
    return {
        one.id: _facts(one.facts, news.get(one.facts["news"]), to[one.person].language)
        for one in waiting
        if one.person in to
    }


def _facts(planned: Json, news: News | None, language: str) -> Json | None:
    if news is None:
        return None
    tr = translator(language)
    said = {"title": {language: tr.company(news.title)}, "text": {language: tr.company(news.words)}}
    return planned | {"state": news.state.value, **said}
