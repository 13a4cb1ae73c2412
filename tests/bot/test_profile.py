"""What Telegram shows before anybody writes: told once, in every language."""

from bot import profile
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.support.chatting import chatting
from tests.support.story import maria


async def test_commands_and_descriptions_are_set_in_every_language_once() -> None:
    async with chatting(maria()) as chat:
        bot, core = chat.parts.app.bot, chat.parts.core
        assert await profile.introduce(bot, core) is True
        assert await profile.introduce(bot, core) is False
        assert len(await chat.calls("setMyCommands")) == len(LANGUAGES)
        assert (await chat.faults())["total"] == 0


async def test_the_menu_has_eight_commands_that_work() -> None:
    assert list(profile.MENU) == ["start", "gauges", "progress", "team", "points", "earnings", "tickets", "settings"]


def test_what_telegram_shows_fits_in_every_language() -> None:
    for tr in map(translator, LANGUAGES):
        assert len(tr(profile.ABOUT)) <= 120
        assert len(tr(profile.DESCRIPTION)) <= 512
        assert all(len(tr(description)) <= 60 for description in profile.MENU.values())
