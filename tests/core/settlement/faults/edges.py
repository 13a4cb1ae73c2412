"""Faults at edges: half of a smallest part, exactly so much, and nothing left."""

from tests.core.settlement.faults.model import Fault

EDGES: tuple[Fault, ...] = (
    Fault(
        "core/kpis/rules.py",
        "return round_half_up(Fraction(cap.percent or 0) * minimum / 100)",
        "return int(Fraction(cap.percent or 0) * minimum / 100)",
        """
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "gv", minimum = 0.0003, leg_cap = "50 %", leg_cap_own = true }]
        """,
        asks="leg_cap",
        kinds=("unilevel", "rank_award"),
    ),
    Fault(
        "core/settlement/rules/payouts.py",
        '(due >= pl.col("fee_from"))',
        '(due > pl.col("fee_from"))',
        """
[payout]
fee = 1
fee_from = 10
[[bonuses]]
kind = "goal_award"
kpi = "pv"
minimum = 1
amount = 10
        """,
    ),
)
