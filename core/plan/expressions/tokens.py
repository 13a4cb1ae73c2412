"""From the text of an expression to its words and signs, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.plan.expressions.model import Mistake

LENGTH_MAX = 2000
DIGITS_MAX = 15
DECIMALS_MAX = 9


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    TEXT = "text"
    WORD = "word"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign; `text` is without the quotes of a text or of a part of a word."""

    kind: Kind
    text: str
    at: int
    end: int


class Stop(Exception):
    """The text cannot be read beyond this mistake."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.code)
        self.mistake = mistake


PATTERN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]+)?(?:\s*%)?(?![\w.]))
    | (?P<text>"[^"\n]*"|'[^'\n]*')
    | (?P<word>[^\W\d]\w*(?:\.(?:\w+|"[^"\n]+"|'[^'\n]+'))*)
    | (?P<sign>==|!=|<=|>=|[<>+\-*/()\[\],])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
MEANT = {
    "=": "==", "&&": "and", "&": "and", "||": "or", "|": "or", "<>": "!=", "!": "not", "≥": ">=", "≤": "<=",
    "≠": "!=", "×": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "“": '"', "”": '"', "„": '"', "‘": "'",
    "’": "'", "{": "[", "}": "]", ";": ",",
}  # fmt: skip
"""Signs of other languages and keyboards, and what stands for them here."""


def tokens(text: str) -> Iterator[Token]:
    """The words and signs of `text`, an END behind the last.

    Raises:
        Stop: the text is too long, a quote is not closed, or something is no word, number or sign.
    """
    if len(text) > LENGTH_MAX:
        raise Stop(Mistake("plan_rule_long", 0, {"most": LENGTH_MAX}))
    at = 0
    while True:
        match = PATTERN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Stop(_mistake(text, at + len(text[at:]) - len(text[at:].lstrip())))
        kind, at = Kind(match.lastgroup), match.end()
        yield Token(kind, _plain(kind, match[kind.value]), match.start(kind.value), at)
        if kind is Kind.END:
            return


def _plain(kind: Kind, text: str) -> str:
    if kind is Kind.TEXT:
        return text[1:-1]
    return text.replace('"', "").replace("'", "") if kind is Kind.WORD else text


def _mistake(text: str, at: int) -> Mistake:
    """What is wrong with what stands at a place where no token begins."""
    if text[at] in "\"'":
        return Mistake("plan_rule_quote", at)
    found = next((sign for sign in MEANT if text.startswith(sign, at) and len(sign) == 2), text[at])
    if found in MEANT:
        return Mistake("plan_rule_sign_near", at, {"found": found, "nearest": MEANT[found]})
    number = re.match(r"[0-9][\w.]*", text[at:])
    return Mistake("plan_rule_sign", at, {"found": number[0] if number else found})
