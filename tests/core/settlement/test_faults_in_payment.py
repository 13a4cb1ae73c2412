"""Faults in what is paid, taken back, advanced or settled late: the second engine tells each in one of two months."""

import pytest

from tests.core.settlement.faults.model import Fault
from tests.core.settlement.paid_months import runs
from tests.core.settlement.planting import planted


def fault(path: str, there: str, instead: str) -> Fault:
    """One that shows in the plan of these months."""
    return Fault(path, there, instead, shows="")


SETTLEMENT = "core/settlement/"
PAYOUTS, BACK = SETTLEMENT + "rules/payouts.py", SETTLEMENT + "rules/charging.py"
AHEAD = SETTLEMENT + "steps/advancing.py"
FAULTS = (
    fault(PAYOUTS, '(pl.col("due") >= pl.col("minimum"))', '(pl.col("due") > pl.col("minimum"))'),
    fault(PAYOUTS, 'then(rest - pl.col("asked") - charges)', "then(rest - charges)"),
    fault(PAYOUTS, 'rest, off = pl.col("due") - pl.col("credit"),', 'rest, off = pl.col("due"),'),
    fault(PAYOUTS, "share.denominator, mode, step", 'share.denominator, "down", step'),
    fault(PAYOUTS, 'otherwise(pl.col("fee") + share)', "otherwise(share)"),
    fault(PAYOUTS, '0) - pl.col("charged")', "0)"),
    fault(PAYOUTS, "pl.sum_horizontal(pl.lit(0, pl.Int64), *taking)", "pl.lit(0, pl.Int64)"),
    fault(PAYOUTS, '- pl.col("charged_off") ', ""),
    fault(PAYOUTS, '(pl.col("waited") > terms', '(pl.col("waited") >= terms'),
    fault(PAYOUTS, 'waited=pl.col("waited") + 1', 'waited=pl.col("waited")'),
    fault(PAYOUTS, 'pl.col("by_hand") - pl.col("taken")', 'pl.col("by_hand") + pl.col("taken")'),
    fault(PAYOUTS, "owed[at] = min(int(", "owed[at] = max(int("),
    fault(BACK, "sign * exact, rounding.mode,", 'sign * exact, "down",'),
    fault(SETTLEMENT + "rules/returning.py", "dt.total_days() <= spec", "dt.total_days() < spec"),
    fault(SETTLEMENT + "steps/paying.py", 'due.filter("returned")', 'due.filter(~pl.col("returned"))'),
    fault(AHEAD, ' - found["before"].to_numpy()', ""),
    fault(AHEAD, "cycle, row, -amount", "cycle, row, amount"),
    fault(AHEAD, "np.maximum(due, 0)", "np.maximum(due, 0) * 0"),
    fault(SETTLEMENT + "past/late_rows.py", 'row["now"] - row["was"]\n', 'row["now"]\n'),
    fault(SETTLEMENT + "past/cycles.py", "days.append(-1 if endless", "days.append(0 if endless"),
    fault(SETTLEMENT + "steps/capping.py", "parts = [self.before]", "parts = [self.before.clear()]"),
    fault(SETTLEMENT + "rules/ever.py", "        if cap.ever:\n", "        if not cap.ever:\n"),
    fault(
        SETTLEMENT + "running.py",
        "ever.corrected(chosen, late.carried.capped, late.corrections)",
        "late.carried.capped",
    ),
    fault(SETTLEMENT + "steps/charging_back.py", "end(one) + window > now", "end(one) - window > now"),
)


@pytest.mark.parametrize("one", FAULTS, ids=lambda one: one.name)
def test_a_fault_in_what_is_paid_is_told(one: Fault) -> None:
    with planted(one):
        assert any(run.told() for _, run in runs())
