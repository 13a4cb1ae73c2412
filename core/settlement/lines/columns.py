"""Award lines as columns: everything that a line and its reason tell, a million lines without an object each.

The columns are what is stored of a run (`chunks`) and what its texts are made of (`reasons`), so that a line read again
says the same as on the day of the run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import polars as pl

from core.forest.kernel import Indices, Ints
from core.forest.ordering import in_turn
from core.settlement.lines.bonus import LINE, BonusColumns
from core.settlement.lines.corrected import CorrectionColumns
from core.settlement.lines.texts import with_null
from core.settlement.model import framed
from core.settlement.running import Outcome


class Part(Protocol):
    """Lines that stand together before they are put among all others."""

    @property
    def places(self) -> Ints:
        """Each payee's place in `Company.people`; who is not among them has one after all."""

    @property
    def named(self) -> Sequence[str]:
        """Each line's bonus, or one for all."""

    def at(self, which: Indices) -> pl.DataFrame:
        """Some of its lines, with the columns of `LINE`."""


@dataclass(frozen=True)
class LineColumns:
    """The lines of one run by payee, then by bonus in the plan's order, then by order, source and level."""

    outcome: Outcome

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The bonuses that pay anything, in the order of the plan; corrections come after them."""
        company, standings = self.outcome.company, self.outcome.standings
        codes = with_null(company.people["code"].gather(standings.place))
        orders = with_null(company.orders["order_id"])
        paying = [one for one in self.outcome.settled if one.lines.size]
        found: list[Part] = [BonusColumns(self.outcome, one, codes, orders) for one in paying]
        if self.outcome.corrections.height:
            found.append(CorrectionColumns(self.outcome))
        return tuple(found)

    @cached_property
    def _payees(self) -> Ints:
        return np.concatenate([np.zeros(0, np.int64), *(part.places for part in self.parts)])

    @cached_property
    def _order(self) -> Indices:
        """All lines in turn, as numbers among those of all parts."""
        codes = dict.fromkeys(one.bonus.code for one in self.outcome.settled)
        numbers = {code: number for number, code in enumerate(codes)}
        turns = [np.zeros(0, np.int64)]
        for part in self.parts:
            named = [numbers.get(code, len(numbers)) for code in part.named]
            turns.append(np.broadcast_to(np.array(named, np.int64), len(part.places)))
        return in_turn([self._payees, np.concatenate(turns)])

    @property
    def size(self) -> int:
        """How many lines there are."""
        return len(self._payees)

    def places(self, start: int, end: int) -> Ints:
        """The payees' places of a stretch of the lines."""
        return self._payees[self._order[start:end]]

    def at(self, start: int, end: int) -> pl.DataFrame:
        """A stretch of the lines, with the columns of `LINE`."""
        wanted = self._order[start:end]
        found, turn, last = [framed(LINE, {})], [np.zeros(0, np.int64)], 0
        for part in self.parts:
            first, last = last, last + len(part.places)
            where = np.flatnonzero((wanted >= first) & (wanted < last))
            if len(where):
                found.append(part.at(wanted[where] - first))
                turn.append(where)
        return pl.concat(found).select(pl.all().gather(np.argsort(np.concatenate(turn), kind="stable")))
