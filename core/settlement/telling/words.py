"""Words that the reasons of award lines are told with."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.kernel.money import minor_digits
from core.plan.model import Bonus, Plan, Unit
from core.plan.model.points import DEFAULT_NAME
from i18n.formatting import plain
from i18n.translator import Translator, mark, mark_plural

SKIPPED = {
    "customer": mark("a customer"),
    "distributor": mark("a distributor"),
    "suspended": mark("suspended"),
    "place": mark("doesn't meet what the plan asks for a place"),
    "rank": mark("rank too low"),
    "condition": mark("doesn't meet the bonus's condition"),
    "depth": mark("not paid to that level"),
}
"""Why somebody was passed over, by the word in a because."""

ROUNDED = {
    ("half_up", "line"): mark("{exact} is rounded to {amount}, halves up."),
    ("half_even", "line"): mark("{exact} is rounded to {amount}, halves to the even digit."),
    ("down", "line"): mark("{exact} is cut off to {amount}."),
    ("half_up", "bonus"): mark("{exact} becomes {amount}: all lines of the bonus are rounded together, halves up."),
    ("half_even", "bonus"): mark(
        "{exact} becomes {amount}: all lines of the bonus are rounded together, halves to the even digit."
    ),
    ("down", "bonus"): mark("{exact} becomes {amount}: all lines of the bonus are cut off together."),
    ("half_up", "payee"): mark("{exact} becomes {amount}: all your lines are rounded together, halves up."),
    ("half_even", "payee"): mark(
        "{exact} becomes {amount}: all your lines are rounded together, halves to the even digit."
    ),
    ("down", "payee"): mark("{exact} becomes {amount}: all your lines are cut off together."),
}
"""By the plan's mode, and by what it rounds."""

CURRENCY_LETTERS = 3
NEARLY = Decimal("0.000001")
"""As fine as a fraction is told whose decimals never end."""
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency's code."""
    return len(unit) == CURRENCY_LETTERS and unit.isupper()


def exact_text(exact: str, unit: str, tr: Translator) -> str:
    """An amount before rounding, with all the decimals that it has.

    | exact    | unit   | told          |
    | -------- | ------ | ------------- |
    | `4.2`    | EUR    | `€4.20`       |
    | `18.925` | EUR    | `€18.925`     |
    | `5/3`    | EUR    | `≈ €1.666667` |
    | `12.5`   | points | `12.5`        |
    """
    above, _, below = exact.partition("/")
    if below:
        share = Fraction(int(above), int(below))
        nearly = (Decimal(share.numerator) / Decimal(share.denominator)).quantize(NEARLY)
        return f"≈ {exact_text(str(nearly), unit, tr)}"
    value = Decimal(exact)
    return tr.unit_price(value, unit) if is_currency(unit) else tr.number(plain(value))


def bonus_label(plan: Plan, code: str, tr: Translator) -> str:
    """How the plan calls a bonus; its code where the plan has no such bonus any more."""
    return next((tr.company(one.label) for one in plan.bonuses if one.code == code), code)


def quoted(name: str, tr: Translator) -> str:
    """A name that the company gave, in the reader's quotation marks."""
    return tr("“{name}”", name=name)


def cycle_text(code: str, tr: Translator) -> str:
    """A month by its name, every other cycle by its code."""
    month = MONTH.fullmatch(code)
    return code if month is None else tr.month(date(int(month[1]), int(month[2]), 1))


def points_text(count: int, plan: Plan, tr: Translator) -> str:
    """So many points, by the company's own word for them."""
    name = plan.points.name if plan.points is not None else DEFAULT_NAME
    return f"{tr.number(count)} {tr.company(name, count)}"


def unit_text(amount: int, unit: str, plan: Plan, tr: Translator) -> str:
    """An amount in minor units of a currency, or pieces of what else is paid."""
    if is_currency(unit):
        return tr.money(amount, unit)
    if unit == "points":
        return points_text(amount, plan, tr)
    if unit == "prize":
        return tr.plural("{n} prize", "{n} prizes", amount)
    if unit == "shares":
        return tr.plural("{n} share", "{n} shares", amount)
    return tr.plural("{n} badge", "{n} badges", amount)


COUNTED = {
    "orders": mark_plural("{n} order", "{n} orders"),
    "heads": mark_plural("{n} person", "{n} people"),
    "pieces": mark_plural("{n} piece", "{n} pieces"),
}
VOLUMES = {
    "cv": mark("{volume} in commission volume"),
    "qv": mark("{volume} in qualifying volume"),
}


def base_text(base: Decimal, bonus: Bonus, unit: str, plan: Plan, tr: Translator) -> str:
    """What a bonus is a share of, with the word for it.

    Args:
        unit: what the bonus pays, in which bases of earnings are counted.
    """
    figure = bonus.base
    if figure in VOLUMES:
        return tr(VOLUMES[figure], volume=base)
    if figure in COUNTED:
        return tr.plural(*COUNTED[figure], int(base))
    if figure == "points":
        return points_text(int(base), plan, tr)
    if figure in ("price", "margin", "earnings"):
        currency = unit if figure == "earnings" and is_currency(unit) else plan.currency
        amount = tr.money(int(base.scaleb(minor_digits(currency))), currency)
        return tr("{amount} of margin", amount=amount) if figure == "margin" else amount
    kpi = plan.kpi(figure)
    value = base if kpi.unit is Unit.VOLUME else int(base)
    return tr("{value} in “{kpi}”", value=value, kpi=tr.company(kpi.label))
