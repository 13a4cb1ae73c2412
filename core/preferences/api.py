"""What the caller wants to hear, and the buttons under messages to her."""

from typing import Annotated

from aiohttp import web
from pydantic import Field

from core.access.model import Caller, Permission
from core.db.database import Database
from core.db.unit_of_work import Questions, UnitOfWork
from core.http.routes import PUBLIC, Routes
from core.kernel.ids import PersonId
from core.kernel.logs import REQUEST_ID
from core.live.service import Live
from core.messaging import outbox
from core.messaging.model import Number
from core.outreach.settings import Settings
from core.people import service as people
from core.preferences import heeding, page, service
from core.preferences.model import AboutMessage, Heeded, Level, Preferences, PreferenceWish
from i18n.negotiation import choose
from i18n.translator import Translator, translator

routes = Routes()
NEEDS = Permission.CHANGE_OWN_SETTINGS
Token = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]


@routes.get("/v1/me/notifications", needs=NEEDS)
async def preferences(caller: Caller, live: Live, uow: Questions) -> Preferences:
    """What the caller wants to hear, and when."""
    return await service.preferences(uow, caller.me, Settings.of((await live.fresh()).plan).defaults)


@routes.patch("/v1/me/notifications", needs=NEEDS)
async def change(caller: Caller, live: Live, uow: UnitOfWork, wish: PreferenceWish) -> Preferences:
    """Change it; what is left out stays. The answer is all of it as it is now.

    Raises:
        SettingInvalid: the time zone does not exist.
    """
    await service.change(uow, caller.me, wish)
    return await service.preferences(uow, caller.me, Settings.of((await live.fresh()).plan).defaults)


@routes.post("/v1/me/notifications/less", needs=NEEDS)
async def less(caller: Caller, uow: UnitOfWork, about: AboutMessage) -> Heeded:
    """Give the caller less of what a message to her was about: at most one a week.

    Raises:
        MessageUnknown: no message to her that went out has this number, or it is one that nothing turns off.
    """
    return await heeding.turn_down(uow, caller.me, about.message, Level.LESS)


@routes.post("/v1/me/notifications/mute", needs=NEEDS)
async def mute(caller: Caller, uow: UnitOfWork, about: AboutMessage) -> Heeded:
    """Give the caller nothing more of what a message to her was about; after a digest, nothing at all.

    Raises:
        MessageUnknown: as for `less`.
    """
    return await heeding.turn_down(uow, caller.me, about.message, Level.OFF)


@routes.post("/v1/me/notifications/undo", needs=NEEDS)
async def undo(caller: Caller, uow: UnitOfWork, about: AboutMessage) -> Heeded:
    """Take back what `less` and `mute` changed because of a message.

    Raises:
        MessageUnknown: as for `less`.
    """
    return await heeding.undo(uow, caller.me, about.message)


@routes.post("/v1/me/messages/{message}/tapped", needs=NEEDS)
async def tapped(caller: Caller, uow: UnitOfWork, message: Number) -> None:
    """Note that the caller tapped a button under a message to her; about any other message nothing is noted."""
    await outbox.tapped(uow, message, caller.me)


@routes.get("/v1/unsubscribe/{token}", needs=PUBLIC)
async def subscription(uow: Questions, token: Token) -> web.Response:
    """The page behind an e-mail's link, in the reader's language: what it would end, and the button that does.

    Raises:
        TokenUnknown: the link leads to nobody.
    """
    person, topic = await service.subscription(uow, token)
    return _page(page.question(await _translator(uow, person), everything=topic is None))


@routes.post("/v1/unsubscribe/{token}", needs=PUBLIC)
async def unsubscribe(database: Database, token: Token) -> web.Response:
    """End what an e-mail was about, by the link in it: whoever has the e-mail may, and so may her mail program.

    Raises:
        TokenUnknown: the link leads to nobody.
    """
    async with database.begin(request_id=REQUEST_ID.get(), actor="unsubscribe") as uow:
        person, topic = await service.unsubscribe(uow, token)
        tr = await _translator(uow, person)
        await uow.commit()
    return _page(page.done(tr, everything=topic is None))


async def _translator(uow: UnitOfWork, person: PersonId) -> Translator:
    """Her own language, as far as it is known without her messenger."""
    hers = await people.profile(uow, person)
    return translator(choose(hers.language if hers.language_chosen else None, hers.language, hers.country))


def _page(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", charset="utf-8", headers=page.HEADERS)
