"""Faults that somebody could make in the fast engine and in the reader of plans: each a small change of one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in a file once, what is put in its place, a word of plans in which it can show, and their kinds."""

    path: str
    there: str
    instead: str
    shows: str = ""
    kinds: tuple[str, ...] = ()


RULES, FOREST, PLAN = "core/bonuses/rules/", "core/forest/", "core/plan/language/"

FAULTS = (
    Fault(
        RULES + "unilevel.py",
        "if found.level >= first:\n            parts",
        "if found.level > first:\n            parts",
        "'unilevel'",
        ("unilevel",),
    ),
    Fault(RULES + "unilevel.py", "table.depth >= level)", "table.depth > level)", "depth_by_rank", ("unilevel",)),
    Fault(
        RULES + "unilevel.py",
        'terms.compression == "run" else',
        'terms.compression != "run" else',
        "'unilevel'",
        ("unilevel",),
    ),
    Fault(
        FOREST + "halves.py",
        "(mode == 1 or whole & 1)",
        "(mode != 1 or whole & 1)",
        "half_up",
        ("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "rounding.py",
        "in_turn([place, -rest])",
        "in_turn([place, rest])",
        "by = 'bonus'",
        ("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "differential.py",
        "(step > 0)).astype",
        "(step > 1)).astype",
        "'differential'",
        ("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        'side="right"',
        'side="left"',
        "schedule_kpi",
        ("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        "max(rate - rates[seen], Fraction(0))",
        "rate",
        "'differential'",
        ("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "differential.py",
        '== "block"',
        '== "transparent"',
        "'differential'",
        ("differential by rank", "differential by KPI"),
    ),
    Fault(
        RULES + "breakaway.py", ">= ready.plan.rank_index(", "> ready.plan.rank_index(", "'breakaway'", ("breakaway",)
    ),
    Fault(
        RULES + "breakaway.py", ">= terms.minimum_waived", "> terms.minimum_waived", "minimum_waived", ("breakaway",)
    ),
    Fault(RULES + "breakaway.py", "rate=(number - 1)", "rate=(number - number)", "'breakaway'", ("breakaway",)),
    Fault(
        RULES + "guarantee.py",
        "passed[paid], whole",
        "-passed[paid], whole",
        "guarantee",
        ("breakaway with a guarantee",),
    ),
    Fault(
        RULES + "infinity.py", "terms.stop_offset_levels + 1", "terms.stop_offset_levels", "stop_rank", ("infinity",)
    ),
    Fault(RULES + "infinity.py", "terms.start_after_level + 1", "terms.start_after_level", "'infinity'", ("infinity",)),
    Fault(
        RULES + "generation.py",
        'terms.boundary == "opener",',
        'terms.boundary != "opener",',
        "'generation'",
        ("generation",),
    ),
    Fault(
        RULES + "generation.py",
        "chosen = chosen[~leader[sources]]",
        "chosen = chosen[leader[sources]]",
        "include_leader_own",
        ("generation",),
    ),
    Fault(
        RULES + "pool.py", "+ ready.before.pool + ready.given", "+ ready.given", "if_nobody = 'carry'", ("unilevel",)
    ),
    Fault(RULES + "pool.py", "-figure))]", "figure))]", "'position'", ("unilevel",)),
    Fault(RULES + "pool.py", "(ready.plan, terms.shares_by_rank)", "(ready.plan, {})", "shares_by_rank", ("unilevel",)),
    Fault(
        RULES + "starting.py",
        "ready.orders.where(enough & ready.orders.first)",
        "ready.orders.where(enough)",
        "'first_order'",
        ("first_order",),
    ),
    Fault(RULES + "starting.py", "if terms.once:", "if not terms.once:", "'fast_start'", ("fast_start",)),
    Fault(
        RULES + "rank_award.py",
        "ready.network.before < place",
        "ready.network.before <= place",
        "once = true",
        ("rank_award",),
    ),
    Fault(RULES + "rank_award.py", "terms.hold_cycles - 1]", "terms.hold_cycles - 2]", "hold_cycles", ("rank_award",)),
    Fault(
        RULES + "lots.py",
        "lots.age < cycles",
        "lots.age <= cycles",
        "carry_cycles",
        ("binary by percent", "binary by cycles", "binary by tiers"),
    ),
    Fault(
        RULES + "lots.py",
        "np.lexsort((-whole.age,",
        "np.lexsort((whole.age,",
        "'binary'",
        ("binary by percent", "binary by cycles", "binary by tiers"),
    ),
    Fault(
        RULES + "caps.py",
        "np.minimum(sums, before",
        "np.maximum(sums, before",
        "per = 'person'",
        ("unilevel", "differential by rank"),
    ),
    Fault(
        RULES + "caps.py",
        "lambda at: -rest[at]",
        "lambda at: rest[at]",
        "per = 'company'",
        ("unilevel", "differential by rank"),
    ),
    Fault(
        FOREST + "gives.py",
        "and _reaches(program, nodes, node, row, grade):\n        return 0\n    if operation == p.LINE",
        "and False:\n        return 0\n    if operation == p.LINE",
        "",
        ("unilevel", "rule", "rank_award"),
    ),
    Fault(
        FOREST + "gives.py",
        "for rung in range(rungs, 0, -1):",
        "for rung in range(rungs - 1, 0, -1):",
        "must_climb = false",
        ("unilevel", "rule", "rank_award"),
    ),
    Fault(
        FOREST + "gives.py",
        "                return rung\n        return rungs",
        "                return rung + 1\n        return rungs",
        "must_climb = true",
        ("unilevel", "rule", "rank_award"),
    ),
    Fault(FOREST + "gives.py", "reached = value >=", "reached = value >", "", ("unilevel", "rule", "rank_award")),
    Fault(
        "core/settlement/cycle/choosing.py",
        "joined_on + days * DAY",
        "joined_on + (days - 1) * DAY",
        "within_days",
        ("unilevel", "rule", "rank_award"),
    ),
    Fault(
        "core/settlement/cycle/choosing.py", 'how="anti"', 'how="semi"', "excludes", ("unilevel", "rule", "rank_award")
    ),
    Fault(
        PLAN + "values.py",
        "return Decimal(match[1]) if match else None",
        "return round(Decimal(match[1]), 1) if match else None",
        "",
        ("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "ranks.py",
        "return LegCap(percent=percent, base=base, own_too=own_too)",
        "return LegCap(percent=percent, base=base, own_too=True)",
        "leg_cap",
        ("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "ranks.py",
        'table.flag("must_climb", default=True)',
        "True",
        "must_climb = false",
        ("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "identity.py",
        'table.one_of("by", ("line", "bonus", "payee"), "line")',
        '"line"',
        "by = 'bonus'",
        ("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "kinds.py",
        "if value is not None:\n                found[name] = value",
        "if value:\n                found[name] = value",
        "by_rank",
        ("unilevel", "rank_award", "differential by rank"),
    ),
    Fault(
        PLAN + "identity.py",
        'amount(table, "minimum", unit_of(measure), scale) or 0',
        "0",
        "[activity]",
        ("unilevel", "rank_award", "differential by rank"),
    ),
)
READER = 6
"""So many of them are in the reader of plans, the last ones."""
