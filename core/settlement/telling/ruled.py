"""A rule of the plan as a sentence in the reader's language, with what the company calls its KPIs and ranks.

| in the plan                                  | told                                                             |
| -------------------------------------------- | ---------------------------------------------------------------- |
| rank >= gold and kpi.gv >= 1000              | your rank: Gold or higher, and “Group volume”: at least 1,000     |
| referrals >= 3 or not active                 | people you brought: at least 3, or you are not active             |
| person.country in ["ES", "PT"]               | your country: one of Spain, Portugal                              |

Words stand before a colon, so that no language has to bend what a company calls its figures.
"""

from decimal import Decimal
from fractions import Fraction

from babel import Locale

from core.plan.expressions.syntax import Asked, Choice, Listed, Literal, Part, Row, Turned, Word, syntax
from core.plan.model import Plan
from core.settlement.telling.words import quoted
from i18n.translator import Translator, mark

PACKAGE = "package"
SUBJECTS = {
    "rank": mark("your rank"),
    "career_rank": mark("your title"),
    PACKAGE: mark("your package"),
    "person.kind": mark("what you are"),
    "person.country": mark("your country"),
    "person.language": mark("your language"),
    "person.status": mark("your account"),
    "person.joined_days": mark("days since you joined"),
    "referrals": mark("people you brought"),
    "referrals_active": mark("people you brought who are active"),
    "base": mark("what counts for it"),
}
TRUTHS = {
    "active": mark("you are active"),
    "referred": mark("somebody brought you"),
    "true": mark("yes"),
    "false": mark("no"),
}
DENIED = {"active": mark("you are not active"), "referred": mark("nobody brought you")}
VALUES = {
    "person.kind": {"distributor": mark("distributor"), "customer": mark("customer")},
    "person.status": {"active": mark("in use"), "suspended": mark("blocked"), "terminated": mark("ended")},
}
NUMBERS = {
    "==": mark("{left}: {right}"),
    "!=": mark("{left}: not {right}"),
    "<": mark("{left}: less than {right}"),
    "<=": mark("{left}: at most {right}"),
    ">": mark("{left}: more than {right}"),
    ">=": mark("{left}: at least {right}"),
    "in": mark("{left}: one of {right}"),
    "not in": mark("{left}: none of {right}"),
}
RANKS = NUMBERS | {
    "<": mark("{left}: lower than {right}"),
    "<=": mark("{left}: {right} or lower"),
    ">": mark("{left}: higher than {right}"),
    ">=": mark("{left}: {right} or higher"),
}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
BOTH, EITHER = mark("{first}, and {second}"), mark("{first}, or {second}")
JOINED = {"and": BOTH, "or": EITHER}
ARITHMETIC = {"+": "+", "-": "−", "*": "×", "/": "÷"}
FUNCTIONS = {
    "min": mark("the least of {values}"),
    "max": mark("the greatest of {values}"),
    "abs": mark("{values} without its sign"),
    "floor": mark("{values} without its decimals"),
}
RANKED = ("rank", "career_rank", PACKAGE)
KPI = "kpi."


def told_rule(text: str, plan: Plan, tr: Translator) -> str:
    """The rule as a sentence; it was checked with its plan."""
    return _Telling(plan, tr).of(syntax(text))


