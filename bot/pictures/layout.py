"""Where the parts of the picture lie. Pure; pixels, mirrored for languages that run from right to left."""

from dataclasses import dataclass

WIDTH = 1280
MARGIN, BETWEEN = 24, 24
HEAD, FOOT = 176, 76
CARD_HEIGHT = 492
COLUMNS = 2

Box = tuple[int, int, int, int]
"""Left, top, width, height."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes for a number of gauges."""

    height: int
    cards: tuple[Box, ...]


def layout(count: int, *, rtl: bool) -> Layout:
    """Two cards a row; a last one alone takes the whole row.

    Args:
        count: gauges, at least one.
        rtl: the first card stands on the right.
    """
    assert count > 0, "a picture without gauges says nothing"
    rows = -(-count // COLUMNS)
    cards = tuple(_card(index, alone=index == count - 1 and index % COLUMNS == 0, rtl=rtl) for index in range(count))
    return Layout(HEAD + rows * CARD_HEIGHT + (rows - 1) * BETWEEN + FOOT, cards)


def _card(index: int, *, alone: bool, rtl: bool) -> Box:
    whole = WIDTH - 2 * MARGIN
    top = HEAD + index // COLUMNS * (CARD_HEIGHT + BETWEEN)
    if alone:
        return MARGIN, top, whole, CARD_HEIGHT
    width = (whole - BETWEEN) // COLUMNS
    column = index % COLUMNS
    place = COLUMNS - 1 - column if rtl else column
    return MARGIN + place * (width + BETWEEN), top, width, CARD_HEIGHT
