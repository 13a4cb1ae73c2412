import gc

import pytest

from core.kernel.heap import LARGE, leave_alone


@pytest.mark.parametrize(("objects", "frozen"), [(LARGE - 1, 0), (LARGE, 1)])
def test_collections_pass_by_what_is_there_only_where_it_is_much(
    objects: int, frozen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[None] = []
    monkeypatch.setattr(gc, "freeze", lambda: calls.append(None))
    leave_alone(objects)
    assert len(calls) == frozen
