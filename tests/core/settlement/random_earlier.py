"""Hypothesis strategies: KPIs that count what earlier cycles found, and ranks that ask for them."""

import re

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import Table, only
from tests.core.settlement.random_places import rarely


def by_week(text: str) -> str:
    """The plan with all bonuses by the week; what KPIs look back at is of months."""
    weekly = text.replace("[[bonuses]]", '[[bonuses]]\ncalendar = "week"').replace("of_kpi = 'earned'", "of_kpi = 'pv'")
    return re.sub(r"measure = 'earned'\nbonuses = .*", "measure = 'held'\nheld_rank = 'bronze'", weekly)


@st.composite
def earlier_kpis(draw: st.DrawFn) -> Table:
    """Cycles of a rank, cycles of a figure, and legs by the heads' cycles."""
    held = {"label": "Held", "measure": "held", "held_rank": draw(only("bronze", "silver")), **draw(back())}
    of_kpi, least = draw(
        only(("pv", 20), ("gv", 40), ("legs", 1), ("near", "1.5"), ("kept", 1), ("held", 1), ("earned", "0.5"))
    )
    kept = {"label": "Kept", "measure": "reached", "of_kpi": of_kpi, "of_minimum": least, **draw(back())}
    legs = {"label": "Legs that held", "measure": "legs", "leg_kpi": "held", "leg_minimum": 1}
    earned = {"label": "Earned", "measure": "earned", "bonuses": draw(only(["b5"], ["b5", "b6"])),
              "past_cycles": draw(only(1, 2))}  # fmt: skip
    return {"held": held, "kept": kept, "held_legs": legs, "earned": earned}


@st.composite
def back(draw: st.DrawFn) -> Table:
    """So many cycles, all of them or some in a row."""
    found: Table = {"past_cycles": draw(only(1, 2, 3))}
    row = draw(only("", "latest", "longest"))
    return found | ({"in_a_row": row} if row and found["past_cycles"] > 1 else {})


@st.composite
def asking_for_the_past(draw: st.DrawFn, ranks: list[Table]) -> list[Table]:
    """Three ranks, of which the higher ones now and then ask for earlier cycles."""
    if draw(rarely):
        asked = {"kpi": draw(only("held", "kept", "held_legs", "earned")), "minimum": draw(only(1, 2))}
        ranks[draw(only(1, 2))]["needs"] = [draw(only(asked, {"any": [asked, {"kpi": "pv", "minimum": 60}]}))]
    return ranks
