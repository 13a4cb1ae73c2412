"""Words of a plan whose value is an expression."""

from core.plan.expressions.model import Expression, Mistake, Type, Vocabulary
from core.plan.expressions.reading import parse
from core.plan.language.findings import Findings
from core.plan.language.inside import place_inside
from core.plan.language.kpis import Names
from core.plan.language.source import Node
from core.plan.language.table import Table, exact
from i18n.translator import mark

IN_QUOTES = mark("a rule in quotes")
NUMBER_OR_QUOTED = mark("a number, or a rule in quotes")
KPI = "kpi."


def read_rule(table: Table, word: str, wanted: Type, vocabulary: Vocabulary, names: Names) -> Expression | None:
    """The expression that stands there; what is wrong with it is told with its place inside the text.

    Args:
        wanted: what it must give; a number may stand there without quotes.
        vocabulary: what it may ask for.

    Returns:
        None when it is absent or wrong.
    """
    node = table.words.get(word)
    if node is None:
        return None
    number = exact(node) if wanted is Type.NUMBER else None
    if number is None and not isinstance(node.value, str):
        table.wrong(word, node, NUMBER_OR_QUOTED if wanted is Type.NUMBER else IN_QUOTES)
        return None
    text = str(node.value) if number is None else f"{number:f}"
    expression, mistakes = parse(text, vocabulary, ranks=names.ranks, packages=names.packages, wanted=wanted)
    for mistake in mistakes:
        _tell(mistake, node, names, table.findings)
    return expression


def _tell(mistake: Mistake, node: Node, names: Names, findings: Findings) -> None:
    place = place_inside(node, mistake.at)
    facts = dict(mistake.facts)
    found = str(facts.get("found"))
    if mistake.known and found.startswith(KPI) and found.removeprefix(KPI) in names.kpis:
        findings.fault("plan_kpi_off", place, kpi=found.removeprefix(KPI))
    elif mistake.known:
        facts.pop("found")
        findings.unknown(mistake.code, place, found, mistake.known, **facts)
    else:
        findings.fault(mistake.code, place, **facts)
