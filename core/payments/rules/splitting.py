"""How a list becomes files that the bank takes.

| payments   | payments_max | amount_max | files        |
| ---------- | -----------: | ---------: | ------------ |
| 5, 5, 5    |            2 |          — | 5, 5 · 5     |
| 5, 5, 5    |           10 |         10 | 5, 5 · 5     |
| 9, 2, 9    |           10 |         10 | 9 · 2 · 9    |
| 1, 1, 8    |           10 |         10 | 1, 1, 8      |
"""

from collections.abc import Sequence

SEPA_MAX_MINOR = 99_999_999_999
"""No SEPA credit transfer moves more than 999,999,999.99."""


def largest(amount_max_minor: int | None, *, is_sepa: bool) -> int | None:
    """The largest single payment that fits into a file; None where there is no limit."""
    limits = [one for one in (amount_max_minor, SEPA_MAX_MINOR if is_sepa else None) if one is not None]
    return min(limits, default=None)


def split(amounts: Sequence[int], *, payments_max: int, amount_max: int | None) -> list[range]:
    """Which payments go into which file, in their order, each file as full as it gets.

    Args:
        amounts: of the payments, each at most `amount_max`.

    Returns:
        One range of places in `amounts` for each file.
    """
    files: list[range] = []
    start, total = 0, 0
    for place, amount in enumerate(amounts):
        assert amount_max is None or amount <= amount_max, "what is too large for a file is in no list"
        is_full = place - start == payments_max or (amount_max is not None and total + amount > amount_max)
        if is_full:
            files.append(range(start, place))
            start, total = place, 0
        total += amount
    return [*files, range(start, len(amounts))] if amounts else files


def taken_off(amounts: Sequence[int], used: int) -> list[int]:
    """How much of each amount is used when `used` of all are, the first of them first.

    | amounts | used | of each |
    | ------- | ---: | ------- |
    | 5, 7    |    0 | 0, 0    |
    | 5, 7    |    6 | 5, 1    |
    | 5, 7    |   12 | 5, 7    |
    | 5, 7    |   −3 | 0, 0    |
    """
    off: list[int] = []
    for amount in amounts:
        off.append(max(0, min(amount, used - sum(off))))
    return off
