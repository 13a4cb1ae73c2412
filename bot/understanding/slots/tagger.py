"""Which words of a message are somebody's name: a small linear tagger over each word and its neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from bot.understanding.features import Floats
from bot.understanding.text import fold

WEIGHTS = Path(__file__).parent / "names.npz"
NAMES = Path(__file__).parent / "words" / "names.txt"
BUCKETS = 1 << 14
_EDGE = ""


@dataclass(frozen=True)
class Tagger:
    """One weight per bucket, and the name of the examples that they come from."""

    weights: Floats
    fingerprint: str

    def scores(self, typed: Sequence[str]) -> list[float]:
        """For each word how much speaks for a name; above zero it is more likely one than not."""
        return [float(self.weights[buckets(facts)].sum()) for facts in described(typed)]

    def save(self, path: Path) -> None:
        """Write the weights at half precision."""
        np.savez_compressed(path, weights=self.weights.astype(np.float16), fingerprint=np.array(self.fingerprint))


@cache
def tagger() -> Tagger:
    """The trained tagger, read once."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        return Tagger(stored["weights"].astype(np.float32), str(stored["fingerprint"]))


@cache
def names() -> frozenset[str]:
    """Known names, folded."""
    lines = (line for line in NAMES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return frozenset(fold(name) for line in lines for name in line.split())


def bare(word: str) -> str:
    """A word as it is looked up: folded, without an apostrophe's ending."""
    folded = fold(word).replace("’", "'")
    return folded if folded[:2] in ("o'", "d'", "l'", "n'") else folded.split("'")[0]


def is_known(word: str) -> bool:
    """Whether `word`, with or without a genitive's s, is in the list of names."""
    return bare(word) in names() or bare(word).removesuffix("s") in names()


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
        hidden: places of words treated as never seen before (training on names that the list lacks).
    """
    known = [at not in hidden and is_known(word) for at, word in enumerate(typed)]
    plain = [_EDGE, *("<name>" if known[at] or at in hidden else bare(word) for at, word in enumerate(typed)), _EDGE]
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
