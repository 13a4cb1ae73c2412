"""Quiet hours as people say them ("after 8 pm", "zwischen 22 und 7 Uhr"): from and until on a clock of 24 hours."""

import re
from collections.abc import Mapping

from bot.understanding.slots.numbers import numbers
from bot.understanding.text import fold

_MORNING = r"a\.?m\.?|in the morning|morgens|fruh|vormittags|de la manana|da manha|du matin"
_LATER = (
    r"p\.?m\.?|in the (?:evening|afternoon)|at night|abends|nachts|nachmittags|de la (?:noche|tarde)|da (?:noite|tarde)"
    r"|du soir|de l'apres-midi"
)
_TIME = (
    r"(?:{at}(?P<half{n}>halb )?(?P<hour{n}>\d{{1,2}})(?:\s?[:.h]\s?(?P<minute{n}>\d{{2}}))?"
    r"(?P<past{n}> y media| et demie| e meia)?"
    r"(?:\s?(?:uhr|hrs?|hs|h|horas?|heures?|o'clock)\b)?"
    rf"(?:\s?(?:(?P<am{{n}}>{_MORNING})|(?P<pm{{n}}>{_LATER})))?)(?![\w:])"
)
_AT = r"(?:las? |as |l'|um )?"
_MIDNIGHT = re.compile(r"\b(?:midnight|medianoche|mitternacht|meia[- ]noite|minuit)\b")
_NOON = re.compile(r"\b(?:noon|mediodia|mittags?|meio[- ]dia|midi)\b")
_FIRST, _SECOND = (_TIME.format(at=_AT, n=n) for n in (1, 2))
_ONLY = r"(?P<only>\b(?:only|erst|nur|solo|solamente|so|apenas|somente|seulement|uniquement|qu'|que )\s?)?"
"""Said before hours, they are those in which messages may come."""
_RANGE = re.compile(
    rf"{_ONLY}(?:\b(?:between|from|entre|de|desde|das|von|zwischen|des|a partir d[eao]s?)\s)?\b{_FIRST}"
    rf"\s*(?:[-–—]|\b(?:to|and|till?|until|a|al|y|e|hasta|bis|und|as|ate|et|jusqu'a)\b)\s*{_SECOND}"
)
_FROM = re.compile(
    rf"{_ONLY}\b(?:after|past|from|nach|ab|despues de|pasadas|desde|a partir d[eao]s?|depois d[aeo]s?|apres|des)"
    rf"\s{_FIRST}"
)
_UNTIL = re.compile(rf"\b(?:before|until|till|vor|bis|antes d[aeo]s?|hasta|ate|avant|jusqu'a)\s{_FIRST}")
_HALF_DAY = 12
_EVENING = range(5, _HALF_DAY)
"""Of these hours people mean the evening where something is to stop."""


def hours(text: str, language: str) -> tuple[str | None, str | None]:
    """From when, and until when, nothing is to come; None for what is not said.

    | message                          | from  | until |
    | -------------------------------- | ----- | ----- |
    | nothing after 8 pm               | 20:00 |       |
    | después de las 8 no              | 20:00 |       |
    | nicht vor 9 Uhr                  |       | 09:00 |
    | entre las 22 y las 8             | 22:00 | 08:00 |
    | from 10 to 7                     | 22:00 | 07:00 |
    | 21:30-7                          | 21:30 | 07:00 |
    | das 13h às 15h                   | 13:00 | 15:00 |
    | erst ab 9 Uhr schreiben          |       | 09:00 |
    | only between 9 and 18            | 18:00 | 09:00 |
    """
    said = _in_digits(fold(text), language)
    both = _RANGE.search(said)
    if both is not None:
        begins, ends = _clock(both, 1), _clock(both, 2)
        if begins is not None and ends is not None:
            if both["only"]:
                return _written(ends), _written(begins)
            return _written(_evening(both, begins) if ends <= begins else begins), _written(ends)
        return None, None
    since, until = _FROM.search(said), _UNTIL.search(said)
    begins = None if since is None else _clock(since, 1)
    ends = None if until is None else _clock(until, 1)
    if since is not None and begins is not None and since["only"]:
        return None, _written(begins)
    return (
        None if since is None or begins is None else _written(_evening(since, begins)),
        None if ends is None else _written(ends),
    )


def quiet_from(text: str, language: str) -> str | None:
    """The beginning of the quiet hours that a cleaned message names."""
    return hours(text, language)[0]


def quiet_until(text: str, language: str) -> str | None:
    """Their end."""
    return hours(text, language)[1]


def _in_digits(folded: str, language: str) -> str:
    """The message with midnight, noon and hours in words as digits."""
    plain = _NOON.sub("12:00", _MIDNIGHT.sub("00:00", folded))
    for number in reversed(numbers(plain, language)):
        if plain[number.start : number.end].isalpha() and number.value <= 2 * _HALF_DAY:
            plain = plain[: number.start] + str(number.value) + plain[number.end :]
    return plain


def _clock(match: re.Match[str], n: int) -> int | None:
    """Minutes of the day; None for no time."""
    part: Mapping[str, str | None] = match.groupdict()
    hour, minute = int(part[f"hour{n}"] or 0), int(part[f"minute{n}"] or 0)
    if part[f"past{n}"]:
        minute = 30
    if part[f"pm{n}"] and hour < _HALF_DAY:
        hour += _HALF_DAY
    elif hour == _HALF_DAY and (part[f"am{n}"] or _is_night(part[f"pm{n}"])):
        hour = 0
    if hour > 2 * _HALF_DAY or minute > 59:
        return None
    return (hour * 60 + minute - (30 if part[f"half{n}"] else 0)) % (2 * _HALF_DAY * 60)


def _is_night(said: str | None) -> bool:
    """Whether twelve is midnight: "12 at night"."""
    return bool(said) and any(word in str(said) for word in ("night", "nacht", "noche", "noite", "soir"))


def _evening(match: re.Match[str], begins: int) -> int:
    """The same in the evening, where nobody said which half of the day is meant: quiet begins at night."""
    part = match.groupdict()
    hour = begins // 60
    if part["am1"] or part["pm1"] or (part["hour1"] or "").startswith("0"):
        return begins
    if begins == _HALF_DAY * 60 and part["minute1"] is None:
        return 0
    return begins + _HALF_DAY * 60 if hour in _EVENING else begins


def _written(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
