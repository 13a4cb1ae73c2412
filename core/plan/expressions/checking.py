"""From the form of an expression to its meaning: every word known, every type right, or told where not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

from core.kernel.errors import Fact
from core.plan.expressions import asking
from core.plan.expressions import numbers as n
from core.plan.expressions import truths as t
from core.plan.expressions.model import Call, Mistake, Type, Vocabulary
from core.plan.expressions.nodes import Node, Numeric, Text, Truth
from core.plan.expressions.syntax import Asked, Choice, Listed, Literal, Part, Row, Step, Turned, Word
from i18n.translator import mark

PHRASES = {
    Type.NUMBER: mark("a number"),
    Type.TRUTH: mark("yes or no"),
    Type.TEXT: mark("a text"),
    Type.RANK: mark("a rank"),
    Type.PACKAGE: mark("a package"),
}
CONSTANT = mark("a number, a text or a rank that is always the same")
MINUS = Fraction(-1)
LADDERS = (Type.RANK, Type.PACKAGE)
ORDERS = ("<", "<=", ">", ">=")


@dataclass(slots=True)
class Checker:
    """Gives the meaning of every part, or None where it has none; what is wrong is gathered."""

    text: str
    vocabulary: Vocabulary
    ranks: Sequence[str]
    packages: Sequence[str] = ()
    mistakes: list[Mistake] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    calls: set[Call] = field(default_factory=set)

    def wrong(self, code: str, part: Part, near: Sequence[str] = (), /, **facts: Fact) -> None:
        """Tells that there is a mistake in `part`."""
        self.mistakes.append(Mistake(code, part.at, {"found": self.source(part), **facts}, tuple(near)))

    def source(self, part: Part) -> str:
        """What the author wrote, short, and a text without its quotes, because sentences put their own around it."""
        quoted = isinstance(part, Literal) and isinstance(part.value, str)
        text = " ".join(self.text[part.at + quoted : part.end - quoted].split())
        return text if len(text) <= 40 else text[:39] + "…"

    def node(self, part: Part) -> Node | None:
        """What `part` means."""
        match part:
            case Literal():
                node: Node | None = t.FixedText(part.value) if isinstance(part.value, str) else n.Fixed.of(part.value)
            case Word():
                node = asking.word(self, part)
            case Asked():
                node = asking.asked(self, part)
            case Turned():
                node = self.turned(part)
            case Row():
                node = self.row(part)
            case Choice():
                node = self.choice(part)
            case _:
                raise AssertionError("lists stand only behind `in`, which looks into them itself")
        return node

    def wanted(self, part: Part, type_: Type) -> Node | None:
        """`part`, where it gives `type_`; a text in quotes can name a rank or package."""
        if type_ in LADDERS and isinstance(part, Word) and asking.is_new(self, part.name):
            return asking.rung(self, part, part.name, type_)
        node = self.node(part)
        if type_ in LADDERS and isinstance(node, t.FixedText):
            return asking.rung(self, part, node.value, type_)
        if node is not None and node.type is not type_:
            self.wrong("plan_rule_type", part, what=PHRASES[node.type], expected=PHRASES[type_])
            return None
        return node

    def number(self, part: Part) -> Numeric | None:
        """`part`, where it gives a number."""
        return cast("Numeric | None", self.wanted(part, Type.NUMBER))

    def truth(self, part: Part) -> Truth | None:
        """`part`, where it gives yes or no."""
        return cast("Truth | None", self.wanted(part, Type.TRUTH))

    def turned(self, part: Turned) -> Node | None:
        """`not` or a minus."""
        if part.sign == "not":
            truth = self.truth(part.part)
            return truth and t.Not(truth)
        number = self.number(part.part)
        return number and n.times(number, MINUS)

    def row(self, part: Row) -> Node | None:
        """Members of one strength."""
        sign = part.steps[0].sign
        if sign in ("and", "or"):
            members = [self.truth(member) for member in (part.first, *(step.part for step in part.steps))]
            known = tuple(member for member in members if member)
            return (t.Every if sign == "and" else t.Some)(known) if len(known) == len(members) else None
        if sign in ("+", "-"):
            return self.sum(part)
        return self.product(part) if sign in ("*", "/") else self.compared(part)

    def sum(self, part: Row) -> Numeric | None:
        """Added and subtracted, exactly."""
        parts = [self.number(part.first)]
        for step in part.steps:
            number = self.number(step.part)
            parts.append(n.times(number, MINUS) if number and step.sign == "-" else number)
        known = [number for number in parts if number]
        return n.total(known) if len(known) == len(parts) else None

    def product(self, part: Row) -> Numeric | None:
        """Multiplied exactly, and divided: exactly by a constant, else to six decimals."""
        result = self.number(part.first)
        for step in part.steps:
            right = self.number(step.part)
            if step.sign == "/" and isinstance(right, n.Fixed) and right.units == 0:
                self.wrong("plan_rule_by_zero", step.part)
                right = None
            if result is None or right is None:
                result = None
            elif step.sign == "*":
                result = n.product(result, right)
            else:
                result = (
                    n.times(result, 1 / right.value) if isinstance(right, n.Fixed) else n.Quotient.of(result, right)
                )
        return result

    def compared(self, part: Row) -> Truth | None:
        """A chain of comparisons holds where each of them does."""
        links: list[Truth | None] = []
        left = part.first
        for step in part.steps:
            links.append(self.among(left, step) if isinstance(step.part, Listed) else self.pair(left, step))
            left = step.part
        known = tuple(link for link in links if link)
        if len(known) < len(links):
            return None
        return known[0] if len(known) == 1 else t.Every(known)

    def pair(self, left: Part, step: Step) -> Truth | None:
        """One comparison; the type of both sides is that of the side that is no text in quotes."""
        by_right = isinstance(left, Literal) and isinstance(left.value, str)
        by_right = by_right or asking.is_rung(self, left, step.part)
        lead, other = (step.part, left) if by_right else (left, step.part)
        first = self.node(lead)
        if first is None:
            return None
        if first.type is Type.TEXT and asking.unquoted(self, other):
            return None
        second = self.wanted(other, first.type)
        asking.check_value(self, first, second, other)
        if second is None or (step.sign in ORDERS and first.type in (Type.TEXT, Type.TRUTH)):
            if second is not None:
                self.mistakes.append(Mistake("plan_rule_no_order", step.at, {"found": step.sign}))
            return None
        return _pair(step.sign, *((second, first) if by_right else (first, second)))

    def among(self, left: Part, step: Step) -> Truth | None:
        """`in` and `not in` a list of constants."""
        node, items = self.node(left), cast("Listed", step.part).items
        if node is not None and node.type is Type.TRUTH:
            self.wrong("plan_rule_type", left, what=PHRASES[Type.TRUTH], expected=CONSTANT)
            return None
        constants = [self.constant(node, item) for item in items] if node else [None]
        if node is None or None in constants:
            return None
        found = _among(node, cast("list[Node]", constants))
        return t.Not(found) if step.sign == "not in" else found

    def constant(self, node: Node, item: Part) -> Node | None:
        """One item of a list that `node` is looked for in."""
        if node.type is Type.TEXT and asking.unquoted(self, item):
            return None
        constant = self.wanted(item, node.type)
        asking.check_value(self, node, constant, item)
        if constant is None or isinstance(constant, n.Fixed | t.FixedText):
            return constant
        self.wrong("plan_rule_constant", item, expected=CONSTANT)
        return None

    def choice(self, part: Choice) -> Node | None:
        """One of two, which must be of one type."""
        condition = self.truth(part.condition)
        by_no = isinstance(part.yes, Literal) and isinstance(part.yes.value, str)
        lead, other = (part.no, part.yes) if by_no else (part.yes, part.no)
        first = self.node(lead)
        second = self.wanted(other, first.type) if first else None
        if condition is None or first is None or second is None:
            return None
        yes, no = (second, first) if by_no else (first, second)
        if isinstance(yes, Numeric) and isinstance(no, Numeric):
            common, (yes, no) = n.alike([yes, no])
            return n.Either(common, first.type, condition, yes, no)
        if isinstance(yes, Truth) and isinstance(no, Truth):
            return t.Given(condition, yes, no)
        return t.GivenText(condition, cast("Text", yes), cast("Text", no))


def _pair(sign: str, left: Node, right: Node) -> Truth:
    if isinstance(left, Numeric) and isinstance(right, Numeric):
        _, (left, right) = n.alike([left, right])
        return t.Compared(sign, left, right)
    same: Truth
    if isinstance(left, Truth) and isinstance(right, Truth):
        same = t.SameTruth(left, right)
    else:
        same = t.SameText(cast("Text", left), cast("Text", right))
    return same if sign == "==" else t.Not(same)


def _times(sign: str, left: Numeric, right: Numeric) -> Numeric:
    if sign == "*":
        return n.product(left, right)
    return n.times(left, 1 / right.value) if isinstance(right, n.Fixed) else n.Quotient.of(left, right)


def _among(node: Node, constants: list[Node]) -> Truth:
    if isinstance(node, Text):
        return t.TextAmong(node, frozenset(cast("t.FixedText", constant).value for constant in constants))
    number = cast("Numeric", node)
    exact = [cast("n.Fixed", constant).value * number.denominator for constant in constants]
    return t.Among(number, frozenset(units.numerator for units in exact if units.denominator == 1))
