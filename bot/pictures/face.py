"""The face of a dial: ring, rank names and the goal's mark. Drawn once for each scale and kept; needles come on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin

from PIL import Image

from bot.pictures import dial
from bot.pictures.canvas import Align, Canvas, Point
from bot.pictures.inks import CARD, DARK, EMPTY, QUIET, Ink, ink, rank_inks
from bot.pictures.lines import Style, line

WIDTH, HEIGHT = 604, 252
CENTRE: Point = (302.0, 210.0)
OUTER, INNER = 156.0, 110.0
GAP = 1.1
"""Degrees left open at each end of a segment."""
NAME_AT = OUTER + 16
MARGIN = 10
MANY = 7
"""From so many ranks on their names are set smaller."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A rank on the scale: its name in the reader's language and its place in the whole ladder."""

    name: str
    index: int


@dataclass(frozen=True, slots=True)
class Scale:
    """All that a face depends on."""

    ticks: tuple[Tick, ...]
    ladder: int
    reached: int
    """Segments up to this one are in full colour; 0 is the one below the first rank."""
    goal: int | None
    """Which of the ticks is the goal."""
    language: str


@lru_cache(maxsize=256)
def face(scale: Scale) -> Image.Image:
    """The face on a card's ground, `WIDTH` by `HEIGHT`; not to be drawn upon."""
    canvas = Canvas(WIDTH, HEIGHT, ink(DARK, CARD).first)
    count = len(scale.ticks) + 1
    for index in range(count):
        start, end = dial.edges(index, count)
        canvas.polygon(_sector(start + GAP, end - GAP), _ring_ink(scale, index))
    for index, tick in enumerate(scale.ticks):
        _write_name(canvas, scale, index, tick.name)
    if scale.goal is not None:
        _mark_goal(canvas, dial.edges(scale.goal + 1, count)[0])
    return canvas.image


def point(angle: float, radius: float, centre: Point = CENTRE) -> Point:
    """The point at an angle and a distance from the hub."""
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def _ring_ink(scale: Scale, index: int) -> Ink:
    if index == 0:
        return ink(EMPTY, CARD)
    colours = rank_inks(scale.ticks[index - 1].index, scale.ladder)
    return colours.full if index <= scale.reached else colours.pale


def _sector(start: float, end: float) -> list[Point]:
    steps = max(2, round((end - start) / 2))
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [point(angle, OUTER) for angle in angles] + [point(angle, INNER) for angle in reversed(angles)]


def _write_name(canvas: Canvas, scale: Scale, index: int, name: str) -> None:
    count = len(scale.ticks) + 1
    middle = sum(dial.edges(index + 1, count)) / 2
    x, y = point(middle, NAME_AT)
    size = 29 if count <= MANY else 25
    is_goal = index == scale.goal
    align, room = _room(x, middle, 360 / count)
    written = line(name, Style(size, 21, 700 if is_goal else 500), scale.language, room)
    canvas.write(written, x, y + size * 0.36 * (1 + sin(radians(middle))), ink(DARK if is_goal else QUIET, CARD), align)


def _room(x: float, middle: float, apart: float) -> tuple[Align, int]:
    """To which side a name grows from its point, and how wide it may become."""
    lean = cos(radians(middle))
    if lean < -0.2:
        return "right", round(x) - MARGIN
    if lean > 0.2:
        return "left", WIDTH - MARGIN - round(x)
    return "centre", round(2 * NAME_AT * sin(radians(min(apart, 60)) / 2))


def _mark_goal(canvas: Canvas, angle: float) -> None:
    """A dark pin across the ring where the goal begins."""
    canvas.polygon(_bar(angle, INNER - 6, OUTER + 8, 3.2), ink(DARK, CARD))
    x, y = point(angle, OUTER + 9)
    canvas.disc(x, y, 8, ink(DARK, CARD))


def _bar(angle: float, start: float, end: float, half_width: float) -> Sequence[Point]:
    across = point(angle + 90, half_width, (0.0, 0.0))
    near, far = point(angle, start), point(angle, end)
    return [
        (near[0] + across[0], near[1] + across[1]),
        (far[0] + across[0], far[1] + across[1]),
        (far[0] - across[0], far[1] - across[1]),
        (near[0] - across[0], near[1] - across[1]),
    ]
