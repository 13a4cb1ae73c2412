"""The award lines of one bonus as columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from core.bonuses.arrays import NO_FACT, Exact, Fact, Lines, Settled
from core.forest.kernel import Indices, Ints
from core.forest.ordering import in_turn
from core.plan.model import CapSpec
from core.settlement.lines.numbers import exact_text, rate_text
from core.settlement.lines.skipping import Passed, reasons_of
from core.settlement.lines.texts import decimal_texts, json_texts, with_null
from core.settlement.model import framed
from core.settlement.running import Outcome

LINE: Mapping[str, pl.DataType] = {
    "payee_id": pl.String(),
    "bonus": pl.String(),
    "kind": pl.String(),
    "unit": pl.String(),
    "digits": pl.Int8(),
    "amount_minor": pl.Int64(),
    "source_person_id": pl.String(),
    "source_order_id": pl.String(),
    "level": pl.Int32(),
    "base": pl.Int64(),
    "base_decimals": pl.Int8(),
    "base_text": pl.String(),
    "rate": pl.String(),
    "rank": pl.String(),
    "facts": pl.String(),
    "skipped": pl.String(),
    "skipped_count": pl.Int32(),
    "exact": pl.Int64(),
    "exact_decimals": pl.Int8(),
    "exact_text": pl.String(),
    "plan": pl.String(),
    "rounding": pl.String(),
    "because": pl.String(),
}
"""Columns of a line. `amount_minor`, `base` and `exact` are whole units at `digits`, `base_decimals` and
`exact_decimals`; `base_text` and `exact_text` stand where these are not enough. `facts` are members of a JSON object,
each with a comma before it, `skipped` is one. `because` is null but for lines whose reason is no bonus's, which bring
it ready made. A line without a rate has no base."""
ROOM, DECIMALS_MOST = 2**63, 18
RANK, PACKAGE = "rank", "package"
"""A fact that says which rank a line is for, in place of the payee's."""


