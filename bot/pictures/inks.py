"""Colours: a fixed palette of inks, each a ramp of shades from its ground to its full strength.

Ranks run from light to dark, so that their order shows without colour too, to every kind of eye.
"""

from dataclasses import dataclass
from functools import cache

Rgb = tuple[int, int, int]
TEXT_SHADES, FULL_SHADES, PALE_SHADES = 12, 8, 4
"""Steps of a ramp; enough for smooth edges at the size of a phone, few enough for one palette."""

PAGE: Rgb = (240, 243, 247)
CARD: Rgb = (255, 255, 255)
BRAKE_GROUND: Rgb = (255, 241, 219)
DARK: Rgb = (22, 32, 46)
QUIET: Rgb = (84, 97, 115)
BRAKE: Rgb = (138, 66, 0)
DONE: Rgb = (0, 92, 70)
EMPTY: Rgb = (222, 227, 234)

RANK_STOPS: tuple[Rgb, ...] = (
    (247, 205, 92),
    (176, 205, 98),
    (92, 184, 130),
    (36, 150, 158),
    (35, 110, 160),
    (55, 70, 145),
    (62, 32, 104),
)
"""From the lowest rank's colour to the highest's, darker at every step."""
RANKS_TOLD_APART = 8
"""So many ranks have a colour of their own; longer ladders share them between neighbours."""
PALE = 0.30
"""How much of a rank's colour is left where the needle has not come yet."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour on a ground: palette indexes from `first` (the ground) to `first + shades - 1` (the colour)."""

    first: int
    shades: int

    @property
    def table(self) -> bytes:
        """Palette index for each strength 0 to 255 of a mask."""
        return _table(self)


@dataclass(frozen=True, slots=True)
class RankInks:
    """A rank's colour on the card: where the needle has been, and where it has not."""

    full: Ink
    pale: Ink


TEXTS: tuple[tuple[Rgb, Rgb], ...] = (
    (DARK, PAGE),
    (QUIET, PAGE),
    (BRAKE, PAGE),
    (CARD, PAGE),
    (DARK, CARD),
    (QUIET, CARD),
    (BRAKE, CARD),
    (DONE, CARD),
    (EMPTY, CARD),
    (BRAKE_GROUND, CARD),
    (BRAKE, BRAKE_GROUND),
)
"""Every colour on every ground that it is used on, the ground second."""


def ink(colour: Rgb, ground: Rgb) -> Ink:
    """The ink of one of `TEXTS`."""
    return Ink(TEXTS.index((colour, ground)) * TEXT_SHADES, TEXT_SHADES)


def rank_inks(index: int, count: int) -> RankInks:
    """The inks of the rank `index`, counted from the lowest, in a ladder of `count`.

    | ladder | ranks share a colour |
    | ------ | -------------------- |
    | 6      | no                   |
    | 12     | neighbours           |
    """
    column = round(index * (RANKS_TOLD_APART - 1) / max(count - 1, 1))
    first = len(TEXTS) * TEXT_SHADES + column * (FULL_SHADES + PALE_SHADES)
    return RankInks(full=Ink(first, FULL_SHADES), pale=Ink(first + FULL_SHADES, PALE_SHADES))


@cache
def _table(ink: Ink) -> bytes:
    return bytes(ink.first + round(strength * (ink.shades - 1) / 255) for strength in range(256))


@cache
def palette() -> list[int]:
    """All colours in the order of their indexes, as Pillow takes them."""
    colours: list[Rgb] = []
    for colour, ground in TEXTS:
        colours += _ramp(ground, colour, TEXT_SHADES)
    for column in range(RANKS_TOLD_APART):
        full = _stop(column / (RANKS_TOLD_APART - 1))
        colours += _ramp(CARD, full, FULL_SHADES) + _ramp(CARD, _between(CARD, full, PALE), PALE_SHADES)
    assert len(colours) <= 256, "a palette holds 256 colours"
    return [channel for colour in colours for channel in colour]


def _ramp(ground: Rgb, colour: Rgb, shades: int) -> list[Rgb]:
    return [_between(ground, colour, step / (shades - 1)) for step in range(shades)]


def _between(start: Rgb, end: Rgb, share: float) -> Rgb:
    red, green, blue = (round(low + (high - low) * share) for low, high in zip(start, end, strict=True))
    return red, green, blue


def _stop(share: float) -> Rgb:
    """The colour at a share of the way from the lowest rank to the highest."""
    place = share * (len(RANK_STOPS) - 1)
    before = min(int(place), len(RANK_STOPS) - 2)
    return _between(RANK_STOPS[before], RANK_STOPS[before + 1], place - before)
