"""What evidence counts: only what is exactly one thing."""

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def one_by_name(wanted: str, known: Sequence[tuple[str, str, T]]) -> T | None:
    """The one that is meant by a name or a code; None where none or several may be.

    A whole code is meant before anything else, then a whole name, then whole words of a name; a part of a word is
    never enough.

    Args:
        known: code, name and what to answer, of everybody whom it could be.

    | wanted    | names                    | meant      |
    | --------- | ------------------------ | ---------- |
    | Ana       | Ana López, Juan Pérez    | Ana López  |
    | ana lopez | Ana López, Ana Ruiz      | Ana López  |
    | Ana       | Ana López, Ana Ruiz      | nobody     |
    | Ana       | Ana, Ana Ruiz            | Ana        |
    | Ana       | Mariana Gómez            | nobody     |
    """
    asked = words_of(wanted)
    if not asked:
        return None
    by_code = [what for code, _, what in known if code.casefold() == wanted.strip().casefold()]
    whole = [what for _, name, what in known if words_of(name) == asked]
    part = [what for _, name, what in known if set(asked) <= set(words_of(name))]
    for found in (by_code, whole, part):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def words_of(text: str) -> list[str]:
    """A name's words, capitals and accents aside."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return "".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split()
