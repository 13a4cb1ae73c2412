"""The `[ladder]` section and the `[[ranks]]`, lowest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.plan.language import values
from core.plan.language.disjoint import Disjoint
from core.plan.language.findings import Findings
from core.plan.language.identity import CYCLES_MAX, amount
from core.plan.language.kpis import ONLY_WHERE, Names, reference
from core.plan.language.source import Node
from core.plan.language.table import TEXTS, Shape, Table
from core.plan.model import (
    AllOf,
    AnyOf,
    CapBase,
    Condition,
    GraceAfter,
    Honorary,
    KpiSpec,
    LegCap,
    Over,
    RankSpec,
    Requirement,
    TitleKeep,
)
from i18n.translator import mark

LADDER = Shape("[ladder]", ("gauges", "must_climb", "legs_disjoint", "honorary"), required=("gauges",))
RANK = Shape(
    "[[ranks]]",
    ("code", "name", "spoken", "needs", "title", "title_cycles", "grace", "grace_after"),
    required=("code", "name", "needs"),
)
CONDITION = Shape(
    mark("a rank condition"),
    ("kpi", "minimum", "leg_cap", "leg_cap_of", "leg_cap_own"),
    required=("kpi", "minimum"),
)
ANY = Shape(mark("an any-of group"), ("any",))
ALL = Shape(mark("an all-of group"), ("all",))
GAUGES_MAX = 6
LEGS = ("rank", "legs", "leg_with_rank", "with_rank")
"""What a condition is written with where its author means a KPI of legs or people."""
GAUGES_EXPECTED = mark("a list of 1 to {most} KPI codes")


@dataclass(frozen=True, slots=True)
class Ladder:
    """What is said of all ranks together."""

    gauges: tuple[str, ...] = ()
    """By KPI code, in the order in which they are shown."""
    must_climb: bool = True
    legs_disjoint: bool = False
    """A leg that serves one condition of a rank serves no other."""
    honorary: Honorary = Honorary.NONE


def read_ladder(node: Node, names: Names, kpis: Sequence[KpiSpec], findings: Findings) -> Ladder:
    """The section."""
    table = Table(node, LADDER, findings)
    gauges: list[str] = []
    for item in table.items("gauges"):
        if not isinstance(item.value, str):
            table.wrong("gauges", item, TEXTS)
        elif item.value not in names.kpis:
            findings.unknown("plan_name_unknown", item.place, item.value, names.kpis, what="KPI")
        elif item.value in gauges:
            findings.fault("plan_gauge_twice", item.place, kpi=item.value)
        else:
            _tell_hidden(item, kpis, findings)
            gauges.append(item.value)
    if table.has("gauges") and not 1 <= len(table.items("gauges")) <= GAUGES_MAX:
        table.wrong("gauges", table.words["gauges"], GAUGES_EXPECTED, most=GAUGES_MAX)
    return Ladder(
        gauges=tuple(gauges),
        must_climb=table.flag("must_climb", default=True),
        legs_disjoint=table.flag("legs_disjoint", default=False),
        honorary=table.choice("honorary", Honorary, Honorary.NONE),
    )


def _tell_hidden(item: Node, kpis: Sequence[KpiSpec], findings: Findings) -> None:
    for kpi in kpis:
        if kpi.code == item.value and not (kpi.on and kpi.visible):
            findings.fault("plan_gauge_hidden", item.place, kpi=kpi.code, word="on" if not kpi.on else "visible")


def read_rank(
    node: Node, names: Names, kpis: Sequence[KpiSpec], findings: Findings, *, lowest: bool, disjoint: bool = False
) -> RankSpec:
    """One rung.

    Args:
        lowest: whether it is the first.
        disjoint: whether a leg serves one of its conditions only.
    """
    table = Table(node, RANK, findings)
    title = table.choice("title", TitleKeep, TitleKeep.FOREVER)
    if title is not TitleKeep.CYCLES:
        table.useless("title_cycles", ONLY_WHERE, where='title = "cycles"')
    else:
        table.need("title_cycles", when='title = "cycles"')
    if table.has("needs") and table.words["needs"].items == [] and not lowest:
        findings.fault("plan_rank_empty", table.place("needs"), rank=table.text("code"))
    if not table.has("grace"):
        table.useless("grace_after", ONLY_WHERE, where="grace")
    known = {kpi.code: kpi for kpi in kpis}
    code, needs = values.code(table, "code"), AllOf(Needs(names, known, findings).parts(table, "needs"))
    if disjoint:
        needs = Disjoint(known, names.ranks, findings).needs(code, needs, table.place("needs"))
    return RankSpec(
        code=code,
        name=values.company_text(table, "name"),
        needs=needs,
        title_keep=title,
        title_keep_cycles=table.whole("title_cycles", least=1, most=CYCLES_MAX, default=0),
        grace_cycles=table.whole("grace", least=0, most=CYCLES_MAX, default=0),
        grace_after=table.choice("grace_after", GraceAfter, GraceAfter.MISS),
        spoken=values.spoken(table, "spoken"),
    )


class Needs:
    """Reads requirements, of ranks and of whoever may earn a bonus; alternatives may nest."""

    def __init__(self, names: Names, kpis: Mapping[str, KpiSpec], findings: Findings) -> None:
        self.names = names
        self.kpis = kpis
        self.findings = findings

    def parts(self, table: Table, word: str) -> tuple[Requirement, ...]:
        """The list of requirements behind `word`, without those that are wrong."""
        read = (self._requirement(item) for item in table.items(word))
        return tuple(part for part in read if part is not None)

    def _requirement(self, node: Node) -> Requirement | None:
        words = node.table or {}
        if "any" in words:
            return AnyOf(self._group(node, ANY, "any"))
        if "all" in words:
            return AllOf(self._group(node, ALL, "all"))
        return self._condition(node)

    def _group(self, node: Node, shape: Shape, word: str) -> tuple[Requirement, ...]:
        table = Table(node, shape, self.findings)
        if table.node.table is not None and not table.items(word):
            table.wrong(word, table.words[word], mark("a list of conditions, at least one"))
        return self.parts(table, word)

    def _condition(self, node: Node) -> Condition | None:
        words = node.table or {}
        if "kpi" not in words and (named := [word for word in words if word in self.names.kpis]):
            self.findings.fault("plan_condition_kpi", words[named[0]].key, kpi=named[0])
            return None
        if "kpi" not in words and any(word in words for word in LEGS):
            self.findings.fault("plan_condition_legs", node.place)
            return None
        table = Table(node, CONDITION, self.findings)
        kpi = reference(table, "kpi", self.names.kpis, "KPI")
        if kpi is None:
            return None
        minimum = amount(table, "minimum", self.names.unit(kpi), self.names.scale)
        spec = self.kpis.get(kpi)
        if spec is not None and not spec.on:
            self.findings.fault("plan_kpi_off", table.place("kpi"), kpi=kpi)
        cap = self._leg_cap(table, kpi, spec)
        return Condition(kpi=kpi, minimum=minimum, leg_cap=cap) if minimum is not None else None

    def _leg_cap(self, table: Table, kpi: str, spec: KpiSpec | None) -> LegCap | None:
        base = table.choice("leg_cap_of", CapBase, CapBase.REQUIREMENT)
        own_too = table.flag("leg_cap_own", default=False)
        node = table.words.get("leg_cap")
        if node is None:
            for word in ("leg_cap_of", "leg_cap_own"):
                table.useless(word, ONLY_WHERE, where="leg_cap")
            return None
        if spec is not None and (spec.over is not Over.LEVELS or spec.along_places):
            table.useless("leg_cap", mark('"{kpi}" does not add up legs'), kpi=kpi)
        elif spec is not None and spec.cap_per_leg is not None and base is CapBase.ACTUAL:
            table.useless("leg_cap_of", mark('"{kpi}" caps its legs already'), kpi=kpi)
        if values.says_percent(node):
            percent = values.share(table, "leg_cap")
            return LegCap(percent=percent, base=base, own_too=own_too) if percent is not None else None
        table.useless("leg_cap_of", mark("leg_cap is an amount here, not a percentage"))
        absolute = amount(table, "leg_cap", self.names.unit(kpi), self.names.scale)
        return LegCap(absolute=absolute, own_too=own_too) if absolute is not None else None
