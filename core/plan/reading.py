"""From the text of a plan file to a plan, or to everything that is wrong with it."""

from importlib.resources import files

from core.kernel.errors import Problem
from core.plan.language import checks, identity, values
from core.plan.language.calendars import read_calendars
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names, read_kpi
from core.plan.language.notifications import read_notifications
from core.plan.language.packages import codes_of, read_packages, tell_idle
from core.plan.language.points import read_points
from core.plan.language.ranks import Ladder, read_ladder, read_rank
from core.plan.language.runs import read_runs
from core.plan.language.settlement import RESERVED, read_settlement
from core.plan.language.source import Node, NotToml, Place, parse
from core.plan.language.table import Shape, Table
from core.plan.language.tickets import read_tickets
from core.plan.model import Measure, Plan
from i18n.translator import mark

ROOT = Shape(
    mark("a plan file"),
    (
        *("plan", "volume", "calendars", "activity", "visibility", "rounding", "kpis", "ladder", "ranks", "points"),
        "packages",
        *("runs", "notifications", "tickets"),
        *RESERVED,
    ),
)
NEEDED = {
    "plan": ("[plan]", 'code = "aurora", version = "1", name, company, currency = "EUR", time_zone = "Europe/Madrid"'),
    "activity": ("[activity]", 'measure = "qv", minimum = 0'),
    "kpis": ("[kpis]", '[kpis.pv], label = "Personal volume", measure = "qv"'),
    "ladder": ("[ladder]", 'gauges = ["pv"]'),
    "ranks": ("[[ranks]]", 'code = "member", name = "Member", needs = []'),
}
"""Sections that a plan cannot do without, each with the least that can stand there."""


def check(text: str) -> tuple[Plan | None, list[Problem]]:
    """Reads a plan file and tells everything that is wrong with it at once.

    Args:
        text: the whole file.

    Returns:
        The plan, or None when anything is a fault; and all faults and notices from top to bottom, each with
        line and column. Their sentences are in the catalogue under the problem's code.
    """
    findings = Findings()
    try:
        root = parse(text)
    except NotToml as stop:
        return None, [stop.problem]
    plan = _Reader(root, findings).plan()
    return plan, findings.in_order()


def example(name: str) -> str:
    """The text of an example plan that comes with the product, such as `demo`."""
    return files("core.plan.examples").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def examples() -> list[str]:
    """The names of all example plans."""
    folder = files("core.plan.examples")
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


class _Reader:
    """Reads the sections in the order in which they need each other."""

    def __init__(self, root: Node, findings: Findings) -> None:
        self.root = Table(root, ROOT, findings)
        self.findings = findings

    def plan(self) -> Plan | None:
        """The plan; None when there is any fault."""
        for section, (name, least) in NEEDED.items():
            node = self.root.words.get(section)
            if node is None:
                self.findings.fault("plan_section_missing", Place(1, 1), section=name, least=least)
            elif section == "ranks" and not self.root.items(section) and node.items is not None:
                self.root.wrong(section, node, mark("a list of ranks, each begun by [[ranks]]"))
        plan = self._plan()
        checks.tell_circles(plan, self._tables("kpis"), self.findings)
        checks.tell_off(plan, self._tables("kpis"), self.findings)
        checks.tell_earned(plan, self._tables("kpis"), self.findings)
        if not self.findings.faulty:
            checks.tell_ladder(plan, self._ranks(), self.findings)
            checks.tell_idle_gauges(plan, self.root.words["ladder"], self.findings)
        return None if self.findings.faulty else plan

    def _plan(self) -> Plan:
        names = self._names()
        header = Table(self.root.words.get("plan", self.root.node), identity.PLAN, self._findings_of("plan"))
        currency = values.currency(header, "currency", "EUR")
        time_zone = values.time_zone(header, "time_zone", "UTC")
        kpis = tuple(read_kpi(code, node, names, self.findings) for code, node in self._tables("kpis").items())
        node, activity = self.root.words.get("ladder"), self.root.words.get("activity")
        ladder = read_ladder(node, names, kpis, self.findings) if node else Ladder()
        calendars = read_calendars(self.root.words.get("calendars"), time_zone, self.findings)
        checks.tell_twins(self._ranks(), self.findings)
        checks.tell_twins(self._listed("packages"), self.findings)
        packages = read_packages(self._listed("packages"), names, {kpi.code: kpi for kpi in kpis}, self.findings)
        settlement = read_settlement(self.root, names, kpis, calendars, self.findings)
        tell_idle(self.root, settlement.bonuses, settlement.paying)
        return Plan(
            code=values.code(header, "code"),
            version=header.text("version"),
            name=values.company_text(header, "name"),
            company=values.company_text(header, "company"),
            currency=currency,
            language=values.language(header, "language", "en"),
            volume=identity.read_volume(self.root.words.get("volume"), currency, self.findings),
            calendars=calendars,
            kpis=kpis,
            ranks=tuple(
                read_rank(node, names, kpis, self.findings, lowest=i == 0, disjoint=ladder.legs_disjoint)
                for i, node in enumerate(self._ranks())
            ),
            packages=packages,
            gauges=ladder.gauges,
            activity=identity.read_activity(activity or self.root.node, names.scale, self._findings_of("activity")),
            visibility=identity.read_visibility(self.root.words.get("visibility"), self.findings),
            rounding=identity.read_rounding(
                self.root.words.get("rounding"), currency, settlement.bonuses, self.findings
            ),
            must_climb=ladder.must_climb,
            honorary=ladder.honorary,
            valid_from=header.day("valid_from"),
            bonuses=settlement.bonuses,
            caps=settlement.paying.caps,
            payout=settlement.paying.payout,
            returns=settlement.paying.returns,
            advances=settlement.paying.advances,
            late_orders=settlement.paying.late_orders,
            runs=read_runs(self.root, names, calendars, self.findings),
            trees=settlement.trees,
            placement=settlement.placement,
            termination=settlement.termination,
            notifications=read_notifications(self.root.words.get("notifications"), self.findings),
            tickets=read_tickets(self.root.words.get("tickets"), time_zone, self.findings),
            points=read_points(self.root.words.get("points"), names, kpis, self.findings),
        )

    def _findings_of(self, section: str) -> Findings:
        """What is wrong inside a missing section need not be told: that it is missing is told already."""
        return self.findings if self.root.has(section) else Findings()

    def _names(self) -> Names:
        kpis = dict(self.root.each("kpis"))
        measures = {}
        for code, node in kpis.items():
            measure = (node.table or {}).get("measure")
            if measure is not None and measure.value in list(Measure):
                measures[code] = Measure(str(measure.value))
        return Names(
            kpis=list(kpis),
            ranks=codes_of(self._ranks()),
            packages=codes_of(self._listed("packages")),
            measures=measures,
            scale=identity.read_scale(self.root.words.get("volume")),
        )

    def _tables(self, section: str) -> dict[str, Node]:
        node = self.root.words.get(section)
        return (node.table or {}) if node else {}

    def _ranks(self) -> list[Node]:
        return self._listed("ranks")

    def _listed(self, section: str) -> list[Node]:
        node = self.root.words.get(section)
        return (node.items or []) if node else []
