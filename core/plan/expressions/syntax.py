"""The form of an expression: what belongs to what, before anybody asks what the words mean."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from core.kernel.errors import Fact
from core.plan.expressions.model import Mistake
from core.plan.expressions.tokens import DECIMALS_MAX, DIGITS_MAX, Kind, Stop, Token, tokens
from i18n.translator import mark

DEPTH_MAX = 50
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
KEYWORDS = ("and", "or", "not", "in", "if", "else")
VALUE = mark("a word, a number, a text in quotes or an opening parenthesis")
MORE = mark("a sign such as +, == or >=, a word such as and, or, in or if, or the end")
SIGN = '"{sign}"'
LISTED = mark("a list in square brackets, such as [1, 2]")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression; `text[at:end]` is what its author wrote."""

    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Part):
    """A number or a text."""

    value: Fraction | str
    percent: bool = False
    """Whether the number was written as a percentage."""


@dataclass(frozen=True, slots=True)
class Word(Part):
    """A word of the vocabulary, or a rank."""

    name: str


@dataclass(frozen=True, slots=True)
class Asked(Part):
    """A word with arguments in parentheses."""

    name: str
    arguments: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Listed(Part):
    """A list."""

    items: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Turned(Part):
    """`not` or `-` before something."""

    sign: str
    part: Part


@dataclass(frozen=True, slots=True)
class Step:
    """One further member of a row and the sign in front of it."""

    sign: str
    at: int
    part: Part


@dataclass(frozen=True, slots=True)
class Row(Part):
    """Members joined by signs of one strength: `a + b - c`, `a < b <= c`, `a and b`."""

    first: Part
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Choice(Part):
    """`yes if condition else no`."""

    condition: Part
    yes: Part
    no: Part


def syntax(text: str) -> Part:
    """The form of the whole text.

    Raises:
        Stop: at the first place where the text cannot go on as it does.
    """
    return _Parser(list(tokens(text))).whole()


class _Parser:
    """One way down through the strengths: if, or, and, not, comparison, sum, product, sign, value."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.index = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def next(self) -> Token:
        self.index += 1
        return self.tokens[self.index - 1]

    def sees(self, *signs: str) -> bool:
        return self.token.kind in (Kind.SIGN, Kind.WORD) and self.token.text in signs

    def want(self, sign: str, expected: str = SIGN) -> Token:
        if not self.sees(sign):
            raise self.stop(expected, sign=sign)
        return self.next()

    def stop(self, expected: str, **facts: Fact) -> Stop:
        """Something else is expected where the next token stands."""
        if self.token.kind is Kind.END:
            return Stop(Mistake("plan_rule_ends", self.token.at, {"expected": expected, **facts}))
        facts = {"expected": expected, "found": self.token.text, **facts}
        known = KEYWORDS if self.token.kind is Kind.WORD and expected == MORE else ()
        return Stop(Mistake("plan_rule_wanted", self.token.at, facts, known))

    def deeper(self, inner: Callable[[], Part]) -> Part:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise Stop(Mistake("plan_rule_deep", self.token.at, {"most": DEPTH_MAX}))
        part = inner()
        self.depth -= 1
        return part

    def whole(self) -> Part:
        part = self.choice()
        if self.token.kind is not Kind.END:
            raise self.stop(MORE)
        return part

    def choice(self) -> Part:
        yes = self.either()
        if not self.sees("if"):
            return yes
        self.next()
        condition = self.either()
        self.want("else")
        no = self.deeper(self.choice)
        return Choice(yes.at, no.end, condition, yes, no)

    def row(self, member: Callable[[], Part], *signs: str) -> Part:
        first, steps = member(), []
        while self.sees(*signs):
            sign = self.next()
            steps.append(Step(sign.text, sign.at, member()))
        return Row(first.at, steps[-1].part.end, first, tuple(steps)) if steps else first

    def either(self) -> Part:
        return self.row(self.both, "or")

    def both(self) -> Part:
        return self.row(self.negated, "and")

    def negated(self) -> Part:
        if not self.sees("not"):
            return self.comparison()
        sign = self.next()
        part = self.deeper(self.negated)
        return Turned(sign.at, part.end, "not", part)

    def comparison(self) -> Part:
        first, steps = self.sum(), []
        while self.sees(*COMPARISONS, "in", "not"):
            sign = self.next()
            if sign.text in COMPARISONS:
                steps.append(Step(sign.text, sign.at, self.sum()))
                continue
            if sign.text == "not":
                self.want("in")
            steps.append(Step("in" if sign.text == "in" else "not in", sign.at, self.listed()))
        return Row(first.at, steps[-1].part.end, first, tuple(steps)) if steps else first

    def sum(self) -> Part:
        return self.row(self.product, "+", "-")

    def product(self) -> Part:
        return self.row(self.signed, "*", "/")

    def signed(self) -> Part:
        if not self.sees("-"):
            return self.value()
        sign = self.next()
        part = self.deeper(self.signed)
        return Turned(sign.at, part.end, "-", part)

    def value(self) -> Part:
        token = self.token
        if token.kind is Kind.NUMBER:
            self.next()
            return Literal(token.at, token.end, _number(token), token.text.endswith("%"))
        if token.kind is Kind.TEXT:
            self.next()
            return Literal(token.at, token.end, token.text)
        if token.kind is Kind.WORD and token.text not in KEYWORDS:
            return self.word(self.next())
        if self.sees("("):
            self.next()
            part = self.deeper(self.choice)
            self.want(")")
            return part
        raise self.stop(VALUE)

    def word(self, token: Token) -> Part:
        if not self.sees("("):
            return Word(token.at, token.end, token.text)
        self.next()
        arguments = self.members(")")
        return Asked(token.at, self.next().end, token.text, arguments)

    def listed(self) -> Part:
        if not self.sees("[", "("):
            raise self.stop(LISTED)
        opening = self.next()
        items = self.members("]" if opening.text == "[" else ")")
        return Listed(opening.at, self.next().end, items)

    def members(self, closing: str) -> tuple[Part, ...]:
        """Parts between commas up to the closing sign, which is the next token then; at least one."""
        found = [self.deeper(self.choice)]
        while self.sees(","):
            self.next()
            found.append(self.deeper(self.choice))
        if not self.sees(closing):
            raise self.stop(SIGN, sign=closing)
        return tuple(found)


def _number(token: Token) -> Fraction:
    digits, _, decimals = token.text.removesuffix("%").rstrip().partition(".")
    if len(digits) > DIGITS_MAX or len(decimals) > DECIMALS_MAX:
        facts: dict[str, Fact] = {"digits": DIGITS_MAX, "decimals": DECIMALS_MAX}
        raise Stop(Mistake("plan_rule_number", token.at, facts))
    number = Fraction(f"{digits}.{decimals or 0}")
    return number / 100 if token.text.endswith("%") else number
