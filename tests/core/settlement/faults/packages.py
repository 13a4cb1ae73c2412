"""Faults of packages, by which tables can go in place of ranks."""

from tests.core.settlement.faults.model import Fault

RULES = "core/bonuses/rules/"
TWO = """
[[packages]]
code = "kit"
name = "Kit"
needs = [{ kpi = "gv", minimum = 10 }]
[[packages]]
code = "full"
name = "Full"
needs = [{ kpi = "gv", minimum = 150 }]
"""
PACKAGES: tuple[Fault, ...] = (
    Fault(
        RULES + "ranked.py",
        "by_ladder(plan.packages, table), network.package",
        "by_ladder(plan.packages, table), np.minimum(network.paid, len(plan.packages))",
        TWO
        + """
[[bonuses]]
kind = "unilevel"
levels_by_package = { kit = ["2.5 %"], full = ["7 %", "3 %"] }
        """,
        asks="_by_package",
        kinds=("unilevel", "differential by rank", "infinity"),
    ),
    Fault(
        "core/settlement/cycle/figures.py",
        "found.network.size)] = place",
        "found.network.size)] = 1",
        TWO
        + """
[[bonuses]]
kind = "infinity"
rate_by_package = { kit = "2.5 %", full = "7 %" }
        """,
        asks="_by_package",
        kinds=("unilevel", "differential by rank", "infinity"),
    ),
    Fault(
        RULES + "caps.py",
        "if cap.by_package else",
        "if not cap.by_package else",
        TWO
        + """
[[bonuses]]
kind = "unilevel"
levels = ["50 %", "50 %"]
[[caps]]
code = "c0"
per = "person"
amount_by_package = { kit = 1, full = 2 }
        """,
        asks="amount_by_package",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "sides.py",
        "[mine, rung]",
        "[rung, rung]",
        TWO
        + """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "cycles"
cycle_left = 1
cycle_right = 1
value_by_rank = { bronze = 1, silver = 2, gold = 3 }
cap_by_package = { kit = 7, full = 20 }
        """,
        asks="cap_by_package",
        kinds=("binary by cycles",),
    ),
    Fault(
        "core/settlement/cycle/words.py",
        '"package": lambda: network.package',
        '"package": lambda: network.paid',
        TWO
        + """
[[bonuses]]
kind = "rule"
when = "package >= full"
amount = 1
        """,
        asks="package >= team",
        kinds=("rule",),
    ),
    Fault(
        RULES + "ranked.py",
        "network.package < plan.package_index(chosen.below_package)",
        "network.package <= plan.package_index(chosen.below_package)",
        TWO
        + """
[[bonuses]]
kind = "unilevel"
levels = ["5 %"]
orders = { below_package = "full" }
        """,
        asks="below_package",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "matching.py",
        "(earned != 0) & theirs",
        "earned != 0",
        """
[[bonuses]]
kind = "unilevel"
levels = ["5 %", "3 %"]
[[bonuses]]
kind = "matching"
matches = ["b0"]
levels = ["10 %"]
orders = { with_rank = "silver" }
        """,
        asks="'matching'",
        kinds=("unilevel",),
    ),
)
