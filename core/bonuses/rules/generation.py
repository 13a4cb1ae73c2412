"""Generations: a share of what is ordered below, by how many leaders stand between.

Below x stand a, b and c in a line, each with an order of 100; a and b are leaders. With 4 % and 2 % x is paid:

| boundary | of a      | of b      | of c      |
| -------- | --------- | --------- | --------- |
| closer   | 4.00 (1)  | 2.00 (2)  | - (3)     |
| opener   | 4.00 (1)  | 2.00 (2)  | 2.00 (2)  |
| enrollee | 4.00 (1)  | 2.00 (2)  | 2.00 (2)  |

`closer`: a leader ends a generation and belongs to it. `opener`: she begins one. `enrollee` is as `closer`, but c, who
is a customer and was brought by the leader b, counts with her.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NO_FACT, Fact, Lines, Ready
from core.bonuses.rules.amounts import share_lines
from core.bonuses.rules.facts import always
from core.bonuses.rules.ranked import of_bonus
from core.forest.above import Marks
from core.forest.generations import generations
from core.forest.kernel import Indices
from core.plan.model.percents import Percent
from core.plan.model.terms import Generation, Matching

SAME = "same_as_earner"
Terms = Generation | Matching


@dataclass(frozen=True, slots=True)
class Reached:
    """Who is paid for which source, one entry a line."""

    start: Indices
    """Places among the sources."""
    payee: Indices
    number: Indices
    rate: Indices
    rates: tuple[Fraction, ...]
    leader: Indices
    """Who closed the generation before, or opened this one; -1 for none."""

    def facts(self, ready: Ready) -> dict[str, Fact]:
        """What decided, for the reader."""
        terms = ready.bonus.terms
        assert isinstance(terms, Terms), "terms are those of the kinds"
        met = self.leader.astype(np.int64)
        between = self.number.astype(np.int64) - (terms.boundary != "opener")
        found = {"leaders": Fact(between), "leader": Fact(np.where(met >= 0, met, NO_FACT), "person")}
        return {"boundary": always(terms.boundary, len(met)), **found}


def generation(ready: Ready) -> Lines:
    """The lines of a generation bonus: one an order and earner."""
    terms = ready.bonus.terms
    assert isinstance(terms, Generation), "terms are those of the kind"
    found = by_generation(ready, terms, ready.orders.buyer)
    orders = ready.orders.where(found.start)
    return share_lines(
        payee=found.payee,
        source=orders.buyer,
        order=orders.number,
        level=found.number,
        base=orders.base,
        rate=found.rate,
        rates=found.rates,
        basis=ready.basis,
        unit=ready.unit,
        facts=found.facts(ready),
    )


def by_generation(ready: Ready, terms: Terms, sources: Indices) -> Reached:
    """Who is paid for each source, counted as the terms say."""
    entries, rung = of_bonus(ready, "generations_by_rank", terms.generations_by_rank)
    tables = [terms.generations if one is None else one for one in entries]
    parent = ready.network.parent
    customer = terms.boundary == "enrollee"
    parts = []
    for leader, earner, last in _groups(ready, terms, np.array([len(one) for one in tables], np.int32)[rung]):
        chosen = np.arange(len(sources), dtype=np.int32)
        if not terms.include_leader_own:
            chosen = chosen[~leader[sources]]
        nodes = sources[chosen]
        apart = np.where(ready.network.customer[nodes], parent[nodes], -1) if customer else np.full(len(nodes), -1)
        found = generations(
            parent,
            leader,
            earner,
            nodes,
            last=last,
            opener=terms.boundary == "opener",
            apart=apart.astype(np.int32),
        )
        found[0] = chosen[found[0]]
        parts.append(found)
    start, payee, number, met = np.concatenate(parts, axis=1) if parts else np.empty((4, 0), np.int32)
    rates, places = rate_places(tables)
    return Reached(start, payee, number, places[rung[payee], number], rates, met)


def _groups(ready: Ready, terms: Terms, length: Indices) -> Iterator[tuple[Marks, Marks, int]]:
    """Leaders, those who earn, and the last generation that they are paid: apart for whom any of these differs.

    Nobody's way up is looked at further than somebody can be paid there, so that it costs what the lines cost.

    Args:
        length: everybody's last generation.
    """
    ranks = ready.network.ranks(ready.bonus.rank_basis)
    counted = ready.qualified if terms.compress_unqualified else np.ones(len(ranks), np.bool_)
    lengths = sorted(set(np.unique(length).tolist()) - {0})
    if terms.leader_rank not in (None, SAME):
        leader = np.asarray((ranks >= ready.plan.rank_index(terms.leader_rank)) & counted)
        for last in lengths:
            earner = np.asarray(ready.qualified & (length == last))
            if earner.any():
                yield leader, earner, last
        return
    for rank in range(1, len(ready.plan.ranks) + 1):
        for last in lengths:
            earner = np.asarray(ready.qualified & (ranks == rank) & (length == last))
            if earner.any():
                yield np.asarray((ranks >= rank) & counted), earner, last


def rate_places(tables: Sequence[Sequence[Percent]]) -> tuple[tuple[Fraction, ...], Indices]:
    """Every rate once, and where a rank's rate of a level or generation stands among them; -1 for none."""
    rates = tuple(sorted({Fraction(rate) for table in tables for rate in table}))
    known = {rate: place for place, rate in enumerate(rates)}
    places = np.full((len(tables), max((len(one) for one in tables), default=0) + 1), -1, np.int32)
    for rank, table in enumerate(tables):
        places[rank, 1 : len(table) + 1] = [known[Fraction(rate)] for rate in table]
    return rates, places
