# ruff: noqa: C901, PLR0911  (one case for each form that a rule has)
"""Rules in words, read once more: a rule is almost an expression of Python, so Python's own grammar reads it."""

import ast
import keyword
import re
from fractions import Fraction
from functools import cache
from typing import Any

from core.settlement.second.case import Case
from core.settlement.second.plan import number
from core.settlement.second.rounding import rounded

NUMBER = re.compile(r"(?<![\w.\"])(\d+(?:\.\d+)?(?:\s*%)?)")
KPI = re.compile(r"""\bkpi\s*\.\s*(?:"([^"\n]+)"|'([^'\n]+)'|(\w+))""")
TEXT = re.compile(r"""("[^"\n]*"|'[^'\n]*')""")
WORD = re.compile(r"\b[^\W\d]\w*")
OURS = ("and", "or", "not", "in", "if", "else")
SIX = 10**6

Value = Any
"""A Fraction, a text, a truth, or a `Rank`."""


class Rank(int):
    """A place on the ladder; 0 is none."""


class Package(int):
    """A place among the packages; 0 is none."""


@cache
def grammar(text: str) -> ast.expr:
    """The form of a rule."""
    text = KPI.sub(lambda found: f'kpi["{found[1] or found[2] or found[3]}"]', text)
    parts = TEXT.split(text)
    plain = [part if at % 2 else NUMBER.sub(r'N("\1")', WORD.sub(_word, part)) for at, part in enumerate(parts)]
    return ast.parse("(" + "".join(plain).strip() + ")", mode="eval").body


def _word(found: re.Match[str]) -> str:
    """A word of Python's own that is none of ours, such as a rank called `class`, is put out of its way."""
    return found[0] + "_" if keyword.iskeyword(found[0]) and found[0] not in OURS else found[0]


def holds(case: Case, text: str, person: int) -> bool:
    """Whether a rule holds for somebody."""
    return bool(Reading(case, person).value(grammar(text)))


def comes_to(case: Case, text: str, person: int, base: Fraction) -> Fraction:
    """The number that a rule gives for somebody and what is looked at of her."""
    return Fraction(Reading(case, person, base).value(grammar(text)))


def asks_base(text: str) -> bool:
    """Whether a rule asks for what it is a share of."""
    return any(isinstance(one, ast.Name) and one.id == "base" for one in ast.walk(grammar(text)))


class Reading:
    """A rule about one person."""

    def __init__(self, case: Case, person: int, base: Fraction = Fraction(0)) -> None:
        self.case, self.person, self.base = case, person, base

    def value(self, node: ast.expr) -> Value:
        """What a part of the rule comes to."""
        match node:
            case ast.Constant(value=str() as text):
                return text
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=ast.Name(id=room), attr=word):
                return self._word(room, word)
            case ast.Subscript(value=ast.Name(id="kpi"), slice=ast.Constant(value=str() as word)):
                return self._word("kpi", word)
            case ast.BoolOp(op=sign, values=parts):
                every = all if isinstance(sign, ast.And) else any
                return every(self.value(part) for part in parts)
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return not self.value(part)
            case ast.UnaryOp(operand=part):
                return -self.value(part)
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self.value(yes) if self.value(test) else self.value(no)
            case ast.BinOp():
                return self._joined(node)
            case ast.Compare():
                return self._compared(node)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._asked(name, [self.value(one) for one in arguments])
        raise AssertionError(f"a rule has no {ast.dump(node)}")

    def _name(self, name: str) -> Value:
        case, person = self.case, self.person
        if name == "base":
            return self.base
        if name.removesuffix("_") in case.plan.ranks:
            return Rank(case.plan.rank(name.removesuffix("_")))
        children = case.sponsors.children[person]
        match name:
            case "true" | "false":
                return name == "true"
            case "none":
                return Rank(0)
            case "rank":
                return Rank(case.rank(person))
            case "career_rank":
                return Rank(case.rank(person, "career"))
            case "package":
                return Package(case.package(person))
            case "active":
                return case.figures.active[person]
            case "referred":
                return case.sponsors.parent[person] >= 0
            case "referrals":
                return Fraction(len(children))
            case "referrals_active":
                return Fraction(sum(case.figures.active[child] for child in children))
        raise AssertionError(f"a rule cannot ask for {name}")

    def _word(self, room: str, word: str) -> Value:
        people, person = self.case.people, self.person
        if room == "kpi":
            return self.case.kpi(person, word)
        match word:
            case "joined_days":
                return Fraction((self.case.cycle.last - people.joined[person]).days)
            case "kind" | "status" | "country" | "language":
                return getattr(people, word)[person]
        raise AssertionError(f"a rule cannot ask for {room}.{word}")

    def _joined(self, node: ast.BinOp) -> Fraction:
        left, right = self.value(node.left), self.value(node.right)
        match node.op:
            case ast.Add():
                return Fraction(left + right)
            case ast.Sub():
                return Fraction(left - right)
            case ast.Mult():
                return Fraction(left * right)
        if right == 0:
            return Fraction(0)
        constant = not any(isinstance(one, ast.Name) and one.id != "N" for one in ast.walk(node.right))
        return left / right if constant else Fraction(rounded(left / right * SIX, "half_up"), SIX)

    def _compared(self, node: ast.Compare) -> bool:
        parts = [node.left, *node.comparators]
        packaged = any(isinstance(part, ast.Name) and part.id == "package" for part in parts)
        value = self._package_of if packaged else self.value
        left = value(node.left)
        for sign, part in zip(node.ops, node.comparators, strict=True):
            if isinstance(sign, ast.In | ast.NotIn):
                items = part.elts if isinstance(part, ast.List | ast.Tuple) else [part]
                right = [self._like(left, value(one)) for one in items]
                found = (left in right) == isinstance(sign, ast.In)
            else:
                right = value(part)
                found = self._related(sign, self._like(right, left), self._like(left, right))
                left = right
            if not found:
                return False
        return True

    def _package_of(self, node: ast.expr) -> Value:
        """A side of a comparison with packages, where a bare word is one, even if a rank has its name."""
        if isinstance(node, ast.Name) and node.id != "package":
            return self._package(node.id.removesuffix("_"))
        return self.value(node)

    def _package(self, code: str) -> Package:
        codes = [one.text("code") for one in self.case.plan.tables("packages")]
        return Package(codes.index(code) + 1 if code in codes else 0)

    def _like(self, other: Value, value: Value) -> Value:
        """A rank or package in quotes is one where one is compared with it."""
        if isinstance(other, Package) and isinstance(value, str):
            return self._package(value)
        return Rank(self.case.plan.rank(value)) if isinstance(other, Rank) and isinstance(value, str) else value

    @staticmethod
    def _related(sign: ast.cmpop, left: Value, right: Value) -> bool:
        match sign:
            case ast.Eq():
                return bool(left == right)
            case ast.NotEq():
                return bool(left != right)
            case ast.Lt():
                return bool(left < right)
            case ast.LtE():
                return bool(left <= right)
            case ast.Gt():
                return bool(left > right)
        return bool(left >= right)

    @staticmethod
    def _asked(name: str, values: list[Value]) -> Value:
        match name:
            case "N":
                return number(values[0]) / (100 if values[0].endswith("%") else 1)
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "abs":
                return abs(values[0])
        assert name == "floor", f"a rule cannot ask for {name}"
        return Fraction(values[0] // 1)
