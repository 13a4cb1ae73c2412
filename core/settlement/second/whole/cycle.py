"""One cycle's lines and what returns take back: all of a run but what comes from other cycles, and what is paid."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from core.settlement.second.case import Case
from core.settlement.second.engine import Result, settle
from core.settlement.second.model import Inputs
from core.settlement.second.whole.charging import Charged, charged
from core.settlement.second.whole.counting import Counted
from core.settlement.second.whole.model import Sums
from core.settlement.second.whole.waits import waiting


@dataclass
class Done:
    """A cycle as it was calculated."""

    result: Result
    charged: Charged

    @property
    def case(self) -> Case:
        """Whose it is."""
        return self.result.case

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What it leaves for later cycles, before returns take of it."""
        return [row for row in waiting(self.result) if row["origin"] == self.case.cycle.code]

    @cached_property
    def sums(self) -> Sums:
        """What everybody is paid of every bonus and cap."""
        codes, found = self.case.people.code, Sums()
        bonuses = self.result.bonuses.values()
        lines = [*((one.unit, paid) for one in bonuses for paid in one.paid), *self.result.caps]
        for unit, paid in lines:
            if self.result.asks(paid.line.payee):
                _add(found, (codes[paid.line.payee], paid.bonus, unit, False), paid.amount)
        for one in self.charged.corrections:
            _add(found, (one.person, one.bonus, one.unit, one.returned), one.amount)
        return found


def _add(sums: Sums, key: tuple[str, str, str, bool], amount: int) -> None:
    sums[key] = sums.get(key, 0) + amount


def calculated(inputs: Inputs, found: Counted, people: frozenset[int] | None) -> Done:
    """The cycle with orders as they count.

    Args:
        people: whose lines are asked for; None is everybody's.
    """
    result = settle(replace(inputs, orders=found.orders, lines=found.lines), people)
    return Done(result, charged(result, found.backs, inputs.carried["posted"]))


def rows_of(sums: Sums) -> list[dict[str, Any]]:
    """The sums as rows."""
    names = ("person_id", "bonus", "unit", "returned")
    return [dict(zip(names, key, strict=True)) | {"amount_minor": amount} for key, amount in sums.items()]
