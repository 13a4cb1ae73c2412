"""The words of `[[bonuses]]`, by kind, read into `Plan.bonuses`."""

from core.plan.language import kinds as k
from core.plan.language.checks import circles
from core.plan.language.each import tell_each
from core.plan.language.field_words import KIND_CALLED
from core.plan.language.fitting import tell_unfit
from core.plan.language.moving import tell_moving
from core.plan.language.packages import package
from core.plan.language.pools import tell_pools, top
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.language.trees import OF_KIND, own_tree
from core.plan.model import Bonus
from core.plan.model import terms as m
from core.plan.model.bonuses import OrderFilter
from core.plan.model.turn import needed

REQUIRED = ("code", "kind", "label")
RECEIVERS = ("person", "sponsor", "next_qualified")
TREES = ("sponsor", "binary", "matrix")
ORDERS: k.Words = {
    "only": k.one_of("all", "first", "repeat"),
    "products": k.texts,
    "without_products": k.texts,
    "within_days": k.whole(1),
    "after_days": k.whole(1),
    "minimum": k.amount,
    "volume_counted": k.share,
    "who": k.one_of("all", "distributors", "customers"),
    "with_rank": k.rank,
    "below_rank": k.rank,
    "with_package": package,
    "below_package": package,
    "customers_as": k.one_of("buyer", "sponsor"),
    "brought_from": k.whole(1),
    "brought_to": k.whole(1),
    "buyer_cap": k.amount,
    "buyer_cap_in": k.one_of("cycle", "year", "own_year", "ever"),
}
COMMON: k.Words = {
    "code": k.code,
    "kind": k.text,
    "label": k.label,
    "on": k.flag,
    "calendar": k.calendar,
    "tree": k.one_of(*TREES),
    "base": k.figure,
    "pays": k.one_of("money", "points", "prize", "badge", "shares"),
    "currency": k.money,
    "prize": k.label,
    "who": k.one_of("distributors", "customers", "all"),
    "minimum_rank": k.rank,
    "rank_basis": k.one_of("paid", "career", "ever"),
    "earner": k.conditions,
    "orders": k.table_of("orders", ORDERS, OrderFilter),
    "excludes": k.bonuses,
    "cap": k.amount,
    **k.by_ladder("cap", k.amount),
    "breakage_to": k.one_of("company", "pool", "next_qualified"),
    "paid_now": k.share,
    "rest_in_cycles": k.cycles,
    "rest_to_earners": k.flag,
}
LEVELS: k.Words = {
    "levels": k.rates,
    "levels_kpi": k.kpi,
    "levels_steps": k.list_of("levels_steps", {"from": k.amount, "levels": k.rates}, m.LevelStep, ("from", "levels")),
    **k.by_ladder("levels", k.rates),
    **k.by_ladder("depth", k.whole(0, 1000)),
    "pair_rule": k.one_of("earner", "lower_of_both"),
}
COMPRESSION: k.Words = {
    "compression": k.one_of("none", "static", "dynamic", "roll_up", "run"),
    "place": k.conditions,
}
GENERATIONS: k.Words = {
    "leader_rank": k.rank_or("same_as_earner"),
    "boundary": k.one_of("closer", "opener", "enrollee"),
    "generations": k.rates,
    **k.by_ladder("generations", k.rates),
    "include_leader_own": k.flag,
    "compress_unqualified": k.flag,
}
STEP: k.Words = {"from": k.amount, "rate": k.share}
TIER: k.Words = {"from": k.amount, "pay": k.amount}

