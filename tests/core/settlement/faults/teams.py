"""Faults of teams: cycles of two sizes, volume of one's own, who has a place."""

from tests.core.settlement.faults.model import Fault

TEAMS: tuple[Fault, ...] = (
    Fault(
        "core/bonuses/rules/sides.py",
        "behind = (number - lead + 1) // 2",
        "behind = (number - lead) // 2",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "cycles"
cycle_left = 5
cycle_right = 40
either_side = true
value = 1
        """,
        asks="either_side = true",
        kinds=("binary by cycles",),
    ),
    Fault(
        "core/bonuses/rules/binary.py",
        "hers - whole_parts(terms.own_volume_above, ready), 0)",
        "hers - whole_parts(terms.own_volume_above, ready), hers)",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
rate = "10 %"
own_volume_to = "weak"
own_volume_above = 50
        """,
        asks="own_volume_above",
        kinds=("binary by percent", "binary by cycles", "binary by tiers"),
    ),
    Fault(
        "core/bonuses/rules/flushing.py",
        "emptied & (weak == side)",
        "emptied & (weak != side)",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "cycles"
cycle_left = 10
cycle_right = 10
value = 1
carry = "flush_weak"
        """,
        asks="flush_weak",
        kinds=("binary by cycles",),
    ),
    Fault(
        "core/bonuses/rules/flushing.py",
        "left.astype(object) * two",
        "left.astype(object) * one",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "cycles"
cycle_left = 400
cycle_right = 10
value = 1
carry = "flush_weak"
        """,
        asks="flush_weak",
        kinds=("binary by cycles",),
    ),
    Fault(
        "core/bonuses/rules/flushing.py",
        "np.asarray(lines.units >= least",
        "np.asarray(lines.units > least",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "cycles"
cycle_left = 20
cycle_right = 20
value = 1
cap = 4
carry = "flush_at_cap"
        """,
        asks="flush_at_cap",
        kinds=("binary by cycles",),
    ),
    Fault(
        "core/bonuses/rules/climbing.py",
        "used = (had + steps) // count * last",
        "used = steps // count * last",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "tiers"
tiers = [{ from = 20, pay = 1 }, { from = 100, pay = 2 }]
tiers_in_turn = true
        """,
        asks="tiers_in_turn",
        kinds=("binary by tiers in turn",),
    ),
    Fault(
        "core/bonuses/rules/binary.py",
        "tree.above_level(own, terms.from_level - 1)",
        "tree.above_level(own, terms.from_level)",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
rate = "10 %"
from_level = 2
        """,
        asks="from_level = 2",
        kinds=("binary by percent",),
    ),
    Fault(
        "core/live/places.py",
        "customers & (up < 0) & ~above",
        "customers & (up < 0) & above",
        """
[trees.binary]
spill = "bfs"
who = "distributors"
[[bonuses]]
kind = "binary"
rate = "10 %"
        """,
        asks="who = 'distributors'",
        kinds=("binary by percent", "binary by cycles", "binary by tiers"),
    ),
    Fault(
        "core/forest/wide.py",
        "below = tops[start[tops] >= 0]",
        "below = tops[start[tops] > 0]",
        """
[trees.matrix]
width = "open"
depth = 3
[[bonuses]]
kind = "unilevel"
tree = "matrix"
levels = ["5 %"]
        """,
        asks="width = 'open'",
        kinds=("unilevel",),
    ),
    Fault(
        "core/forest/placing.py",
        "sponsor, spill = _below_the_first(up), ",
        "spill = ",
        """
[trees.matrix]
width = 2
depth = 3
spill = "top"
[[bonuses]]
kind = "unilevel"
tree = "matrix"
levels = ["5 %", "3 %"]
        """,
        asks="spill = 'top'",
        kinds=("unilevel",),
    ),
    Fault(
        "core/bonuses/rules/against.py",
        "np.lexsort((leg[can], -volume[can], node[can]))",
        "np.lexsort((leg[can], volume[can], node[can]))",
        """
[[bonuses]]
kind = "binary"
tree = "sponsor"
pay = "cycles"
cycle_left = 30
cycle_right = 1
value = 1
        """,
        asks="tree = 'sponsor'",
        kinds=("legs by percent", "legs by cycles", "legs by tiers"),
    ),
    Fault(
        "core/bonuses/rules/against.py",
        "(lots.leg, -lots.age, lots.volume < 0,",
        "(lots.leg, lots.age, lots.volume < 0,",
        """
[[bonuses]]
kind = "binary"
tree = "sponsor"
rate = "10 %"
matched_max = 5
carry_cycles = 2
        """,
        asks="carry_cycles",
        kinds=("legs by percent", "legs by cycles", "legs by tiers"),
    ),
    Fault(
        "core/bonuses/rules/layers.py",
        "_waits(terms, tree.stands[:people] & ~had[what], earns)",
        "_waits(terms, tree.stands[:people], earns)",
        """
[trees.binary]
spill = "bfs"
[[bonuses]]
kind = "binary"
pay = "levels"
to_level = 2
rate = "10 %"
        """,
        asks="to_level",
        kinds=("levels by percent", "levels by value"),
    ),
)
