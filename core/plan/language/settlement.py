"""The sections that settlement will calculate by: understood and checked now, so that a plan can be written whole."""

from core.plan.language.findings import Findings
from core.plan.language.kpis import Names
from core.plan.language.table import Table

RESERVED = ("trees", "bonuses", "caps", "payout", "returns", "advances", "late_orders", "placement", "termination")


def read_reserved(root: Table, names: Names, findings: Findings) -> tuple[str, ...]:
    """Checks the words of these sections and tells that they are not calculated yet.

    Returns:
        The sections that the file has.
    """
    return tuple(section for section in RESERVED if root.has(section))
