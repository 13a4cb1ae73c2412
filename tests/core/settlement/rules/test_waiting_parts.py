"""The table of `core.settlement.rules.waiting_parts`, in cents."""

from fractions import Fraction

import pytest

from core.settlement.rules.waiting_parts import Waits

NOTHING = Fraction(0)


@pytest.mark.parametrize(
    ("waiting", "lost", "taken", "charged"),
    [(3, 0, 20_400, 34_000), (2, 0, 13_600, 40_800), (2, 1, 13_600, Fraction(108_800, 3)), (0, 0, 0, 54_400)],
)
def test_parts_that_wait_give_first(waiting: int, lost: int, taken: int, charged: Fraction | int) -> None:
    waits = Waits(waiting, Fraction(20_400), 3, Fraction(1), NOTHING, NOTHING, NOTHING)
    if lost:
        waits.lose(61_200, lost)
    back = waits.worth(61_200) * 2 / 3
    given = waits.given(back)
    assert given == taken
    assert back - given == charged
    assert waits.give(given) == taken
    assert waits.gone == (waiting > 0)


def test_what_wait_gave_is_not_lost_again() -> None:
    """Half of 100.00 came back, 20.00 of each of two parts and 10.00 charged: that both are lost changes nothing."""
    waits = Waits(2, Fraction(4_000), 2, Fraction(1), NOTHING, NOTHING, NOTHING)
    waits.give(waits.given(Fraction(5_000)))
    waits.lose(6_000, 2)
    assert waits.kept == 1
    assert waits.cut == 4_000
