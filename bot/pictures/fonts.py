"""Which font writes a character. All are Noto, from packages; a character that none has is known before it is drawn."""

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

BASE = "NotoSans"
CJK = "NotoSansCJK"
FALLBACKS = ("NotoEmoji", "NotoSansSymbols", CJK)
"""Tried in this order for what belongs to no script of its own."""
WIDE_SPACED = frozenset({"NotoEmoji", "NotoSansSymbols"})
"""Their space is as wide as a picture."""

OTHERS = (
    *(
        "Arabic",
        "Armenian",
        "Bengali",
        "Devanagari",
        "Ethiopic",
        "Georgian",
        "Gujarati",
        "Gurmukhi",
        "Hebrew",
        "Kannada",
    ),
    *("Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai"),
)
EAST_ASIAN = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "FULLWIDTH")
SCRIPTS = {script.upper(): f"NotoSans{script}" for script in OTHERS} | dict.fromkeys(EAST_ASIAN, CJK)
"""First word of a character's Unicode name to the font of its script."""

CJK_FACES = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3}
"""The collection draws the same character as each country writes it; Chinese where the language does not tell."""


def face_of(char: str, current: str | None = None) -> str | None:
    """The font for a character.

    Args:
        current: the font of the characters before it, which keeps spaces, marks and joiners that it has.

    Returns:
        A font's name, or None when no font has the character.
    """
    own = SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0])
    stays = unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf", "Zs", "Sk"}
    keeps = current if stays and not (char == " " and current in WIDE_SPACED) else None
    wished = (keeps, own, BASE, *FALLBACKS)
    return next((name for name in wished if name and ord(char) in coverage(name)), None)


@cache
def coverage(name: str) -> frozenset[int]:
    """All code points that a font has."""
    with TTFont(_file(name), lazy=True, fontNumber=0) as font:
        return frozenset(font.getBestCmap())


@cache
def font(name: str, size: int, weight: int, language: str) -> ImageFont.FreeTypeFont:
    """A font ready to draw with.

    Args:
        size: pixels of an em.
        weight: 400 is regular, 700 bold.
        language: chooses the country's shapes of Chinese characters.
    """
    index = CJK_FACES.get(language, CJK_FACES["zh-Hans"]) if name == CJK else 0
    loaded = ImageFont.truetype(str(_file(name)), size, index=index, layout_engine=ImageFont.Layout.RAQM)
    loaded.set_variation_by_axes([weight])
    return loaded


def _file(name: str) -> Path:
    if name == CJK:
        return _package("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"
    return _package("manimgx_fonts") / f"{name}[wght].ttf"


@cache
def _package(name: str) -> Path:
    spec = find_spec(name)
    assert spec is not None and spec.origin is not None, f"{name} is not installed, see requirements"
    return Path(spec.origin).parent
