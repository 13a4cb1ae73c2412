"""The demo plan's ranks and points as people type them, for use where no company is at hand."""

import tomllib
from functools import cache
from pathlib import Path

from bot.understanding.model import Lexicon

RANKS = Path(__file__).parent / "ranks.toml"
POINTS = Path(__file__).parent / "points.toml"
ANY = "any"
"""Stands for every language in a lexicon: abbreviations that are good in all of them."""


@cache
def demo_lexicon() -> Lexicon:
    """The demo company's ranks and its word for points, in twelve languages."""
    return Lexicon(
        ranks=tomllib.loads(RANKS.read_text("utf-8")), points=tomllib.loads(POINTS.read_text("utf-8"))["demo"]
    )
