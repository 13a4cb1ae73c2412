"""Plans that say much, of which it is asked what somebody lacks."""

GROUP = '\n[kpis.gv]\nlabel = "Group"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'
PACKAGE = '\n[[packages]]\ncode = "silver"\nname = "Silver"\nneeds = [{ kpi = "gv", minimum = 90 }]\n'
BONUSES = """
[[bonuses]]
code = "pack"
kind = "infinity"
label = "Pack"
rate_by_package = { silver = "2 %" }

[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Levels"
minimum_rank = "bronze"
levels = ["5 %", "3 %"]
earner = [{ kpi = "gv", minimum = 60 }]

[[bonuses]]
code = "stairs"
kind = "differential"
label = "Stairs"
schedule_kpi = "gv"
schedule = [{ from = 50, rate = "3 %" }, { from = 200, rate = "9 %" }]

[[bonuses]]
code = "own"
kind = "differential"
label = "Own"
of = "own"
rate_by_rank = { silver = "4 %" }

[[bonuses]]
code = "match"
kind = "matching"
label = "Match"
matches = ["levels"]
levels_by_rank = { silver = ["10 %"] }

[[bonuses]]
code = "start"
kind = "fast_start"
label = "Start"
levels = ["20 %"]
window_days = 60

[[bonuses]]
code = "awards"
kind = "rank_award"
label = "Awards"
amount_by_rank = { silver = 10, gold = 100 }

[[bonuses]]
code = "rule"
kind = "rule"
label = "Rule"
when = "kpi.gv >= 100"
rate = "1 %"

[[bonuses]]
code = "any"
kind = "unilevel"
label = "Any"
levels = ["1 %"]
earner = [{ any = [{ kpi = "pv", minimum = 80 }, { kpi = "gv", minimum = 500 }] }]

[[bonuses]]
code = "moving"
kind = "differential"
label = "Moving"
schedule_kpi = "gv"
schedule = [{ from = 50, rate = "3 %" }, { from = 200, rate = "9 %" }]
schedule_mode = "from_order"

[[bonuses]]
code = "silver_orders"
kind = "unilevel"
label = "Orders of silver"
levels = ["5 %", "5 %"]
orders = { with_rank = "silver", buyer_cap = 50, buyer_cap_in = "cycle" }

[[bonuses]]
code = "each"
kind = "unilevel"
label = "Each"
base = "orders"
levels = ["0.25 each"]

[[bonuses]]
code = "lower"
kind = "matching"
label = "Lower of both"
matches = ["each"]
levels_by_rank = { silver = ["10 %"], gold = ["20 %"] }
pair_rule = "lower_of_both"

[[bonuses]]
code = "figures"
kind = "unilevel"
label = "By figures"
levels_kpi = "gv"
levels_steps = [{ from = 100, levels = ["7 %"] }, { from = 300, levels = ["14 %"] }]

[[bonuses]]
code = "goal"
kind = "goal_award"
label = "Goal"
kpi = "pv"
minimum = 100
amount = 3

[[bonuses]]
code = "mentor"
kind = "rank_award"
label = "Mentor"
amount_by_rank = { silver = 10, gold = 100 }
to = "sponsor"

[[bonuses]]
code = "steps"
kind = "rule"
label = "Steps"
when = "true"
amount = "20 * floor(kpi.gv / 500)"
"""
HELD = """
[kpis.kept]
label = "Months as silver"
measure = "held"
held_rank = "silver"
past_cycles = 3

[[bonuses]]
code = "kept"
kind = "unilevel"
label = "Kept"
levels = ["5 %"]
earner = [{ kpi = "kept", minimum = 2 }]
"""
