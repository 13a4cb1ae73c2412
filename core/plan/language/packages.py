"""The `[[packages]]`, lowest first: the ladder beside that of ranks."""

import re
from collections.abc import Mapping, Sequence

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.kinds import PACKAGES, Context
from core.plan.language.kpis import ONLY_WHERE, Names, reference
from core.plan.language.paying import Paying
from core.plan.language.ranks import Needs
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.model import AllOf, Bonus, KpiSpec, PackageSpec

WORDS = ("code", "name", "needs")
PACKAGE = Shape("[[packages]]", WORDS, required=WORDS)
PACKAGE_ASKED = re.compile(r"\bpackage\b")
TABLES = "…_by_package = { … }"


def codes_of(nodes: Sequence[Node]) -> list[str]:
    """The codes that the file names, in order."""
    found = ((node.table or {}).get("code") for node in nodes)
    return [str(code.value) for code in found if code is not None]


def read_packages(
    nodes: Sequence[Node], names: Names, kpis: Mapping[str, KpiSpec], findings: Findings
) -> tuple[PackageSpec, ...]:
    """All rungs; one beside the lowest that asks for nothing would leave nobody on those below it."""
    found = []
    for place, node in enumerate(nodes):
        table = Table(node, PACKAGE, findings)
        if table.has("needs") and not table.items("needs") and place:
            findings.fault("plan_package_empty", table.place("needs"), package=table.text("code"))
        needs = AllOf(Needs(names, kpis, findings).parts(table, "needs"))
        found.append(PackageSpec(values.code(table, "code"), values.company_text(table, "name"), needs))
    return tuple(found)


def package(table: Table, word: str, context: Context) -> str | None:
    """A package of the plan."""
    if not context.names.packages:
        table.need(PACKAGES, when=word)
        return None
    return reference(table, word, context.names.packages, "package")


def tell_idle(root: Table, bonuses: Sequence[Bonus], paying: Paying) -> None:
    """A fault of packages that no table goes by, and that neither rules nor `orders` ask for."""
    tables = any([*(bonus.by_package for bonus in bonuses), *(cap.by_package for cap in paying.caps)])
    chosen = any(bonus.orders.with_package or bonus.orders.below_package for bonus in bonuses)
    if not (tables or chosen) and not any(_asks(node) for node in root.items("bonuses")):
        root.useless("packages", ONLY_WHERE, where=TABLES)


def _asks(bonus: Node) -> bool:
    """Whether a rule of the bonus asks for packages, rightly or not."""
    words = bonus.table or {}
    rules = [str(words[word].value) for word in ("when", "amount") if word in words]
    return any(PACKAGE_ASKED.search(rule) for rule in rules)