KINDS: dict[str, k.Words] = {
    "unilevel": {**LEVELS, **COMPRESSION, "start_level": k.whole(1, 1000)},
    "differential": {
        "schedule": k.list_of("schedule", {**STEP, "rate": k.rate}, m.Step, ("from", "rate")),
        "schedule_kpi": k.kpi,
        "schedule_mode": k.one_of("whole", "marginal", "rising", "from_order", "after_order"),
        **k.by_ladder("rate", k.rate),
        "of": k.one_of("group", "own", "below"),
        "unqualified_between": k.one_of("block", "transparent"),
        "equal_rank": k.share,
    },
    "breakaway": {
        "leader_rank": k.rank,
        "generations": k.rates,
        **k.by_ladder("generations", k.rates),
        "own_group_kpi": k.kpi,
        "own_group_minimum": k.amount,
        "minimum_waived_from_legs": k.whole(1, 1000),
        "guarantee": k.amount,
        "pass_up_unqualified": k.flag,
    },
    "generation": {**GENERATIONS},
    "infinity": {
        "start_after_level": k.whole(0, 1000),
        "counts_from_level": k.whole(1, 1001),
        "rate": k.rate,
        **k.by_ladder("rate", k.rate),
        "stop_rank": k.rank_or("same_as_earner"),
        "stop_offset_levels": k.whole(0, 1000),
        "differential": k.flag,
        "order_max": k.rate,
    },
    "binary": {
        "pay": k.one_of("percent", "tiers", "cycles", "pairs", "levels"),
        "rate": k.share,
        **k.by_ladder("rate", k.share),
        "rate_steps": k.list_of("rate_steps", STEP, m.Step, ("from", "rate")),
        "rate_kpi": k.kpi,
        "matched_min": k.amount,
        "matched_max": k.amount,
        "tiers": k.list_of("tiers", TIER, m.Tier, ("from", "pay")),
        "tiers_in_turn": k.flag,
        "cycle_left": k.amount,
        "cycle_right": k.amount,
        "value": k.amount,
        **k.by_ladder("value", k.amount),
        "either_side": k.flag,
        "first_pair": k.one_of("1:1", "2:1", "1:2", "2:1 or 1:2"),
        "from_level": k.whole(1, 100),
        "to_level": k.whole(1, 100),
        "carry": k.one_of(
            "keep", "flush", "flush_after_payout", "flush_weak", "flush_weak_after_payout", "flush_at_cap"
        ),
        "carry_max": k.amount,
        "carry_cycles": k.whole(1, 1000),
        "carry_when_inactive": k.one_of("keep", "flush"),
        "own_volume_to": k.one_of("none", "weak", "chosen", "others"),
        "own_volume_above": k.amount,
        "personal_actives_each_side": k.whole(0, 1000),
        "cap_uses_volume": k.flag,
    },
    "matrix": {
        **LEVELS,
        **COMPRESSION,
        "level_full": k.amounts,
        "matrix_full": k.amount,
        "sponsor_full": k.amount,
    },
    "matching": {
        **LEVELS,
        **COMPRESSION,
        **GENERATIONS,
        "matches": k.bonuses,
        "match_on": k.one_of("gross", "capped"),
    },
    "fast_start": {
        **LEVELS,
        "window_days": k.whole(1, 3660),
        "window_cycles": k.whole(1, 120),
        "rolls_up": k.flag,
        "volume_for_others": k.share,
        "once": k.flag,
        "pays_newcomer": k.flag,
    },
    "first_order": {"levels": k.rates, "amount": k.amount, "minimum_order": k.amount},
    "pool": {
        "share": k.share,
        "division": k.one_of("shares", "points", "growth", "volume", "position", "schedule", "earned"),
        **k.by_ladder("shares", k.amount),
        "shares_kpi": k.kpi,
        "shares_from": k.bonuses,
        "growth_kpi": k.kpi,
        "growth_step": k.amount,
        "positions": k.parts,
        "top": top,
        "groups": k.parts,
        "if_nobody": k.one_of("keep", "carry", "next_pool"),
        "next_pool": k.bonuses,
    },
    "rank_award": {
        "amount_by_rank": k.by_rank(k.amount),
        "prize_by_rank": k.by_rank(k.label),
        "once": k.flag,
        "hold_cycles": k.whole(1, 120),
        "to": k.one_of(*RECEIVERS),
    },
    "goal_award": {
        "kpi": k.kpi,
        "minimum": k.amount,
        "amount": k.amount,
        "once": k.flag,
        "to": k.one_of(*RECEIVERS),
    },
    "rule": {
        "when": k.rule,
        "rate": k.share,
        "amount": k.amount_or_rule,
        "per": k.one_of("person", "order", "referral"),
    },
}


