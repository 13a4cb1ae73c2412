"""Faults of customers' orders, amounts by expressions, mentors, steps by a figure, pools, and so much an order."""

from tests.core.settlement.faults.model import Fault

RULES = "core/bonuses/rules/"
CYCLE = "core/settlement/cycle/"
PROGRAMMES: tuple[Fault, ...] = (
    Fault(
        RULES + "moving.py",
        "        if not after:\n",
        "        if after:\n",
        """
[[bonuses]]
kind = "differential"
schedule_kpi = "gv"
schedule_mode = "from_order"
schedule = [{ from = 10, rate = "3 %" }, { from = 40, rate = "7 %" }]
        """,
        asks="_order'",
        kinds=("differential by orders",),
    ),
    Fault(
        RULES + "ranked.py",
        '== (chosen.who == "customers")',
        '!= (chosen.who == "customers")',
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
orders = { who = "customers" }
        """,
        asks="who = 'customers'",
        kinds=("unilevel", "rule"),
    ),
    Fault(
        RULES + "ranked.py",
        "ranks >= plan.rank_index(chosen.with_rank)",
        "ranks > plan.rank_index(chosen.with_rank)",
        """
[[bonuses]]
kind = "unilevel"
base = "gv"
levels = ["2.5 %", "1 %"]
orders = { with_rank = "silver" }
        """,
        asks="with_rank",
        kinds=("unilevel", "rule"),
    ),
    Fault(
        CYCLE + "source.py",
        "network.customer[buyer] & (above >= 0)",
        "network.customer[buyer] & (above < 0)",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
orders = { customers_as = "sponsor" }
        """,
        asks="customers_as = 'sponsor'",
        kinds=("unilevel", "rule"),
    ),
    Fault(
        RULES + "conditional.py",
        "payee, abs(base))",
        "payee, base)",
        """
[[bonuses]]
kind = "rule"
when = "true"
per = "order"
amount = "base * 3 %"
        """,
        asks="base",
        kinds=("rule",),
    ),
    Fault(
        RULES + "conditional.py",
        "(Fraction(floor(one)) for one in found)",
        "(one for one in found)",
        """
[[bonuses]]
kind = "rule"
base = "pieces"
when = "true"
pays = "prize"
prize = "A mug"
amount = "base * 2 / 3"
        """,
        asks="pays = 'prize'",
        kinds=("rule",),
    ),
    Fault(
        CYCLE + "choosing.py",
        'agg(pl.col(figure).sum().alias("base"))',
        'agg(pl.col(figure).first().alias("base"))',
        """
[[bonuses]]
kind = "unilevel"
base = "pieces"
levels = ["2.5 each"]
        """,
        asks="pieces",
        kinds=("unilevel", "rule"),
    ),
    Fault(
        CYCLE + "choosing.py",
        "orders.filter(~before if later else before)",
        "orders.filter(before)",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
orders = { after_days = 2 }
        """,
        asks="after_days",
        kinds=("unilevel", "rule"),
    ),
    Fault(
        RULES + "conditional.py",
        "max(Fraction(one), Fraction(0))",
        "Fraction(one)",
        """
[[bonuses]]
kind = "rule"
when = "true"
amount = "kpi.pv - 20"
        """,
        asks="kpi.pv - 20",
        kinds=("rule",),
    ),
    Fault(
        RULES + "receiving.py",
        "if to == NEXT else",
        "if to != NEXT else",
        """
[[bonuses]]
kind = "goal_award"
kpi = "pv"
minimum = 20
amount = 5
to = "sponsor"
minimum_rank = "silver"
        """,
        asks="to = 'sponsor'",
        kinds=("rank_award", "goal_award"),
    ),
    Fault(
        RULES + "receiving.py",
        "reached & ready.network.earns",
        "reached & ready.network.there",
        """
[[bonuses]]
kind = "goal_award"
kpi = "pv"
minimum = 8
amount = 5
to = "sponsor"
        """,
        asks="to = 'sponsor'",
        kinds=("rank_award", "goal_award"),
    ),
    Fault(
        RULES + "ranked.py",
        'side="right"',
        'side="left"',
        """
[[bonuses]]
kind = "unilevel"
levels = ["1 %"]
levels_kpi = "pv"
levels_steps = [{ from = 45, levels = ["5 %", "2 %"] }]
        """,
        asks="levels_steps",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "ranked.py",
        'network.open & network.customer if bonus.who == "customers"',
        'network.open & network.customer if bonus.who == "all"',
        """
[[bonuses]]
kind = "goal_award"
kpi = "pv"
minimum = 0
amount = 5
who = "customers"
        """,
        asks="who = 'customers'",
        kinds=("goal_award",),
    ),
    Fault(
        RULES + "marginal.py",
        "_together(top - base, steps)",
        "_together(base - top, steps)",
        """
[[bonuses]]
kind = "differential"
of = "own"
schedule_kpi = "gv"
schedule = [{ from = 0, rate = "2 %" }, { from = 45, rate = "5 %" }]
schedule_mode = "rising"
        """,
        asks="rising",
        kinds=("differential on top",),
    ),
    Fault(
        RULES + "pool.py",
        "network.size, capped=True",
        "network.size, capped=False",
        """
[[bonuses]]
kind = "unilevel"
levels = ["50 %", "20 %"]
pays = "shares"
cap = 3
[[bonuses]]
kind = "pool"
share = "10 %"
division = "earned"
shares_from = ["b0"]
        """,
        asks="'earned'",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        "core/ranks/rules/earlier.py",
        "np.maximum(longest, run)",
        "np.maximum(run, run)",
        """
[kpis.row]
label = "Row"
measure = "reached"
of_kpi = "pv"
of_minimum = 20
past_cycles = 2
in_a_row = "longest"
        """,
        asks="in_a_row = 'longest'",
    ),
    Fault(
        "core/ranks/rules/earlier.py",
        "one.ranks >= plan",
        "one.ranks > plan",
        """
[kpis.held]
label = "Held"
measure = "held"
held_rank = "bronze"
past_cycles = 2
        """,
    ),
    Fault(
        "core/settlement/past/remembering.py",
        "if one.bonus.code in kpi.bonuses",
        "if one.bonus.code == kpi.bonuses[-1]",
        """
[kpis.earned]
label = "Earned"
measure = "earned"
bonuses = ["b0", "b1"]
past_cycles = 1
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
[[bonuses]]
kind = "unilevel"
levels = ["1 %"]
        """,
        asks="bonuses = ['b5', 'b6']",
    ),
    Fault(
        "core/settlement/past/remembering.py",
        "most, back = max(most, back), 0",
        "most, back = max(most, back - 1), 0",
        """
[kpis.held]
label = "Held"
measure = "held"
held_rank = "bronze"
past_cycles = 2
        """,
        asks="past_cycles = 2",
    ),
    Fault(
        "core/bonuses/rules/pool.py",
        "holders = holders[: terms.top.of(len(holders))]",
        "holders = holders[: terms.top.of(len(holders)) - 1]",
        """
[[bonuses]]
kind = "pool"
share = "10 %"
division = "points"
shares_kpi = "pv"
top = 2
        """,
        asks="top = ",
        kinds=("pool by figure",),
    ),
    Fault(
        "core/plan/model/top.py",
        "ceil(Fraction(self.percent)",
        "int(Fraction(self.percent)",
        """
[[bonuses]]
kind = "pool"
share = "10 %"
division = "points"
shares_kpi = "pv"
top = "30 %"
        """,
        asks="top = ",
        kinds=("pool by figure",),
    ),
    Fault(
        RULES + "infinity.py",
        "left[on] -= takes",
        "left[on] = 0",
        """
[[bonuses]]
kind = "infinity"
rate = "3 %"
order_max = "7 %"
        """,
        asks="order_max",
        kinds=("infinity until used",),
    ),
)
