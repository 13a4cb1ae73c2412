"""What the sentences about a line's facts are made with."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from core.plan.language.each import BY_ONES
from core.plan.model import Bonus, Plan
from core.settlement.telling.fractions import written
from core.settlement.telling.words import bonus_label, exact_text, is_currency, unit_text
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
        """An amount in whole units of what is paid; one that is finer keeps its decimals."""
        text = str(amount)
        if is_currency(self.unit) or "/" in text:
            return exact_text(text, self.unit, self.tr)
        return unit_text(int(Decimal(text)), self.unit, self.plan, self.tr)

    def percent(self, rate: object) -> str:
        """A percentage as the plan writes it."""
        return self.tr.percent(written(Decimal(str(rate)), self.plan))

    def share(self, rate: object) -> str:
        """The same, or the amount that it is of what counts as one."""
        by_ones = self.bonus is not None and self.bonus.base in BY_ONES
        return self.paid((Decimal(str(rate)) / 100).normalize()) if by_ones else self.percent(rate)

    def number(self, value: object) -> str:
        """A figure with the decimals that it has; a fraction that never ends stays one."""
        text = str(value)
        return text if "/" in text else self.tr.number(Decimal(text))

    def label(self, bonus: str) -> str:
        """How the plan calls a bonus."""
        return bonus_label(self.plan, bonus, self.tr)

    def fact(self, word: str) -> Any:
        """Another fact of the line."""
        return self.because[word]
