"""Hypothesis strategies: how plans round, and their caps."""

from typing import Any

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import Drawn, Table, by_rank, only, places, yes
from tests.core.settlement.random_places import rarely

ever: Drawn = only({}, {"ever": True})
UNITS: Drawn = only(1, "0.05", "0.5", 10, {"USD": "0.25"})


@st.composite
def roundings(draw: st.DrawFn) -> dict[str, Any]:
    """How, where, and to which steps a plan rounds."""
    found = {
        "mode": draw(only("half_up", "down", "half_even")),
        "by": draw(only("line", "bonus", "payee")),
        "residue_to": draw(only("company", "largest")),
    }
    return found | ({"unit": draw(UNITS)} if draw(rarely) else {})


@st.composite
def caps(draw: st.DrawFn, code: str) -> Table:
    """A cap per person or of the company."""
    if code == "c0" and draw(yes):
        return {
            "code": code,
            "per": "person",
            "keep": "highest",
            "bonuses": draw(only(["b0", "b1"], ["b1", "b5", "b6"])),
        }
    if draw(rarely):
        least = {"at_least": draw(only(1, "4.50")), "at_least_by_rank": draw(by_rank(only(2, 30)))}
        return {"code": code, "per": "person", "bonuses": draw(only(["b0", "b1"], ["b1"])), **least,
                "earner": draw(places)}  # fmt: skip
    if draw(rarely):
        share = {"share": draw(only("300 %", "2.5 %")), "share_by_rank": draw(by_rank(only("10 %", "150 %")))}
        share = share if draw(yes) else {"share": share["share"]}
        return {"code": code, "per": "person", "bonuses": draw(only(["b0", "b1"], ["b1"])), **share,
                "share_of": draw(only("pv", "gv", "legs", "picked")), **draw(ever)}  # fmt: skip
    bonuses = draw(only([], ["b0", "b1"], ["b1"]))
    if draw(yes):
        share = {"share": draw(only("60 %", "1 %")), "share_of": draw(only("cv", "price", "gv"))}
        return {"code": code, "per": "company", "bonuses": bonuses, **share}
    return {"code": code, "per": "person", "bonuses": bonuses, "amount": draw(only(1, "4.50")),
            "amount_by_rank": draw(by_rank(only(2, 30))), **draw(ever)}  # fmt: skip


@st.composite
def leg_caps(draw: st.DrawFn, scale: int) -> Table:
    """A condition of which one leg counts so much at most; of an odd minimum half a smallest part is left to round."""
    found: Table = {
        "kpi": draw(only("gv", "awake")),
        "minimum": draw(only(200, 2)),
        "leg_cap": draw(only("60 %", 60, "33.3 %", "1/3")),
    }
    if draw(yes):
        found |= {"kpi": "gv", "minimum": f"0.{'3':0>{scale}}", "leg_cap": "50 %"}
    if draw(rarely):
        found["leg_cap_own"] = True
    elif draw(yes) and found["leg_cap"] != 60:
        found["leg_cap_of"] = "actual"
    return found
