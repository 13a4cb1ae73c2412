"""Which slots an intent has, and who reads them. A new slot is one reader and one line here."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from bot.understanding.cues import concepts
from bot.understanding.model import Intent, Lexicon, SlotValue
from bot.understanding.slots.amounts import points_or_number, points_to_redeem, quantity
from bot.understanding.slots.chosen import chosen
from bot.understanding.slots.hours import quiet_from, quiet_until
from bot.understanding.slots.language_name import language_name
from bot.understanding.slots.level import level
from bot.understanding.slots.order import order
from bot.understanding.slots.periods import period
from bot.understanding.slots.person import person
from bot.understanding.slots.product import product
from bot.understanding.slots.rank import rank
from bot.understanding.slots.tagger import is_known, tokens
from bot.understanding.slots.wanted import about, is_stopping, less, only, summary, weekend
from bot.understanding.text import fold

_NOBODY = frozenset(
    fold(
        "someone somebody anyone anybody another other friend people alguien alguno otra otro otros jemand jemandem "
        "jemanden anderen andere alguém alguem outra outro qqn qqun quelqu'un quelquun autre"
    ).split()
)
"""Words for whoever it may be, which are no names."""

_GIVING = ("uberweis", "ueberweis", "zahl", "mach")
"""Stems of verbs of giving that are no concept of their own."""
_TO = frozenset(["to", "for", "para", "pa", "a", "al", "an", "fur", "fuer", "pra", "pro", "pour"])

Reader = Callable[[str, str, Lexicon], SlotValue | None]
"""Takes the cleaned message, its language and the company's words."""


def _person(text: str, language: str, lexicon: Lexicon) -> str | None:
    return person(text, language, lexicon.people)


def _receiver(text: str, language: str, lexicon: Lexicon) -> str | None:
    named = person(text, language, lexicon.people, is_certain=False) or _after_preposition(text)
    name = _with_surname(" ".join(_trimmed(named.split())), tokens(text)) if named else ""
    return None if not name or fold(name).split()[0] in _NOBODY else name


def _after_preposition(text: str) -> str | None:
    """The known name that stands behind a "to" or "for": "20 points for juan"."""
    typed = tokens(text)
    pairs = pairwise(typed)
    return next((word for before, word in pairs if fold(before) in _TO and is_known(word)), None)


def _with_surname(name: str, typed: list[str]) -> str:
    """The name with a known one that stands right behind it: all in small letters it may have been overlooked."""
    last = name.split()[-1:]
    after = next((word for before, word in pairwise(typed) if [before] == last), "")
    return f"{name} {after}" if after and is_known(after) and not after[0].isdigit() else name


def _trimmed(typed: list[str]) -> list[str]:
    """The words of a name without what belongs to the giving: "Anna senden", "überweise Ahmed", and "pass" alone."""
    proper = any(word[:1].isupper() for word in typed)
    while typed and _is_no_name(typed[-1], proper):
        typed = typed[:-1]
    while typed and _is_no_name(typed[0], proper):
        typed = typed[1:]
    return typed


def _is_no_name(word: str, proper: bool) -> bool:
    """Whether a word at the end of a name is none: a small one beside capitals, or one about giving."""
    about_giving = "send" in concepts(word) or fold(word).startswith(_GIVING)
    return not is_known(word) and ((proper and word[:1].islower()) or about_giving)


def _code(text: str, language: str, lexicon: Lexicon) -> int | str | None:
    return order(text)


def _plain(read: Callable[[str, str], SlotValue | None]) -> Reader:
    """A reader that needs no company words."""
    return lambda text, language, _: read(text, language)


def _choice(slot: str) -> Reader:
    """A reader that picks one of a slot's fixed values."""
    return lambda text, language, lexicon: chosen(slot, text, language, lexicon)


def _enabled(text: str, language: str, lexicon: Lexicon) -> bool | None:
    said = chosen("enabled", text, language, lexicon)
    return None if said is None else said == "True" and not is_stopping(text)


READERS: Mapping[Intent, Mapping[str, Reader]] = {
    Intent.RANK_PROGRESS: {"rank": rank},
    Intent.TEAM: {"level": _plain(level)},
    Intent.PERSON: {"person": _person},
    Intent.ORDERS: {"order": _code},
    Intent.TICKET_STATUS: {"ticket": _code},
    Intent.CHANGE_LANGUAGE: {"language": lambda text, _, __: language_name(text)},
    Intent.STATEMENT: {"period": _plain(period)},
    Intent.RANK_HISTORY: {"period": _plain(period)},
    Intent.REDEEM: {"points": _plain(points_to_redeem), "product": _plain(product), "quantity": _plain(quantity)},
    Intent.CONVERT_POINTS: {"points": _plain(points_or_number)},
    Intent.TRANSFER_POINTS: {"points": _plain(points_or_number), "person": _receiver},
    Intent.OPEN_TICKET: {"category": _choice("category")},
    Intent.NOTIFICATIONS: {
        "enabled": _enabled,
        "topic": _choice("topic"),
        "from": _plain(quiet_from),
        "until": _plain(quiet_until),
        "about": _plain(about),
        "only": _plain(only),
        "less": _plain(less),
        "weekend": _plain(weekend),
        "summary": _plain(summary),
    },
}

BEYOND = frozenset({"from", "until", "about", "only", "less", "weekend", "summary"})
"""Slots that the bot needs and the examples do not note."""


def read_slots(intent: Intent, text: str, *, language: str, lexicon: Lexicon) -> dict[str, SlotValue]:
    """The slots of a cleaned message that is known to want `intent`; what is not said is absent."""
    found = {name: reader(text, language, lexicon) for name, reader in READERS.get(intent, {}).items()}
    return {name: value for name, value in found.items() if value is not None}
