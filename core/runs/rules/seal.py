"""The seal of a run: a fingerprint of what it read, by which plan, and what came of it, chained to the run before.

Sealed is what decides amounts: the parts `input/…`, `result/…` and `carry/…`, each by its name, its place among those
of its name and the SHA-256 of its bytes; and who started, approved and released it, and whether it pays. Times and
numbers of runs are not in it: the same company settled twice by the same people has the same seal.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256

SEALED = ("carry/", "input/", "result/")
FIRST = "0" * 64
"""In place of the seal before the first."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """Who answers for a run, each as events name her, and whether its payouts go to the payment lists."""

    started_by: str
    approved_by: tuple[str, ...]
    released_by: str
    pays: bool


def is_sealed(name: str) -> bool:
    """Whether a part decides anything."""
    return name.startswith(SEALED)


def seal(digests: Iterable[tuple[str, int, str]], before: str | None, deeds: Deeds) -> str:
    """The seal of these parts after that of the run before.

    Args:
        digests: name, position and SHA-256 of parts, in any order; those that are not sealed are left out.
        before: None for the first run that was ever released.
        deeds: those who approved in any order.
    """
    who = json.dumps({**asdict(deeds), "approved_by": sorted(deeds.approved_by)}, sort_keys=True)
    lines = [f"{name} {position} {digest}" for name, position, digest in sorted(digests) if is_sealed(name)]
    return sha256("\n".join([before or FIRST, who, *lines]).encode()).hexdigest()
