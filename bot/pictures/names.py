"""Rank names around a dial: where each stands, and which are left out where there is no room for all."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin

from bot.pictures import dial
from bot.pictures.canvas import Align, Point
from bot.pictures.lines import Line, Style, block, line

LEADING = 1.12
"""From one baseline to the next, in sizes."""
ASCENT, DESCENT = 0.8, 0.22
"""How far letters reach above and below the baseline, in sizes."""
APART = 5
"""Pixels that must stay free between two names."""
LARGE, SMALL, SMALLEST = 29, 25, 20
MANY = 7
"""From so many segments on names are set smaller."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Ring:
    """The circle on which names begin, and the width of the card around it."""

    centre: Point
    radius: float
    width: int
    margin: int


@dataclass(frozen=True, slots=True)
class Name:
    """A rank name ready to be written: its lines and the baseline of the first."""

    index: int
    lines: tuple[Line, ...]
    x: float
    baseline: float
    align: Align

    def baselines(self) -> Iterator[tuple[Line, float]]:
        """Each line with its own baseline."""
        for number, one in enumerate(self.lines):
            yield one, self.baseline + number * one.size * LEADING

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of the letters."""
        width = max(one.width for one in self.lines)
        left = self.x - {"left": 0.0, "centre": width / 2, "right": float(width)}[self.align]
        size = self.lines[0].size
        bottom = self.baseline + (len(self.lines) - 1) * size * LEADING + size * DESCENT
        return left, self.baseline - size * ASCENT, left + width, bottom


def placed(names: tuple[str, ...], ring: Ring, language: str, *, goal: int | None, reached: int) -> list[Name]:
    """The names that fit around a dial.

    Args:
        names: one for each segment; an empty one is not written.
        goal: the segment whose name is set bold; it and the one reached are placed before all others.
        reached: the segment in which the needle stands.
    """
    first = [reached] if goal is None else [goal, reached]
    order = dict.fromkeys([*first, len(names) - 1, *range(len(names))])
    kept: list[Name] = []
    for index in filter(lambda place: names[place], order):
        name = _name(names, index, ring, language, bold=index == goal)
        if not any(_touch(name.box, other.box) for other in kept):
            kept.append(name)
    return kept


def _name(names: tuple[str, ...], index: int, ring: Ring, language: str, *, bold: bool) -> Name:
    count = len(names)
    middle = sum(dial.edges(index, count)) / 2
    x, y = (
        middle_of + ring.radius * way(radians(middle)) for middle_of, way in zip(ring.centre, (cos, sin), strict=True)
    )
    style = Style(LARGE if count <= MANY + 1 else SMALL, SMALLEST, 700 if bold else 500)
    align, room = _room(x, middle, 360 / count, ring)
    lines = (
        (line(names[index], style, language, room),)
        if align == "centre"
        else block(names[index], style, language, room)
    )
    size = lines[0].size
    height = 1 + sin(radians(middle))
    baseline = y + size * 0.36 * height - (len(lines) - 1) * size * LEADING * (1 - height / 2)
    return Name(index, lines, x, baseline, align)


def _room(x: float, middle: float, apart: float, ring: Ring) -> tuple[Align, int]:
    """To which side a name grows from its point, and how wide it may become."""
    lean = cos(radians(middle))
    if lean < -0.2:
        return "right", round(x) - ring.margin
    if lean > 0.2:
        return "left", ring.width - ring.margin - round(x)
    return "centre", round(2 * ring.radius * sin(radians(min(apart, 60)) / 2))


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + APART
        and other[0] < one[2] + APART
        and one[1] < other[3] + APART
        and other[1] < one[3] + APART
    )
