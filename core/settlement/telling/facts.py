"""What some kinds of lines tell besides: caps, what is left to those below, the rank or prize of an award."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from core.kernel.money import minor_units
from core.plan.model import Bonus, Plan
from core.settlement.telling.words import is_currency, unit_text
from i18n.translator import Translator


class Setting(NamedTuple):
    """What the sentences are made with."""

    because: Mapping[str, Any]
    bonus: Bonus | None
    unit: str
    plan: Plan
    tr: Translator
    name: Callable[[str], str]

    def paid(self, amount: object) -> str:
        """An amount in whole units of what is paid."""
        value = Decimal(str(amount))
        whole = minor_units(value, self.unit) if is_currency(self.unit) else int(value)
        return unit_text(whole, self.unit, self.plan, self.tr)


def fact_sentences(
    because: Mapping[str, Any], bonus: Bonus | None, unit: str, plan: Plan, tr: Translator, name: Callable[[str], str]
) -> Iterator[str]:
    """A sentence for each fact that has one, in the order in which the line has them."""
    setting = Setting(because, bonus, unit, plan, tr, name)
    for word, value in because.items():
        if word in FACTS:
            yield FACTS[word](value, setting)


def _less(value: Any, setting: Setting) -> str:
    whole = Decimal(str(value)) + Decimal(str(setting.because["rate"]))
    return setting.tr(
        "Your percentage is {whole}; {less} of it is paid below you, so {rate} is yours.",
        whole=setting.tr.percent(whole),
        less=setting.tr.percent(Decimal(str(value))),
        rate=setting.tr.percent(Decimal(str(setting.because["rate"]))),
    )


def _equal(value: Any, setting: Setting) -> str:
    return setting.tr(
        "Somebody below you has the same percentage, {equal}, so you get the plan's share for equal ranks: {rate}.",
        equal=setting.tr.percent(Decimal(str(value))),
        rate=setting.tr.percent(Decimal(str(setting.because["rate"]))),
    )


def _cap(value: Any, setting: Setting) -> str:
    return setting.tr("The bonus pays at most {cap} in a cycle; what is above is taken off.", cap=setting.paid(value))


def _prize(value: Any, setting: Setting) -> str:
    return setting.tr("The prize is “{prize}”.", prize=str(value))


FACTS: Mapping[str, Callable[[Any, Setting], str]] = {"less": _less, "equal": _equal, "cap": _cap, "prize": _prize}
"""Sentences by the word of a because."""
