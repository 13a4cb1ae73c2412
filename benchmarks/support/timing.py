"""How time is taken: processor time, and the least of some runs, because other work only ever adds to it."""

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path


def cpu_s(work: Callable[[], object], *, repeat: int = 5) -> float:
    """Seconds of processor time of this process, all threads together."""
    return _least(work, time.process_time, repeat)


def wall_s(work: Callable[[], object], *, repeat: int = 1) -> float:
    """Seconds on the clock, for work that another process does."""
    return _least(work, time.perf_counter, repeat)


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _least(work: Callable[[], object], clock: Callable[[], float], repeat: int) -> float:
    least = float("inf")
    gc.disable()
    try:
        for _ in range(repeat):
            start = clock()
            work()
            least = min(least, clock() - start)
    finally:
        gc.enable()
    return least
