"""Faults of which orders and which days KPIs look at."""

from tests.core.settlement.faults.model import Fault

OWN = "core/settlement/cycle/own.py"
ORDERS: tuple[Fault, ...] = (
    Fault(
        OWN,
        "~sku.is_in(",
        "sku.is_in(",
        """
[kpis.picked]
label = "Picked"
measure = "qv"
orders = { without_products = ["B"] }
        """,
        asks="without_products",
        kinds=("unilevel",),
    ),
    Fault(
        OWN,
        'first if orders.only == "first" else ~first',
        'first if orders.only == "first" else first',
        """
[kpis.picked]
label = "Picked"
measure = "qv"
over = "line"
orders = { only = "repeat" }
        """,
        asks="repeat",
        kinds=("unilevel",),
    ),
    Fault(
        OWN,
        "_midnight(day + orders.within_days * DAY, zone)",
        "_midnight(day + (orders.within_days + 1) * DAY, zone)",
        """
[kpis.picked]
label = "Picked"
measure = "qv"
orders = { within_days = 1 }
        """,
        asks="within_days",
        kinds=("unilevel",),
    ),
    Fault(
        OWN,
        "day - days * DAY",
        "day - (days + 1) * DAY",
        """
[activity]
measure = "qv"
minimum = 1000
newcomer_days = 27
[kpis.awake]
label = "Awake"
measure = "heads"
over = "line"
active_only = true
        """,
        asks="newcomer_days",
        kinds=("unilevel",),
    ),
    Fault(
        "core/live/windows.py",
        "one <= (last.month, last.day)",
        "one < (last.month, last.day)",
        """
[kpis.picked]
label = "Picked"
measure = "qv"
since = "10-31"
        """,
        asks="since = ",
        kinds=("unilevel",),
    ),
    Fault(
        "core/live/windows.py",
        "(figure.days - 1) * DAY",
        "figure.days * DAY",
        """
[kpis.picked]
label = "Picked"
measure = "qv"
days = 26
        """,
        asks="days = ",
        kinds=("unilevel",),
    ),
    Fault(
        OWN,
        'sales &= company.orders["order_id"]',
        'company.orders["order_id"]',
        """
[kpis.picked]
label = "Picked"
measure = "orders"
orders = { products = ["B"] }
        """,
        asks="products",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/cycle/source.py",
        "base in MONEY",
        'base == "price"',
        """
[[bonuses]]
kind = "unilevel"
base = "margin"
levels = ["2.5 %", "1 %"]
        """,
        asks="'margin'",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/cycle/buyers.py",
        '.over("person", "stretch")',
        '.over("stretch")',
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
orders = { buyer_cap = 100, buyer_cap_in = "own_year" }
        """,
        asks="buyer_cap",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/cycle/choosing.py",
        "return size.abs() >= ceil(",
        "return size.abs() > ceil(",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
orders = { minimum = 100 }
        """,
        asks="orders = { minimum",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/cycle/choosing.py",
        'if within == "cycle" else',
        'if within != "cycle" else',
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
orders = { buyer_cap = 50, buyer_cap_in = "year" }
        """,
        asks="buyer_cap",
        kinds=("unilevel",),
    ),
    Fault(
        "core/bonuses/rules/ranked.py",
        "number >= (chosen.brought_from or 1)",
        "number > (chosen.brought_from or 1)",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
orders = { brought_from = 2 }
        """,
        asks="brought_from",
        kinds=("unilevel",),
    ),
)
