"""The bonuses of a plan as they were understood: every word that differs from what holds unless it is said."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.plan.expressions.model import Expression
from core.plan.language.each import BY_ONES, RATED
from core.plan.model import AllOf, AnyOf, Bonus, CapSpec, Condition, Plan, Requirement, Unit
from core.plan.model.bonuses import OrderFilter
from core.plan.model.percents import number_text, percent_text
from core.plan.model.terms import LevelStep, Step, Tier
from i18n.translator import Translator

INDENT = "  "
PERCENT = re.compile(r"(?<![/\d.])([\d.]+) %")
TOLD_BEFORE = ("code", "kind", "label", "terms", "base", "tree", "pays", "currency", "calendar", "by_package")
"""What the first line of a bonus tells."""
RATES = (
    "rate", "rates", "levels", "levels_by_rank", "generations", "generations_by_rank", "rate_by_rank", "equal_rank",
    "share", "positions", "groups", "paid_now", "volume_counted", "volume_for_others", "order_max",
)  # fmt: skip
"""Words whose numbers are percentages."""


def bonus_lines(plan: Plan, tr: Translator) -> Iterator[str]:
    """Of each bonus a line of what it is, and one for every word that the plan says of it."""
    for bonus in plan.bonuses:
        yield INDENT + _head(plan, bonus, tr)
        by_ones = bonus.base in BY_ONES
        for source in (bonus, bonus.terms):
            for one in fields(source):
                value = getattr(source, one.name)
                if one.name not in TOLD_BEFORE and value != _unless_said(one):
                    told = _told(plan, one.name, value, tr)
                    told = _each(told) if by_ones and one.name in RATED else told
                    yield f"{INDENT * 2}{called(one.name, bonus)}: {told}"


def called(word: str, spec: Bonus | CapSpec) -> str:
    """The word as the file has it: a table can list packages in place of ranks."""
    return word.replace("_by_rank", "_by_package") if word in spec.by_package else word


def _head(plan: Plan, bonus: Bonus, tr: Translator) -> str:
    paid = bonus.currency or plan.currency if bonus.pays == "money" else bonus.pays
    calendar = f", by {bonus.calendar}" if bonus.calendar else ""
    text = f"{bonus.code} “{tr.company(bonus.label)}”: {bonus.kind} of {bonus.base}"
    return f"{text} along the {bonus.tree} tree, in {paid}{calendar}"


def _each(told: str) -> str:
    """Percentages of one as the amounts that they are."""
    return PERCENT.sub(lambda found: f"{(Decimal(found[1]) / 100).normalize():f} each", told)


def _unless_said(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _told(plan: Plan, word: str, value: Any, tr: Translator) -> str:
    if isinstance(value, dict):
        return _table(plan, word, value, tr)
    if isinstance(value, tuple):
        return ", ".join(_told(plan, word, one, tr) for one in value)
    if isinstance(value, Condition | AllOf | AnyOf):
        return needed(plan, value)
    if isinstance(value, OrderFilter):
        said = ((one, getattr(value, one.name)) for one in fields(value))
        return ", ".join(f"{one.name} {_told(plan, one.name, it, tr)}" for one, it in said if it != _unless_said(one))
    return _short(word, value)


def _short(word: str, value: object) -> str:
    """One number or word."""
    match value:
        case Decimal() | Fraction():
            return number_text(value) + (" %" if word in RATES else "")
        case Expression():
            return value.text
        case Step() | LevelStep() | Tier():
            return _step(value)
        case bool():
            return "yes" if value else "no"
    return str(value)


def _step(step: Step | LevelStep | Tier) -> str:
    """What there is from a figure on."""
    match step:
        case Step():
            told = percent_text(step.rate)
        case LevelStep():
            told = " ".join(map(percent_text, step.levels))
        case Tier():
            told = f"{step.pay:f}"
    return f"from {step.start:f} {told}"


def _table(plan: Plan, word: str, table: dict[str, Any], tr: Translator) -> str:
    """A table by rank; or a company text, which is told in the reader's language."""
    if word == "prize":
        return tr.company(table)
    return "; ".join(
        f"{rank} {tr.company(one) if word == 'prize_by_rank' else _told(plan, word, one, tr)}"
        for rank, one in table.items()
    )


def needed(plan: Plan, requirement: Requirement) -> str:
    """What a condition asks for, by the codes of its KPIs."""
    if isinstance(requirement, Condition):
        scale = plan.volume.scale if plan.kpi(requirement.kpi).unit is Unit.VOLUME else 0
        least = Decimal(requirement.minimum).scaleb(-scale).normalize()
        return f"{requirement.kpi} ≥ {least:,f}" + (", with a leg cap" if requirement.leg_cap else "")
    joint = " and " if isinstance(requirement, AllOf) else " or "
    return "(" + joint.join(needed(plan, part) for part in requirement.parts) + ")"
