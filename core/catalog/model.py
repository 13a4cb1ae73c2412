"""Products and exchange rates as other rooms speak of them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from core.kernel.errors import DomainError
from core.kernel.words import CompanyText, Model, ShortText


class ProductUnknown(DomainError):
    """The catalogue has no such product. Facts: `sku`, `nearest` (skus that look alike, best first)."""

    code: ClassVar[str] = "product_unknown"
    status: ClassVar[int] = 422


class RateMissing(DomainError):
    """No rate between two currencies on that day or before. Facts: `from`, `to`, `date`."""

    code: ClassVar[str] = "rate_missing"
    status: ClassVar[int] = 422


class NoteRateMissing(RateMissing):
    """The same, and only an amount by hand needs the rate. Facts: also `person`, `reason` of the first such amount."""

    code: ClassVar[str] = "rate_missing_for_note"


class PictureInvalid(DomainError):
    """What was sent is no PNG, JPEG or WebP, or it is empty."""

    code: ClassVar[str] = "picture_invalid"
    status: ClassVar[int] = 422


class OutOfStock(DomainError):
    """Fewer pieces than wanted. Facts: `sku`, `left`."""

    code: ClassVar[str] = "out_of_stock"


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


POINTS_MAX = 10**12
PIECES_MAX = 10**9


def _storable(names: CompanyText) -> CompanyText:
    texts = [text for forms in names.values() for text in (forms.values() if isinstance(forms, dict) else [forms])]
    if len(names) > 50 or any(not text or len(text) > 200 or "\0" in text for text in [*texts, *names]):
        raise ValueError("names by language, each of 1 to 200 characters")
    return names


Names = Annotated[CompanyText, AfterValidator(_storable)]
"""A name in each language, of a size that can be shown."""
Exact = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=6)]


class ProductTerms(Model):
    """A product as staff write it, all of it: what is left out is empty from then on."""

    name: ShortText
    price: Exact
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    cv: Exact | None = None
    qv: Exact | None = None
    points: Annotated[int, Field(ge=0, le=POINTS_MAX)] = 0
    redeem_points: Annotated[int, Field(ge=1, le=POINTS_MAX)] | None = None
    names: Names | None = None
    service: bool = False
    stock: Annotated[int, Field(ge=0, le=PIECES_MAX)] | None = None
    redeem_most: Annotated[int, Field(ge=1, le=PIECES_MAX)] | None = None


class ProductCard(Product):
    """A product as staff see it."""

    picture: str | None = None
    """Digest of its picture; None when there is none."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a product looks like."""

    media_type: str
    digest: str
    content: bytes
