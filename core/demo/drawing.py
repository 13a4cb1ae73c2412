"""Draws the pictures of the demo's goods: `python -m core.demo.drawing FOLDER` writes one PNG for each."""

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

SIDE, FINER = 640, 3
"""Pixels of a picture, and how much finer it is drawn than kept."""
INK, PAPER, STEEL, GLASS = "#33403d", "#fdfbf6", "#c9d1cf", "#dcebe8"
Draw = Callable[["Sheet"], None]


class Sheet:
    """A sheet of 100 by 100 with a ground of one colour and a softer disc in it."""

    def __init__(self, ground: str, disc: str) -> None:
        self.image = Image.new("RGB", (SIDE * FINER, SIDE * FINER), ground)
        self._draw = ImageDraw.Draw(self.image)
        self.oval(10, 8, 90, 88, disc)

    def oval(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """An ellipse that fills a box."""
        self._draw.ellipse(_all(left, top, right, bottom), fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str, corner: float = 2) -> None:
        """A box with round corners."""
        self._draw.rounded_rectangle(_all(left, top, right, bottom), _one(corner), fill)

    def shape(self, fill: str, *points: float) -> None:
        """A polygon; x and y in turn."""
        self._draw.polygon(_all(*points), fill)

    def line(self, fill: str, width: float, *points: float) -> None:
        """A line through points; x and y in turn."""
        self._draw.line(_all(*points), fill, round(_one(width)), joint="curve")

    def bow(
        self, left: float, top: float, right: float, bottom: float, begin: int, end: int, fill: str, width: float
    ) -> None:
        """A part of an ellipse, in degrees clockwise from three."""
        self._draw.arc(_all(left, top, right, bottom), begin, end, fill, round(_one(width)))

    def shadow(self, left: float, right: float, at: float = 84) -> None:
        """Where something stands."""
        self.oval(left, at - 2.2, right, at + 2.2, "#b9c4bd")

    def leaf(self, x: float, y: float, size: float, fill: str) -> None:
        """A pair of leaves, our mark."""
        for side in (-1, 1):
            outline = ((0, 0.6), (0.55, 0.45), (0.95, 0), (1, -0.65), (0.45, -0.5), (0.1, -0.1))
            self.shape(fill, *(at for dx, dy in outline for at in (x + side * dx * size, y + dy * size)))

    def png(self, path: Path) -> None:
        """Keep it, small."""
        kept = self.image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        kept.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def _one(length: float) -> float:
    return length * SIDE * FINER / 100


def _all(*lengths: float) -> list[float]:
    return [_one(length) for length in lengths]


def _blender(sheet: Sheet) -> None:
    sheet.shadow(30, 72)
    sheet.bow(58, 26, 76, 52, 270, 90, STEEL, 3)
    sheet.shape(GLASS, 33, 22, 67, 22, 62, 62, 38, 62)
    sheet.shape("#8fbf9b", 35.5, 38, 64.5, 38, 62, 60, 38, 60)
    sheet.line(PAPER, 1.4, 39, 27, 41, 56)
    sheet.box(32, 17, 68, 23, INK)
    sheet.box(44, 12, 56, 18, INK)
    sheet.box(37, 61, 63, 66, STEEL, 1)
    sheet.shape(INK, 36, 66, 64, 66, 69, 84, 31, 84)
    sheet.oval(45, 70, 55, 80, PAPER)
    sheet.oval(47.5, 72.5, 52.5, 77.5, "#d97b54")


def _pouch(body: str, label: str, fruit: str) -> Draw:
    def draw(sheet: Sheet) -> None:
        sheet.shadow(30, 70)
        sheet.shape(body, 32, 18, 68, 18, 71, 84, 29, 84)
        sheet.box(31.5, 15, 68.5, 22, label, 1)
        sheet.box(36, 36, 64, 70, PAPER, 3)
        sheet.leaf(50, 44, 7, label)
        sheet.oval(42, 52, 58, 66, fruit)
        sheet.oval(45, 54, 50, 58, PAPER)

    return draw


def _tea(sheet: Sheet) -> None:
    sheet.shadow(24, 76)
    for x in (40, 50, 60):
        sheet.bow(x - 4, 18, x + 4, 30, 90, 270, PAPER, 1.6)
        sheet.bow(x - 4, 28, x + 4, 40, 270, 90, PAPER, 1.6)
    sheet.bow(62, 50, 82, 70, 270, 90, PAPER, 4)
    sheet.shape(PAPER, 26, 46, 70, 46, 64, 78, 32, 78)
    sheet.oval(26, 42, 70, 50, "#c7a15a")
    sheet.box(24, 78, 72, 82, STEEL, 2)
    sheet.line(INK, 0.8, 40, 47, 38, 62)
    sheet.box(33, 60, 42, 71, "#7fa37b", 1)
    sheet.leaf(37.5, 65.5, 3, PAPER)


def _jar(lid: str, body: str) -> Draw:
    def draw(sheet: Sheet) -> None:
        sheet.shadow(24, 76)
        sheet.box(26, 44, 74, 84, body, 7)
        sheet.box(24, 30, 76, 47, lid, 3)
        sheet.line(PAPER, 1, 27, 35, 73, 35)
        sheet.box(36, 55, 64, 75, PAPER, 3)
        sheet.leaf(50, 65, 8, lid)

    return draw


def _soap(sheet: Sheet) -> None:
    sheet.shadow(20, 80)
    for left, top, colour in ((24, 66, "#7f9b6d"), (30, 50, "#a8b98a"), (26, 34, "#c9cfa5")):
        sheet.box(left, top, left + 46, top + 18, colour, 4)
        sheet.leaf(left + 23, top + 9, 6, PAPER)
    for x, y, size in ((76, 32, 4), (70, 22, 3), (80, 20, 2)):
        sheet.oval(x - size, y - size, x + size, y + size, GLASS)


def _bottle(cap: str, body: str, pill: str) -> Draw:
    def draw(sheet: Sheet) -> None:
        sheet.shadow(26, 82)
        sheet.box(36, 15, 60, 27, cap, 2)
        sheet.box(31, 27, 65, 84, body, 6)
        sheet.box(31, 42, 65, 70, PAPER, 0.5)
        sheet.leaf(48, 51, 7, cap)
        sheet.box(38, 60, 58, 63, cap, 1)
        for x, y in ((70, 78), (77, 81), (73, 72)):
            sheet.oval(x - 4.5, y - 2.6, x + 4.5, y + 2.6, pill)
            sheet.oval(x - 2.8, y - 1.8, x - 0.4, y - 0.6, PAPER)

    return draw


def _spray(sheet: Sheet) -> None:
    sheet.shadow(32, 70)
    sheet.shape("#4f8a8b", 44, 32, 58, 32, 68, 48, 68, 84, 34, 84, 34, 48)
    sheet.box(44, 24, 58, 34, PAPER, 1)
    sheet.shape(INK, 30, 14, 62, 14, 66, 24, 40, 24, 40, 20, 30, 20)
    sheet.line(INK, 2.4, 40, 23, 36, 33)
    sheet.box(38, 54, 64, 76, PAPER, 2)
    sheet.leaf(51, 65, 7, "#4f8a8b")
    for y in (12, 17, 22):
        sheet.line(PAPER, 1, 27, 17, 16, y)


def _jug(sheet: Sheet) -> None:
    sheet.shadow(28, 74)
    sheet.box(29, 34, 71, 84, "#6f8fbf", 6)
    sheet.shape("#6f8fbf", 36, 24, 52, 24, 71, 42, 29, 42)
    sheet.box(38, 14, 50, 25, INK, 2)
    sheet.box(56, 34, 67, 54, "#dfe6f0", 4)
    sheet.box(34, 58, 66, 78, PAPER, 2)
    sheet.oval(46, 62, 54, 74, "#6f8fbf")
    sheet.shape("#6f8fbf", 46.6, 65, 53.4, 65, 50, 59)


def _pan(sheet: Sheet) -> None:
    sheet.oval(18, 34, 68, 84, "#b9c4bd")
    sheet.line(INK, 6.5, 57, 43, 84, 16)
    sheet.oval(16, 30, 66, 80, INK)
    sheet.oval(20, 34, 62, 76, "#d8cfbf")
    sheet.oval(24, 38, 58, 72, "#e8e1d3")
    sheet.oval(31, 46, 51, 64, PAPER)
    sheet.oval(37, 50, 46, 59, "#e8b04a")


def _water_filter(sheet: Sheet) -> None:
    sheet.shadow(28, 70)
    sheet.bow(56, 34, 82, 72, 270, 90, STEEL, 4)
    sheet.shape(GLASS, 28, 24, 68, 24, 65, 84, 31, 84)
    sheet.shape("#9cc7d8", 29.6, 50, 66.6, 50, 65, 83, 31, 83)
    sheet.shape(PAPER, 34, 28, 62, 28, 56, 50, 40, 50)
    sheet.box(41, 48, 55, 62, "#4f8a8b", 2)
    sheet.shape(INK, 22, 18, 70, 18, 70, 25, 28, 25)
    for y in (67, 73, 79):
        sheet.oval(47, y - 1.6, 49.6, y + 1.6, PAPER)


def _kit(sheet: Sheet) -> None:
    sheet.shadow(20, 80)
    sheet.box(40, 18, 50, 50, "#7fa37b", 2)
    sheet.box(52, 26, 64, 50, "#d97b54", 3)
    sheet.oval(30, 30, 42, 50, "#e8c77a")
    sheet.box(22, 44, 78, 84, "#c89f6d", 2)
    sheet.box(20, 40, 80, 50, "#b98d5a", 2)
    sheet.box(46, 40, 54, 84, PAPER, 0)
    sheet.leaf(50, 66, 9, "#7fa37b")


PICTURES: dict[str, tuple[str, str, Draw]] = {
    "BL-100": ("#e6efe7", "#d3e3d6", _blender),
    "SH-210": ("#f6efdc", "#efe2bf", _pouch("#e8cf8f", "#b98d3f", "#f2dd9b")),
    "SH-220": ("#f1e5dc", "#e6d0c0", _pouch("#a8795a", "#6f4a35", "#8a5a3f")),
    "TE-310": ("#e9e4f0", "#d6cde4", _tea),
    "CR-410": ("#fbeee6", "#f6dccb", _jar("#d97b54", "#f0b998")),
    "CR-420": ("#e4e6f1", "#ced2e6", _jar("#4a4f7c", "#8c91bd")),
    "SO-510": ("#eef0e2", "#dfe4c8", _soap),
    "VI-610": ("#fdf3d9", "#f9e5ae", _bottle("#d99a2b", "#b8742a", "#f0b63f")),
    "VI-620": ("#e2eef3", "#c9dfe9", _bottle("#2f6f8f", "#7a4a2b", "#e0a13a")),
    "CL-710": ("#e1f0ef", "#c8e2e0", _spray),
    "CL-720": ("#e6ebf5", "#d0daec", _jug),
    "PA-810": ("#f3ece6", "#e6d9cd", _pan),
    "FI-910": ("#e3f0f5", "#c9e1ea", _water_filter),
    "KI-001": ("#f4eee4", "#e9dcc6", _kit),
}
"""Ground, disc and drawing of each product."""


def main(folder: Path) -> None:
    """Draw them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for sku, (ground, disc, draw) in PICTURES.items():
        sheet = Sheet(ground, disc)
        draw(sheet)
        sheet.png(folder / f"{sku.lower()}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
