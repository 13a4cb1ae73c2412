"""Hypothesis strategies: every kind of bonus with every word of it."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

RANKS = ("bronze", "silver", "gold")
Table = dict[str, Any]
Drawn = st.SearchStrategy[Any]

percents = st.sampled_from(("2.5 %", "3.333 %", "7 %", "12.5 %", "1 %", "33.333333 %", "0 %", "100 %", "1/3"))
amounts = st.sampled_from((0, 1, 2, "7.77", "0.005", 30, 333))
levels = st.lists(percents, min_size=1, max_size=4)
ranks = st.sampled_from(RANKS)
yes = st.booleans()
places = st.sampled_from(([], [{"kpi": "pv", "minimum": 10}], [{"kpi": "gv", "minimum": 40}],
                           [{"kpi": "kept", "minimum": 1}]))  # fmt: skip


def by_rank(values: Drawn, least: int = 1) -> Drawn:
    return st.dictionaries(ranks, values, min_size=least, max_size=3)


@st.composite
def some(draw: st.DrawFn, maybe: Mapping[str, Drawn], most: int) -> Table:
    """A table with a few of these words."""
    chosen = draw(st.lists(st.sampled_from(list(maybe)), max_size=most, unique=True)) if maybe else []
    return {word: draw(maybe[word]) for word in chosen}


@st.composite
def kind(draw: st.DrawFn, /, name: str, needed: Mapping[str, Drawn], **maybe: Drawn) -> Table:
    """A bonus of a kind with the words that it needs and some of the others."""
    return {"kind": name, **{word: draw(value) for word, value in needed.items()}, **draw(some(maybe, 5))}


def only(*texts: Any) -> Drawn:
    return st.sampled_from(texts)


def each(value: Any) -> Any:
    """The same numbers as amounts for each, as a base that counts one by one can have them."""
    if isinstance(value, dict):
        return {word: one if word == "from" else each(one) for word, one in value.items()}
    if isinstance(value, list):
        return [each(one) for one in value]
    return str(value).replace(" %", " each")


level_steps = st.lists(st.tuples(only(1, 20, 40, 400), levels), min_size=1, max_size=3, unique_by=lambda one: one[0])
BY_PERSON: dict[str, Drawn] = {
    "levels_kpi": only("gv", "pv", "legs"),
    "levels_steps": level_steps.map(lambda found: [{"from": start, "levels": rates} for start, rates in found]),
    "levels_by_rank": by_rank(levels),
    "depth_by_rank": by_rank(st.integers(0, 4)),
    "pair_rule": only("earner", "lower_of_both"),
}
LEVELS: dict[str, Drawn] = {
    **BY_PERSON,
    "compression": only("none", "static", "dynamic", "roll_up", "run"),
    "place": places,
}
steps = st.lists(st.sampled_from((10, 40, 100, 400)), min_size=1, max_size=4, unique=True).flatmap(
    lambda starts: st.tuples(*(percents for _ in starts)).map(
        lambda rates: [{"from": start, "rate": rate} for start, rate in zip(starts, rates, strict=True)]
    )
)
between = only("block", "transparent")
receivers = only("person", "sponsor", "next_qualified")

SIDES: dict[str, Drawn] = {
    "carry": only("keep", "flush", "flush_after_payout", "flush_weak", "flush_weak_after_payout", "flush_at_cap"),
    "from_level": st.integers(1, 4),
    "carry_max": only("15.5", 300),
    "carry_cycles": st.integers(1, 3),
    "carry_when_inactive": only("keep", "flush"),
    "own_volume_to": only("none", "weak", "chosen"),
    "own_volume_above": only(5, "30.5"),
    "personal_actives_each_side": st.integers(0, 1),
    "cap_uses_volume": yes,
}
tiers = st.lists(st.tuples(only(1, 10, 40, 100), amounts), min_size=1, max_size=3, unique_by=lambda one: one[0]).map(
    lambda found: [{"from": start, "pay": pay} for start, pay in found]
)
best = only(1, 2, "30 %", "12.5 %", "60 %", "2/3")
shared = only(["50 %", "30 %", "20 %"], ["12.5 %"], ["33.3 %", "33.3 %"], ["1/3", "33 1/3 %", "1/3"])
NOBODY = only("keep", "carry", "next_pool")

KINDS: dict[str, Drawn] = {
    "unilevel": kind(
        "unilevel",
        {"levels": levels},
        **LEVELS,
        start_level=st.integers(1, 2),
    ),
    "differential by KPI": kind(
        "differential",
        {"schedule_kpi": only("gv", "pv"), "schedule": steps},
        schedule_mode=only("whole", "marginal"),
        of=only("group", "own", "below"),
        unqualified_between=between,
    ),
    "differential on top": kind(
        "differential",
        {"schedule_kpi": only("gv", "pv"), "schedule": steps, "schedule_mode": st.just("rising"), "of": st.just("own")},
    ),
    "differential by orders": kind(
        "differential",
        {"schedule_kpi": only("gv", "pv"), "schedule": steps, "schedule_mode": only("from_order", "after_order")},
        of=only("group", "own", "below"),
        unqualified_between=between,
    ),
    "differential by rank": kind(
        "differential",
        {"rate_by_rank": by_rank(percents)},
        unqualified_between=between,
        equal_rank=percents,
        of=only("group", "below"),
    ),
    "breakaway": kind(
        "breakaway",
        {"leader_rank": ranks, "generations": levels},
        own_group_kpi=only("gv", "pv"),
        own_group_minimum=only(10, 100),
        generations_by_rank=by_rank(levels),
        pass_up_unqualified=yes,
        minimum_waived_from_legs=st.integers(1, 2),
    ),
    "breakaway with a guarantee": kind(
        "breakaway",
        {"leader_rank": ranks, "generations": levels.map(lambda rates: rates[:1]), "guarantee": only(1, 30, "7.77")},
        own_group_kpi=only("gv", "pv"),
        own_group_minimum=only(10, 100),
    ),
    "generation": kind(
        "generation",
        {"generations": levels},
        leader_rank=only(*RANKS, "same_as_earner"),
        generations_by_rank=by_rank(levels),
        boundary=only("closer", "opener", "enrollee"),
        include_leader_own=yes,
        compress_unqualified=yes,
    ),
    "infinity": kind(
        "infinity",
        {"rate": percents},
        rate_by_rank=by_rank(percents),
        start_after_level=st.integers(0, 2),
        stop_rank=only(*RANKS, "same_as_earner"),
        stop_offset_levels=st.integers(0, 2),
        differential=yes,
        counts_from_level=st.just(1),
    ),
    "infinity until used": kind(
        "infinity",
        {"rate": percents, "order_max": percents},
        rate_by_rank=by_rank(percents),
        start_after_level=st.integers(0, 2),
    ),
    "fast_start": kind(
        "fast_start",
        {"levels": levels},
        **BY_PERSON,
        rolls_up=yes,
        once=yes,
        pays_newcomer=yes,
        window_days=only(2, 30, 278, 400),
        window_cycles=only(1, 2, 10, 12),
        volume_for_others=percents,
    ),
    "first_order": kind("first_order", {}, levels=levels, amount=amounts, minimum_order=amounts),
    "rank_award": kind("rank_award", {"amount_by_rank": by_rank(amounts), "once": yes}, hold_cycles=only(2, 1, 3),
                       to=receivers),
    "goal_award": kind(
        "goal_award",
        {"kpi": only("gv", "pv", "legs"), "minimum": only(0, 1, 40), "amount": amounts},
        once=yes,
        to=receivers,
    ),
    "rule": kind(
        "rule",
        {"when": only("referrals >= 2 or rank >= silver", "kpi.gv / max(kpi.pv, 1) > 1.5", "not active",
                      'rank in ["bronze", gold] or 3 < kpi.gv <= 100')},
        rate=percents,
        amount=amounts | only("kpi.pv * 3 %", "floor(base / 7) * 1.5", "base * (20 % if base >= 30 else kpi.pv / 99)"),
        per=only("person", "order", "referral"),
    ),
}  # fmt: skip
MATCHING: dict[str, Drawn] = {
    "matching by level": kind(
        "matching",
        {"levels": levels, "matches": st.just(["b0"])},
        **LEVELS,
        match_on=only("gross", "capped"),
    ),
    "matching by generation": kind(
        "matching",
        {"leader_rank": only("bronze", "silver", "same_as_earner"), "generations": levels, "matches": st.just(["b0"])},
        generations_by_rank=by_rank(levels),
        boundary=only("closer", "opener", "enrollee"),
        include_leader_own=yes,
        compress_unqualified=yes,
    ),
}
POOLS: dict[str, Drawn] = {
    "pool by rank": kind(
        "pool",
        {"share": percents, "shares_by_rank": by_rank(only(1, 3, "2.5"))},
        division=only("shares", "schedule"),
        if_nobody=NOBODY,
        top=best,
    ),
    "pool by figure": kind(
        "pool",
        {"share": percents, "division": only("points", "volume"), "shares_kpi": only("pv", "gv")},
        if_nobody=NOBODY,
        groups=shared,
        top=best,
    ),
    "pool by growth": kind(
        "pool",
        {
            "share": percents,
            "division": st.just("growth"),
            "growth_kpi": only("pv", "gv"),
            "growth_step": only(10, "0.5"),
        },
        if_nobody=NOBODY,
        top=best,
    ),
    "pool by place": kind(
        "pool",
        {"share": percents, "division": st.just("position"), "positions": shared, "shares_kpi": only("pv", "gv")},
        if_nobody=NOBODY,
    ),
}
BINARY: dict[str, Drawn] = {
    "binary by percent": kind(
        "binary",
        {"rate": percents},
        **SIDES,
        rate_by_rank=by_rank(percents),
        matched_min=only(0, "9.5"),
        matched_max=only(15, 300),
    ),
    "binary by steps": kind("binary", {"rate_steps": steps, "rate_kpi": only("pv", "gv")}, **SIDES),
    "binary by tiers": kind(
        "binary",
        {"pay": st.just("tiers"), "tiers": tiers},
        **SIDES,
    ),
    "binary by tiers in turn": kind(
        "binary",
        {"pay": st.just("tiers"), "tiers": tiers, "tiers_in_turn": st.just(True)},
        **SIDES,
    ),
    "binary by cycles": kind(
        "binary",
        {"pay": st.just("cycles"), "cycle_left": only(10, 33), "cycle_right": only(10, 20), "value": amounts},
        **SIDES,
        value_by_rank=by_rank(amounts),
        either_side=yes,
    ),
    "binary by pairs": kind(
        "binary",
        {
            "pay": st.just("pairs"),
            "value": amounts,
            "first_pair": only("2:1", "1:2", "2:1 or 1:2", "1:1"),
            "cycle_left": only(10, 1),
            "cycle_right": only(10, 1),
        },
        **SIDES,
        value_by_rank=by_rank(amounts),
    ),
}
MATRIX: dict[str, Drawn] = {
    "matrix": kind(
        "matrix",
        {"levels": levels},
        **LEVELS,
        level_full=st.lists(amounts, min_size=1, max_size=3),
        matrix_full=amounts,
        sponsor_full=amounts,
    ),
}
