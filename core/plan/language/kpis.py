"""The `[kpis]` section: one table a KPI, by parameters."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.identity import CYCLES_MAX, LEVEL_MAX, amount, unit_of
from core.plan.language.orders import read_days, read_orders
from core.plan.language.since import read_since
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.model import InARow, KpiSpec, Measure, Over, RankBasis, Unit, Who, Window
from i18n.translator import mark

PAST_WORDS = ("held_rank", "of_kpi", "of_minimum", "past_cycles", "in_a_row", "bonuses")
LEG_WORDS = ("leg_with_rank", "leg_kpi", "leg_minimum", "leg_depth")
KPI = Shape(
    "[kpis]",
    (
        *("label", "measure", "over", "from_level", "to_level", "generation", "generation_rank", "who", "active_only"),
        *("include_self", "floor", "cap_per_leg", "stop_at_rank", "rank_basis", "cycles", "tree", "on", "visible"),
        *LEG_WORDS,
        *("customer_share", "enrolled_only", "days", "since", "orders", "with_rank"),
        *PAST_WORDS,
    ),
    required=("label", "measure"),
)
OVERS = ("own", "frontline", "levels", "line", "largest_leg", "lesser_legs", "generation", "left", "right")
SIDES = ("left", "right")
WINDOWED = ("cycles", "days", "since", "orders")
LINES = ("frontline", "levels", "line")
ONLY_WHERE = mark("it is read only where the plan says {where}")
PEOPLE_COUNT = mark("people are counted here, not what they bought")
NO_VOLUME = mark("no volume is counted here")
SHARE_EXPECTED = mark("a percentage with at most {most} decimals")
SHARE_DECIMALS = 2
NO_RANK = mark("no rank is looked at here")
HOLDERS = mark("whoever has the rank that with_rank asks for is a distributor")
LEFT_OUT = mark("whoever has the rank that with_rank asks for is left out by stop_at_rank")
OWN_RECRUITS = mark("only people whom she enrolled herself count here, whoever stands between")
LEGS_BY_RANK = mark("along a placement tree legs are counted by leg_with_rank alone")
LEGS_COUNT = mark("legs are counted here, by leg_with_rank or by leg_kpi")
CYCLES_COUNT = mark("earlier cycles are counted here, each by what it found of herself")
MORE_THAN_ONE = mark("a single cycle is looked at")
CYCLES_EXPECTED = mark('a whole number from 1 to {most}, or "all"; this year so far is since = "01-01"')
TREES = ("sponsor", "binary", "matrix")


@dataclass(frozen=True, slots=True)
class Names:
    """What KPIs may refer to, collected before any of them is read."""

    kpis: Sequence[str]
    ranks: Sequence[str]
    measures: dict[str, Measure]
    """The measure of each KPI whose own word for it is right."""
    scale: int
    packages: Sequence[str] = ()

    def unit(self, kpi: str) -> Unit:
        """In what a KPI is counted; volume where its measure is wrong."""
        return unit_of(self.measures.get(kpi, Measure.QV))


def reference(table: Table, word: str, known: Sequence[str], what: str) -> str | None:
    """The code of a KPI or rank that the plan declares elsewhere; None when absent or unknown."""
    found = table.text(word)
    if not found or found in known:
        return found or None
    table.findings.unknown("plan_name_unknown", table.place(word), found, known, what=what)
    return None


def read_kpi(code: str, node: Node, names: Names, findings: Findings) -> KpiSpec:
    """One KPI; words that have no effect together are faults, because their author expected one."""
    table = Table(node, KPI, findings)
    values.is_code(table, node, code)
    measure = table.choice("measure", Measure, Measure.QV)
    over = table.one_of("over", OVERS, "own")
    _tell_useless(table, measure, over)
    level_from, level_to = _levels(table, over)
    window, cycles = _window(table)
    days, since = read_days(table), read_since(table)
    unit = unit_of(measure)
    leg_kpi, of_kpi = (reference(table, word, names.kpis, "KPI") for word in ("leg_kpi", "of_kpi"))
    return _along_places(
        table,
        KpiSpec(
            code=code,
            label=values.company_text(table, "label"),
            measure=measure,
            over=Over.LEVELS if over in LINES else Over(over),
            level_from=level_from,
            level_to=level_to,
            generation=table.whole("generation", least=1, most=LEVEL_MAX, default=0),
            generation_rank=reference(table, "generation_rank", names.ranks, "rank"),
            who=table.choice("who", Who, Who.ALL),
            active_only=table.flag("active_only", default=False),
            enrolled_only=table.flag("enrolled_only", default=False),
            with_rank=_with_rank(table, names) if over != "own" and measure is not Measure.LEGS else None,
            customer_share=_customer_share(table, measure),
            include_self=table.flag("include_self", default=False),
            floor=amount(table, "floor", unit, names.scale) or 0,
            cap_per_leg=amount(table, "cap_per_leg", unit, names.scale),
            stop_at_rank=reference(table, "stop_at_rank", names.ranks, "rank"),
            rank_basis=table.choice("rank_basis", RankBasis, RankBasis.PAID),
            leg_with_rank=reference(table, "leg_with_rank", names.ranks, "rank"),
            leg_kpi=leg_kpi,
            leg_minimum=amount(table, "leg_minimum", names.unit(leg_kpi) if leg_kpi else Unit.VOLUME, names.scale) or 0,
            held_rank=reference(table, "held_rank", names.ranks, "rank"),
            of_kpi=of_kpi,
            of_minimum=amount(table, "of_minimum", names.unit(of_kpi) if of_kpi else Unit.VOLUME, names.scale) or 0,
            past_cycles=table.whole("past_cycles", least=1, most=CYCLES_MAX, default=0),
            in_a_row=_in_a_row(table),
            bonuses=table.texts("bonuses"),
            leg_depth=table.whole("leg_depth", least=1, most=LEVEL_MAX, default=0) or None,
            window=Window.SINCE if since else (Window.DAYS if days else window),
            cycles=cycles,
            days=days,
            since=since,
            orders=read_orders(table, names.scale),
            tree=table.one_of("tree", TREES, "sponsor"),
            on=table.flag("on", default=True),
            visible=table.flag("visible", default=True),
        ),
    )


def _along_places(table: Table, kpi: KpiSpec) -> KpiSpec:
    """Sides are those of the binary tree; and legs along places are counted by ranks alone."""
    if kpi.over in SIDES and kpi.tree != "binary":
        table.useless("over", ONLY_WHERE, where='tree = "binary"')
    if kpi.tree == "sponsor":
        table.useless("enrolled_only", ONLY_WHERE, where='tree = "binary" / tree = "matrix"')
    elif kpi.enrolled_only:
        table.useless("stop_at_rank", OWN_RECRUITS)
    if kpi.tree != "sponsor" and kpi.measure is Measure.LEGS:
        table.useless("leg_kpi", LEGS_BY_RANK)
    return kpi


def _with_rank(table: Table, names: Names) -> str | None:
    """The rank of those who count: one that is not left out, and of distributors, where it is the paid one."""
    wanted, stopped = reference(table, "with_rank", names.ranks, "rank"), table.text("stop_at_rank")
    if wanted and stopped in names.ranks and names.ranks.index(wanted) >= names.ranks.index(stopped):
        table.useless("with_rank", LEFT_OUT)
    if wanted and table.text("rank_basis", RankBasis.PAID) == RankBasis.PAID:
        for word in ("who", "customer_share"):
            table.useless(word, HOLDERS)
    return wanted


def _customer_share(table: Table, measure: Measure) -> Decimal | None:
    if measure in (Measure.ORDERS, Measure.POINTS, Measure.HEADS):
        table.useless("customer_share", NO_VOLUME)
    elif table.text("who") == Who.DISTRIBUTORS:
        table.useless("customer_share", ONLY_WHERE, where='who = "all" / who = "customers"')
    share = values.percent(table, "customer_share")
    if share is not None and share != round(share, SHARE_DECIMALS):
        table.wrong("customer_share", table.words["customer_share"], SHARE_EXPECTED, most=SHARE_DECIMALS)
    return share


def _levels(table: Table, over: str) -> tuple[int, int | None]:
    """First and last level, the frontline being 1; no last level means the whole line."""
    if over != "levels":
        return {"frontline": (1, 1), "line": (1, None)}.get(over, (0, 0))
    first = table.whole("from_level", least=1, most=LEVEL_MAX, default=1)
    if not table.has("to_level"):
        return first, None
    return first, table.whole("to_level", least=first, most=LEVEL_MAX, default=first)


def _window(table: Table) -> tuple[Window, int]:
    node = table.words.get("cycles")
    if node is not None and node.value == "all":
        return Window.CUMULATIVE, 1
    if node is not None and isinstance(node.value, str):
        table.wrong("cycles", node, CYCLES_EXPECTED, most=CYCLES_MAX)
        return Window.CYCLES, 1
    return Window.CYCLES, table.whole("cycles", least=1, most=CYCLES_MAX, default=1)


def _tell_useless(table: Table, measure: Measure, over: str) -> None:
    """Faults for words that cannot do anything beside the others."""
    if not (_is_one(table, "measure", list(Measure)) and _is_one(table, "over", OVERS)):
        return  # what the others do beside a misspelt one is anybody's guess
    for word, measures in _ASKED_BY.items():
        if measure not in measures:
            table.useless(word, ONLY_WHERE, where=" / ".join(f'measure = "{each}"' for each in measures))
    if measure is Measure.LEGS:
        _legs(table)
    elif measure in EARLIER:
        _earlier(table, measure)
    else:
        _below(table, measure, over)


def _below(table: Table, measure: Measure, over: str) -> None:
    """What is counted of herself or of people below her."""
    if over == "generation":
        table.need("generation", "generation_rank", when='over = "generation"')
    for word, overs in _READ_WITH.items():
        if over not in overs:
            table.useless(word, ONLY_WHERE, where=" / ".join(f'over = "{each}"' for each in overs))
    if measure is Measure.HEADS:
        for word in ("floor", *WINDOWED):
            table.useless(word, PEOPLE_COUNT)
    if not any(table.has(word) for word in ("stop_at_rank", "generation_rank", "with_rank")):
        table.useless("rank_basis", NO_RANK)


def _in_a_row(table: Table) -> InARow:
    """Which of the earlier cycles count; without the word all that there are."""
    if not table.has("in_a_row"):
        return InARow.NO
    return InARow(table.one_of("in_a_row", (InARow.LATEST, InARow.LONGEST), InARow.LATEST))


def _earlier(table: Table, measure: Measure) -> None:
    """Earlier cycles are counted by the rank that they paid, or by a KPI of theirs; nothing else is asked."""
    words = {Measure.HELD: ("held_rank",), Measure.REACHED: ("of_kpi", "of_minimum")}.get(measure, ("bonuses",))
    table.need(*words, "past_cycles", when=f'measure = "{measure}"')
    for word in ("over", *_READ_WITH, "rank_basis", "floor", *WINDOWED, "tree"):
        table.useless(word, CYCLES_COUNT)
    if table.has("past_cycles") and table.words["past_cycles"].value == 1:
        table.useless("in_a_row", MORE_THAN_ONE)


def _is_one(table: Table, word: str, known: Sequence[str]) -> bool:
    return not table.has(word) or table.words[word].value in known


COUNTING = (Measure.HELD, Measure.REACHED)
EARLIER = (*COUNTING, Measure.EARNED)
_ASKED_BY: dict[str, tuple[Measure, ...]] = {
    **dict.fromkeys(LEG_WORDS, (Measure.LEGS,)),
    "held_rank": (Measure.HELD,),
    **dict.fromkeys(("of_kpi", "of_minimum"), (Measure.REACHED,)),
    "past_cycles": EARLIER,
    "in_a_row": COUNTING,
    "bonuses": (Measure.EARNED,),
}
_READ_WITH: dict[str, tuple[str, ...]] = {
    "from_level": ("levels",),
    "to_level": ("levels",),
    "generation": ("generation",),
    "generation_rank": ("generation",),
    "cap_per_leg": LINES,
    "include_self": (*LINES, "lesser_legs", "generation"),
    "stop_at_rank": ("levels", "line"),
    "who": OVERS[1:],
    "active_only": OVERS[1:],
    "customer_share": OVERS[1:],
    "with_rank": OVERS[1:],
    "enrolled_only": tuple(over for over in OVERS[1:] if over != "generation"),
}


def _legs(table: Table) -> None:
    """A leg counts by the rank of somebody in it, by a KPI of its head, or by both; the filters ask who its head is."""
    for word in ("over", *(word for word in _READ_WITH if word not in ("who", "active_only")), "floor", *WINDOWED):
        table.useless(word, LEGS_COUNT)
    if not table.has("leg_with_rank"):
        table.useless("leg_depth", ONLY_WHERE, where="leg_with_rank")
        table.useless("rank_basis", NO_RANK)
    if not table.has("leg_with_rank") and not table.has("leg_kpi"):
        table.findings.fault("plan_legs_how", table.node.key)
    if table.has("leg_kpi"):
        table.need("leg_minimum", when="leg_kpi")
    if table.has("leg_minimum") and not table.has("leg_kpi"):
        table.useless("leg_minimum", ONLY_WHERE, where="leg_kpi")
