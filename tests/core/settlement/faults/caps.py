"""Faults of caps that go by a figure, and of those that count all that was ever paid."""

from tests.core.settlement.faults.model import Fault

RULES = "core/bonuses/rules/"
BY_FIGURE = """
[[caps]]
code = "c0"
per = "person"
bonuses = ["b0"]
share = "1 %"
share_by_rank = { gold = "2 %" }
share_of = "gv"
"""
CAPS: tuple[Fault, ...] = (
    Fault(
        RULES + "caps.py",
        "by_ladder(ladder, cap.share_by_rank)]",
        "by_ladder(ladder, {})]",
        BY_FIGURE,
        asks="share_by_rank",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "caps.py",
        "/ 10**basis.decimals / step",
        "/ 10**basis.decimals",
        BY_FIGURE + '[rounding]\nunit = "0.05"\n',
        asks="share_of = 'gv'",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        "core/settlement/steps/capping.py",
        "EVER if cap.ever else cycle.code",
        "cycle.code",
        """
[[caps]]
code = "c0"
per = "person"
amount = 1
ever = true
        """,
        asks="ever = true",
        kinds=("unilevel", "differential by rank"),
    ),
)
