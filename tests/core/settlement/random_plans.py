"""Hypothesis strategies: plans as their authors write them, with every kind of bonus and every word of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

RANKS = ("bronze", "silver", "gold")
Table = dict[str, Any]
Drawn = st.SearchStrategy[Any]

percents = st.sampled_from(("2.5 %", "3.333 %", "7 %", "12.5 %", "1 %", "33.333333 %", "0 %", "100 %"))
amounts = st.sampled_from((0, 1, 2, "7.77", "0.005", 30, 333))
levels = st.lists(percents, min_size=1, max_size=4)
ranks = st.sampled_from(RANKS)
yes = st.booleans()
rarely = st.sampled_from((False, False, False, True))
places = st.sampled_from(([], [{"kpi": "pv", "minimum": 10}], [{"kpi": "gv", "minimum": 40}]))


def by_rank(values: Drawn, least: int = 1) -> Drawn:
    return st.dictionaries(ranks, values, min_size=least, max_size=3)


@st.composite
def some(draw: st.DrawFn, maybe: Mapping[str, Drawn], most: int) -> Table:
    """A table with a few of these words."""
    chosen = draw(st.lists(st.sampled_from(list(maybe)), max_size=most, unique=True)) if maybe else []
    return {word: draw(maybe[word]) for word in chosen}


@st.composite
def kind(draw: st.DrawFn, name: str, needed: Mapping[str, Drawn], **maybe: Drawn) -> Table:
    """A bonus of a kind with the words that it needs and some of the others."""
    return {"kind": name, **{word: draw(value) for word, value in needed.items()}, **draw(some(maybe, 5))}


def only(*texts: Any) -> Drawn:
    return st.sampled_from(texts)


LEVELS: dict[str, Drawn] = {
    "levels_by_rank": by_rank(levels),
    "depth_by_rank": by_rank(st.integers(0, 4)),
    "compression": only("none", "static", "dynamic", "roll_up", "run"),
    "place": places,
}
steps = st.lists(st.sampled_from((10, 40, 100, 400)), min_size=1, max_size=4, unique=True).flatmap(
    lambda starts: st.tuples(*(percents for _ in starts)).map(
        lambda rates: [{"from": start, "rate": rate} for start, rate in zip(starts, rates, strict=True)]
    )
)
between = only("block", "transparent")

KINDS: dict[str, Drawn] = {
    "unilevel": kind(
        "unilevel",
        {"levels": levels},
        **LEVELS,
        start_level=st.integers(1, 2),
        pair_rule=only("earner", "lower_of_both"),
    ),
    "differential by KPI": kind(
        "differential",
        {"schedule_kpi": only("gv", "pv"), "schedule": steps},
        schedule_mode=only("whole", "marginal"),
        of=only("group", "own"),
        unqualified_between=between,
    ),
    "differential by rank": kind(
        "differential", {"rate_by_rank": by_rank(percents)}, unqualified_between=between, equal_rank=percents
    ),
    "fast_start": kind(
        "fast_start",
        {"levels": levels},
        rolls_up=yes,
        window_days=only(1, 30, 275, 400),
        window_cycles=only(1, 2, 10, 12),
        volume_for_others=percents,
    ),
    "first_order": kind("first_order", {}, levels=levels, amount=amounts, minimum_order=amounts),
    "rank_award": kind("rank_award", {"amount_by_rank": by_rank(amounts)}, once=yes),
    "rule": kind(
        "rule",
        {"when": only("referrals >= 2 or rank >= silver", "kpi.gv / max(kpi.pv, 1) > 1.5", "not active",
                      'rank in ["bronze", gold] or 3 < kpi.gv <= 100')},
        rate=percents,
        amount=amounts,
        per=only("person", "order", "referral"),
    ),
}  # fmt: skip
MATCHING: dict[str, Drawn] = {
    "matching by level": kind(
        "matching", {"levels": levels, "matches": st.just(["b0"])}, **LEVELS, match_on=only("gross", "capped")
    ),
    "matching by generation": kind(
        "matching",
        {"leader_rank": only("bronze", "silver", "same_as_earner"), "generations": levels, "matches": st.just(["b0"])},
        generations_by_rank=by_rank(levels),
        boundary=only("closer", "opener"),
    ),
}
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
    drawn = [draw(bonuses(code, KINDS)) for code in ("b0", "b1")]
    drawn.append(draw(bonuses("b2", {**KINDS, **MATCHING, **MATCHING})))
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
