"""Faults of the reader of plans."""

from tests.core.settlement.faults.model import Fault

PLAN = "core/plan/language/"
READER: tuple[Fault, ...] = (
    Fault(
        PLAN + "orders.py",
        'products=table.texts("products")',
        "products=()",
        """
[kpis.picked]
label = "Picked"
measure = "qv"
orders = { products = ["A"] }
        """,
        asks="products",
        kinds=("unilevel",),
    ),
    Fault(
        PLAN + "values.py",
        "        return Decimal(match[1])\n",
        "        return round(Decimal(match[1]), 1)\n",
        """
[[bonuses]]
kind = "unilevel"
levels = ["3.33 %"]
        """,
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "values.py",
        "percent_of(Fraction(100 * int(match[1]), int(match[2])))",
        "Decimal(100 * int(match[1])) / int(match[2])",
        """
[[bonuses]]
kind = "unilevel"
base = "points"
pays = "points"
levels = ["1/3"]
        """,
        asks="1/3",
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "each.py",
        "return Decimal(match[1]) * HUNDRED if match else None",
        "return Decimal(match[1]) if match else None",
        """
[[bonuses]]
kind = "unilevel"
base = "orders"
levels = ["2.5 each"]
        """,
        asks=" each",
        kinds=("unilevel", "fast_start"),
    ),
    Fault(
        PLAN + "ranks.py",
        "return LegCap(percent=percent, base=base, own_too=own_too)",
        "return LegCap(percent=percent, base=base, own_too=True)",
        """
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "gv", minimum = 100, leg_cap = "60 %" }]
        """,
        asks="leg_cap",
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "ranks.py",
        'table.flag("must_climb", default=True)',
        "True",
        """
[ladder]
gauges = ["pv"]
must_climb = false
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 50 }]
[[ranks]]
code = "silver"
name = "silver"
needs = [{ kpi = "pv", minimum = 20 }]
        """,
        asks="must_climb = false",
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "identity.py",
        'table.one_of("by", ("line", "bonus", "payee"), "line")',
        '"line"',
        """
[rounding]
by = "bonus"
[[bonuses]]
kind = "unilevel"
levels = ["3.333 %", "2.5 %"]
        """,
        asks="by = 'bonus'",
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "kinds.py",
        "return tuple(rate for rate in found if rate is not None)",
        "return tuple(rate for rate in found if rate)",
        """
[[bonuses]]
kind = "unilevel"
levels = ["0 %", "1 %"]
        """,
        asks="0 %",
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "identity.py",
        'amount(table, "minimum", unit_of(measure), scale) or 0',
        "0",
        """
[activity]
measure = "qv"
minimum = 20
[kpis.awake]
label = "Active"
measure = "heads"
over = "line"
active_only = true
        """,
        asks="[activity]",
        kinds=("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "disjoint.py",
        "if self._inside(one, condition))",
        "if one is condition)",
        """
[ladder]
gauges = ["pv"]
legs_disjoint = true
[kpis.legs]
label = "Legs"
measure = "legs"
leg_with_rank = "bronze"
[kpis.strong]
label = "Strong"
measure = "legs"
leg_with_rank = "silver"
[[ranks]]
code = "bronze"
name = "bronze"
needs = [{ kpi = "pv", minimum = 1 }]
[[ranks]]
code = "silver"
name = "silver"
needs = [{ kpi = "pv", minimum = 20 }]
[[ranks]]
code = "gold"
name = "gold"
needs = [{ kpi = "legs", minimum = 1 }, { kpi = "strong", minimum = 1 }]
        """,
        asks="legs_disjoint",
        kinds=("unilevel", "rank_award"),
    ),
    Fault(
        PLAN + "kpis.py",
        "in_a_row=_in_a_row(table)",
        "in_a_row=InARow.NO",
        """
[kpis.row]
label = "Row"
measure = "reached"
of_kpi = "pv"
of_minimum = 20
past_cycles = 2
in_a_row = "latest"
        """,
        asks="in_a_row = 'latest'",
    ),
)
