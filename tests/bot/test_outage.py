"""Who was told of an outage is forgotten when it is over, whoever answered her."""

from typing import TYPE_CHECKING, Any, cast

from bot.outage import STEADY_S, Outage
from i18n.translator import translator

if TYPE_CHECKING:
    from bot.context import Bot

EN = translator("en")


class Wire:
    """Stands where Telegram is, and a clock with it."""

    def __init__(self) -> None:
        self.said: list[int] = []
        self.seconds = 0.0

    async def send_message(self, chat: int, _text: str, **_more: Any) -> None:
        self.said.append(chat)


async def test_when_core_answers_steadily_another_outage_is_told_again() -> None:
    wire = Wire()
    outage = Outage(cast("Bot", wire), lambda: wire.seconds)
    outage.heard(False)
    await outage.tell(1, EN)
    for answered in (True, False, True):  # it comes and goes: that is one outage
        outage.heard(answered)
        wire.seconds += STEADY_S / 2
    await outage.tell(1, EN)
    assert wire.said == [1]
    wire.seconds += STEADY_S / 2
    outage.heard(True)
    outage.heard(False)
    await outage.tell(1, EN)
    assert wire.said == [1, 1]
