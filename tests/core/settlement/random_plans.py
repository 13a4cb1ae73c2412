"""Hypothesis strategies: plans as their authors write them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from core.plan.language.each import BY_ONES, RATED
from core.plan.language.each import KINDS as EACH
from tests.core.settlement.random_earlier import asking_for_the_past, earlier_kpis
from tests.core.settlement.random_kinds import (
    BINARY,
    KINDS,
    MATCHING,
    MATRIX,
    POOLS,
    RANKS,
    Drawn,
    Table,
    by_rank,
    each,
    only,
    places,
    ranks,
    some,
    yes,
)  # fmt: skip
from tests.core.settlement.random_legs import LAYERS, LEGS_AGAINST
from tests.core.settlement.random_limits import caps, leg_caps, roundings
from tests.core.settlement.random_orders import DAYS, active, picked
from tests.core.settlement.random_packages import packaged
from tests.core.settlement.random_places import asking_for_ranks, placed_kpis, rarely, trees


def _beginning(orders: Table) -> Table:
    """Without a stretch that ends before it begins."""
    empty = orders.get("after_days", 0) >= orders.get("within_days", 9999)
    return {word: value for word, value in orders.items() if not (empty and word == "after_days")}


ORDERS = some(
    {
        "only": only("all", "first", "repeat"),
        "within_days": only(2, 30, 274, 278),
        "after_days": only(1, 27, 273, 277),
        "products": st.just(["A"]),
        "without_products": st.just(["B"]),
        "minimum": only(1, "1.5", 100, "33.33"),
        "volume_counted": only("50 %", "33.3 %", "5/7"),
        "who": only("customers", "distributors"),
        "with_rank": ranks,
        "below_rank": ranks,
        "customers_as": only("sponsor", "buyer"),
        "brought_from": only(1, 2),
        "brought_to": only(2, 3),
        "buyer_cap": only(5, "12.5", 40),
        "buyer_cap_in": only("year", "own_year", "ever", "cycle"),
    },
    3,
).map(_beginning)
COMMON = {
    "minimum_rank": ranks,
    "rank_basis": only("paid", "career", "ever"),
    "who": only("customers", "all"),
    "earner": places,
    "orders": ORDERS,
    "cap": only("3", "0.5"),
    "cap_by_rank": by_rank(only("1", "4.50")),
    "breakage_to": only("company", "next_qualified", "pool"),
    "tree": only("binary", "matrix"),
    "base": only("cv", "qv", "price", "margin", "orders", "points", "pieces", "heads", "gv"),
}


@st.composite
def bonuses(draw: st.DrawFn, code: str, known: Mapping[str, Drawn], pool: str | None = None) -> Table:
    bonus = {"code": code, "label": code, **draw(draw(st.sampled_from(list(known.values()))))}
    common = draw(some(COMMON, 3))
    if bonus["kind"] == "matching":
        common.pop("base", None)
    if "tree" in bonus:
        common.pop("tree", None)
    if code == "b0" and draw(rarely):
        common["excludes"] = ["b1"]
    if draw(yes):
        common |= {"paid_now": draw(only("75 %", "33.3 %", "7/12")),
                   "rest_in_cycles": draw(only([2], [2, 3], [3, 5, 6])), "rest_to_earners": draw(yes)}  # fmt: skip
    found = mended({**bonus, **common}, pool)
    if found["kind"] in EACH and found.get("base", BY_ONES[0]) in BY_ONES and draw(rarely):
        found = {"base": BY_ONES[0], **{word: each(value) if word in RATED else value for word, value in found.items()}}
    if found.get("carry") == "flush_at_cap":
        found.setdefault("cap", "3")
    if code == "b7" and found["kind"] == "rule" and draw(yes):
        found = {word: value for word, value in found.items() if word not in NO_PRIZES}
        found |= {"pays": "prize", "prize": "A mug", "amount": draw(only("base / 3", "kpi.pv * 3 %", 2))}
    if found.get("base") == "orders" and found["kind"] == "first_order":
        found.pop("minimum_order", None)
    return found


NO_PRIZES = ("rate", "paid_now", "rest_in_cycles", "rest_to_earners")
NEEDS = {
    "own_group_minimum": "own_group_kpi",
    "minimum_waived_from_legs": "own_group_kpi",
    "stop_offset_levels": "stop_rank",
    "rate_kpi": "rate_steps",
    "levels_kpi": "levels_steps",
}
LOSING = ("unilevel", "matching", "fast_start", "first_order", "matrix")


def mended(bonus: Table, pool: str | None) -> Table:
    """Without words that mean nothing beside the others, and with those that others need."""
    found = {word: value for word, value in bonus.items() if NEEDS.get(word, "code") in bonus}
    if "own_group_kpi" in found:
        found.setdefault("own_group_minimum", 20)
    if found["kind"] == "rule" and "amount" not in found:
        found.setdefault("rate", "2.5 %")
    if "levels_steps" in found:
        found.setdefault("levels_kpi", "pv")
    if "groups" in found or "top" in found:
        found.setdefault("shares_kpi", "pv")
    if found.get("if_nobody") == "next_pool":
        found |= {"next_pool": [pool]} if pool else {"if_nobody": "keep"}
    if (found.get("base") in FIGURES or found["kind"] == "matching") and "orders" in found:
        found["orders"] = {word: value for word, value in found["orders"].items() if word in BY_PERSON}
    if "orders" in found and ("buyer_cap" not in found["orders"] or found["kind"] == "binary"):
        found["orders"] = {word: value for word, value in found["orders"].items() if "buyer_cap" not in word}
    if found.get("orders", {}).get("who") == "distributors":
        found["orders"] = {word: value for word, value in found["orders"].items() if word != "customers_as"}
    useless = {word for unfit, words in USELESS if unfit(found) for word in words}
    if pool is None and found.get("breakage_to") == "pool":
        useless.add("breakage_to")
    return {word: value for word, value in found.items() if word not in useless}


def _kind(*kinds: str) -> Callable[[Table], bool]:
    return lambda bonus: bonus["kind"] in kinds


ALONE = ("rank_award", "goal_award")
FIGURES = ("heads", "gv")
BY_PERSON = ("who", "with_rank", "below_rank", "with_package", "below_package", "brought_from", "brought_to")
USELESS: Sequence[tuple[Callable[[Table], bool], Sequence[str]]] = (
    (lambda bonus: bonus["kind"] not in LOSING, ["breakage_to"]),
    (_kind(*ALONE), ["base", "orders", "excludes"]),
    (_kind("matching"), ["excludes"]),
    (lambda bonus: bonus["kind"] in ("first_order", "fast_start") and bonus.get("base") in FIGURES, ["base"]),
    (lambda bonus: bonus.get("base") in FIGURES, ["excludes"]),
    (lambda bonus: bonus.get("schedule_mode") == "marginal" or bonus.get("of") == "own", ["equal_rank"]),
    (lambda bonus: bonus.get("of") == "own", ["unqualified_between"]),
    (lambda bonus: "_order" in bonus.get("schedule_mode", ""), ["tree"]),
    (lambda bonus: "_order" in bonus.get("schedule_mode", "") and bonus.get("base") in FIGURES, ["base"]),
    (lambda bonus: bonus.get("hold_cycles", 1) > 1, ["rank_basis"]),
    (lambda bonus: "rate_steps" in bonus, ["rate"]),
    (lambda bonus: "levels_steps" in bonus, ["levels_by_rank"]),
    (lambda bonus: not bonus.get("differential"), ["counts_from_level"]),
    (lambda bonus: bonus.get("compression", "none") in ("none", "roll_up"), ["place"]),
    (lambda bonus: bonus["kind"] in ("binary", "matrix") and bonus.get("tree") != "sponsor", ["tree"]),
    (lambda bonus: bonus.get("own_volume_to", "none") == "none", ["own_volume_above"]),
    (lambda bonus: not ("cap" in bonus or "cap_by_rank" in bonus), ["cap_uses_volume"]),
    (lambda bonus: bonus.get("carry") == "flush", ["carry_max", "carry_cycles", "carry_when_inactive"]),
)
"""Words that have no effect where something else holds."""


@st.composite
def plans(draw: st.DrawFn, kinds: Sequence[str] = ()) -> str:
    """A whole plan as text, with bonuses of these kinds alone where any are named."""
    gold = draw(st.sampled_from((3, 40)))
    found: Table = {
        "plan": HEAD,
        "activity": {"measure": "qv", "minimum": draw(st.sampled_from((0, 20))), **draw(cycles),
                     **draw(inactive), **draw(active())},
        "rounding": draw(roundings()),
        "kpis": {**KPIS, **draw(placed_kpis()), **draw(earlier_kpis()), "picked": draw(picked())},
        "ladder": {"gauges": ["pv"], "must_climb": draw(yes), "honorary": draw(only("highest", "last_of_year"))},
        "ranks": [{"code": code, "name": code, "needs": [{"kpi": "pv", "minimum": least}], "title": "forever"}
                  for code, least in zip(RANKS, (1, 2, gold), strict=True)],
    }  # fmt: skip
    if draw(rarely):
        found["volume"] = {"currency": "EUR", "scale": draw(st.sampled_from((4, 2)))}
    if draw(rarely):
        capped = draw(leg_caps(found.get("volume", {}).get("scale", 4)))
        found["ranks"][2]["needs"] = [draw(only(capped, {"any": [capped, {"kpi": "legs", "minimum": 2}]}))]
    if draw(rarely):
        found["ranks"][1] |= {"title": "cycles", "title_cycles": 2}
    if draw(rarely):
        found["ranks"][1]["needs"] = [{"kpi": draw(only("placed", "recruits", "near")), "minimum": draw(only(1, 20))}]
    if draw(rarely):
        found["ranks"][1]["needs"] = [{"kpi": "picked", "minimum": draw(only(1, 3))}]
    if draw(yes):
        grace = {"grace": draw(only(1, 2)), "grace_after": draw(only("promotion", "miss"))}
        found["ranks"][draw(only(0, 1, 2))] |= grace
    if draw(rarely):
        found["ladder"]["legs_disjoint"] = True
        asked = [{"kpi": "legs", "minimum": 1}, {"kpi": "strong", "minimum": 1}]
        found["ranks"][2]["needs"] = draw(only(asked, [{"any": [{"all": asked}, {"kpi": "pv", "minimum": 30}]}]))
    found["ranks"] = draw(asking_for_the_past(draw(asking_for_ranks(found["ranks"]))))
    pool = "b4" if draw(yes) else None
    alone = {**KINDS, **BINARY, **LEGS_AGAINST, **LAYERS, **MATRIX}
    alone = {name: drawn for name, drawn in alone.items() if not kinds or name in kinds}
    drawn = [draw(bonuses(code, alone, pool)) for code in ("b0", "b1", "b5", "b6")]
    drawn += [draw(bonuses(code, {**alone, **MATCHING}, pool)) for code in ("b2", "b7")]
    found |= draw(trees())
    found["caps"] = [draw(caps(code)) for code in ("c0", "c1") if draw(rarely)]
    drawn += draw(pools(pool, drawn[4]))
    if found["trees.matrix"]["width"] == "open":
        drawn = [{word: value for word, value in one.items() if not word.endswith("_full")} for one in drawn]
    found["bonuses"] = draw(st.permutations(drawn))
    return toml(draw(packaged(found)))


@st.composite
def pools(draw: st.DrawFn, code: str | None, giver: Table) -> list[Table]:
    """Two pools, or none without a code; the second may be divided by shares that `giver` pays."""
    if code is None:
        return []
    found = [draw(bonuses("b3", POOLS, code)), draw(bonuses(code, POOLS))]
    if draw(rarely):
        pay_shares(giver, found[1])
    return found


def pay_shares(giver: Table, pool: Table) -> None:
    """One bonus pays shares in place of money, by which a pool is divided."""
    for word in ("paid_now", "rest_in_cycles", "rest_to_earners", "breakage_to"):
        giver.pop(word, None)
    giver["pays"] = "shares"
    kept = {word: value for word, value in pool.items() if word not in POOL_WORDS}
    pool.clear()
    pool |= {**kept, "division": "earned", "shares_from": [giver["code"]]}


POOL_WORDS = (
    "division", "shares_by_rank", "shares_kpi", "growth_kpi", "growth_step", "positions", "groups", "next_pool",
    "top",
)  # fmt: skip


cycles: Drawn = (
    st.just({})
    | st.fixed_dictionaries({"cycles": only(2, 3), "mode": only("sum", "any", "all")})
    | st.fixed_dictionaries({"days": DAYS})
)
inactive: Drawn = some({"warn_after": only(1), "terminate_after": only(2, 3)}, 2)
HEAD = {"code": "drawn", "version": "1", "name": "Drawn", "company": "Drawn", "currency": "USD", "time_zone": "UTC"}
KPIS = {
    "pv": {"label": "Own", "measure": "qv"},
    "gv": {"label": "Group", "measure": "qv", "over": "line", "include_self": True},
    "legs": {"label": "Legs", "measure": "legs", "leg_with_rank": "bronze"},
    "pg": {"label": "Personal", "measure": "qv", "over": "line", "include_self": True, "stop_at_rank": "silver"},
    "first": {"label": "First", "measure": "cv", "over": "generation", "generation": 1, "generation_rank": "bronze"},
    "deep": {"label": "Deep", "measure": "cv", "over": "levels", "from_level": 2, "to_level": 3, "cap_per_leg": 40},
    "strong": {"label": "Strong", "measure": "legs", "leg_with_rank": "silver"},
    "shared": {"label": "Shared", "measure": "qv", "over": "line", "include_self": True, "customer_share": "33.33 %"},
    "awake": {"label": "Active", "measure": "heads", "over": "line", "active_only": True},
    "silvers": {"label": "Silvers", "measure": "heads", "over": "line", "with_rank": "silver"},
    "titled": {
        "label": "Titled",
        "measure": "cv",
        "over": "lesser_legs",
        "with_rank": "bronze",
        "rank_basis": "career",
    },
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
