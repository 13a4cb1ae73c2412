"""Hypothesis strategies: plans in which packages decide what ranks decide in others."""

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import RANKS, Table, only, yes

PACKAGES = dict(zip(RANKS, ("kit", "team", "full"), strict=True))
ASKED = (
    "package >= team",
    'none < package <= "team" and kpi.pv > 3',
    'package in [kit, "full"] or rank > bronze',
    "not (full == package)",
)
NEEDS = (
    [{"kpi": "pv", "minimum": 1}],
    [{"kpi": "picked", "minimum": 1}],
    [{"kpi": "gv", "minimum": 20}],
    [{"kpi": "legs", "minimum": 1}],
    [{"any": [{"kpi": "pv", "minimum": 40}, {"kpi": "gv", "minimum": 100, "leg_cap": "60 %"}]}],
)


@st.composite
def packaged(draw: st.DrawFn, found: Table) -> Table:
    """The plan, with some of its tables by rank turned into tables by package; or as it is."""
    tables = [*found["bonuses"], *found["caps"]]
    ranked = [
        (one, word) for one in tables if one.get("kind") != "rank_award" for word in one if word.endswith("_by_rank")
    ]
    chosen = [each for each in ranked if draw(yes)] if draw(yes) else []
    for table, word in chosen:
        table[word.replace("_by_rank", "_by_package")] = {PACKAGES[rank]: one for rank, one in table.pop(word).items()}
    for bonus in [one for one in found["bonuses"] if draw(yes)]:
        for word in [one for one in bonus.get("orders", {}) if one.endswith("_rank")]:
            bonus["orders"][word.replace("_rank", "_package")] = PACKAGES[bonus["orders"].pop(word)]
            chosen.append((bonus, word))
    rules = [one for one in found["bonuses"] if one["kind"] == "rule"]
    for rule in rules if draw(yes) else []:
        rule["when"] = draw(only(*ASKED))
        chosen.append((rule, "when"))
    if chosen:
        found["packages"] = [{"code": code, "name": code, "needs": draw(only(*NEEDS))} for code in PACKAGES.values()]
    return found
