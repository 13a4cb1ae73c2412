"""Faults of KPIs, ranks and of what bonuses look at."""

from tests.core.settlement.faults.model import Fault

FOREST = "core/forest/"
PEOPLE: tuple[Fault, ...] = (
    Fault(
        FOREST + "gives.py",
        "and _reaches(program, nodes, node, row, grade):\n        return 0\n    if operation == p.LINE",
        "and False:\n        return 0\n    if operation == p.LINE",
        """
[kpis.pg]
label = "Personal"
measure = "qv"
over = "line"
stop_at_rank = "silver"
        """,
        kinds=("unilevel", "rule", "rank_award"),
    ),
    Fault(
        FOREST + "gives.py",
        "for rung in range(rungs, 0, -1):",
        "for rung in range(rungs - 1, 0, -1):",
        """
[ladder]
gauges = ["pv"]
must_climb = false
        """,
        asks="must_climb = false",
        kinds=("unilevel", "rule", "rank_award"),
    ),
    Fault(
        FOREST + "gives.py",
        "                return rung\n        return rungs",
        "                return rung + 1\n        return rungs",
        """
[kpis.legs]
label = "Legs"
measure = "legs"
leg_with_rank = "bronze"
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 1 }]
[[ranks]]
code = "silver"
name = "silver"
needs = [{ any = [{ kpi = "legs", minimum = 1 }, { kpi = "gv", minimum = 2000 }] }]
        """,
        asks="must_climb = true",
        kinds=("unilevel", "rule", "rank_award"),
    ),
    Fault(
        FOREST + "gives.py",
        "reached = value >=",
        "reached = value >",
        """
[kpis.legs]
label = "Legs"
measure = "legs"
leg_with_rank = "bronze"
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 1 }]
[[ranks]]
code = "silver"
name = "silver"
needs = [{ any = [{ kpi = "legs", minimum = 1 }, { kpi = "gv", minimum = 2000 }] }]
        """,
        kinds=("unilevel", "rule", "rank_award"),
    ),
    Fault(
        "core/settlement/cycle/choosing.py",
        "joined_on + days * DAY",
        "joined_on + (days - 1) * DAY",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
orders = { within_days = 30 }
        """,
        asks="within_days",
        kinds=("unilevel", "rule", "rank_award"),
    ),
    Fault(
        "core/settlement/cycle/choosing.py",
        'how="anti"',
        'how="semi"',
        """
[[bonuses]]
kind = "unilevel"
levels = ["5 %"]
excludes = ["b1"]
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
        """,
        asks="excludes",
        kinds=("unilevel", "rule", "rank_award"),
    ),
    Fault(
        "core/ranks/rules/grace.py",
        "np.maximum(left - 1, 0)",
        "np.maximum(left, 0)",
        """
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 60 }]
grace = 1
        """,
        asks="grace = 1",
        kinds=("unilevel", "rank_award"),
    ),
    Fault(
        "core/ranks/rules/grace.py",
        "begins &= titles < place",
        "begins &= titles <= place",
        """
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 1 }]
grace = 2
grace_after = "promotion"
        """,
        asks="promotion",
        kinds=("unilevel", "rank_award"),
    ),
    Fault(
        "core/settlement/cycle/figures.py",
        "return np.asarray(network.paid if ends_year(",
        "return np.asarray(network.career if ends_year(",
        """
[ladder]
gauges = ["pv"]
honorary = "last_of_year"
        """,
        asks="last_of_year",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/cycle/own.py",
        "np.where(theirs, of_customers(amounts, figure.customer_share), amounts)",
        "np.where(theirs, amounts, of_customers(amounts, figure.customer_share))",
        """
[kpis.shared]
label = "Shared"
measure = "qv"
over = "line"
customer_share = "33.33 %"
        """,
        kinds=("unilevel",),
    ),
    Fault(
        "core/kpis/rules.py",
        "reached.any(axis=0))",
        "reached.all(axis=0))",
        """
[activity]
measure = "qv"
minimum = 20
cycles = 3
mode = "any"
[kpis.awake]
label = "Active"
measure = "heads"
over = "line"
active_only = true
        """,
        asks="'any'",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/past/inactive.py",
        "np.where(network.earns, np.where(idle, was + 1, 0), np.where(network.customer, 0, was))",
        "np.where(network.earns, np.where(idle, was + 1, was), np.where(network.customer, 0, was))",
        """
[activity]
measure = "qv"
minimum = 40
warn_after = 2
        """,
        asks="warn_after",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/past/inactive.py",
        "cycles >= rule.terminate_after",
        "cycles > rule.terminate_after",
        """
[activity]
measure = "qv"
minimum = 40
terminate_after = 2
        """,
        asks="terminate_after",
        kinds=("unilevel",),
    ),
    Fault(
        "core/live/enrolled.py",
        "(level >= first) & (level <= last)",
        "(level >= first) & (level < last)",
        """
[trees.binary]
spill = "outer_left"
[kpis.near]
label = "Near"
measure = "qv"
over = "levels"
to_level = 2
tree = "binary"
enrolled_only = true
        """,
        asks="enrolled_only",
        kinds=("unilevel",),
    ),
    Fault(
        FOREST + "gives.py",
        "if reached < least:",
        "if reached <= least:",
        """
[kpis.bronzes]
label = "Bronzes"
measure = "heads"
over = "line"
with_rank = "bronze"
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 1 }]
[[ranks]]
code = "silver"
name = "silver"
needs = [{ kpi = "bronzes", minimum = 2 }]
        """,
        asks="with_rank",
        kinds=("unilevel", "rank_award"),
    ),
    Fault(
        "core/live/following.py",
        "            sweep(self.calculation.program, self.nodes)\n",
        "            len(people)\n",
        """
[trees.binary]
spill = "outer_left"
[kpis.near]
label = "Near"
measure = "heads"
over = "line"
tree = "binary"
with_rank = "bronze"
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 1 }]
[[ranks]]
code = "silver"
name = "silver"
needs = [{ kpi = "near", minimum = 2 }]
        """,
        asks="with_rank",
        kinds=("unilevel", "rank_award"),
    ),
    Fault(
        "core/forest/wide.py",
        "found[order] = np.arange(1, len(sponsor) + 1)",
        "found[order] = np.arange(len(sponsor))",
        """
[trees.matrix]
width = "open"
depth = 3
passed_up = 1
[[bonuses]]
kind = "unilevel"
tree = "matrix"
levels = ["10 %", "5 %"]
        """,
        asks="passed_up",
        kinds=("unilevel",),
    ),
)
