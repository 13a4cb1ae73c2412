"""Hypothesis strategies: binary bonuses along sponsors, the strongest leg against all others; and pairs by level."""

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import SIDES, Drawn, amounts, by_rank, kind, only, percents, tiers, yes

LEGS = {word: drawn for word, drawn in SIDES.items() if word != "personal_actives_each_side"}
LEGS["own_volume_to"] = only("none", "others")
ALONG_SPONSORS = {"tree": st.just("sponsor")}
LEGS_AGAINST: dict[str, Drawn] = {
    "legs by percent": kind(
        "binary",
        {**ALONG_SPONSORS, "rate": percents},
        **LEGS,
        rate_by_rank=by_rank(percents),
        matched_min=only(0, "9.5"),
        matched_max=only(15, 300),
    ),
    "legs by tiers": kind("binary", {**ALONG_SPONSORS, "pay": st.just("tiers"), "tiers": tiers}, **LEGS),
    "legs by cycles": kind(
        "binary",
        {
            **ALONG_SPONSORS,
            "pay": st.just("cycles"),
            "cycle_left": only(10, 33),
            "cycle_right": only(10, 20),
            "value": amounts,
        },
        **LEGS,
        value_by_rank=by_rank(amounts),
        either_side=yes,
    ),
}
LAYER = {"pay": st.just("levels"), "to_level": st.integers(2, 4)}
LAYERED: dict[str, Drawn] = {
    "from_level": st.integers(1, 2),
    "carry": only("keep", "flush"),
    "carry_when_inactive": only("keep", "flush"),
    "personal_actives_each_side": st.integers(0, 1),
}
LAYERS: dict[str, Drawn] = {
    "levels by percent": kind(
        "binary",
        {**LAYER, "rate": percents},
        **LAYERED,
        rate_by_rank=by_rank(percents),
        matched_min=only(0, "9.5"),
        matched_max=only(15, 300),
    ),
    "levels by value": kind(
        "binary",
        {**LAYER, "value": only(1, "7.77", 30)},
        **LAYERED,
        value_by_rank=by_rank(amounts),
        matched_min=only(1, 10),
    ),
}
