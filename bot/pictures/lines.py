"""Lines of text as masks: shaped run by run, shrunk or shortened until they fit their box."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from bot.pictures.fonts import font
from bot.pictures.runs import Run, clean, runs

ELLIPSIS = "…"
NEVER_FIRST = frozenset("ーァィゥェォッャュョぁぃぅぇぉっゃゅょ、。」）")
"""What may not begin a line in Japanese and Chinese."""
ROOM_ABOVE, ROOM_BELOW = 1.25, 0.55
"""Ems above and below the baseline that hold every script's marks."""
COMFORTABLE = 0.8
"""A line that would shrink below this share of its size is broken in two, where two lines have room."""
ROOM_ASIDE = 3
"""Pixels at both ends for strokes that lean over."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set; `smallest` is how far it may shrink before it is shortened."""

    size: int
    smallest: int
    weight: int = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A line ready to stamp: its mask, and where the baseline lies in it."""

    mask: Image.Image
    baseline: int
    text: str
    """What can be read on it, after shortening."""
    size: int
    """Pixels of an em, after shrinking."""

    @property
    def width(self) -> int:
        """Pixels that the line takes."""
        return self.mask.width - 2 * ROOM_ASIDE


@lru_cache(maxsize=1024)
def line(text: str, style: Style, language: str, width: int) -> Line:
    """The text in at most `width` pixels: as large as the style says, smaller if need be, shortened at last."""
    whole = clean(text)
    for size in range(style.size, style.smallest - 1, -2):
        if _length(whole, size, style.weight, language) <= width:
            return _drawn(whole, size, style.weight, language)
    return _drawn(_shortened(whole, style, language, width), style.smallest, style.weight, language)


def block(text: str, style: Style, language: str, width: int) -> tuple[Line, ...]:
    """The text on one line, or on two of one size where that keeps it larger or whole."""
    alone = line(text, style, language, width)
    whole = clean(text)
    halves = _halves(whole)
    if halves is None or (alone.size >= style.size * COMFORTABLE and alone.text == whole):
        return (alone,)
    smaller = Style(max(style.smallest, int(style.size * COMFORTABLE)), style.smallest, style.weight)
    size = min(line(half, smaller, language, width).size for half in halves)
    pair = tuple(line(half, Style(size, style.smallest, style.weight), language, width) for half in halves)
    return pair if size > alone.size or alone.text != whole else (alone,)


def _halves(text: str) -> tuple[str, str] | None:
    """The text in two, at the space nearest its middle; scripts without spaces break between any two letters."""
    spaces = [place for place, char in enumerate(text) if char == " "]
    if not spaces:
        breaks = (
            range(2, len(text) - 1) if all(unicodedata.east_asian_width(char) == "W" for char in text) else range(0)
        )
        open_to = [place for place in breaks if text[place] not in NEVER_FIRST]
        return _cut(text, min(open_to, key=lambda place: abs(2 * place - len(text)))) if open_to else None
    middle = min(spaces, key=lambda place: abs(2 * place + 1 - len(text)))
    return text[:middle], text[middle + 1 :]


def _cut(text: str, place: int) -> tuple[str, str]:
    return text[:place], text[place:]


def _shortened(text: str, style: Style, language: str, width: int) -> str:
    """The longest beginning that fits with an ellipsis, found by halving."""
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        short = text[:middle].rstrip() + ELLIPSIS
        if _length(short, style.smallest, style.weight, language) <= width:
            fits = middle
        else:
            too_long = middle
    return text[:fits].rstrip() + ELLIPSIS


def _length(text: str, size: int, weight: int, language: str) -> int:
    return sum(_advance(run, size, weight, language) for run in runs(text))


def _advance(run: Run, size: int, weight: int, language: str) -> int:
    face = font(run.face, size, weight, language)
    return -int(-face.getlength(run.text, direction=run.direction) // 1)


def _drawn(text: str, size: int, weight: int, language: str) -> Line:
    pieces = [(run, _advance(run, size, weight, language)) for run in runs(text)]
    baseline = round(size * ROOM_ABOVE)
    width = max(1, sum(advance for _, advance in pieces))
    mask = Image.new("L", (width + 2 * ROOM_ASIDE, baseline + round(size * ROOM_BELOW)))
    pen = ImageDraw.Draw(mask)
    x = ROOM_ASIDE
    for run, advance in pieces:
        face = font(run.face, size, weight, language)
        pen.text((x, baseline), run.text, fill=255, font=face, anchor="ls", direction=run.direction)
        x += advance
    return Line(mask, baseline, text, size)
