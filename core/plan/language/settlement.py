"""The sections that settlement calculates by, for whole plans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.plan.language import kinds as k
from core.plan.language import paying, trees
from core.plan.language.bonuses import read_bonuses
from core.plan.language.findings import Findings
from core.plan.language.growing import tell_growing
from core.plan.language.kpis import Names
from core.plan.language.paying import Paying
from core.plan.language.rising import tell_rising
from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model import Bonus, CalendarSpec, KpiSpec, PlacementSpec, TerminationSpec, TreesSpec

SECTIONS: dict[str, k.Words] = {
    "trees": trees.TREES,
    **paying.SECTIONS,
    "placement": trees.PLACEMENT,
    "termination": trees.TERMINATION,
}
RESERVED = (*SECTIONS, "bonuses", "caps")


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a plan says about settling."""

    bonuses: tuple[Bonus, ...]
    paying: Paying
    trees: TreesSpec
    placement: PlacementSpec
    termination: TerminationSpec


def read_settlement(
    root: Table,
    names: Names,
    kpis: Sequence[KpiSpec],
    calendars: Sequence[CalendarSpec],
    findings: Findings,
) -> Settlement:
    """Reads bonuses, trees, what is said about paying, and about leaving."""
    bonuses = root.items("bonuses")
    context = k.Context(
        names=names,
        kpis={kpi.code: kpi for kpi in kpis},
        bonuses=[str(code.value) for bonus in bonuses if (code := (bonus.table or {}).get("code"))],
        calendars=[calendar.code for calendar in calendars],
        findings=findings,
    )
    read = read_bonuses(bonuses, context)
    tell_growing(bonuses, read, context)
    tell_rising(bonuses, read, calendars, context)
    declared: dict[str, k.Read] = {}
    for section, words in SECTIONS.items():
        if not root.has(section) or section in paying.SECTIONS:
            continue
        node = root.words[section]
        _, found = k.read_table(node, f"[{section}]", words, context)
        declared[section] = found
    spec = trees.trees_of(declared.get("trees", {}))
    trees.tell_missing(_asked(root, bonuses), spec, findings)
    trees.tell_never_full(bonuses, spec, findings)
    paid = paying.read_paying(root, read, calendars, context)
    placement = trees.placement_of(declared.get("placement", {}))
    return Settlement(read, paid, spec, placement, trees.termination_of(declared.get("termination", {})))


def _asked(root: Table, bonuses: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """The tree that each bonus and each KPI names, and where."""
    for node in [*bonuses, *((root.words["kpis"].table or {}).values() if root.has("kpis") else ())]:
        words = node.table or {}
        if "tree" in words:
            yield str(words["tree"].value), words["tree"]
        elif (kind := words.get("kind")) is not None and kind.value in trees.OF_KIND:
            yield str(kind.value), kind
