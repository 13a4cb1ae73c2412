"""Random expressions, each with its meaning worked out with plain fractions, apart from the product's own nodes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from core.kernel.money import round_half_up
from core.plan.expressions.model import Name, Type

RANKS = ("silver", "gold", "black-diamond")
WORDS: Mapping[str, Name] = {
    "heads": Name(Type.NUMBER),
    "order.amount": Name(Type.NUMBER, 6),
    "kpi.gv": Name(Type.NUMBER, 2),
    "bought": Name(Type.NUMBER, by=Type.TEXT),
    "active": Name(Type.TRUTH),
    "rank": Name(Type.RANK),
    "career_rank": Name(Type.RANK),
    "person.country": Name(Type.TEXT, values=("DE", "ES", "FR")),
    "person.home": Name(Type.TEXT),
}
COUNTRIES = ("DE", "ES", "FR")
Meaning = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Drawn:
    """A text, what it means in a case of fractions, and its value where it is made of numbers alone."""

    text: str
    meaning: Meaning
    constant: Fraction | None = None


T = TypeVar("T")


class Draw(Protocol):
    """Hypothesis' way to draw from a strategy."""

    def __call__(self, strategy: st.SearchStrategy[T], /) -> T: ...


def number(draw: Draw, depth: int) -> Drawn:
    """A number."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.one_of(LITERALS, st.sampled_from(TOLD)))
    kind = draw(st.sampled_from(["sum", "product", "quotient", "minus", "abs", "floor", "extreme", "choice"]))
    if kind == "choice":
        return _choice(draw, number, depth)
    parts = [number(draw, depth - 1) for _ in range(1 if kind in ("minus", "abs", "floor") else 2)]
    sign = draw(st.sampled_from({"sum": "+-", "extreme": ["min", "max"]}.get(kind, [kind])))
    return _calculated(sign, parts)


def _calculated(sign: str, parts: list[Drawn]) -> Drawn:
    a, b = parts[0], parts[-1]
    meaning: Meaning
    constants = [part.constant for part in parts]
    known = [each for each in constants if each is not None]
    match sign:
        case "+":
            text, meaning = f"({a.text} + {b.text})", lambda case: a.meaning(case) + b.meaning(case)
        case "-":
            text, meaning = f"({a.text} - {b.text})", lambda case: a.meaning(case) - b.meaning(case)
        case "product":
            text, meaning = f"{a.text} * {b.text}", lambda case: a.meaning(case) * b.meaning(case)
            if 0 in constants:
                return Drawn(text, lambda _: Fraction(0), Fraction(0))
        case "quotient":
            return _quotient(a, b)
        case "minus":
            text, meaning = f"(-{a.text})", lambda case: -a.meaning(case)
        case "abs":
            text, meaning = f"abs({a.text})", lambda case: abs(a.meaning(case))
        case "floor":
            text, meaning = f"floor({a.text})", lambda case: Fraction(floor(a.meaning(case)))
        case _:
            choose = {"min": min, "max": max}[sign]
            text, meaning = f"{sign}({a.text}, {b.text})", lambda case: choose(a.meaning(case), b.meaning(case))
    return Drawn(text, meaning, meaning({}) if len(known) == len(parts) else None)


def _quotient(a: Drawn, b: Drawn) -> Drawn:
    if b.constant == 0:
        return a
    text = f"({a.text}) / ({b.text})"
    if b.constant is not None:
        divisor = b.constant
        value = None if a.constant is None else a.constant / divisor
        return Drawn(f"({text})", lambda case: a.meaning(case) / divisor, value)

    def meaning(case: Mapping[str, Any]) -> Fraction:
        divisor = b.meaning(case)
        return Fraction(round_half_up(a.meaning(case) / divisor * 10**6), 10**6) if divisor else Fraction(0)

    return Drawn(f"({text})", meaning)


def _choice(draw: Draw, kind: Callable[[Draw, int], Drawn], depth: int) -> Drawn:
    yes, no, condition = kind(draw, depth - 1), kind(draw, depth - 1), truth(draw, depth - 1)
    return Drawn(
        f"({yes.text} if {condition.text} else {no.text})",
        lambda case: yes.meaning(case) if condition.meaning(case) else no.meaning(case),
    )


def truth(draw: Draw, depth: int) -> Drawn:
    """Yes or no."""
    if depth == 0:
        return draw(st.sampled_from([Drawn("active", lambda case: case["active"]), Drawn("true", lambda _: True)]))
    kind = draw(st.sampled_from(["not", "joined", "chain", "texts", "truths", "among", "choice"]))
    return _TRUTHS[kind](draw, depth)


def _not(draw: Draw, depth: int) -> Drawn:
    part = truth(draw, depth - 1)
    return Drawn(f"(not {part.text})", lambda case: not part.meaning(case))


def _joined(draw: Draw, depth: int) -> Drawn:
    parts = [truth(draw, depth - 1) for _ in range(draw(st.integers(2, 3)))]
    sign, join = draw(st.sampled_from([("and", all), ("or", any)]))
    return Drawn(f"({f' {sign} '.join(p.text for p in parts)})", lambda case: join(p.meaning(case) for p in parts))


RELATIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _chain(draw: Draw, depth: int) -> Drawn:
    kind = draw(st.sampled_from([number, rank]))
    parts = [kind(draw, depth - 1) for _ in range(draw(st.integers(2, 3)))]
    signs = [draw(st.sampled_from(list(RELATIONS))) for _ in parts[1:]]
    text = parts[0].text + "".join(f" {sign} {part.text}" for sign, part in zip(signs, parts[1:], strict=True))

    def meaning(case: Mapping[str, Any]) -> bool:
        values = [part.meaning(case) for part in parts]
        return all(RELATIONS[sign](a, b) for sign, a, b in zip(signs, values, values[1:], strict=False))

    return Drawn(f"({text})", meaning)


def _texts(draw: Draw, depth: int) -> Drawn:
    return _same(draw, word(draw, depth - 1), word(draw, depth - 1))


def _truths(draw: Draw, depth: int) -> Drawn:
    return _same(draw, truth(draw, depth - 1), truth(draw, depth - 1))


def _same(draw: Draw, a: Drawn, b: Drawn) -> Drawn:
    sign = draw(st.sampled_from(["==", "!="]))
    return Drawn(f"({a.text} {sign} {b.text})", lambda case: RELATIONS[sign](a.meaning(case), b.meaning(case)))


def _among(draw: Draw, depth: int) -> Drawn:
    kind, items = draw(st.sampled_from([(number, LITERALS), (rank, st.sampled_from(RUNGS)), (word, HOMES)]))
    part, listed = kind(draw, depth - 1), draw(st.lists(items, min_size=1, max_size=3))
    sign = draw(st.sampled_from(["in", "not in"]))
    text = f"({part.text} {sign} [{', '.join(item.text for item in listed)}])"
    found = [item.meaning({}) for item in listed]
    return Drawn(text, lambda case: (part.meaning(case) in found) == (sign == "in"))


def rank(draw: Draw, depth: int) -> Drawn:
    """A rank."""
    if depth > 0 and draw(st.booleans()):
        return _choice(draw, rank, depth)
    return draw(st.sampled_from([Drawn("rank", lambda c: c["rank"]), *CAREER, *CAREER, *RUNGS[:3]]))


def word(draw: Draw, depth: int) -> Drawn:
    """A text."""
    if depth > 0 and draw(st.booleans()):
        return _choice(draw, word, depth)
    told = [Drawn("person.country", lambda c: c["person.country"]), Drawn("person.home", lambda c: c["person.home"])]
    return draw(st.one_of(st.sampled_from(told), HOMES))


_TRUTHS: Mapping[str, Callable[[Draw, int], Drawn]] = {
    "not": _not,
    "joined": _joined,
    "chain": _chain,
    "texts": _texts,
    "truths": _truths,
    "among": _among,
    "choice": lambda draw, depth: _choice(draw, truth, depth),
}


def _literal(digits: int, decimals: int) -> Drawn:
    value = Fraction(digits, 10**decimals)
    whole, rest = divmod(digits, 10**decimals)
    text = f"{whole}.{rest:0{decimals}d}" if decimals else str(whole)
    return Drawn(text, lambda _: value, value)


def _share(percent: int) -> Drawn:
    return Drawn(f"{percent} %", lambda _: Fraction(percent, 100), Fraction(percent, 100))


def _fixed(text: str, value: object) -> Drawn:
    return Drawn(text, lambda _: value)


LITERALS = st.one_of(
    st.builds(_literal, st.one_of(st.integers(0, 20), st.integers(0, 10**15 - 1)), st.integers(0, 3)),
    st.builds(_share, st.integers(0, 150)),
)
TOLD = (
    Drawn("heads", lambda case: case["heads"]),
    Drawn("order.amount", lambda case: case["order.amount"]),
    Drawn("kpi.gv", lambda case: case["kpi.gv"]),
    Drawn('bought("A-1")', lambda case: case["bought"]),
)
CAREER = (Drawn("career_rank", lambda case: case["career_rank"]),)
RUNGS = (_fixed("none", 0), _fixed("silver", 1), _fixed("gold", 2), _fixed('"black-diamond"', 3))
HOMES = st.sampled_from([_fixed(f'"{country}"', country) for country in COUNTRIES])
