"""Decisions about products and rates that need no database."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz, process

from core.catalog.model import Rate, RateMissing

SERVICE_NAMES = frozenset(
    {
        "adjustment", "amazon fee", "bank charges", "carriage", "commission", "delivery", "delivery charge", "discount",
        "dotcom postage", "fee", "freight", "handling", "manual", "packing", "postage", "rounding", "sample", "samples",
        "service", "shipping", "shipping and handling", "surcharge", "voucher",
        "porto", "rabatt", "versand", "versandkosten",
        "descuento", "envío", "gastos de envío", "ajuste",
        "desconto", "envio", "frete",
        "frais de port", "livraison", "remise",
    }
)  # fmt: skip
"""What companies call lines that are no goods; compared whole, so that a "discount card holder" stays a product."""

NEAR_ENOUGH = 60
"""From 0 to 100; below this two skus do not look alike."""


def is_service(name: str) -> bool:
    """Whether a product of this name is a service item (postage, a manual correction), not goods."""
    return " ".join(name.lower().split()) in SERVICE_NAMES


def nearest(sku: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Known skus that look like the one asked for, best first."""
    found = process.extract(
        sku, list(known), scorer=fuzz.ratio, processor=str.lower, limit=limit, score_cutoff=NEAR_ENOUGH
    )
    return [candidate for candidate, _, _ in found]


class RateTable:
    """Rates by date: each holds from its day until the next one of the same two currencies."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._days: dict[tuple[str, str], list[date]] = {}
        self._rates: dict[tuple[str, str], list[Decimal]] = {}
        for rate in sorted(rates, key=lambda rate: rate.since):
            pair = (rate.source, rate.target)
            self._days.setdefault(pair, []).append(rate.since)
            self._rates.setdefault(pair, []).append(rate.rate)

    def on(self, day: date, source: str, target: str) -> Decimal:
        """What one unit of `source` is worth in `target` on that day; 1 when they are the same currency.

        Raises:
            RateMissing: nothing is known for that day or before; it is never guessed, not even from the reverse.
        """
        if source == target:
            return Decimal(1)
        days = self._days.get((source, target), [])
        position = bisect_right(days, day)
        if position == 0:
            raise RateMissing(**{"from": source, "to": target, "date": day.isoformat()})
        return self._rates[source, target][position - 1]
