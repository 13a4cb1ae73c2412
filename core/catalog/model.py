"""Products and exchange rates as other rooms speak of them."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.kernel.errors import DomainError
from core.kernel.words import CompanyText, Model


class ProductUnknown(DomainError):
    """The catalogue has no such product. Facts: `sku`, `nearest` (skus that look alike, best first)."""

    code: ClassVar[str] = "product_unknown"
    status: ClassVar[int] = 422


class RateMissing(DomainError):
    """No rate between two currencies on that day or before. Facts: `from`, `to`, `date`."""

    code: ClassVar[str] = "rate_missing"
    status: ClassVar[int] = 422


class Product(Model):
    """One product; `cv` and `qv` are per unit in whole units of volume, None where the plan's default holds."""

    sku: str
    name: str
    price: Decimal
    currency: str
    cv: Decimal | None = None
    qv: Decimal | None = None
    points: int = 0
    redeem_points: int | None = None
    names: CompanyText | None = None
    service: bool = False
    stock: int | None = None
    """Pieces that are left; None is not counted."""
    redeem_most: int | None = None
    """How many one order may have for points; None is what the plan says."""

    @property
    def words(self) -> CompanyText:
        """Its names by language; the plain name stands for every language without one of its own."""
        return {"en": self.name, **(self.names or {})}


class Rate(Model):
    """What one unit of `source` is worth in `target` from `since` on."""

    since: date
    source: str
    target: str
    rate: Decimal
