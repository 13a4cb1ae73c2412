"""Messages whose whole text leaves no doubt; everything else is for the trained head."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.understanding.examples import parse
from bot.understanding.model import Intent, SlotValue
from bot.understanding.text import fold, words

FILE = Path(__file__).parent / "certain.txt"
_CODE = re.compile(r"</?[A-Za-z]+>|&\w+;|\{\w*\}|%[sd]\b")
"""What programs are written in, not wishes."""
WORDS_MIN = 4
_END_MARKS = " .!¡,;:…。！،~'\"\ufe0f"

Sure = tuple[Intent, Mapping[str, SlotValue]]


def _bare(text: str) -> str:
    """`text` without case, accents and what stands at its ends; question marks stay where nothing else is left."""
    bare = fold(text).replace("’", "'").strip(_END_MARKS)
    return bare.strip("?¿؟" + _END_MARKS) or bare


@cache
def _phrases() -> Mapping[str, Sure]:
    """Every certain message, bare, with its meaning."""
    lines = FILE.read_text("utf-8").splitlines()
    return {_bare(sure.text): (sure.intent, sure.slots) for sure in parse(lines, "")}


def certain(text: str) -> Sure | None:
    """The intent and slots of a cleaned message, or None when it needs reading.

    A message without a letter, digit or known sign, or of hardly anything but program code, wants nothing that we
    could name.
    """
    found = _phrases().get(_bare(text))
    if found is None and (_is_code(text) or not any(sign.isalnum() for sign in text)):
        return Intent.OUT_OF_SCOPE, {}
    return found


def _is_code(text: str) -> bool:
    """Whether there is more code than words."""
    return len(_CODE.findall(text)) > 1 and len(words(_CODE.sub(" ", text))) < WORDS_MIN
