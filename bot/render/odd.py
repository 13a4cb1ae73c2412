"""Sentences about amounts that nothing can be done with."""

from bot.understanding.slots.odd import Odd
from core.kernel.words import CompanyText
from i18n.translator import Translator


def odd(what: Odd, name: CompanyText, tr: Translator) -> str:
    """Why such an amount of points cannot be, and what can. `name` is the company's word for points."""
    word = tr.company(name, 2)
    if what is Odd.FRACTION:
        return tr("Only whole numbers work here, such as 500. Please tell me again how many you mean.")
    if what is Odd.ENORMOUS:
        return tr("That's more {points} than there are. Please tell me a smaller number.", points=word)
    return tr("It has to be at least 1. Please tell me again how many {points} you mean.", points=word)
