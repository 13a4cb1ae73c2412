"""What a language's printers do to punctuation, so that no translator needs to type what no keyboard has."""

import re

BEFORE_COLON, BEFORE_OTHERS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_COLON = re.compile(r"(?<=\S)[ \u00a0\u202f]?:(?=\s|$)")
_OTHERS = re.compile(r"(?<=\S)[ \u00a0\u202f]([;!?])(?=\s|$)")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|\{)")
_OPENING, _CLOSING = re.compile(r"«[ \u00a0\u202f]?"), re.compile(r"[ \u00a0\u202f]?»")


def spaced(text: str, language: str) -> str:
    """The text with the spaces that the language keeps around its punctuation, unbreakable, and its own apostrophe.

    | language | before     | after (`_` unbreakable) |
    | -------- | ---------- | ----------------------- |
    | fr       | `Total : 5`| `Total_: 5`             |
    | fr       | `Quoi ?`   | `Quoi_?`                |
    | fr       | `l'offre`  | `l’offre`               |
    | es       | `¿Qué?`    | `¿Qué?`                 |
    """
    if language != "fr":
        return text
    text = _APOSTROPHE.sub("’", text)
    text = _COLON.sub(f"{BEFORE_COLON}:", text)
    text = _OTHERS.sub(rf"{BEFORE_OTHERS}\1", text)
    return _CLOSING.sub(f"{BEFORE_COLON}»", _OPENING.sub(f"«{BEFORE_COLON}", text))


def unbroken(text: str) -> str:
    """The text with its blanks unbreakable: the number of an account, say, which has to stay in sight whole."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")
