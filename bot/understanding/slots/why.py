"""Why an amount, why not a bonus: how people ask it, and which bonus they name. Pure."""

import re
from collections.abc import Iterable, Mapping

from bot.understanding.text import fold
from core.kernel.words import CompanyText

_ASKED = re.compile(
    r"\b(?:why|how come|explain|por ?que|warum|wieso|weshalb|weswegen|erklar\w*|explica\w*|explique\w*|pourquoi)\b"
)
_DENIED = re.compile(
    r"(?:\b(?:why|how come)\b.*(?:\b(?:not|no|never|nothing|without|didnt|wasnt|dont|havent|isnt|werent)\b|n['’]t\b)"
    r"|\bpor ?que\b.*\b(?:no|nao|nunca|nada|sin|sem|ningun\w*|nenhum\w*)\b"
    r"|\b(?:warum|wieso|weshalb|weswegen)\b.*\b(?:nicht|nichts|nie|kein\w*|ohne)\b"
    r"|\bpourquoi\b.*\b(?:pas|jamais|rien|aucun\w*|sans)\b)"
)
_MORE = re.compile(
    r"(?:why (?:not|(?:don['’]?t|didn['’]?t|can['’]?t|do) i (?:not )?(?:earn|get|make|have)) (?:any )?more"
    r"|por ?que (?:no|nao) (?:gano|cobro|recibo|ganho|recebo|ganhei|recebi|gane|recibi)? ?(?:mas|mais)"
    r"|(?:warum|wieso|weshalb) (?:(?:verdiene|bekomme|bekam) ich )?nicht mehr(?: verdient| bekommen)?"
    r"|pourquoi (?:je ne gagne |je gagne )?pas plus)[\s?!.]*"
)
_BARE = re.compile(
    r"(?:why|how come|(?:y |e )?por ?que|warum|wieso|weshalb|pourquoi)(?: (?P<no>not|no|nao|nicht|pas))?[\s?!.]*"
)
_BONUS = re.compile(r"\b(?:bonus\w*|boni|bono|bonos|pramien?|premios?|primes?)\b")
_MONEY = re.compile(
    r"[$€£¥₹₩]|\d[.,]\d{1,2}(?!\d)|\b(?:euros?|eur|usd|dollars?|dolares|bucks|pesos|reais|reales|chf|gbp)\b"
)
_WORD = re.compile(r"[^\W_]+")
_MEANS_NOTHING = frozenset(
    ("bonus", "boni", "bono", "bonos", "bonuses", "prime", "primes", "pramie", "premio", "premios", "award", "awards")
)
LETTERS_MIN = 3
"""Shorter words of a bonus's name, such as "de" or "of", say nothing about which it is."""


def asks_why(text: str) -> bool:
    """Whether a message asks for the reason of something."""
    return _ASKED.search(fold(text)) is not None


def asks_why_not(text: str) -> bool:
    """Whether it asks why something is lacking: "why didn't I…", "warum … kein…"."""
    return _DENIED.search(fold(text)) is not None


def asks_why_not_more(text: str) -> bool:
    """Whether it is the button's own words, or asks for no more than they do: "why not more?", "why not?"."""
    said = fold(text).lstrip("¿¡ ")
    bare = _BARE.fullmatch(said)
    return _MORE.fullmatch(said) is not None or (bare is not None and bare["no"] is not None)


def asks_nothing_but_why(text: str) -> bool:
    """Whether it is the bare word, which says neither what came nor what did not."""
    bare = _BARE.fullmatch(fold(text).lstrip("¿¡ "))
    return bare is not None and bare["no"] is None


def speaks_of_bonuses(text: str) -> bool:
    """Whether it names a bonus, be it one that there is or not."""
    return _BONUS.search(fold(text)) is not None


def speaks_of_money(text: str) -> bool:
    """Whether a number in it is surely an amount: by a currency, or by two decimals."""
    return _MONEY.search(fold(text)) is not None


def bonus_named(text: str, labels: Mapping[str, CompanyText], *, whole: bool = False) -> str | None:
    """The code of the one bonus that a message names, in any language of its name.

    | bonus            | text                                  | named                |
    | ---------------- | ------------------------------------- | -------------------- |
    | Customer club    | why was I not paid the customer club? | yes                  |
    | Leadership bonus | why no leadership this month          | yes, but for `whole` |
    | Level bonus      | why no bonus                          | no                   |

    Args:
        whole: by all words of its name only; else those are enough that tell it from other bonuses.
    """
    said = f" {' '.join(_words(text))} "
    counts = {
        code: max((_told(one, said, whole=whole) for one in texts_of(label)), default=0)
        for code, label in labels.items()
    }
    most = max(counts.values(), default=0)
    named = [code for code, count in counts.items() if count == most]
    return named[0] if most and len(named) == 1 else None


def texts_of(label: CompanyText) -> Iterable[str]:
    """What a company calls something, in every language and form."""
    for name in label.values():
        yield from (name,) if isinstance(name, str) else name.values()


def _told(name: str, said: str, *, whole: bool) -> int:
    """How many letters of a name, or of what tells it from others, are in what she said; nought where any is not."""
    every = _words(name)
    if whole:
        return len("".join(every)) if f" {' '.join(every)} " in said else 0
    telling = [one for one in every if len(one) >= LETTERS_MIN and one not in _MEANS_NOTHING]
    return len("".join(telling)) if telling and all(f" {one} " in said for one in telling) else 0


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
