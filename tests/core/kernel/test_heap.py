import ctypes
import gc
import subprocess
import sys

import pytest

from core.kernel.heap import LARGE, keep_freed, leave_alone


@pytest.mark.parametrize(("objects", "frozen"), [(LARGE - 1, 0), (LARGE, 1)])
def test_collections_pass_by_what_is_there_only_where_it_is_much(
    objects: int, frozen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[None] = []
    monkeypatch.setattr(gc, "freeze", lambda: calls.append(None))
    leave_alone(objects)
    assert len(calls) == frozen


CLEARED = """
import resource
import numpy as np
from core.kernel.heap import keep_freed

def pages():
    for count in [500_000, 6_000_000] * 10:
        np.ones(count)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

keep_freed()
before = pages()
print(pages() - before)
"""


def test_memory_that_was_freed_is_not_asked_for_again() -> None:
    found = subprocess.run([sys.executable, "-c", CLEARED], check=True, capture_output=True, text=True)
    told = hasattr(ctypes.CDLL(None), "mallopt")  # only glibc can be told
    assert int(found.stdout) < 500 or not told, "20 arrays of 4 and 48 MB are thousands of pages"


def test_where_memory_cannot_be_told_to_stay_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    keep_freed()
