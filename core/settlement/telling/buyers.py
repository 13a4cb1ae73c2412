"""What a line tells of buyers whose orders count up to so much, or from some days after joining on."""

from collections.abc import Iterator

from core.plan.model import Bonus, Plan
from core.settlement.telling.words import base_text
from i18n.translator import Translator, mark, mark_plural

BUYER_CAPS = {
    "cycle": mark("Of what one person orders in a cycle, at most {most} counts."),
    "year": mark("Of what one person orders in a calendar year, at most {most} counts."),
    "own_year": mark(
        "Of what one person orders in a year, each beginning on the day of joining, at most {most} counts."
    ),
    "ever": mark("Of all that one person ever orders, at most {most} counts."),
}
"""By the stretch of time."""
AFTER = mark_plural(
    "It counts what people order {n} day after they joined, or later.",
    "It counts what people order {n} days after they joined, or later.",
)


def joined_before(bonus: Bonus, tr: Translator) -> Iterator[str]:
    """After how many days from a buyer's joining on her orders count; nothing where all do."""
    if bonus.orders.after_days is not None:
        yield tr.plural(*AFTER, bonus.orders.after_days)


def up_to(bonus: Bonus, unit: str, plan: Plan, tr: Translator) -> Iterator[str]:
    """How much of a buyer's orders counts; nothing where all of them do."""
    most = bonus.orders.buyer_cap
    if most is not None:
        yield tr(BUYER_CAPS[bonus.orders.buyer_cap_in], most=base_text(most, bonus, unit, plan, tr))