@dataclass(frozen=True)
class BonusColumns:
    """The lines of one bonus."""

    outcome: Outcome
    settled: Settled
    codes: pl.Series
    """Codes by node, and null at the end, where -1 finds it."""
    orders: pl.Series
    """Ids by number of order, and null at the end."""

    @property
    def named(self) -> tuple[str]:
        """The bonus."""
        return (self.settled.bonus.code,)

    @cached_property
    def turn(self) -> Indices:
        """Its lines by payee, order, source and level."""
        lines, place = self.settled.lines, self.outcome.standings.place
        source = np.where(lines.source >= 0, place[lines.source], -1)
        return in_turn([place[lines.payee], lines.order, source, lines.level])

    @cached_property
    def places(self) -> Ints:
        """The payees' places, of the lines in turn."""
        return self.outcome.standings.place[self.settled.lines.payee[self.turn]]

    @cached_property
    def passed(self) -> Passed:
        """Who was passed over by it."""
        outcome = self.outcome
        kinds = outcome.company.people["kind"].gather(outcome.standings.place)
        way = self.settled.way
        parent = outcome.standings.network.parent if way is None else way
        return Passed(parent, self.codes, lambda: reasons_of(self.settled.bonus, outcome.standings, kinds))

    def at(self, which: Indices) -> pl.DataFrame:
        """Some of its lines, counted in turn, with the columns of `LINE`."""
        settled, plan, codes = self.settled, self.outcome.plan, self.codes
        number = self.turn[which]
        lines = settled.lines.where(number)
        columns = {
            "payee_id": codes.gather(lines.payee),
            "amount_minor": settled.amount[number],
            "source_person_id": codes.gather(lines.source),
            "source_order_id": self.orders.gather(lines.order),
            "level": lines.level,
            "base": pl.Series(lines.base).set(pl.Series(lines.rate < 0), None),
            "rate": self._rates.gather(lines.rate),
            "rank": self._rank(lines),
            "facts": self._facts({**lines.facts, **self._package(lines)}, lines.size),
            **self.passed.of(lines.below, lines.payee).to_dict(),
            **self._exact(lines.units),
        }
        same: dict[str, str | int] = {
            "bonus": settled.bonus.code,
            "kind": settled.bonus.kind,
            "unit": settled.unit.code,
            "digits": settled.unit.digits,
            "base_decimals": lines.decimals,
            "plan": f"{plan.code} {plan.version}",
            "rounding": plan.rounding.told(settled.unit.code),
        }
        return framed(LINE, columns | {name: pl.repeat(value, lines.size, eager=True) for name, value in same.items()})

    @cached_property
    def _rates(self) -> pl.Series:
        return with_null(pl.Series([rate_text(rate) for rate in self.settled.lines.rates], dtype=pl.String))

    def _rank(self, lines: Lines) -> pl.Series:
        """The rank by which each is paid, or that a line names."""
        outcome = self.outcome
        codes = with_null(pl.Series([rank.code for rank in outcome.plan.ranks], dtype=pl.String))
        held = codes.gather(outcome.standings.network.ranks(self.settled.bonus.rank_basis)[lines.payee].astype(int) - 1)
        if RANK not in lines.facts:
            return held
        fact = lines.facts[RANK]
        named = with_null(pl.Series(fact.table, dtype=pl.String)).gather(
            np.where(fact.values == NO_FACT, -1, fact.values)
        )
        return named.zip_with(named.is_not_null(), held)

    def _package(self, lines: Lines) -> dict[str, Fact]:
        """The payee's package, where a table goes by it."""
        bonus, network = self.settled.bonus, self.outcome.standings.network
        if not (bonus.by_package or (isinstance(bonus.terms, CapSpec) and bonus.terms.by_package)):
            return {}
        rung = network.package[lines.payee].astype(np.int64) - 1
        codes = tuple(one.code for one in self.outcome.plan.packages)
        return {PACKAGE: Fact(np.where(rung < 0, NO_FACT, rung), "text", table=codes)}

    def _facts(self, facts: Mapping[str, Fact], count: int) -> pl.Series:
        """Members of a JSON object, each with a comma before it; null where a line has none."""
        told = [
            (f',"{word}":' + self._told(fact)).set(pl.Series(fact.values == NO_FACT), None).alias(word)
            for word, fact in facts.items()
            if word != RANK
        ]
        if not told:
            return pl.repeat(None, count, dtype=pl.String, eager=True)
        return pl.DataFrame(told).select(pl.concat_str(pl.all(), ignore_nulls=True).replace("", None)).to_series()

    def _told(self, fact: Fact) -> pl.Series:
        values = pl.Series("fact", np.where(fact.values == NO_FACT, 0, fact.values))
        if fact.how == "count":
            return values.cast(pl.String)
        if fact.how == "person":
            return json_texts(self.codes.gather(values))
        if fact.how in TELL:
            return json_texts(pl.Series([TELL[fact.how](one) for one in fact.table], dtype=pl.String)).gather(values)
        text = decimal_texts(pl.col("fact"), fact.decimals, trimmed=fact.how == "volume")
        return '"' + values.to_frame().select(text).to_series() + '"'

    def _exact(self, units: Exact) -> dict[str, pl.Series]:
        """`exact`, `exact_decimals` and `exact_text` of amounts in parts of a minor unit."""
        decimals, factor = self._decimals
        if factor and units.dtype != object and max(abs(int(units.max())), abs(int(units.min()))) * factor < ROOM:
            exact = pl.Series(units.astype(np.int64) * factor)
            return {"exact": exact, "exact_decimals": pl.repeat(decimals, len(units), dtype=pl.Int8, eager=True)}
        listed = units.tolist()
        texts = {one: exact_text(Fraction(one) / self._parts) for one in set(listed)}
        return {"exact_text": pl.Series([texts[one] for one in listed], dtype=pl.String)}

    @cached_property
    def _parts(self) -> int:
        """How many of the parts that amounts are counted in are a whole unit."""
        return int(self.settled.lines.denominator * 10**self.settled.unit.digits)

    @cached_property
    def _decimals(self) -> tuple[int, int]:
        """How many decimals hold every exact amount, and what makes it whole then; 0 where none are enough."""
        found = (one for one in range(DECIMALS_MOST + 1) if 10**one % self._parts == 0)
        decimals = next(found, -1)
        return (decimals, 10**decimals // self._parts) if decimals >= 0 else (0, 0)


def _divided(units: Exact) -> bool:
    """Whether some amount is a fraction of a part."""
    return units.dtype == object and any(one.denominator > 1 for one in units.tolist())


TELL: Mapping[str, Callable[[Any], str]] = {"text": str, "rate": rate_text, "exact": exact_text}
"""How what stands in a fact's table is told."""
