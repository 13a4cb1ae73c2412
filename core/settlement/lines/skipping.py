"""Who was passed over on the way up to a payee, and why."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from core.bonuses.rules.ranked import holding
from core.forest.kernel import Grades, Indices, Ints
from core.forest.layout import breadth_first
from core.forest.ordering import depths
from core.people.model import Kind
from core.plan.model import Bonus
from core.settlement.cycle.figures import Standings
from core.settlement.lines.texts import json_texts

NAMED = 10
"""So many of those who were passed over are named; the count tells how many there are."""
REASONS = ("customer", "distributor", "suspended", "place", "rank", "condition", "depth")
"""The first that is true of her: a customer, or a distributor, where it is for others; suspended; she fails what a
place in the counting asks for; her rank is too low; she fails what the bonus asks for; she is not paid so deep."""


def reasons_of(bonus: Bonus, standings: Standings, kinds: pl.Series) -> Grades:
    """Why the bonus would pass over everybody, as places in `REASONS`, by node."""
    network, counted = standings.network, standings.counted
    customer = (kinds == Kind.CUSTOMER.value).to_numpy()
    fails = [
        customer & (bonus.who == "distributors"),
        ~customer & (bonus.who == "customers"),
        ~network.open,
        ~holding(bonus.place, counted, network.size),
        network.ranks(bonus.rank_basis) < standings.plan.rank_index(bonus.minimum_rank),
        ~holding(bonus.conditions, counted, network.size),
    ]
    return np.select(fails, list(range(len(fails))), default=len(fails)).astype(np.int8)


@dataclass(frozen=True)
class Passed:
    """The ways up that one bonus went."""

    parent: Indices
    """Who is above, by node: the sponsor, or whoever the bonus's tree says."""
    codes: pl.Series
    """By node."""
    reasons: Callable[[], Grades]
    """As `reasons_of` finds them; asked for only where somebody was passed over."""

    def of(self, below: Indices, payee: Indices) -> pl.DataFrame:
        """Of each line `skipped`, a JSON object from code to reason with the nearest first, and `skipped_count`.

        Both are null where nobody was passed over. The ways of equal ends are looked at once.

        Args:
            below: from whom each way began; -1 where nobody can have been passed over.
            payee: where it ended.
        """
        first = np.where(below >= 0, self.parent[below], -1)
        there = np.flatnonzero((first >= 0) & (first != payee))
        skipped = np.full(len(below), -1, np.int64)
        ways, skipped[there] = np.unique((first[there].astype(np.int64) << 32) | payee[there], return_inverse=True)
        told = self._told(ways >> 32, ways & 0xFFFF_FFFF) if len(ways) else _nobody()
        return pl.concat([told, _nobody()]).select(pl.all().gather(skipped))

    def _told(self, first: Ints, payee: Ints) -> pl.DataFrame:
        count = self._depth[first] - self._depth[payee]
        at, pieces = first, []
        for number in range(min(int(count.max()), NAMED)):
            between = number < count
            codes = json_texts(self.codes.gather(at))
            piece = ("" if number == 0 else ",") + codes + ":" + self._words.gather(at)
            pieces.append(piece.set(pl.Series(~between), None).alias(str(number)))
            at = np.where(between, self.parent[at], at)
        text = pl.concat_str(pl.lit("{"), pl.all(), pl.lit("}"), ignore_nulls=True)
        told = pl.DataFrame(pieces).select(text.alias("skipped"))
        return told.with_columns(pl.Series("skipped_count", count, dtype=pl.Int32))

    @cached_property
    def _depth(self) -> Indices:
        if (self.parent < np.arange(len(self.parent))).all():
            return depths(self.parent)
        _, place, ordered = breadth_first(self.parent)
        return np.asarray(depths(ordered)[place])

    @cached_property
    def _words(self) -> pl.Series:
        words = pl.Series([f'"{word}"' for word in REASONS])
        return words.gather(self.reasons())


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(
        {"skipped": [None], "skipped_count": [None]}, schema={"skipped": pl.String, "skipped_count": pl.Int32}
    )
