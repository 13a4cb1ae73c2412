"""Any shape becomes breadth-first order; a circle is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forest.layout import NotATree, breadth_first


def indices(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(values, np.int32)


@st.composite
def parents_in_any_order(draw: st.DrawFn) -> list[int]:
    count = draw(st.integers(1, 30))
    names = draw(st.permutations(range(count)))
    found = [-1] * count
    for place in range(1, count):
        found[names[place]] = draw(st.sampled_from([-1, *names[:place]]))
    return found


@given(parents=parents_in_any_order())
def test_parents_come_first_and_siblings_together(parents: list[int]) -> None:
    order, place, ordered = breadth_first(indices(*parents))
    assert sorted(order.tolist()) == list(range(len(parents)))
    assert place[order].tolist() == list(range(len(parents)))
    assert (np.diff(ordered) >= 0).all()
    for new, old in enumerate(order.tolist()):
        assert ordered[new] < new
        assert ordered[new] == (-1 if parents[old] < 0 else place[parents[old]])


def test_siblings_keep_the_order_they_were_given_in() -> None:
    order, _, _ = breadth_first(indices(2, 2, -1, 0, 2))
    assert order.tolist() == [2, 0, 1, 4, 3]


@pytest.mark.parametrize("size", [3, 4, 5, 255, 256, 300, 2000])
def test_large_families_stand_together_as_small_ones_do(size: int) -> None:
    families = [-1, *[0] * size, *(1 + child % size for child in range(3 * size))]
    order, _, ordered = breadth_first(indices(*families))
    assert ordered.tolist() == sorted(families)
    assert order.tolist() == sorted(range(len(families)), key=lambda node: (families[node], node))


def test_a_circle_is_refused_with_all_who_hang_in_it() -> None:
    with pytest.raises(NotATree) as refused:
        breadth_first(indices(-1, 2, 3, 1, 3, 0))
    assert refused.value.nodes.tolist() == [1, 2, 3, 4]
