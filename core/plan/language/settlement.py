"""The sections that settlement calculates by, and those that are only understood and checked, for whole plans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.plan.language import kinds as k
from core.plan.language import trees
from core.plan.language.bonuses import read_bonuses
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names
from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model import Bonus, CalendarSpec, KpiSpec, PayoutSpec, PlacementSpec, TreesSpec

SECTIONS: dict[str, k.Words] = {
    "trees": trees.TREES,
    "payout": {
        "minimum": k.amount,
        "currency": k.money,
        "per": k.one_of("total", "schedule"),
        "expires_after": k.whole(1, 120),
        "fee": k.amount,
        "fee_from": k.amount,
    },
    "returns": {
        "within_days": k.whole(0, 3660),
        "volume_in": k.one_of("refund_period", "original_period"),
        "rank_again": k.flag,
        "amount": k.one_of("original_lines", "average_percent", "recompute"),
        "recovery_max": k.share,
    },
    "advances": {
        "calendar": k.calendar,
        "share": k.share,
        "bonuses": k.bonuses,
        "instalments": k.rates,
        "instalment_cycles": k.whole(1, 120),
    },
    "late_orders": {
        "settled_in": k.one_of("own_period", "payment_period", "nowhere"),
        "cut_off_days": k.whole(0, 366),
        "change_rank": k.flag,
        "change_others": k.flag,
        "rebuild_carry": k.flag,
    },
    "placement": trees.PLACEMENT,
    "termination": {
        "line_goes_to": k.one_of("sponsor", "company"),
        "after_inactive_cycles": k.whole(1, 120),
        "line_returns": k.flag,
        "rank_returns": k.flag,
    },
}
CAP: k.Words = {
    "code": k.code,
    "bonuses": k.bonuses,
    "per": k.one_of("person", "company"),
    "calendar": k.calendar,
    "amount": k.amount,
    "amount_by_rank": k.by_rank(k.amount),
    "share": k.share,
    "share_of": k.figure,
    "uses_volume": k.flag,
}
RESERVED = (*SECTIONS, "bonuses", "caps")
CALCULATED = ("bonuses", "payout", "trees", "placement")
"""The sections that settlement looks at."""
PAID = ("minimum", "currency", "per")
"""The words of `[payout]` that are calculated."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a plan says about settling."""

    bonuses: tuple[Bonus, ...]
    payout: PayoutSpec
    trees: TreesSpec
    placement: PlacementSpec
    reserved: tuple[str, ...]
    """Sections that the file has and by which nothing is calculated yet."""


def read_settlement(
    root: Table,
    names: Names,
    kpis: Sequence[KpiSpec],
    calendars: Sequence[CalendarSpec],
    findings: Findings,
) -> Settlement:
    """Reads bonuses and payout, and checks the words of the other sections; tells what is not calculated yet."""
    bonuses = root.items("bonuses")
    context = k.Context(
        names=names,
        kpis={kpi.code: kpi for kpi in kpis},
        bonuses=[str(code.value) for bonus in bonuses if (code := (bonus.table or {}).get("code"))],
        calendars=[calendar.code for calendar in calendars],
        findings=findings,
    )
    read = read_bonuses(bonuses, context)
    for cap in root.items("caps"):
        k.read_table(cap, "[[caps]]", CAP, context, ("code", "per"))
        findings.notice("plan_not_calculated", cap.place, word="[[caps]]")
    payout = PayoutSpec()
    declared: dict[str, k.Read] = {}
    for section, words in SECTIONS.items():
        if not root.has(section):
            continue
        node = root.words[section]
        table, found = k.read_table(node, f"[{section}]", words, context)
        if section == "payout":
            payout = k.made(PayoutSpec, {word: value for word, value in found.items() if word in PAID})
            for word in found.keys() - set(PAID):
                findings.notice("plan_not_calculated", table.words[word].key, word=word)
        elif section in CALCULATED:
            declared[section] = found
        else:
            findings.notice("plan_not_calculated", node.key, word=f"[{section}]")
    reserved = tuple(section for section in RESERVED if root.has(section) and section not in CALCULATED)
    spec = trees.trees_of(declared.get("trees", {}))
    trees.tell_missing(_asked(root, bonuses), spec, findings)
    return Settlement(read, payout, spec, trees.placement_of(declared.get("placement", {})), reserved)


def _asked(root: Table, bonuses: Sequence[Node]) -> Iterator[tuple[str, Node]]:
    """The tree that each bonus and each KPI names, and where."""
    for node in [*bonuses, *((root.words["kpis"].table or {}).values() if root.has("kpis") else ())]:
        words = node.table or {}
        if "tree" in words:
            yield str(words["tree"].value), words["tree"]
        elif (kind := words.get("kind")) is not None and kind.value in trees.OF_KIND:
            yield str(kind.value), kind
