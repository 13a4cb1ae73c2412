"""The second engine is worth something only if it tells faults: each is planted, and its own plan must show it."""

import os
import re
import subprocess
import sys

import pytest

from tests.core.settlement.faults import FAULTS, READER, Fault
from tests.core.settlement.planting import CYCLES, ROOT


def test_as_many_faults_of_the_engine_and_of_the_reader_are_planted_as_the_page_says() -> None:
    page = (ROOT / "docs/settlement.md").read_text(encoding="utf-8")
    said = re.search(r"more than (\d+) in the fast engine, (\d+) in the reader", page)
    assert said is not None
    assert int(said[1]) < len(FAULTS) - len(READER) < int(said[1]) + 50
    assert int(said[2]) == len(READER)
    assert {fault.path.startswith("core/plan/language/") for fault in READER} == {True}
    assert len({(fault.path, fault.there) for fault in FAULTS}) == len(FAULTS)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_a_fault_changes_stands_in_its_file_once(fault: Fault) -> None:
    assert (ROOT / fault.path).read_text(encoding="utf-8").count(fault.there) == 1


def test_every_fault_is_told_by_the_plan_in_which_it_shows() -> None:
    """And without the fault both engines agree about that plan."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(
        [sys.executable, "-m", "tests.core.settlement.planting"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = [line.split() for line in told.stdout.splitlines()]
    assert [int(number) for number, _ in found] == list(range(len(FAULTS)))
    assert {number: cycle for number, cycle in found if cycle not in CYCLES} == {}
