"""Slots with a fixed set of values, told by a head of their own: a ticket's category, a message's topic, on or off."""

from functools import cache
from pathlib import Path

from bot.understanding.cues import cues
from bot.understanding.features import grams, sentence_vectors
from bot.understanding.head import Head, load
from bot.understanding.model import Lexicon

HERE = Path(__file__).parent
NONE = "none"
"""The label of messages that do not say the slot."""


def weights_of(slot: str) -> Path:
    """Where the weights of a slot's head lie."""
    return HERE / f"{slot}.npz"


@cache
def _head(slot: str) -> Head:
    return load(weights_of(slot))


def chosen(slot: str, text: str, language: str, lexicon: Lexicon) -> str | None:
    """The slot's value in a cleaned message, None where it is not said."""
    head = _head(slot)
    scores = head.scores(sentence_vectors([text])[0], grams(text, cues(text, language, lexicon)))
    label = head.labels[int(scores.argmax())]
    return None if label == NONE else label
