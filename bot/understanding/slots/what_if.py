"""Suppositions ("what if Ana orders 200?"): asked as progress to a rank, with an order that nobody placed."""

import re

from bot.understanding.slots.numbers import numbers
from bot.understanding.text import fold

ME = "me"
WHAT_IF = "what_if"
"""The slot with the supposed volume; `person` beside it holds a name as typed, or "me"."""

_SELF = frozenset(
    fold(words) for words in ("", "i", "me", "yo", "yo misma", "yo mismo", "ich", "eu", "eu mesma", "eu mesmo", "je")
)
_ARTICLE = re.compile(r"^(?:a|o|la|el|die|der)\s+(?=\S{2})", re.IGNORECASE)
_EMPHASIS = re.compile(r"\b(?:myself|selbst|selber|moi|mí)\b,?|j'", re.IGNORECASE)
_LEAD = r"^[\s¿¡]*(?:(?:and|so|ok|also|y|und|e|et|bueno|na|alors)[\s,]+)?"
_PATTERNS = {
    "en": _LEAD + r"(?:what if|what happens if|what would happen if|suppose|imagine|if)\s+(?P<who>.+?)\s+"
    r"(?:orders?|ordered|buys?|bought|places? an order|placed an order|adds?|added)\s+(?P<rest>.*\d.*)$",
    "es": _LEAD + r"(?:qu[eé] (?:pasa|pasar[ií]a) si|supongamos que|sup[oó]n que|si)\s+(?P<who>.*?)\s*\b"
    r"(?:pide|pidiera|pidiese|pido|compra|comprara|comprase|compro|hace un pedido|hago un pedido)\s+(?P<rest>.*\d.*)$",
    "de": _LEAD + r"(?:was(?: w[äa]re| ist| passiert)?[\s,]+)?(?:wenn|angenommen,?)\s+(?P<who>.+?)\s+"
    r"(?P<rest>(?:(?:noch|nochmal|f[üu]r|um|mal|weitere|mehr als)\s+)*\d.*?)\s*"
    r"(?:bestellt|bestellte|bestelle|bestellen w[üu]rde|kauft|kaufe|kaufen w[üu]rde|ordert)[\s?!.]*$",
    "pt-BR": _LEAD + r"(?:o que acontece se|vamos supor que|sup[oõ]e que|se)\s+(?P<who>.*?)\s*\b"
    r"(?:pedir|pedisse|pe[çc]a|pede|comprar|comprasse|compra|fizer um pedido)\s+(?P<rest>.*\d.*)$",
    "fr": _LEAD + r"(?:que se passe-t-il si|supposons que|imaginons que|s[i'’])\s*(?P<who>.*?)\s*"
    r"\b(?:commandait|commandais|commande|ach[eè]tait|ach[eè]tais|ach[eè]te|prend|prends|passe une commande)\s+"
    r"(?P<rest>.*\d.*)$",
}
_READERS = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _PATTERNS.items()}
_NAME_MAX = 60


def what_if(text: str) -> dict[str, int | str] | None:
    """Who orders how much, by a cleaned message that supposes it; None for any other message.

    Only a volume in digits counts: "what if Ana orders again" leaves open what to calculate with.
    """
    for language, reader in _READERS.items():
        found = reader.match(text)
        if found is None:
            continue
        counted = numbers(found["rest"], language)
        who = _EMPHASIS.sub("", found["who"].replace("’", "'")).strip(" ,")
        who = _ARTICLE.sub("", who)
        if counted and counted[0].value > 0 and len(who) <= _NAME_MAX:
            return {WHAT_IF: counted[0].value, "person": ME if fold(who) in _SELF else who}
    return None
