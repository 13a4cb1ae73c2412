"""What the fields of orders.csv mean, each different text worked out once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import polars as pl

from core.catalog.model import Product
from core.catalog.rules import RateTable, nearest
from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.moments import moments_of
from core.exchange.rules.sheet import LINE, Columns, mapped, values_of
from core.orders.model import QUANTITY_MAX, OrderKind
from core.orders.rules import exact_text
from core.plan.model import Plan

COLUMNS = Columns(
    required=("order_id", "person_id", "date", "sku", "qty", "unit_price", "kind"),
    optional=("cv", "qv", "distributor_price", "paid_on", "returns_order_id"),
)
ORDER_ID_LENGTH_MAX = 100
SEVERAL = "_several"
"""Column of a frame: whether its order has several lines."""
ONE_PER_ORDER = {
    "person_id": "import_order_people",
    "kind": "import_order_kinds",
    "currency": "import_order_currencies",
    "returns_order_id": "import_order_sales",
}
"""Columns that are the same on all lines of an order, and the fault where they are not."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the orders of a file are read against."""

    people: Mapping[str, int]
    """Numbers by code of everybody who can order."""
    products: Mapping[str, Product]
    rates: RateTable
    plan: Plan
    """The one in force now, which tells company time."""
    versions: tuple[tuple[int, Plan], ...]
    """Every version, oldest first, with the microsecond from which it counts; what lies before counts by the first."""
    sales: Mapping[str, int] = field(default_factory=dict)
    """Whose the recorded sales are that returns in the file refer to: numbers of people by order id."""

    @property
    def zone(self) -> ZoneInfo:
        """Company time."""
        return ZoneInfo(self.plan.calendar.time_zone)


def meanings_of(frame: pl.DataFrame, setting: Setting, findings: Findings) -> pl.DataFrame:
    """Each field as what it means, and `SEVERAL`; a field that means nothing is a fault of its line."""
    frame = frame.with_columns(pl.col("order_id").is_duplicated().alias(SEVERAL))
    reader = _Reader(findings)
    frame = reader.check(frame, "order_id", pl.col("order_id").str.len_chars().is_between(1, ORDER_ID_LENGTH_MAX))
    frame = reader.join(frame, "person_id", "person", setting.people)
    frame = reader.moments(frame, "date", "moment", setting.zone)
    frame = reader.read(frame, "qty", "quantity", _quantity, pl.Int64(), "import_quantity_wrong")
    frame = reader.read(frame, "unit_price", "unit_price", _exact, pl.String(), "import_price_wrong")
    frame = reader.read(frame, "kind", "kind", _kind, pl.String(), "import_kind_wrong")
    frame = reader.read(frame, "cv", "cv_each", _exact_or_empty, pl.String(), "import_volume_wrong")
    frame = reader.read(frame, "qv", "qv_each", _exact_or_empty, pl.String(), "import_volume_wrong")
    frame = reader.read(
        frame, "distributor_price", "distributor_price", _exact_or_empty, pl.String(), "import_price_wrong"
    )
    frame = reader.moments(frame, "paid_on", "paid", setting.zone, optional=True)
    _check_products(frame, setting.products, findings)
    currencies = {sku: product.currency for sku, product in setting.products.items()}
    frame = mapped(frame, "sku", "currency", currencies, pl.String())
    _check_orders(frame, findings)
    return frame


UNFIT = {
    "order_id": "import_order_id_unfit",
    "person_id": "import_person_unknown",
    "date": "import_time_wrong",
    "paid_on": "import_time_wrong",
}
"""Faults of columns whose texts mostly differ from line to line."""


class _Reader:
    """Turns a column of text into a column of meanings, each different text once."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def read(
        self,
        frame: pl.DataFrame,
        column: str,
        name: str,
        meaning: Callable[[str], object],
        kind: pl.DataType,
        code: str,
    ) -> pl.DataFrame:
        """The frame with `name` for what `column` means; lines where it means nothing are faults of that code."""
        meanings = {text: meaning(text) for text in values_of(frame, column)}
        wrong = [text for text, value in meanings.items() if value is None]
        for line, text in frame.filter(pl.col(column).is_in(wrong)).select(LINE, column).iter_rows():
            self._findings.fault(code, line, column, value=text)
        if name == column and all(text == value for text, value in meanings.items()):
            return frame
        read = mapped(frame, column, f"{name}:", meanings, kind)
        return read.drop(name, strict=False).rename({f"{name}:": name})

    def check(self, frame: pl.DataFrame, column: str, fits: pl.Expr) -> pl.DataFrame:
        """The frame; lines where a text does not fit are faults."""
        for line, text in frame.filter(~fits).select(LINE, column).iter_rows():
            self._findings.fault(UNFIT[column], line, column, value=text)
        return frame

    def join(self, frame: pl.DataFrame, column: str, name: str, numbers: Mapping[str, int]) -> pl.DataFrame:
        """The frame with the number of each text; lines whose text has none are faults."""
        found = mapped(frame, column, name, numbers, pl.Int64())
        self.check(found, column, pl.col(name).is_not_null())
        return found

    def moments(
        self, frame: pl.DataFrame, column: str, name: str, zone: ZoneInfo, *, optional: bool = False
    ) -> pl.DataFrame:
        """The frame with the time that each text means; an empty one may be no fault and means null then."""
        found = frame.with_columns(moments_of(frame[column], zone).alias(name))
        fits = pl.col(name).is_not_null() | (pl.col(column) == "") if optional else pl.col(name).is_not_null()
        return self.check(found, column, fits)


def _quantity(text: str) -> int | None:
    value = fields.whole(text)
    return value if value and value <= QUANTITY_MAX else None


def _exact(text: str) -> str | None:
    value = fields.exact(text)
    return None if value is None else exact_text(value)


def _exact_or_empty(text: str) -> str | None:
    return _exact(text) if text else ""


def _kind(text: str) -> str | None:
    return text.lower() if text.lower() in list(OrderKind) else None


def _check_products(frame: pl.DataFrame, products: Mapping[str, Product], findings: Findings) -> None:
    unknown = {sku: nearest(sku, products) for sku in values_of(frame, "sku") if sku not in products}
    for line, sku in frame.filter(pl.col("sku").is_in(list(unknown))).select(LINE, "sku").iter_rows():
        if unknown[sku]:
            findings.fault("import_product_unknown", line, "sku", value=sku, nearest=unknown[sku])
        else:
            findings.fault("import_product_missing", line, "sku", value=sku)


def _check_orders(frame: pl.DataFrame, findings: Findings) -> None:
    """An order is one person's, of one kind, in one currency; the line that says otherwise is the fault."""
    several = frame.filter(SEVERAL)
    for column, code in ONE_PER_ORDER.items():
        whole = several.with_columns(pl.col(column).first().over("order_id").alias("first"))
        other = whole.filter(pl.col(column).is_not_null() & (pl.col(column) != pl.col("first")))
        for line, order, value, expected in other.select(LINE, "order_id", column, "first").iter_rows():
            findings.fault(code, line, column, order=order, value=value, first=expected)
