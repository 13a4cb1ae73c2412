"""A picture in one palette: everything is a mask stamped in an ink, so that drawing and packing stay cheap."""

import io
from collections.abc import Sequence
from functools import cache
from typing import Literal

from PIL import Image, ImageDraw

from bot.pictures.inks import Ink, palette
from bot.pictures.lines import ROOM_ASIDE, Line

Point = tuple[float, float]
Align = Literal["left", "centre", "right"]
SMOOTH = 4
"""Shapes are drawn so many times larger and shrunk."""
PACKING = 3
"""zlib's level: a third of its default's time and a tenth larger."""
FAINTEST = 10
STENCIL = bytes(255 if strength >= FAINTEST else 0 for strength in range(256))
"""Fainter mask strengths leave the ground as it is."""


class Canvas:
    """A picture under way."""

    def __init__(self, width: int, height: int, ground: int) -> None:
        self.image = Image.new("P", (width, height), ground)
        self.image.putpalette(palette())

    def stamp(self, mask: Image.Image, left: int, top: int, ink: Ink) -> None:
        """Puts an ink where the mask (L) is, on the ground that the ink was mixed for."""
        strengths = mask.tobytes()
        colours = Image.frombytes("P", mask.size, strengths.translate(ink.table))
        self.image.paste(colours, (left, top), Image.frombytes("L", mask.size, strengths.translate(STENCIL)))

    def write(self, line: Line, x: float, baseline: float, ink: Ink, align: Align = "left") -> None:
        """Stamps a line of text with its left end, centre or right end at `x`."""
        shift = {"left": 0.0, "centre": line.width / 2, "right": float(line.width)}[align]
        self.stamp(line.mask, round(x - shift) - ROOM_ASIDE, round(baseline) - line.baseline, ink)

    def polygon(self, points: Sequence[Point], ink: Ink) -> None:
        """A filled shape with smooth edges."""
        left, top = int(min(x for x, _ in points)) - 1, int(min(y for _, y in points)) - 1
        right, bottom = int(max(x for x, _ in points)) + 2, int(max(y for _, y in points)) + 2
        large = Image.new("L", ((right - left) * SMOOTH, (bottom - top) * SMOOTH))
        shifted = [((x - left) * SMOOTH, (y - top) * SMOOTH) for x, y in points]
        ImageDraw.Draw(large).polygon(shifted, fill=255)
        self.stamp(large.reduce(SMOOTH), left, top, ink)

    def disc(self, x: float, y: float, radius: float, ink: Ink) -> None:
        """A filled circle."""
        left, top = round(x - radius) - 1, round(y - radius) - 1
        self.stamp(_disc(radius), left, top, ink)

    def card(self, box: tuple[int, int, int, int], radius: int, ink: Ink) -> None:
        """A filled box with round corners; left, top, width and height."""
        left, top, width, height = box
        self.stamp(_card(width, height, radius), left, top, ink)

    def png(self) -> bytes:
        """The finished picture; the same strokes give the same bytes."""
        packed = io.BytesIO()
        self.image.save(packed, "PNG", compress_level=PACKING)
        return packed.getvalue()


@cache
def _disc(radius: float) -> Image.Image:
    size = 2 * (round(radius) + 1)
    large = Image.new("L", (size * SMOOTH, size * SMOOTH))
    margin = (size / 2 - radius) * SMOOTH
    ImageDraw.Draw(large).ellipse((margin, margin, size * SMOOTH - margin, size * SMOOTH - margin), fill=255)
    return large.reduce(SMOOTH)


@cache
def _card(width: int, height: int, radius: int) -> Image.Image:
    large = Image.new("L", (width * SMOOTH, height * SMOOTH))
    box = (0, 0, width * SMOOTH - 1, height * SMOOTH - 1)
    ImageDraw.Draw(large).rounded_rectangle(box, radius * SMOOTH, fill=255)
    return large.reduce(SMOOTH)