TERMS: dict[str, type[m.Terms]] = {
    "unilevel": m.Unilevel,
    "differential": m.Differential,
    "breakaway": m.Breakaway,
    "generation": m.Generation,
    "infinity": m.Infinity,
    "binary": m.Binary,
    "matrix": m.Matrix,
    "matching": m.Matching,
    "fast_start": m.FastStart,
    "first_order": m.FirstOrder,
    "pool": m.Pool,
    "rank_award": m.RankAward,
    "goal_award": m.GoalAward,
    "rule": m.Conditional,
}


def read_bonuses(nodes: list[Node], context: k.Context) -> tuple[Bonus, ...]:
    """The bonuses as the file has them; what is wrong is told."""
    places: dict[str, Node] = {}
    found: list[tuple[Bonus, Table]] = []
    for node in nodes:
        table, bonus = _read_bonus(node, context)
        code = table.text("code")
        if code in places:
            first = places[code].place.line
            context.findings.fault("plan_name_twice", table.place("code"), name=code, first=first)
        places.setdefault(code, table.words.get("code", node))
        if bonus is not None:
            found.append((bonus, table))
            tell_unfit(bonus, table)
            tell_each(bonus, table)
    bonuses = tuple(bonus for bonus, _ in found)
    tell_pools(found)
    tell_moving(found, context.kpis)
    for circle in circles({bonus.code: needed(bonus, bonuses) for bonus in bonuses}):
        context.findings.fault("plan_circle", places[circle[0]].place, circle=" → ".join(circle))
    return bonuses


def _tell_kind(kind: Node, context: k.Context) -> None:
    """A kind that there is not; the field's own words lead to ours."""
    found, known = str(kind.value), list(KINDS)
    ours = KIND_CALLED.get(found.lower().replace("-", "_").replace(" ", "_"))
    if ours is None:
        context.findings.unknown("plan_choice_unknown", kind.place, found, known, word="kind")
    else:
        context.findings.fault(
            "plan_choice_unknown_near", kind.place, found=found, known=known, word="kind", nearest=ours
        )


def _read_bonus(node: Node, context: k.Context) -> tuple[Table, Bonus | None]:
    """The bonus; None where its kind is unknown or words that it cannot do without are missing."""
    kind = (node.table or {}).get("kind")
    known = kind is not None and isinstance(kind.value, str) and kind.value in KINDS
    if kind is not None and not known:
        _tell_kind(kind, context)
    if not known:  # which words it may have is anybody's guess, so only its name is looked at
        return Table(node, Shape("[[bonuses]]", tuple(node.table or ()), REQUIRED), context.findings), None
    assert kind is not None, "a known kind is there"
    name = str(kind.value)
    required = (*REQUIRED, "when") if name == "rule" else REQUIRED
    table, read = k.read_table(node, f'[[bonuses]] kind = "{name}"', {**COMMON, **KINDS[name]}, context, required)
    if not all(read.get(word) for word in required):
        return table, None
    read = k.read_by_package(table, read)
    terms = k.made(TERMS[name], {word: value for word, value in read.items() if word in KINDS[name]})
    common = {word: value for word, value in read.items() if word in COMMON or word == "by_package"}
    if name == "matching":
        common.setdefault("base", "earnings")
    if name in OF_KIND:
        own_tree(table, name, common)
    return table, k.made(Bonus, {**common, "terms": terms})
