"""The second engine is worth something only if it tells faults: faults are planted, and random plans must show each."""

import os
import subprocess
import sys

import pytest
from hypothesis import settings

from tests.core.settlement.planted_faults import FAULTS, PLAN, READER, Fault
from tests.core.settlement.planting import ROOT

MANY = 1_000
"""So many random examples are drawn only where there is time."""
FEW = (1, 4, 10, 37)
"""Faults that the first few examples show: of levels, of rounding, of breakaway, of the plan's reader."""


def planted(*numbers: int) -> dict[int, int]:
    """How many examples each fault takes; 0 is none of them."""
    command = [sys.executable, "-m", "tests.core.settlement.planting", *map(str, numbers)]
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return {int(number): int(taken) for number, taken in (line.split() for line in told.stdout.splitlines())}


def test_thirty_faults_of_the_engine_and_five_of_the_reader_are_known() -> None:
    assert len(FAULTS) - READER >= 30
    assert sum(fault.path.startswith(PLAN) for fault in FAULTS) == READER >= 5


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.path}: {fault.instead[:40]}")
def test_what_a_fault_changes_stands_in_its_file_once(fault: Fault) -> None:
    assert (ROOT / fault.path).read_text(encoding="utf-8").count(fault.there) == 1


def test_planted_faults_are_told() -> None:
    """A handful here, all of them where many examples are drawn."""
    numbers = range(len(FAULTS)) if settings().max_examples > MANY else FEW
    taken = planted(*numbers)
    assert sorted(taken) == sorted(numbers)
    assert [number for number, examples in taken.items() if not examples] == []
