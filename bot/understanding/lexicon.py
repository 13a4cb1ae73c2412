"""The demo plan's ranks as people type them, for use where no company is at hand."""

import tomllib
from functools import cache
from pathlib import Path

from bot.understanding.model import Lexicon

FILE = Path(__file__).parent / "ranks.toml"
ANY = "any"
"""Stands for every language in a lexicon: abbreviations that are good in all of them."""


@cache
def demo_lexicon() -> Lexicon:
    """Bronze, Silver, Gold, Platinum, Diamond, Executive in twelve languages."""
    return Lexicon(ranks=tomllib.loads(FILE.read_text("utf-8")))
