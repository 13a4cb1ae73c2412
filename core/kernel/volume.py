"""Volume (CV, QV) as an integer at the plan's scale; four decimals unless the plan says otherwise."""

from fractions import Fraction

from core.kernel.money import Exact, round_half_up

DEFAULT_SCALE = 4


def to_volume(amount: Exact, scale: int = DEFAULT_SCALE) -> int:
    """`amount` in whole units of volume as an integer at `scale` decimals, rounded once.

    | amount | scale | result |
    | ------ | ----- | ------ |
    | 12.5   | 4     | 125000 |
    | 0.00005 | 4    | 1      |
    """
    return round_half_up(Fraction(amount) * 10**scale)
