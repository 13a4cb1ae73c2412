import numpy as np

from core.forest.above import carried_up, nearest_above

CHAIN = np.array([-1, 0, 1, 2, 3], np.int32)


def test_the_nearest_marked_one_above_is_found_past_all_others() -> None:
    marked = np.array([True, False, True, False, False])
    assert nearest_above(CHAIN, marked).tolist() == [-1, 0, 0, 2, 2]


def test_what_is_carried_up_remembers_the_highest_step_it_met() -> None:
    parent, step = np.array([-1, 0], np.int32), np.array([1, 2], np.int32)
    takes = np.ones(2, np.bool_)
    found = carried_up(parent, step, takes, np.array([5, 7], np.int64), 3)
    assert found[0].tolist() == [0, 0, 5, 0, 7, 0]
    assert found[1].tolist() == [0, 0, 0, 0, 7, 0]
