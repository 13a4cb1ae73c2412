"""What the words of an expression mean: by the vocabulary, as a rank of the plan, or as a function of the language."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from core.plan.expressions import numbers as n
from core.plan.expressions import truths as t
from core.plan.expressions.model import Call, Name, Type
from core.plan.expressions.nodes import Node, Numeric
from core.plan.expressions.syntax import Asked, Literal, Part, Word
from i18n.translator import mark

if TYPE_CHECKING:
    from core.plan.expressions.checking import Checker

TRUTHS = {"true": True, "false": False}
NO_RANK = "none"
FUNCTIONS = {
    "min": mark("two numbers or more"),
    "max": mark("two numbers or more"),
    "abs": mark("one number"),
    "floor": mark("one number"),
}
A_TEXT = mark('a text in quotes, as in {example}("…")')
A_COUNT = mark("a whole number from 1 to {most}, as in {example}(3)")


def word(checker: "Checker", part: Word) -> Node | None:
    """A word alone."""
    name = checker.vocabulary.get(part.name)
    if name is not None and name.by is None:
        checker.names.add(part.name)
        return _told(part.name, name)
    if name is not None:
        _argument_missing(checker, part, name)
        return None
    if part.name in TRUTHS:
        return t.Certain(TRUTHS[part.name])
    if part.name == NO_RANK or part.name in checker.ranks:
        return rung(checker, part, part.name, Type.RANK)
    if part.name in FUNCTIONS:
        checker.wrong("plan_rule_arguments", part, expected=FUNCTIONS[part.name])
        return None
    prefix = part.name.split(".")[0] + "."
    kin = [known for known in checker.vocabulary if known.startswith(prefix)]
    _unknown(checker, part, part.name, kin or [*checker.vocabulary, *FUNCTIONS, *TRUTHS, *checker.ranks])
    return None


def rung(checker: "Checker", part: Part, code: str, ladder: Type) -> Node | None:
    """A rank of the plan, or a package, by its code; `none` is below the lowest."""
    codes = checker.packages if ladder is Type.PACKAGE else checker.ranks
    if code not in (*codes, NO_RANK):
        checker.wrong("plan_name_unknown", part, codes, what=ladder.value, found=code)
        return None
    place = 1 + list(codes).index(code) if code in codes else 0
    return n.Rung(1, place, ladder)


def asked(checker: "Checker", part: Asked) -> Node | None:
    """A word with something in parentheses: a function, or a word of the vocabulary that takes an argument."""
    name = checker.vocabulary.get(part.name)
    if part.name in FUNCTIONS and name is None:
        return _function(checker, part)
    if name is None:
        takers = [taker for taker, its in checker.vocabulary.items() if its.by]
        _unknown(checker, part, part.name, [*FUNCTIONS, *takers])
        return None
    if name.by is None:
        checker.wrong("plan_rule_no_argument", part, found=part.name)
        return None
    argument = _argument(part, name)
    if argument is None:
        _argument_missing(checker, part, name)
        return None
    checker.names.add(part.name)
    checker.calls.add(Call(part.name, argument))
    if name.type is Type.TRUTH:
        return t.FactBy(part.name, argument)
    assert name.type is Type.NUMBER, "words with an argument give numbers or yes and no"
    return n.NumberBy(10**name.decimals, part.name, argument)


def _told(word: str, name: Name) -> Node:
    match name.type:
        case Type.NUMBER:
            return n.Number(10**name.decimals, word)
        case Type.RANK | Type.PACKAGE:
            return n.Rank(1, word, name.type)
        case Type.TRUTH:
            return t.Fact(word)
        case Type.TEXT:
            return t.ToldText(word)


def _argument(part: Asked, name: Name) -> str | int | None:
    """The constant in parentheses; None when it is none of the kind that the word takes."""
    value = part.arguments[0].value if isinstance(part.arguments[0], Literal) else None
    if len(part.arguments) != 1 or value is None:
        return None
    if name.by is Type.TEXT:
        return value if isinstance(value, str) and value else None
    if isinstance(value, str) or value.denominator != 1:
        return None
    return int(value) if 1 <= value <= name.most else None


def _argument_missing(checker: "Checker", part: Word | Asked, name: Name) -> None:
    expected = A_TEXT if name.by is Type.TEXT else A_COUNT
    checker.wrong("plan_rule_arguments", part, expected=expected, found=part.name, example=part.name, most=name.most)


def _function(checker: "Checker", part: Asked) -> Node | None:
    parts = [checker.number(argument) for argument in part.arguments]
    several = part.name in ("min", "max")
    if (len(parts) < 2) if several else (len(parts) != 1):
        checker.wrong("plan_rule_arguments", part, found=part.name, expected=FUNCTIONS[part.name])
        return None
    known = [number for number in parts if number]
    if len(known) < len(parts):
        return None
    return _extreme(known, largest=part.name == "max") if several else _alone(part.name, known[0])


def _extreme(parts: Sequence[Numeric], *, largest: bool) -> Numeric:
    fixed = [part.value for part in parts if isinstance(part, n.Fixed)]
    others: list[Numeric] = [part for part in parts if not isinstance(part, n.Fixed)]
    if fixed:
        others.append(n.Fixed.of(max(fixed) if largest else min(fixed)))
    common, alikes = n.alike(others)
    return alikes[0] if len(alikes) == 1 else n.Extreme(common, alikes, largest)


def _alone(function: str, part: Numeric) -> Numeric:
    if isinstance(part, n.Fixed):
        return n.Fixed.of(Fraction(part.value.__floor__() if function == "floor" else abs(part.value)))
    return n.Whole(1, part) if function == "floor" else n.Size(part.denominator, part)


def is_new(checker: "Checker", name: str) -> bool:
    """Whether neither the language nor the vocabulary has this word, so that a text or a rank may have been meant."""
    return "." not in name and name not in (*checker.vocabulary, *TRUTHS, *FUNCTIONS)


def is_rung(checker: "Checker", part: Part, other: Part) -> bool:
    """Whether a bare word is a package, because it is compared with one."""
    asked = checker.vocabulary.get(other.name) if isinstance(other, Word) else None
    return isinstance(part, Word) and is_new(checker, part.name) and asked is not None and asked.type is Type.PACKAGE


def unquoted(checker: "Checker", part: Part) -> bool:
    """Whether a word stands where a text belongs, most likely one without its quotes; told if so."""
    if not isinstance(part, Word) or not is_new(checker, part.name):
        return False
    checker.wrong("plan_rule_quotes", part)
    return True


def check_value(checker: "Checker", told: Node, constant: Node | None, part: Part) -> None:
    """Tells of a text that the word beside it can never be."""
    if not isinstance(told, t.ToldText) or not isinstance(constant, t.FixedText):
        return
    known = checker.vocabulary[told.name].values
    if known and constant.value not in known:
        checker.wrong("plan_choice_unknown", part, known, found=constant.value, word=told.name)


def _unknown(checker: "Checker", part: Part, found: str, known: Sequence[str]) -> None:
    checker.wrong("plan_rule_word_unknown", part, known, found=found)
