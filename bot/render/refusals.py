"""Why an amount of points or money cannot be moved, in the company's word for points."""

from bot.render.amounts import POINTS, worth
from bot.render.common import points_of
from core.kernel.errors import Fact, Refused
from core.kernel.words import CompanyText
from core.points.model import AboveMost, BelowLeast, MoneyTooLittle, PointsTooFew
from i18n.errors import sentence
from i18n.translator import Translator

OTHER_AMOUNT = (PointsTooFew.code, MoneyTooLittle.code, BelowLeast.code, AboveMost.code)
"""What another amount would help against."""


def reason(refusal: Refused, name: CompanyText, tr: Translator) -> str:
    """What happened, and what she can do. `name` is the company's word for points."""
    facts = refusal.facts
    if refusal.code == PointsTooFew.code:
        has, missing = points_of(_number(facts.get("available")), name, tr), _number(facts.get("missing"))
        return tr.plural(
            "You have {points}, so {n} is missing. Tell me a smaller number.",
            "You have {points}, so {n} are missing. Tell me a smaller number.",
            missing,
            points=has,
        )
    if refusal.code == MoneyTooLittle.code:
        has = worth(_number(facts.get("available_minor")), str(facts.get("currency")), name, tr)
        return tr("You have {amount} there, and that's not enough. Tell me a smaller amount.", amount=has)
    unit = str(facts.get("unit") or POINTS)
    if refusal.code == BelowLeast.code:
        return tr("It has to be at least {amount}.", amount=worth(_number(facts.get("least")), unit, name, tr))
    if refusal.code == AboveMost.code:
        return _above(_number(facts.get("most")), unit, name, tr)
    return sentence(refusal.code, facts, tr)


def _above(most: int, unit: str, name: CompanyText, tr: Translator) -> str:
    if most <= 0:
        return tr("You've reached today's limit. You can go on tomorrow.")
    return tr("It can be {amount} at most right now.", amount=worth(most, unit, name, tr))


def _number(fact: Fact) -> int:
    return fact if isinstance(fact, int) else 0
