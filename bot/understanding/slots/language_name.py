"""Which language a message asks for."""

import re
import tomllib
from functools import cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from bot.understanding.text import fold, is_unspaced, without_article, words

FILE = Path(__file__).parent / "words" / "languages.toml"
_NOT = re.compile(
    r"(?:\b(?:don'?t|dont|do not|cannot|can'?t|cant|not|(?:is|its|it's|was) (?:this |it |that |all )*in|instead of|"
    r"no (?:hablo|entiendo|se|leo)|en vez de|kein|keine|nicht|statt|ist das auf|nao (?:falo|entendo|sei)|ne|pas|"
    r"parle pas|comprends pas|au lieu d[eu']|не (?:говорю|понимаю|знаю)|почему|"
    r"(?:esta|sale|aparece|ist|ta) (?:todo |tudo )?(?:en|em|auf|in)|c'?est en|"
    r"(?:tidak|tak|gak?|nggak|ngga|kurang) (?:bisa|mengerti|ngerti|paham)(?: bahasa)?|"
    r"لا (?:اتكلم|افهم|اعرف))\b[^,.;!?]{0,14}|不(?:会|懂|要)[^,，。]{0,4}|看不懂)$"
)
_NOT_AFTER = re.compile(
    r"^\s*(?:नहीं|nahi|bilmiyorum|anlamiyorum|degil|は?(?:わから|分から|読め|話せ|でき)|kann ich nicht|"
    r"versteh ich nicht|看不懂|听不懂|में क्यों)"
)
_FUZZY_MIN = 6


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Whole names → code, and stems → code."""
    listed = tomllib.loads(FILE.read_text("utf-8"))
    pairs = [
        (without_article(fold(name.replace("_", " "))), code)
        for code, typed in listed.items()
        for name in typed.split()
    ]
    whole = {name: code for name, code in reversed(pairs) if not name.endswith("*")}
    return whole, {name[:-1]: code for name, code in pairs if name.endswith("*")}


@cache
def _pattern() -> re.Pattern[str]:
    """Every known name; names in unspaced scripts may stand anywhere, the others only as whole words."""
    whole, stems = _names()
    longest = sorted([*whole, *stems], key=len, reverse=True)
    glued = "|".join(re.escape(name) for name in longest if is_unspaced(name))
    spaced = "|".join(re.escape(name) + (r"\w*" if name in stems else "") for name in longest if not is_unspaced(name))
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{glued}")


def _code(name: str) -> str:
    whole, stems = _names()
    return whole.get(name) or next(stems[name[:size]] for size in range(len(name), 0, -1) if name[:size] in stems)


def _misspelt(folded: str) -> str | None:
    """The language whose name is one slip away from a word of the message."""
    for word in words(folded):
        near = [name for name in _names()[0] if len(name) >= _FUZZY_MIN and name[0] == word[0]]
        for name in near:
            if DamerauLevenshtein.distance(word, name, score_cutoff=1) <= 1:
                return _names()[0][name]
    return None


def language_name(text: str) -> str | None:
    """The BCP 47 code of the language that a cleaned message wants.

    Returns:
        None when it names none, or only one that it does not want.
    """
    folded = without_article(fold(text))
    found = list(_pattern().finditer(folded))
    starts = [0, *(match.end() for match in found)]
    wanted = [
        match[0]
        for start, match in zip(starts, found, strict=False)
        if not _NOT.search(folded[start : match.start()].rstrip()) and not _NOT_AFTER.search(folded[match.end() :])
    ]
    if wanted:
        return _code(wanted[-1])
    return None if found else _misspelt(folded)


def whole_language_name(bare: str) -> str | None:
    """The language that a folded message consists of."""
    wanted = without_article(bare)
    return _code(wanted) if _pattern().fullmatch(wanted) else None
