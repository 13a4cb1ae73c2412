"""Sentences for the codes of refusals and of problems in bulk data, one file per area of the house.

Each file has `SENTENCES`, code to `Sentence`: a marked text with named places, or a marked pair with the name of the
fact that counts. A new file is found by itself. A place that a refusal brings no fact for shows as "…".
Where a refusal names what is `nearest` and there is nothing, the sentence of its code with `_far` is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence whose form depends on a count: a marked pair and the fact that holds the count."""

    forms: tuple[str, str]
    count: str


Sentence = str | Counted
Sentences = Mapping[str, Sentence]
