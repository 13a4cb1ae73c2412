"""Sums and ranks of the desk's numbers."""

import pytest

from core.tickets.model import Age, Load
from core.tickets.rules.numbers import SECOND_US, Group, loads, took


@pytest.mark.parametrize(
    ("lengths", "median", "ninth_tenth"),
    [([5], 5, 5), ([1, 3], 1, 3), ([9, 1, 2], 2, 9), (list(range(1, 11)), 5, 9), ([], None, None)],
)
def test_a_rank_is_the_value_that_so_many_do_not_exceed(
    lengths: list[int], median: int | None, ninth_tenth: int | None
) -> None:
    found = took([one * SECOND_US for one in lengths], 0)
    assert (found.count, found.median_s, found.p90_s) == (len(lengths), median, ninth_tenth)


def test_groups_are_summed_by_what_they_have_in_common() -> None:
    groups = [
        Group("a", "other", None, Age.DAY, Load(open=3, waiting=2, late=1)),
        Group("a", "network", "Marta", Age.WEEK, Load(open=4, waiting=4, late=0)),
        Group("b", "other", "Marta", Age.DAY, Load(open=1, waiting=0, late=0)),
    ]
    assert loads(groups, lambda one: one.queue) == {"a": Load(open=7, waiting=6, late=1), "b": Load(open=1)}
