"""Hypothesis strategies: which orders and which days KPIs and activity look at."""

from typing import Any

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import Table, only, some

ORDERS = some(
    {
        "only": only("first", "repeat"),
        "within_days": only(2, 30, 274, 278),
        "products": st.just(["A"]),
        "without_products": st.just(["B"]),
        "minimum": only(1, "1.5", 100, "33.33"),
    },
    2,
)
SINCE = only("01-01", "10-01", "09-30", ["10-02", "10-28"], ["03-01", "09-15", "12-31"])
"""Days of a year in, between and far from the cycles of `random_people`."""
DAYS = only(1, 2, 27, 29, 62, 3660)
"""Days between the ends of cycles and the orders of `random_people`: 27 is just enough, 29 too."""


def _with_orders(orders: Table) -> Table:
    return {"orders": orders} if orders else {}


@st.composite
def picked(draw: st.DrawFn) -> Table:
    """A KPI of some orders, by cycles, by days or since a day."""
    over = draw(only("own", "frontline", "line", "lesser_legs"))
    words: Table = {"label": "Picked", "measure": draw(only("qv", "cv", "orders", "points")), "over": over}
    words |= _with_orders(draw(ORDERS)) | draw(window())
    if over != "own":
        words |= {"who": draw(only("all", "customers"))}
        shared = words["measure"] in ("cv", "qv") and draw(st.booleans())
        words |= {"customer_share": "33.33 %"} if shared else {}
    return words


@st.composite
def window(draw: st.DrawFn) -> Table:
    """So many cycles, so many days, since some day of a year, or everything."""
    found: dict[str, Any] = {"cycles": draw(only(1, 2, "all")), "days": draw(DAYS), "since": draw(SINCE)}
    word = draw(only(*found))
    return {word: found[word]}


@st.composite
def active(draw: st.DrawFn) -> Table:
    """What else a plan may say of who is active."""
    found = _with_orders(draw(ORDERS)) if draw(st.booleans()) else {}
    if draw(st.booleans()):
        found["newcomer_days"] = draw(only(1, 28, 29, 60))
    return found
