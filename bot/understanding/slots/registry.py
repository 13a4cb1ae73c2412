"""Which slots an intent has, and who reads them. A new slot is one reader and one line here."""

from collections.abc import Callable, Mapping

from bot.understanding.model import Intent, Lexicon, SlotValue
from bot.understanding.slots.language_name import language_name
from bot.understanding.slots.level import level
from bot.understanding.slots.order import order
from bot.understanding.slots.periods import period
from bot.understanding.slots.person import person
from bot.understanding.slots.rank import rank

Reader = Callable[[str, str, Lexicon], SlotValue | None]
"""Takes the cleaned message, its language and the company's words."""

READERS: Mapping[Intent, Mapping[str, Reader]] = {
    Intent.RANK_PROGRESS: {"rank": rank},
    Intent.TEAM: {"level": lambda text, language, _: level(text, language)},
    Intent.PERSON: {"person": lambda text, language, lexicon: person(text, language, lexicon.people)},
    Intent.ORDERS: {"order": lambda text, _, __: order(text)},
    Intent.TICKET_STATUS: {"ticket": lambda text, _, __: order(text)},
    Intent.CHANGE_LANGUAGE: {"language": lambda text, _, __: language_name(text)},
    Intent.STATEMENT: {"period": lambda text, language, _: period(text, language)},
    Intent.RANK_HISTORY: {"period": lambda text, language, _: period(text, language)},
    Intent.TRANSFER_POINTS: {"person": lambda text, language, lexicon: person(text, language, lexicon.people)},
}


def read_slots(intent: Intent, text: str, *, language: str, lexicon: Lexicon) -> dict[str, SlotValue]:
    """The slots of a cleaned message that is known to want `intent`; what is not said is absent."""
    found = {name: reader(text, language, lexicon) for name, reader in READERS.get(intent, {}).items()}
    return {name: value for name, value in found.items() if value is not None}
