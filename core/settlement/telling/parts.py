"""What is told of a line of a bonus that is paid in parts: all that it comes to, and how much of it is paid now."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from core.plan.model import Bonus
from i18n.translator import Translator

HUNDRED = 100


def in_all(because: Mapping[str, Any], bonus: Bonus) -> Fraction:
    """What the line comes to before a part of it is kept for later cycles, exactly: of 612.00 at 75 % 816.00."""
    exact = Fraction(str(because["exact"]))
    return exact * HUNDRED / Fraction(bonus.paid_now) if bonus.rest_in_cycles else exact


def at_once(because: Mapping[str, Any], bonus: Bonus | None, tr: Translator) -> Iterator[str]:
    """How much is paid in its own cycle, where the rest comes later."""
    if bonus is None or not bonus.rest_in_cycles or because.get("kind") != bonus.kind or "part" in because:
        return
    if "exact" in because:
        yield tr("{share} of it is paid now, the rest in later cycles.", share=tr.percent(bonus.paid_now))
