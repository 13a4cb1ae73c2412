"""The face of a dial: ring, rank names and the goal's mark. Drawn once for each scale and kept; needles come on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin

from PIL import Image

from bot.pictures import dial
from bot.pictures.canvas import Canvas, Point
from bot.pictures.inks import CARD, DARK, EMPTY, QUIET, Ink, ink, rank_inks
from bot.pictures.names import Ring, placed

WIDTH, HEIGHT = 604, 252
CENTRE: Point = (302.0, 210.0)
OUTER, INNER = 156.0, 110.0
GAP = 1.1
"""Degrees left open at each end of a segment."""
RING = Ring(centre=CENTRE, radius=OUTER + 16, width=WIDTH, margin=10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A rank on the scale: its name in the reader's language and its place in the whole ladder."""

    name: str
    index: int


@dataclass(frozen=True, slots=True)
class Scale:
    """All that a face depends on."""

    segments: tuple[Tick | None, ...]
    """From the lowest; the first is None where there is no rank below the first threshold."""
    ladder: int
    reached: int
    """Segments up to this one are in full colour."""
    goal: int | None
    """The segment where the goal begins."""
    language: str


@lru_cache(maxsize=256)
def face(scale: Scale) -> Image.Image:
    """The face on a card's ground, `WIDTH` by `HEIGHT`; not to be drawn upon."""
    canvas = Canvas(WIDTH, HEIGHT, ink(DARK, CARD).first)
    count = len(scale.segments)
    for index in range(count):
        start, end = dial.edges(index, count)
        canvas.polygon(_sector(start + GAP, end - GAP), _ring_ink(scale, index))
    _write_names(canvas, scale)
    if scale.goal is not None:
        _mark_goal(canvas, dial.edges(scale.goal, count)[0])
    return canvas.image


def point(angle: float, radius: float, centre: Point = CENTRE) -> Point:
    """The point at an angle and a distance from the hub."""
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def _ring_ink(scale: Scale, index: int) -> Ink:
    tick = scale.segments[index]
    if tick is None:
        return ink(EMPTY, CARD)
    colours = rank_inks(tick.index, scale.ladder)
    return colours.full if index <= scale.reached else colours.pale


def _sector(start: float, end: float) -> list[Point]:
    steps = max(2, round((end - start) / 2))
    angles = [start + (end - start) * step / steps for step in range(steps + 1)]
    return [point(angle, OUTER) for angle in angles] + [point(angle, INNER) for angle in reversed(angles)]


def _write_names(canvas: Canvas, scale: Scale) -> None:
    names = tuple(tick.name if tick else "" for tick in scale.segments)
    for name in placed(names, RING, scale.language, goal=scale.goal, reached=scale.reached):
        colour = ink(DARK if name.index == scale.goal else QUIET, CARD)
        for one, baseline in name.baselines():
            canvas.write(one, name.x, baseline, colour, name.align)


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
