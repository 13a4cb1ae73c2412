"""Hypothesis strategies: plans as their authors write them."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.core.settlement.random_kinds import (
    KINDS,
    MATCHING,
    RANKS,
    Drawn,
    Table,
    by_rank,
    only,
    places,
    ranks,
    some,
)  # fmt: skip

yes = st.booleans()
READY = ("unilevel", "differential by KPI", "differential by rank", "fast_start", "first_order", "rank_award", "rule")
rarely = st.sampled_from((False, False, False, True))
ORDERS = some(
    {
        "only": only("all", "first", "repeat"),
        "within_days": only(1, 30, 275, 300),
        "products": st.just(["A"]),
        "without_products": st.just(["B"]),
        "volume_counted": only("50 %", "33.3 %"),
    },
    2,
)
COMMON = {
    "minimum_rank": ranks,
    "rank_basis": only("paid", "career", "ever"),
    "earner": places,
    "orders": ORDERS,
    "cap": only("3", "0.5"),
    "cap_by_rank": by_rank(only("1", "4.50")),
    "breakage_to": only("company", "next_qualified"),
    "base": only("cv", "qv", "price", "orders", "points"),
    "currency": only("USD", "EUR", "JPY"),
}


@st.composite
def bonuses(draw: st.DrawFn, code: str, known: Mapping[str, Drawn]) -> Table:
    bonus = {"code": code, "label": code, **draw(draw(st.sampled_from(list(known.values()))))}
    common = draw(some(COMMON, 3))
    if bonus["kind"] == "matching":
        common.pop("base", None)
    if code == "b0" and draw(rarely):
        common["excludes"] = ["b1"]
    return {**bonus, **common}


@st.composite
def plans(draw: st.DrawFn) -> str:
    """A whole plan as text."""
    gold = draw(st.sampled_from((3, 40)))
    found: Table = {
        "plan": HEAD,
        "activity": {"measure": "qv", "minimum": draw(st.sampled_from((0, 20)))},
        "rounding": {"mode": draw(only("half_up", "down", "half_even")), "by": draw(only("line", "bonus", "payee")),
                     "residue_to": draw(only("company", "largest"))},
        "kpis": KPIS,
        "ladder": {"gauges": ["pv"], "must_climb": draw(yes)},
        "ranks": [{"code": code, "name": code, "needs": [{"kpi": "pv", "minimum": least}], "title": "forever"}
                  for code, least in zip(RANKS, (1, 2, gold), strict=True)],
    }  # fmt: skip
    if draw(rarely):
        found["volume"] = {"currency": "EUR", "scale": draw(st.sampled_from((4, 2)))}
    if draw(rarely):
        found["ranks"][2]["needs"] = [
            {"any": [{"kpi": "gv", "minimum": 200, "leg_cap": "60 %"}, {"kpi": "legs", "minimum": 2}]}
        ]
    if draw(rarely):
        found["ranks"][1] |= {"title": "cycles", "title_cycles": 2}
    known = {name: drawn for name, drawn in KINDS.items() if name in READY}
    drawn = [draw(bonuses(code, known)) for code in ("b0", "b1")]
    drawn.append(draw(bonuses("b2", {**known, **MATCHING})))
    found["bonuses"] = draw(st.permutations(drawn))
    return toml(found)


HEAD = {"code": "drawn", "version": "1", "name": "Drawn", "company": "Drawn", "currency": "USD", "time_zone": "UTC"}
KPIS = {
    "pv": {"label": "Own", "measure": "qv"},
    "gv": {"label": "Group", "measure": "qv", "over": "line", "include_self": True},
    "legs": {"label": "Legs", "measure": "legs", "leg_with_rank": "bronze"},
}


def toml(table: Table) -> str:
    """The table as a file."""
    parts = []
    for name, value in table.items():
        entries = value if isinstance(value, list) else [value]
        brackets = ("[[", "]]") if isinstance(value, list) else ("[", "]")
        if name == "kpis":
            parts += [f"[kpis.{code}]\n{_words(kpi)}" for code, kpi in value.items()]
        else:
            parts += [f"{brackets[0]}{name}{brackets[1]}\n{_words(one)}" for one in entries]
    return "\n".join(parts)


def _words(table: Table) -> str:
    return "".join(f"{word} = {_value(value, word)}\n" for word, value in table.items())


TEXTS = ("code", "kind", "label", "name", "version", "company", "when", "title")


def _value(value: Any, word: str = "") -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_value, value)) + "]"
    number = isinstance(value, str) and value.replace(".", "").isdigit() and word not in TEXTS
    return f"'{value}'" if isinstance(value, str) and not number else str(value)
