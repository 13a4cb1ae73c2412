"""What a language's printers do to punctuation, so that no translator needs to type an invisible space."""

import re

BEFORE_COLON, BEFORE_OTHERS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_COLON = re.compile(r"(?<=\S)[ \u00a0\u202f]?:(?=\s|$)")
_OTHERS = re.compile(r"(?<=\S)[ \u00a0\u202f]([;!?])(?=\s|$)")
_OPENING, _CLOSING = re.compile(r"«[ \u00a0\u202f]?"), re.compile(r"[ \u00a0\u202f]?»")


def spaced(text: str, language: str) -> str:
    """The text with the spaces that the language keeps around its punctuation, unbreakable.

    | language | before     | after (`_` unbreakable) |
    | -------- | ---------- | ----------------------- |
    | fr       | `Total : 5`| `Total_: 5`             |
    | fr       | `Quoi ?`   | `Quoi_?`                |
    | es       | `¿Qué?`    | `¿Qué?`                 |
    """
    if language != "fr":
        return text
    text = _COLON.sub(f"{BEFORE_COLON}:", text)
    text = _OTHERS.sub(rf"{BEFORE_OTHERS}\1", text)
    return _CLOSING.sub(f"{BEFORE_COLON}»", _OPENING.sub(f"«{BEFORE_COLON}", text))
