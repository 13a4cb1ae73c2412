"""Faults of rounding, levels, differences, breakaway, generations and infinity."""

from tests.core.settlement.faults.model import Fault

RULES = "core/bonuses/rules/"
FOREST = "core/forest/"
BONUSES: tuple[Fault, ...] = (
    Fault(
        RULES + "unilevel.py",
        "if found.level >= first:\n            earned",
        "if found.level > first:\n            earned",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
        """,
        asks="'unilevel'",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "unilevel.py",
        "table.depth >= level)",
        "table.depth > level)",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
depth_by_rank = { bronze = 1, gold = 2 }
        """,
        asks="depth_by_rank",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "unilevel.py",
        'terms.compression == "run" else',
        'terms.compression != "run" else',
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
compression = "static"
minimum_rank = "silver"
        """,
        asks="'unilevel'",
        kinds=("unilevel",),
    ),
    Fault(
        FOREST + "halves.py",
        "(mode == 1 or whole & 1)",
        "(mode != 1 or whole & 1)",
        """
[rounding]
mode = "half_up"
        """,
        asks="half_up",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "rounding.py",
        "_steps(units, denominator * step, mode) * step",
        "_steps(units, denominator, mode) // step * step",
        """
[rounding]
unit = 0.05
        """,
        asks="\nunit = ",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "rounding.py",
        "in_turn([place, -rest])",
        "in_turn([place, rest])",
        """
[rounding]
by = "bonus"
[[bonuses]]
kind = "unilevel"
levels = ["3.333 %", "2.5 %"]
        """,
        asks="by = 'bonus'",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "differential.py",
        "(step > 0)).astype",
        "(step > 1)).astype",
        """
[[bonuses]]
kind = "differential"
rate_by_rank = { bronze = "2 %", gold = "5 %" }
        """,
        asks="'differential'",
        kinds=("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        'side="right"',
        'side="left"',
        """
[[bonuses]]
kind = "differential"
schedule_kpi = "pv"
schedule = [{ from = 20, rate = "2.5 %" }, { from = 45, rate = "5 %" }]
        """,
        asks="schedule_kpi",
        kinds=("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        "max(rate - rates[seen], Fraction(0))",
        "rate",
        """
[[bonuses]]
kind = "differential"
schedule_kpi = "pv"
schedule = [{ from = 10, rate = "3 %" }, { from = 40, rate = "7 %" }]
        """,
        asks="'differential'",
        kinds=("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        '== "block"',
        '== "transparent"',
        """
[[bonuses]]
kind = "differential"
rate_by_rank = { bronze = "2 %", gold = "5 %" }
unqualified_between = "block"
minimum_rank = "silver"
        """,
        asks="'differential'",
        kinds=("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "breakaway.py",
        ">= ready.plan.rank_index(",
        "> ready.plan.rank_index(",
        """
[[bonuses]]
kind = "breakaway"
leader_rank = "silver"
generations = ["5 %"]
        """,
        asks="'breakaway'",
        kinds=("breakaway",),
    ),
    Fault(
        RULES + "breakaway.py",
        ">= terms.minimum_waived",
        "> terms.minimum_waived",
        """
[[bonuses]]
kind = "breakaway"
leader_rank = "silver"
generations = ["5 %"]
own_group_kpi = "pv"
own_group_minimum = 100
minimum_waived_from_legs = 1
        """,
        asks="minimum_waived",
        kinds=("breakaway",),
    ),
    Fault(
        RULES + "breakaway.py",
        "places[rung[payee], number]",
        "places[rung[payee], 1]",
        """
[[bonuses]]
kind = "breakaway"
leader_rank = "silver"
generations = ["1 %", "7 %"]
        """,
        asks="'breakaway'",
        kinds=("breakaway",),
    ),
    Fault(
        RULES + "breakaway.py",
        '"generations_by_rank", terms.generations_by_rank)',
        '"generations_by_rank", {})',
        """
[[bonuses]]
kind = "breakaway"
leader_rank = "silver"
generations = ["1 %"]
generations_by_rank = { gold = ["5 %", "2 %"] }
        """,
        asks="generations_by_rank",
        kinds=("breakaway",),
    ),
    Fault(
        RULES + "differential.py",
        'if terms.of == "below" else',
        'if terms.of != "below" else',
        """
[[bonuses]]
kind = "differential"
rate_by_rank = { bronze = "2 %", gold = "5 %" }
of = "below"
        """,
        asks="of = 'below'",
        kinds=("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        "np.where(ready.network.customer, 0, step)",
        "np.where(ready.network.customer, step, step)",
        """
[[bonuses]]
kind = "differential"
schedule_kpi = "pv"
schedule = [{ from = 9, rate = "3 %" }, { from = 20, rate = "7 %" }]
        """,
        asks="'differential'",
        kinds=("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "guarantee.py",
        "passed[paid], whole",
        "-passed[paid], whole",
        """
[[bonuses]]
kind = "breakaway"
leader_rank = "silver"
generations = ["5 %"]
own_group_kpi = "pv"
own_group_minimum = 10
guarantee = 30
        """,
        asks="guarantee",
        kinds=("breakaway with a guarantee",),
    ),
    Fault(
        RULES + "infinity.py",
        "terms.stop_offset_levels + 1",
        "terms.stop_offset_levels",
        """
[[bonuses]]
kind = "infinity"
rate = "3.333 %"
stop_rank = "silver"
stop_offset_levels = 1
        """,
        asks="stop_rank",
        kinds=("infinity",),
    ),
    Fault(
        RULES + "infinity.py",
        "terms.start_after_level + 1",
        "terms.start_after_level",
        """
[[bonuses]]
kind = "infinity"
rate = "2.5 %"
start_after_level = 1
differential = true
        """,
        asks="'infinity'",
        kinds=("infinity",),
    ),
    Fault(
        RULES + "generation.py",
        'terms.boundary == "opener",',
        'terms.boundary != "opener",',
        """
[[bonuses]]
kind = "generation"
leader_rank = "silver"
generations = ["2.5 %", "1 %"]
        """,
        asks="'generation'",
        kinds=("generation",),
    ),
    Fault(
        RULES + "generation.py",
        "chosen = chosen[~leader[sources]]",
        "chosen = chosen[leader[sources]]",
        """
[[bonuses]]
kind = "generation"
leader_rank = "silver"
generations = ["5 %", "2 %"]
include_leader_own = false
        """,
        asks="include_leader_own",
        kinds=("generation",),
    ),
    Fault(
        RULES + "infinity.py",
        "terms.counts_from_level or terms.start_after_level + 1",
        "terms.start_after_level + 1",
        """
[[bonuses]]
kind = "infinity"
rate = "1 %"
rate_by_rank = { silver = "3 %", gold = "5 %" }
start_after_level = 1
differential = true
counts_from_level = 1
        """,
        asks="counts_from_level",
        kinds=("infinity",),
    ),
)