class _Telling:
    def __init__(self, plan: Plan, tr: Translator) -> None:
        self.plan, self.tr = plan, tr

    def of(self, part: Part, about: str | None = None) -> str:
        """A part; `about` is the word that it is compared with."""
        match part:
            case Literal(value=Fraction() as number, percent=True):
                told = self.tr.percent(_decimal(100 * number))
            case Literal(value=Fraction() as number):
                told = self._number(number)
            case Literal(value=str() as text):
                told = self._text(text, about)
            case Word(name=name):
                told = self._word(name, about)
            case Asked(name=name, arguments=arguments):
                told = self.tr(FUNCTIONS[name], values=", ".join(map(self.of, arguments)))
            case Listed(items=items):
                told = ", ".join(self.of(one, about) for one in items)
            case Turned(sign=sign, part=inner):
                told = self._denied(inner) if sign == "not" else f"−{self._inside(inner)}"
            case Row():
                told = self._row(part)
            case Choice():
                said = {"yes": self.of(part.yes), "condition": self.of(part.condition), "no": self.of(part.no)}
                told = self.tr("{yes}, if {condition}; otherwise {no}", **said)
            case _:
                raise AssertionError("a part is one of these")
        return told

    def _row(self, row: Row) -> str:
        sign = row.steps[0].sign
        if sign in JOINED:
            told = self._inside(row.first)
            for step in row.steps:
                told = self.tr(JOINED[sign], first=told, second=self._inside(step.part))
            return told
        if sign in ARITHMETIC:
            steps = (f" {ARITHMETIC[step.sign]} {self._inside(step.part)}" for step in row.steps)
            return self._inside(row.first) + "".join(steps)
        members = [row.first, *(step.part for step in row.steps)]
        pairs = zip(members, row.steps, strict=False)
        compared = [self._compared(left, step.sign, step.part) for left, step in pairs]
        told = compared[0]
        for one in compared[1:]:
            told = self.tr(BOTH, first=told, second=one)
        return told

    def _compared(self, left: Part, sign: str, right: Part) -> str:
        if isinstance(right, Word) and self._is_asked(right) and not self._is_asked(left):
            left, sign, right = right, TURNED.get(sign, sign), left
        about = left.name if isinstance(left, Word) else None
        sentence = (RANKS if about in RANKED else NUMBERS)[sign]
        return self.tr(sentence, left=self._joined(left), right=self._joined(right, about))

    def _inside(self, part: Part, about: str | None = None) -> str:
        """A part in a larger one; in parentheses where it has several members."""
        told = self.of(part, about)
        several = isinstance(part, Choice) or (isinstance(part, Row) and part.steps[0].sign in (*JOINED, *ARITHMETIC))
        return f"({told})" if several else told

    def _joined(self, part: Part, about: str | None = None) -> str:
        """A side of a comparison, where arithmetic needs no parentheses."""
        sum_of = isinstance(part, Row) and part.steps[0].sign in ARITHMETIC
        return self.of(part, about) if sum_of else self._inside(part, about)

    def _denied(self, part: Part) -> str:
        if isinstance(part, Word) and part.name in DENIED:
            return self.tr(DENIED[part.name])
        return self.tr("not so: {part}", part=self._inside(part))

    def _is_asked(self, part: Part) -> bool:
        """Whether it is something that is known of her."""
        return isinstance(part, Word) and (part.name in SUBJECTS or part.name.startswith(KPI))

    def _word(self, name: str, about: str | None) -> str:
        if name.startswith(KPI):
            return quoted(self.tr.company(self.plan.kpi(name.removeprefix(KPI)).label), self.tr)
        for words in (SUBJECTS, TRUTHS):
            if name in words:
                return self.tr(words[name])
        return self._rung(name, about)

    def _rung(self, code: str, about: str | None) -> str:
        if about == PACKAGE:
            kit = next((package.name for package in self.plan.packages if package.code == code), None)
            return self.tr("no package") if kit is None else self.tr.company(kit)
        found = next((rank.name for rank in self.plan.ranks if rank.code == code), None)
        return self.tr("no rank") if found is None else self.tr.company(found)

    def _text(self, value: str, about: str | None) -> str:
        if about in RANKED:
            return self._rung(value, about)
        if about in VALUES:
            return self.tr(VALUES[about].get(value, value))
        locale = Locale.parse(self.tr.language, sep="-")
        if about == "person.country":
            return str(locale.territories.get(value, value))
        if about == "person.language":
            return Locale.parse(value, sep="-").get_display_name(locale) or value
        return quoted(value, self.tr)

    def _number(self, value: Fraction) -> str:
        return self.tr.number(_decimal(value))


def _decimal(value: Fraction) -> Decimal:
    """A number that was written in decimals, without zeros at its end."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.normalize() if exact % 1 else exact.quantize(Decimal(1))
