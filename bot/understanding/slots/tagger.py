"""Which words of a message are a name: a small linear tagger over each word and its neighbours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from bot.understanding.features import Floats
from bot.understanding.text import fold, words

HERE = Path(__file__).parent
NAMES = HERE / "words" / "names.txt"
BUCKETS = 1 << 18  # so many that two words hardly ever share one: an untouched bucket means an unseen word
_EDGE = ""
_ELIDED = re.compile(r"^([dl]|qu)['’](?=\w{2})", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w{2})'s?$")
_ARABIC_PREFIX = re.compile(r"^(?:لل|ل|ب|و|ال)")
_CYRILLIC_ENDING = re.compile(r"(?:ой|ей|ем|ом|ым|[аяыиуюейь])$")
_TURKISH_ENDING = re.compile(r"(?:n[ıiuü]n|[ıiuü]n|y[ıiuüae]|n?d[ae]n?|[ıiuüae])$")


@dataclass(frozen=True)
class Tagger:
    """One weight per bucket, and the name of the examples that they come from."""

    weights: Floats
    fingerprint: str

    def scores(self, typed: Sequence[str]) -> list[float]:
        """For each word how much speaks for a name; above zero it is more likely one than not."""
        unseen = frozenset(at for at, word in enumerate(typed) if not is_known(word) and not self._has_seen(word))
        return [float(self.weights[buckets(facts)].sum()) for facts in described(typed, unseen)]

    def _has_seen(self, word: str) -> bool:
        """Whether training knew this very word: what it never touched has no weight."""
        return bool(self.weights[buckets([f"word {bare(word)}"])][0])

    def save(self, path: Path) -> None:
        """Write the weights at half precision."""
        np.savez_compressed(path, weights=self.weights.astype(np.float16), fingerprint=np.array(self.fingerprint))


def weights_of(slot: str) -> Path:
    """Where the weights for names of this kind lie."""
    return HERE / f"{slot}.npz"


@cache
def tagger(slot: str) -> Tagger:
    """The trained tagger for one kind of name, read once."""
    with np.load(weights_of(slot), allow_pickle=False) as stored:
        return Tagger(stored["weights"].astype(np.float32), str(stored["fingerprint"]))


@cache
def names() -> frozenset[str]:
    """Known names of people, folded."""
    lines = (line for line in NAMES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return frozenset(fold(name) for line in lines for name in line.split())


@cache
def _stems() -> frozenset[str]:
    """Cyrillic names without the ending that every case exchanges."""
    return frozenset(_CYRILLIC_ENDING.sub("", name) for name in names() if name[0] > "\u0400")


def tokens(text: str) -> list[str]:
    """The words of a cleaned message; a French "d'" or "qu'" is a word of its own."""
    split = (_ELIDED.sub(r"\1 ", word) for word in words(re.sub(r"\.(?=\s|$)", " ", text)))
    return [part for word in split for part in word.split()]


def bare(word: str) -> str:
    """A word as it is looked up: folded, without an apostrophe's ending."""
    folded = _POSSESSIVE.sub("", fold(word).replace("’", "'"))
    return folded if folded[:2] in ("o'", "n'") else folded.split("'")[0]


@cache
def _is_known(folded: str) -> bool:
    if folded in names() or folded.removesuffix("s") in names():
        return True
    if "-" in folded:
        return any(part in names() for part in folded.split("-"))
    if "\u0400" < folded[:1] < "\u0500":
        return len(folded) > 3 and _CYRILLIC_ENDING.sub("", folded) in _stems()
    if folded[:1] > "\u0600":
        return _ARABIC_PREFIX.sub("", folded) in names()
    return len(folded) > 4 and _TURKISH_ENDING.sub("", folded) in names()


def is_known(word: str) -> bool:
    """Whether `word` is in the list of names, with or without what a language hangs on it."""
    return _is_known(bare(word))


def buckets(facts: Sequence[str]) -> list[int]:
    """Facts about a word → the weights that they add up to."""
    return [crc32(fact.encode()) % BUCKETS for fact in facts]


def _shape(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return "upper"
    return "title" if word[:1].isupper() else "lower"


def described(typed: Sequence[str], hidden: frozenset[int] = frozenset()) -> Iterator[list[str]]:
    """What is known about each word.

    Args:
        hidden: places of words never seen before, or treated so to learn from names that the list lacks.
    """
    known = [at not in hidden and is_known(word) for at, word in enumerate(typed)]
    plain = [
        _EDGE,
        *("<name>" if known[at] else "<unseen>" if at in hidden else bare(word) for at, word in enumerate(typed)),
        _EDGE,
    ]
    shouted = all(_shape(word) == "upper" for word in typed)
    for at, word in enumerate(typed):
        before, here, after = plain[at : at + 3]
        shape = "any" if shouted else f"{_shape(word)}{at == 0}"
        facts = ["all", f"shape {shape}", f"before {before}", f"after {after}", f"between {before} {after}"]
        facts += [f"at {min(at, 2)} {len(typed) - at == 1}", f"size {min(len(here), 5)} {at == 0}"]
        facts.append("known" if known[at] else "unseen" if at in hidden else f"word {here}")
        facts.append(f"two before {plain[at - 1] if at else _EDGE} {before}")
        if "'" in word or "’" in word:
            facts.append("apostrophe")
        if any(sign.isdigit() for sign in word):
            facts.append("digit")
        yield facts


def spans(
    scores: Sequence[float], typed: Sequence[str], *, longest: int, joints: frozenset[str]
) -> Iterator[tuple[float, int, int]]:
    """Every run of words that might be a name, with how much speaks for it; a joint between two parts costs nothing."""
    for start in range(len(typed)):
        for end in range(start + 1, min(start + longest, len(typed)) + 1):
            inner = range(start + 1, end - 1)
            total = sum(
                max(scores[at], 0.0) if at in inner and fold(typed[at]) in joints else scores[at]
                for at in range(start, end)
            )
            yield total, start, end
