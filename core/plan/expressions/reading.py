"""From the text of an expression to a checked one, or to what is wrong with it."""

from collections.abc import Sequence

from core.plan.expressions.checking import Checker
from core.plan.expressions.model import Expression, Mistake, Type, Vocabulary
from core.plan.expressions.nodes import Node
from core.plan.expressions.syntax import syntax
from core.plan.expressions.tokens import Stop


def parse(
    text: str,
    vocabulary: Vocabulary,
    *,
    ranks: Sequence[str] = (),
    packages: Sequence[str] = (),
    wanted: Type | None = None,
) -> tuple[Expression | None, list[Mistake]]:
    """Reads an expression and checks every word and type of it.

    Args:
        vocabulary: what it may ask for.
        ranks: the codes of the plan's ranks, the lowest first.
        packages: those of its packages.
        wanted: what it must give; None is anything.

    Returns:
        The expression, or None with what is wrong: the first place where reading stops, or everything that is
        unknown or of a wrong type.
    """
    checker = Checker(text, vocabulary, ranks, packages)
    try:
        part = syntax(text)
    except Stop as stop:
        return None, [stop.mistake]
    node: Node | None = checker.node(part) if wanted is None else checker.wanted(part, wanted)
    if node is None or checker.mistakes:
        return None, sorted(checker.mistakes, key=lambda mistake: mistake.at)
    return Expression(text, node.type, node, frozenset(checker.names), frozenset(checker.calls)), []
