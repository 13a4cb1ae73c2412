"""The reason of an award line as one JSON object: order or leg, base, level, who was skipped, rate, plan, rounding."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from core.bonuses.arrays import NO_FACT, Fact, Network, Settled
from core.plan.model import Plan

SKIPPED_NAMED = 10
"""So many of those who were skipped are named; the count tells how many there are."""
RATE_DECIMALS = 6
DECIMALS_MAX = 20


def decimal_text(units: int, decimals: int, *, trimmed: bool = False) -> str:
    """Whole units at so many decimals with a point: 1250 at 2 is 12.50, and 12.5 when trimmed."""
    text = f"{Decimal(units).scaleb(-decimals):f}"
    return text.rstrip("0").rstrip(".") if trimmed and "." in text else text


def exact_text(value: Fraction) -> str:
    """A number as a decimal where it is one, else as a fraction: `2.5`, `1/3`."""
    for decimals in range(DECIMALS_MAX):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            return decimal_text(int(scaled), decimals)
    return f"{value.numerator}/{value.denominator}"


def rate_text(rate: Fraction) -> str:
    """A percentage as the plan writes it: 5 for 5 %; one that never ends is cut to six decimals."""
    text = exact_text(rate)
    return text if "/" not in text else decimal_text(int(rate * 10**RATE_DECIMALS), RATE_DECIMALS, trimmed=True)


@dataclass(frozen=True)
class Reasons:
    """Tells the reasons of all lines of one bonus."""

    plan: Plan
    network: Network
    settled: Settled
    person: Callable[[int], str]
    """The code of whoever stands at a node."""
    order: Callable[[int], str]
    """The id of an order by its number."""

    def of(self, at: int) -> str:
        """The line's reason, with its words always in the same order."""
        lines, bonus = self.settled.lines, self.settled.bonus
        told: dict[str, Any] = {"plan": f"{self.plan.code} {self.plan.version}", "kind": bonus.kind}
        if lines.order[at] >= 0:
            told["order"] = self.order(int(lines.order[at]))
        elif lines.source[at] >= 0:
            whose = "leg" if bonus.kind == "differential" and lines.level[at] else "of"
            told[whose] = self.person(int(lines.source[at]))
        if lines.level[at] > 0:
            told["level"] = int(lines.level[at])
        told["rank"] = self._rank(int(lines.payee[at]))
        if lines.rate[at] >= 0:
            told["base"] = decimal_text(int(lines.base[at]), lines.decimals, trimmed=True)
            told["rate"] = self._rates[lines.rate[at]]
        for word, fact in lines.facts.items():
            if fact.values[at] != NO_FACT:
                told[word] = self._fact(fact, int(fact.values[at]))
        skipped = self._skipped(int(lines.below[at]), int(lines.payee[at]))
        if skipped:
            told |= {"skipped": skipped[:SKIPPED_NAMED], "skipped_count": len(skipped)}
        told["exact"] = self._exact(int(lines.units[at]))
        told["rounding"] = f"{self.plan.rounding.mode} by {self.plan.rounding.by}"
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def _rates(self) -> list[str]:
        return [rate_text(rate) for rate in self.settled.lines.rates]

    @cached_property
    def _decimals(self) -> tuple[int, int] | None:
        """How many decimals hold every exact amount, and what makes it whole then; None where none are enough."""
        parts = self.settled.lines.denominator * 10**self.settled.unit.digits
        return next(((one, 10**one // parts) for one in range(DECIMALS_MAX) if 10**one % parts == 0), None)

    def _exact(self, units: int) -> str:
        if self._decimals is not None:
            decimals, factor = self._decimals
            return decimal_text(units * factor, decimals, trimmed=True)
        return exact_text(Fraction(units, self.settled.lines.denominator * 10**self.settled.unit.digits))

    def _rank(self, node: int) -> str | None:
        place = int(self.network.ranks(self.settled.bonus.rank_basis)[node])
        return self.plan.ranks[place - 1].code if place else None

    def _fact(self, fact: Fact, value: int) -> str | int:
        match fact.how:
            case "count":
                return value
            case "exact":
                return exact_text(fact.table[value])
            case "person":
                return self.person(value)
            case "text":
                return str(fact.table[value])
            case "rate":
                return rate_text(fact.table[value])
            case _:
                return decimal_text(value, fact.decimals, trimmed=fact.how == "volume")

    def _skipped(self, below: int, payee: int) -> Sequence[str]:
        """Whoever stands between, nearest first."""
        if below < 0:
            return ()
        found = []
        node = int(self.network.parent[below])
        while node not in (payee, -1):
            found.append(self.person(node))
            node = int(self.network.parent[node])
        return found
