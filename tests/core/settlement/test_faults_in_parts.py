"""Faults in what returns and late orders make of parts that wait: the second engine tells each."""

from datetime import date

import pytest

from tests.core.settlement.faults.model import Fault
from tests.core.settlement.planting import planted
from tests.core.settlement.returned_parts import POLICY, RETURNED, Agency, agency

LATE = '\n[late_orders]\nsettled_in = "own_period"\nchange_others = {}\n'
ASKS = 'rest_to_earners = true\nearner = [{ kpi = "sold", minimum = 1 }]\n'
SOLD = '\n[kpis.sold]\nlabel = "Sold"\nmeasure = "cv"\nover = "frontline"\n'
WAITS, PARTS = "core/settlement/rules/waiting_parts.py", "core/settlement/past/late_parts.py"


def late(others: str) -> Agency:
    """A policy of which a twelfth comes back twice, one that comes back whole, one that is paid late and comes back."""
    found = agency(POLICY + RETURNED + LATE.format(others), ((2, 100), (4, 100)))
    found.returned(found.sold(100, date(2026, 1, 7)), 100, date(2026, 3, 9))
    found.returned(found.sold(700, date(2026, 1, 9), date(2026, 4, 9)), 100, date(2026, 5, 9))
    return found


def asking() -> Agency:
    """Parts are lost in the third month, in which nothing is sold, and a return follows."""
    return agency(SOLD + POLICY + ASKS + RETURNED, ((4, 800),))


def of(path: str, there: str, instead: str) -> Fault:
    return Fault(path, there, instead, shows="")


FAULTS = [
    ("true", of(WAITS, "self.parts - self.off) * self.waiting", "self.parts) * self.waiting")),
    ("true", of(WAITS, "more - its.cut / many[key]", "more + its.cut / many[key]")),
    ("true", of(WAITS, "its.residue if part == lasts[key]", "its.residue if part != lasts[key]")),
    ("true", of(PARTS, "cycles[key], after - before)", "cycles[key], before - after)")),
    ("true", of(PARTS, "if is_past(cycles[key]):", "if False:")),
    ("false", of("core/settlement/past/directly.py", "return put_off(found, None, cycle)", "return found")),
    ("asks", of("core/bonuses/rules/instalments.py", "(due.wait == 0) & ~ready", "(due.wait == 0) & ready")),
    ("asks", of(WAITS, "self.kept * share, self.cut * share", "self.kept, self.cut * share")),
]


@pytest.mark.parametrize(("others", "fault"), FAULTS, ids=lambda one: getattr(one, "name", one))
def test_a_fault_in_parts_is_told(others: str, fault: Fault) -> None:
    found = asking() if others == "asks" else late(others)
    with planted(fault):
        found.settled(4)
    assert found.told


@pytest.mark.parametrize("others", ["true", "false"])
def test_without_a_fault_nothing_is_told(others: str) -> None:
    late(others).months(5)
