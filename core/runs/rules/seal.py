"""The seal of a run: a fingerprint of what it read, by which plan, and what came of it, chained to the run before.

Sealed is what decides amounts: the parts `input/…`, `result/…` and `carry/…`, each by its name, its place among those
of its name and the SHA-256 of its bytes. Times, numbers of runs and who did what are not in it: the same company
settled twice has the same seal.
"""

from collections.abc import Iterable
from hashlib import sha256

SEALED = ("carry/", "input/", "result/")
FIRST = "0" * 64
"""In place of the seal before the first."""


def is_sealed(name: str) -> bool:
    """Whether a part decides anything."""
    return name.startswith(SEALED)


def seal(digests: Iterable[tuple[str, int, str]], before: str | None) -> str:
    """The seal of these parts after that of the run before.

    Args:
        digests: name, position and SHA-256 of parts, in any order; those that are not sealed are left out.
        before: None for the first run that was ever released.
    """
    lines = [f"{name} {position} {digest}" for name, position, digest in sorted(digests) if is_sealed(name)]
    return sha256("\n".join([before or FIRST, *lines]).encode()).hexdigest()
