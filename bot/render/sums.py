"""What several screens about earnings share: amounts of any unit, sums by bonus, and what a cycle is called."""

import re
from collections.abc import Sequence
from datetime import date

from bot.render.common import points_of
from bot.screen import bold, cut
from core.earnings.model import BonusSum, Money
from core.kernel.words import CompanyText
from i18n.translator import Translator

LABEL_MAX = 40
MONTH = re.compile(r"\d{4}-\d{2}")
WEEK = re.compile(r"(\d{4})-W(\d{2})")


def unit_amount(amount: int, unit: str, points: CompanyText | None, tr: Translator) -> str:
    """An amount in minor units of a currency, or pieces of what else a bonus pays.

    Args:
        points: what the company calls points.
    """
    if unit == "points" and points is not None:
        return points_of(amount, points, tr)
    if unit == "prize":
        return tr.plural("{n} prize", "{n} prizes", amount)
    if unit == "shares":
        return tr.plural("{n} share", "{n} shares", amount)
    if unit == "badge":
        return tr.plural("{n} badge", "{n} badges", amount)
    return tr.money(amount, unit) if len(unit) == 3 else tr.number(amount)


def total(sums: Sequence[Money], tr: Translator) -> str:
    """All currencies of a sum, joined as the reader joins things."""
    return tr.list([bold(tr.money(one.amount, one.currency)) for one in sums])


def bonus_line(one: BonusSum, points: CompanyText | None, tr: Translator) -> str:
    """A bonus and what it comes to."""
    worth = unit_amount(one.amount, one.unit, points, tr)
    return "• " + tr("{label}: {value}", label=cut(tr.company(one.label), LABEL_MAX), value=worth)


def headed(text: str) -> str:
    """A line that begins with a name which some languages write small, such as a month's."""
    return text[:1].upper() + text[1:]


def cycle_name(code: str, ends_on: date | None, tr: Translator) -> str:
    """A month by its name, every other cycle by its code.

    Args:
        ends_on: the cycle's last day; None reads it from a month's code.
    """
    if not MONTH.fullmatch(code):
        return code
    year, month = code.split("-")
    return tr.month(ends_on or date(int(year), int(month), 1))


def cycle_title(code: str, ends_on: date | None, tr: Translator) -> str:
    """The same where nothing stands before it: a week by its number too."""
    week = WEEK.fullmatch(code)
    if week is None:
        return headed(cycle_name(code, ends_on, tr))
    return tr("Week {number}, {year}", number=int(week[2]), year=week[1])
