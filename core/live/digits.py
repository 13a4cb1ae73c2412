"""Numbers written one after the other, read without one object for each."""

import numpy as np

from core.forest.kernel import Flags, Ints, kernel

COMMA = ord(",")
MINUS = ord("-")
ZERO = ord("0")


@kernel
def _parse(letters: Flags, numbers: Ints) -> None:
    at = 0
    number = np.int64(0)
    negative = False
    for letter in letters:
        if letter == COMMA:
            numbers[at] = -number if negative else number
            at, number, negative = at + 1, np.int64(0), False
        elif letter == MINUS:
            negative = True
        else:
            number = number * 10 + np.int64(letter - ZERO)
    numbers[at] = -number if negative else number


def whole_numbers(text: str | None) -> Ints:
    """The numbers of a text such as `12,-3,0`; none for None. Other threads go on meanwhile."""
    if text is None:
        return np.zeros(0, np.int64)
    letters = np.frombuffer(text.encode(), np.uint8)
    numbers = np.empty(text.count(",") + 1, np.int64)
    _parse(letters, numbers)
    return numbers
