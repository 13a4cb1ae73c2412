"""Hypothesis strategies: placement trees, and KPIs that go along them."""

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import Table, only, yes
from tests.core.settlement.random_orders import window

rarely = st.sampled_from((False, False, False, True))
PASSING: tuple[Table, ...] = (
    {},
    {"passed_up": 1},
    {"passed_up": 2},
    {"passed_up": [2]},
    {"passed_up": [1, 3], "passed_up_every": 2},
)
OVERS = ("left", "right", "line", "frontline", "levels", "largest_leg", "lesser_legs")


@st.composite
def placed_kpis(draw: st.DrawFn) -> Table:
    """KPIs along placement trees."""
    found = {}
    for code in ("placed", "recruits"):
        over = draw(st.sampled_from(OVERS))
        side = over in ("left", "right")
        words = {"label": code, "measure": draw(only("qv", "cv", "heads")), "over": over,
                 "tree": "binary" if side else draw(only("binary", "matrix")), "active_only": draw(rarely),
                 "who": draw(only("all", "distributors"))}  # fmt: skip
        words |= {"from_level": draw(only(1, 2)), "to_level": draw(only(2, 3))} if over == "levels" else {}
        words |= {"cap_per_leg": draw(only(1, 40))} if over in ("line", "levels") and draw(rarely) else {}
        words |= {"include_self": draw(yes)} if over in ("line", "levels", "lesser_legs") else {}
        if words["measure"] != "heads" and draw(rarely):
            words |= draw(window()) | {"orders": {"only": draw(only("first", "repeat"))}}
        if draw(rarely):
            words |= {"with_rank": draw(only("bronze", "silver")), "rank_basis": draw(only("paid", "paid", "career"))}
            words = words if words["rank_basis"] == "career" else {**words, "who": None}
        words = {word: value for word, value in words.items() if value is not None}
        found[code] = {**words, "enrolled_only": True} if code == "recruits" else words
    return found | draw(ranked_along_places())


@st.composite
def ranked_along_places(draw: st.DrawFn) -> Table:
    """Legs along places with a rank, and what ends or counts there at ranks."""
    tree = only("binary", "matrix")
    basis = draw(st.sampled_from(({}, {}, {"rank_basis": "career"})))
    legs = {"measure": "legs", "leg_with_rank": draw(only("bronze", "silver")), "tree": draw(tree), **basis}
    legs |= {"leg_depth": draw(only(1, 2))} if draw(yes) else {}
    legs |= {"who": "distributors"} if draw(rarely) else {}
    near = draw(only({"over": "line", "stop_at_rank": "silver"},
                     {"over": "generation", "generation": 1, "generation_rank": "bronze"}))  # fmt: skip
    near |= {"label": "Near", "measure": "qv", "tree": draw(tree)}
    return {"place_legs": {"label": "Legs", **legs}, "near": near}


@st.composite
def asking_for_ranks(draw: st.DrawFn, ranks: list[Table]) -> list[Table]:
    """Three ranks, of which the higher ones now and then ask for people or legs of the lower ones."""
    if draw(rarely):
        asked = [{"kpi": "place_legs", "minimum": 1}, {"kpi": draw(only("placed", "recruits", "gv")), "minimum": 1}]
        ranks[draw(only(1, 2))]["needs"] = asked
    if draw(rarely):
        ranks[2]["needs"] = [{"kpi": "silvers", "minimum": draw(only(1, 2))}, {"kpi": "titled", "minimum": 5}]
    return ranks


@st.composite
def trees(draw: st.DrawFn) -> Table:
    """Placement trees."""
    binary = only("outer_left", "outer_right", "balanced", "weak", "bfs", "top", "manual")
    who = only("all", "distributors")
    matrix = {
        "width": draw(st.integers(2, 3)),
        "depth": draw(st.integers(1, 3)),
        "spill": draw(only("bfs", "top", "balanced", "manual")),
        "who": draw(who),
        "on_leave": draw(only("hole", "promote")),
    }
    if draw(rarely):
        matrix |= {"width": "open", "spill": draw(only("bfs", "manual")), "on_leave": "hole"}
        matrix |= draw(st.sampled_from(PASSING)) if matrix["spill"] == "bfs" else {}
    waiting = draw(only("enroller", "nobody"))
    return {"trees.binary": {"spill": draw(binary), "who": draw(who)}, "trees.matrix": matrix,
            "placement": {"volume_while_waiting": waiting}}  # fmt: skip
