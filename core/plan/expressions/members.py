"""What an expression asks for, taken apart where all of several must hold."""

from collections.abc import Iterator

from core.plan.expressions.model import Expression, Type
from core.plan.expressions.nodes import Node
from core.plan.expressions.syntax import Row, syntax
from core.plan.expressions.tokens import Kind, Token, tokens
from core.plan.expressions.truths import Every

AND = "and"


def members(expression: Expression) -> tuple[Expression, ...]:
    """The members of its `and`s, each a checked expression of its own; itself where there is no `and` outermost.

    | expression                                      | members                                         |
    | ----------------------------------------------- | ----------------------------------------------- |
    | rank >= gold and (active and kpi.gv >= 1000)    | rank >= gold · active · kpi.gv >= 1000          |
    | 100 <= kpi.gv < 500 and (active or referred)    | 100 <= kpi.gv < 500 · active or referred        |
    | rank >= gold or active                          | itself                                          |
    """
    return tuple(
        Expression(text, Type.TRUTH, node, expression.names, expression.calls)
        for text, node in _members(expression.text, expression.tree)
    )


def _members(text: str, node: Node) -> Iterator[tuple[str, Node]]:
    inner = _unwrapped(text)
    part = syntax(inner)
    if not isinstance(part, Row) or part.steps[0].sign != AND:
        yield inner, node
        return
    assert isinstance(node, Every), "what `and` joins is checked member by member"
    begins = [0, *(step.at + len(AND) for step in part.steps)]
    ends = [*(step.at for step in part.steps), len(inner)]
    for begin, end, its in zip(begins, ends, node.parts, strict=True):
        yield from _members(inner[begin:end], its)


def _unwrapped(text: str) -> str:
    """Without the parentheses that are around all of it."""
    found = [token for token in tokens(text) if token.kind is not Kind.END]
    while found and (found[0].text, found[0].kind) == ("(", Kind.SIGN) and _closes(found):
        text = text[found[0].end : found[-1].at]
        found = [token for token in tokens(text) if token.kind is not Kind.END]
    return text.strip()


def _closes(found: list[Token]) -> bool:
    """Whether the first parenthesis is closed by the last token, and not before."""
    depth = 0
    for place, token in enumerate(found, start=1):
        if token.kind is Kind.SIGN:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
        if not depth:
            return place == len(found)
    return False
