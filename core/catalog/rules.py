"""Decisions about products and rates that need no database."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz, process

from core.catalog.model import Picture, PictureInvalid, Product, Rate, RateMissing

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


def matches(product: Product, text: str) -> bool:
    """Whether `text` is a part of the product's sku or of one of its names, whatever the case."""
    wanted = text.strip().casefold()
    forms = [name.values() if isinstance(name, dict) else (name,) for name in product.words.values()]
    return any(wanted in one.casefold() for one in (product.sku, *(name for some in forms for name in some)))


SIGNATURES = (("image/png", 0, b"\x89PNG\r\n\x1a\n"), ("image/jpeg", 0, b"\xff\xd8\xff"), ("image/webp", 8, b"WEBP"))


def picture(content: bytes) -> Picture:
    """The picture with what its first bytes say it is; what a sender says of it is not believed.

    Raises:
        PictureInvalid: neither PNG nor JPEG nor WebP.
    """
    for media_type, start, signature in SIGNATURES:
        is_riff = media_type != "image/webp" or content.startswith(b"RIFF")
        if is_riff and content[start : start + len(signature)] == signature:
            return Picture(media_type, hashlib.blake2b(content, digest_size=16).hexdigest(), content)
    raise PictureInvalid


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
