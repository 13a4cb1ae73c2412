"""Faults of pools, beginnings, awards, binaries and caps."""

from tests.core.settlement.faults.model import Fault

RULES = "core/bonuses/rules/"
OTHERS: tuple[Fault, ...] = (
    Fault(
        RULES + "pool.py",
        "+ ready.before.pool + ready.given",
        "+ ready.given",
        """
[[bonuses]]
kind = "pool"
share = "2 %"
shares_by_rank = { gold = 1 }
if_nobody = "carry"
earner = [{ kpi = "pv", minimum = 95 }]
        """,
        asks="if_nobody = 'carry'",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "pool.py",
        "-figure))]",
        "figure))]",
        """
[[bonuses]]
kind = "pool"
share = "2 %"
division = "position"
positions = ["50 %", "30 %"]
shares_kpi = "pv"
        """,
        asks="'position'",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "pool.py",
        '"shares_by_rank", terms.shares_by_rank)',
        '"shares_by_rank", {})',
        """
[[bonuses]]
kind = "pool"
share = "2 %"
shares_by_rank = { bronze = 1, gold = 3 }
        """,
        asks="shares_by_rank",
        kinds=("unilevel",),
    ),
    Fault(
        "core/settlement/cycle/choosing.py",
        "isinstance(terms, FirstOrder) or (isinstance(terms, FastStart)",
        "(isinstance(terms, FastStart)",
        """
[[bonuses]]
kind = "first_order"
levels = ["10 %"]
excludes = ["b1"]
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
        """,
        asks="'first_order'",
        kinds=("first_order",),
    ),
    Fault(
        "core/settlement/cycle/choosing.py",
        "and terms.once):",
        "and not terms.once):",
        """
[[bonuses]]
kind = "fast_start"
levels = ["10 %"]
once = true
excludes = ["b1"]
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %"]
        """,
        asks="'fast_start'",
        kinds=("fast_start",),
    ),
    Fault(
        RULES + "starting.py",
        "(table.depth >= level)",
        "(table.depth > level)",
        """
[[bonuses]]
kind = "fast_start"
levels = ["10 %", "5 %"]
depth_by_rank = { bronze = 2 }
        """,
        asks="'fast_start'",
        kinds=("fast_start",),
    ),
    Fault(
        RULES + "rank_award.py",
        "ready.network.before < place",
        "ready.network.before <= place",
        """
[[bonuses]]
kind = "rank_award"
amount_by_rank = { bronze = 1, silver = 2, gold = 30 }
once = true
        """,
        asks="once = true",
        kinds=("rank_award",),
    ),
    Fault(
        RULES + "rank_award.py",
        "terms.hold_cycles - 1]",
        "terms.hold_cycles - 2]",
        """
[[bonuses]]
kind = "rank_award"
amount_by_rank = { bronze = 1, silver = 2, gold = 30 }
hold_cycles = 2
        """,
        asks="hold_cycles",
        kinds=("rank_award",),
    ),
    Fault(
        RULES + "lots.py",
        "lots.age < cycles",
        "lots.age <= cycles",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
rate = "10 %"
carry_cycles = 1
        """,
        asks="carry_cycles",
        kinds=("binary by percent", "binary by cycles", "binary by tiers"),
    ),
    Fault(
        RULES + "lots.py",
        "np.lexsort((-whole.age,",
        "np.lexsort((whole.age,",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
rate = "10 %"
carry_cycles = 2
        """,
        asks="'binary'",
        kinds=("binary by percent", "binary by cycles", "binary by tiers"),
    ),
    Fault(
        RULES + "caps.py",
        "np.minimum(sums, -((limit",
        "np.maximum(sums, -((limit",
        """
[[caps]]
code = "c0"
per = "person"
amount = 1
        """,
        asks="per = 'person'",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "caps.py",
        "np.lexsort((bonus, -sums, place[payee]))",
        "np.lexsort((bonus, sums, place[payee]))",
        """
[[bonuses]]
kind = "unilevel"
levels = ["2.5 %", "1 %"]
[[bonuses]]
kind = "differential"
rate_by_rank = { bronze = "2 %", gold = "5 %" }
[[caps]]
code = "c0"
per = "person"
keep = "highest"
bonuses = ["b0", "b1"]
        """,
        asks="keep = 'highest'",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "caps.py",
        "who & (least >= 0) & (sums < least)",
        "who & (sums < least) & (sums > 0)",
        """
[[caps]]
code = "c0"
per = "person"
bonuses = ["b0"]
at_least_by_rank = { silver = 2 }
earner = [{ kpi = "pv", minimum = 10 }]
        """,
        asks="at_least_by_rank",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "ranked.py",
        "np.minimum(place, self.places[",
        "np.maximum(place, self.places[",
        """
[[bonuses]]
kind = "unilevel"
levels = ["10 %"]
[[bonuses]]
kind = "matching"
matches = ["b0"]
levels_by_rank = { bronze = ["5 %"], gold = ["10 %"] }
pair_rule = "lower_of_both"
        """,
        asks="lower_of_both",
        kinds=("unilevel",),
    ),
    Fault(
        RULES + "instalments.py",
        "there &= ready.qualified[due.payee]",
        "there &= True",
        """
[[bonuses]]
kind = "unilevel"
levels = ["10 %"]
earner = [{ kpi = "pv", minimum = 40 }]
paid_now = "50 %"
rest_in_cycles = [2]
rest_to_earners = true
        """,
        asks="rest_to_earners",
        kinds=("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "caps.py",
        "lambda at: -rest[at]",
        "lambda at: rest[at]",
        """
[[caps]]
code = "c0"
per = "company"
share = "1 %"
share_of = "cv"
        """,
        asks="per = 'company'",
        kinds=("unilevel", "differential by rank"),
    ),
)
