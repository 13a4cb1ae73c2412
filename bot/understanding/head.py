"""The linear head over both kinds of features: fitted at build time, a few kilobytes to read at run time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.understanding.features import BUCKETS, Floats, Grams

SENTENCE_SHARE, GRAM_SHARE = 12.0, 8.0
"""How much each kind of feature counts; found by cross-validation on the training part."""
PULL = 1e-4
ROUNDS = 250
BLOCK = 2048


@dataclass(frozen=True)
class Head:
    """Weights per label, and the name of the examples that they come from."""

    labels: tuple[str, ...]
    sentence: Floats
    gram: Floats
    offset: Floats
    fingerprint: str

    def scores(self, vector: Floats, grams: Grams) -> Floats:
        """One score per label; their softmax is how likely each is."""
        buckets, weights = grams
        return vector @ self.sentence + weights @ self.gram[buckets] + self.offset

    def save(self, path: Path) -> None:
        """Write the weights at half precision: the difference decides nothing."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            sentence=self.sentence.astype(np.float16),
            gram=self.gram.astype(np.float16),
            offset=self.offset,
            fingerprint=np.array(self.fingerprint),
        )


def load(path: Path) -> Head:
    """The head that `save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return Head(
            labels=tuple(str(label) for label in stored["labels"]),
            sentence=stored["sentence"].astype(np.float32),
            gram=stored["gram"].astype(np.float32),
            offset=stored["offset"],
            fingerprint=str(stored["fingerprint"]),
        )


def softmax(scores: Floats) -> Floats:
    """Scores → shares that add up to one, along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _dense(rows: Sequence[Grams], start: int) -> Floats:
    """The buckets from `start` on, one block wide, as a plain matrix."""
    block = np.zeros((len(rows), BLOCK), dtype=np.float32)
    for row, (buckets, weights) in enumerate(rows):
        inside = (buckets >= start) & (buckets < start + BLOCK)
        np.add.at(block[row], buckets[inside] - start, weights[inside])  # a mark may share a bucket
    return block


def _likeness(vectors: Floats, rows: Sequence[Grams]) -> Floats:
    """How alike any two messages are, by both kinds of features."""
    alike = 1.0 + SENTENCE_SHARE * (vectors @ vectors.T)  # the one is the offset, learnt like any other weight
    for start in range(0, BUCKETS, BLOCK):
        block = _dense(rows, start)
        alike += GRAM_SHARE * (block @ block.T)
    return alike


def _largest(alike: Floats) -> float:
    """The largest eigenvalue, from a few rounds of power iteration."""
    direction = np.ones(len(alike), dtype=np.float32)
    for _ in range(12):
        direction = alike @ (direction / np.linalg.norm(direction))
    return float(np.linalg.norm(direction))


def _fit(alike: Floats, wanted: Floats, importance: Floats) -> Floats:
    """Softmax regression written as weights per message, by accelerated descent; equal input, equal output."""
    count = len(alike)
    step = np.float32(1.0 / (0.5 * _largest(alike) * float(importance.max()) / count + PULL))
    weights: Floats = np.zeros_like(wanted)
    ahead = weights
    for turn in range(ROUNDS):
        slope = (softmax(alike @ ahead) - wanted) * importance[:, None] / np.float32(count)
        moved = (ahead - step * (slope + np.float32(PULL) * ahead)).astype(np.float32)
        ahead = (moved + np.float32(turn / (turn + 3)) * (moved - weights)).astype(np.float32)
        weights = moved
    return weights


def train(vectors: Floats, rows: Sequence[Grams], labels: Sequence[str], fingerprint: str) -> Head:
    """A head for these messages; a label seen seldom counts for more, by the square root of how seldom."""
    names = tuple(sorted(set(labels)))
    wanted = np.zeros((len(labels), len(names)), dtype=np.float32)
    wanted[np.arange(len(labels)), [names.index(label) for label in labels]] = 1.0
    importance = (wanted @ (1.0 / np.sqrt(wanted.sum(axis=0)))).astype(np.float32)
    weights = _fit(_likeness(vectors, rows), wanted, importance / importance.mean())
    gram = np.concatenate([GRAM_SHARE * (_dense(rows, at).T @ weights) for at in range(0, BUCKETS, BLOCK)])
    return Head(names, SENTENCE_SHARE * (vectors.T @ weights), gram, weights.sum(axis=0), fingerprint)
