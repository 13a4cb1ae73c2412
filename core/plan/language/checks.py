"""What only the whole plan can show: circles, ladders that fall, gauges that nobody asks for."""

from collections.abc import Iterator, Mapping, Sequence

from core.plan.language.findings import Findings
from core.plan.language.source import Node, Place
from core.plan.model import AllOf, AnyOf, Condition, Plan, RankSpec, Requirement
from i18n.translator import mark

OF_MAIN = mark("bonuses that are switched on and calculated by the main calendar")
PAYS_THE_SAME = mark("a bonus that pays in the same unit as {first}")


def circles(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Every circle that a walk from the first name on closes, each once, its first name repeated at its end.

    | edges                | circles       |
    | -------------------- | ------------- |
    | a→b, b→a             | a b a         |
    | a→a                  | a a           |
    | a→b, a→c, b→d, c→d   | none          |
    """
    found: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        waiting: list[tuple[str, int]] = [(start, 0)]
        while waiting:
            name, depth = waiting.pop()
            del path[depth:]
            if name in path:
                found.append([*path[path.index(name) :], name])
                continue
            if name in done:
                continue
            path.append(name)
            following = [(n, depth + 1) for n in edges.get(name, ())]
            waiting.extend(following)
            if not following:
                done.add(name)
        done.add(start)
    return found


def tell_circles(plan: Plan, kpis: Mapping[str, Node], findings: Findings) -> None:
    """A KPI that counts legs by a KPI that counts legs by the first has no value."""
    edges = {kpi.code: [kpi.leg_kpi] if kpi.leg_kpi else [] for kpi in plan.kpis}
    for circle in circles(edges):
        findings.fault("plan_circle", kpis[circle[0]].key, circle=" → ".join(circle))


def tell_off(plan: Plan, kpis: Mapping[str, Node], findings: Findings) -> None:
    """A KPI that asks for another one which is switched off."""
    off = {kpi.code for kpi in plan.kpis if not kpi.on}
    for kpi in plan.kpis:
        for word, other in (("leg_kpi", kpi.leg_kpi), ("of_kpi", kpi.of_kpi)):
            if kpi.on and other in off:
                findings.fault("plan_kpi_off", (kpis[kpi.code].table or {})[word].place, kpi=other)


def tell_earned(plan: Plan, kpis: Mapping[str, Node], findings: Findings) -> None:
    """A KPI of what bonuses paid needs bonuses that are on, are settled by the main calendar and pay the same."""
    paying = {
        bonus.code: (bonus.pays, bonus.currency or plan.currency)
        for bonus in plan.bonuses
        if bonus.on and bonus.calendar in (None, plan.calendar.code)
    }
    for kpi in plan.kpis:
        items = ((kpis[kpi.code].table or {})["bonuses"].items or []) if kpi.bonuses else []
        for item in items:
            code = str(item.value)
            if code not in paying and any(code == bonus.code for bonus in plan.bonuses):
                findings.fault("plan_value_wrong", item.place, word="bonuses", expected=OF_MAIN, found=code)
            elif code not in paying:
                findings.unknown("plan_name_unknown", item.place, code, list(paying), what="bonus")
            elif paying[code] != paying.get(kpi.bonuses[0], paying[code]):
                findings.fault(
                    "plan_value_wrong",
                    item.place,
                    word="bonuses",
                    expected=PAYS_THE_SAME,
                    found=code,
                    first=kpi.bonuses[0],
                )


def tell_twins(ranks: Sequence[Node], findings: Findings) -> None:
    """Two ranks of one code."""
    first: dict[str, Place] = {}
    for node in ranks:
        code = (node.table or {}).get("code")
        if code is None or not isinstance(code.value, str):
            continue
        if code.value in first:
            findings.fault("plan_name_twice", code.place, name=code.value, first=first[code.value].line)
        first.setdefault(code.value, code.place)


def tell_ladder(plan: Plan, ranks: Sequence[Node], findings: Findings) -> None:
    """Notices where a higher rank asks for less than the one below it, or for nothing at all."""
    below: dict[str, int] = {}
    for rank, node in zip(plan.ranks, ranks, strict=True):
        asked = {part.kpi: part.minimum for part in rank.needs.parts if isinstance(part, Condition)}
        for kpi in plan.gauges:
            if asked.get(kpi, 0) < below.get(kpi, 0):
                findings.notice("plan_ladder_falls", node.place, rank=rank.code, kpi=kpi)
        below = asked
        if not rank.needs.parts:
            findings.notice("plan_rank_for_all", node.place, rank=rank.code)


def tell_idle_gauges(plan: Plan, ladder: Node, findings: Findings) -> None:
    """A gauge whose KPI no rank asks for has no marks, so its needle points at nothing."""
    asked = {condition.kpi for rank in plan.ranks for condition in conditions(rank)}
    for item in ((ladder.table or {})["gauges"].items) or []:
        if item.value not in asked:
            findings.notice("plan_gauge_idle", item.place, kpi=str(item.value))


def conditions(rank: RankSpec) -> Iterator[Condition]:
    """Every condition of a rank, whatever group it stands in."""
    waiting: list[Requirement] = [rank.needs]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Condition):
            yield part
        else:
            assert isinstance(part, AllOf | AnyOf), "a requirement is a condition or a group"
            waiting.extend(part.parts)
