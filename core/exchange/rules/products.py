"""products.csv: what a catalogue file changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.catalog.model import Product
from core.catalog.rules import is_service
from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet
from core.people.rules import language_tag

NAME_IN = "name_"


def _language(column: str) -> str | None:
    """The language of a column such as `name_es`."""
    return language_tag(column.removeprefix(NAME_IN)) if column.startswith(NAME_IN) else None


COLUMNS = Columns(
    required=("sku", "name", "price", "currency"),
    optional=("cv", "qv", "points", "redeem_points", "stock"),
    others=lambda column: _language(column) is not None,
)


@dataclass(slots=True)
class ProductsDraft:
    """Products as the file has them; known ones stay where nothing differs."""

    products: list[Product] = field(default_factory=list)
    counts_stock: bool = False
    """Whether the file says how many pieces there are; else orders go on counting them meanwhile."""
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def draft(sheet: Sheet, known: Mapping[str, Product], findings: Findings) -> ProductsDraft:
    """What the file adds and changes.

    Args:
        known: the catalogue of now, by sku.
    """
    found = ProductsDraft(counts_stock="stock" in sheet.has)
    lines: dict[str, int] = {}
    seen: dict[str, Product] = {}
    for row in sheet.frame.iter_rows(named=True):
        product = _product(row, sheet, findings)
        if product is None:
            continue
        if product.sku in seen:
            _told_twice(row[LINE], lines[product.sku], product, seen[product.sku], findings)
            continue
        seen[product.sku], lines[product.sku] = product, row[LINE]
        _notices(row[LINE], product, findings)
        _sort(_as_known(product, known.get(product.sku), sheet), known.get(product.sku), found)
    return found


def _sort(product: Product, known: Product | None, found: ProductsDraft) -> None:
    if product == known:
        found.unchanged += 1
        return
    found.products.append(product)
    if known is None:
        found.added += 1
    else:
        found.changed += 1


def _as_known(product: Product, known: Product | None, sheet: Sheet) -> Product:
    """What a file without a column says nothing about stays as it is known."""
    if known is None:
        return product
    silent = {name: getattr(known, name) for name in COLUMNS.optional if name not in sheet.has}
    silent["redeem_most"] = known.redeem_most  # no column says it
    names = {} if any(_language(column) for column in sheet.has) else {"names": known.names}
    return product.model_copy(update=silent | names)


def _product(row: Mapping[str, str], sheet: Sheet, findings: Findings) -> Product | None:
    line = int(row[LINE])
    wrong = [column for column in ("sku", "name") if not row[column]]
    for column in wrong:
        findings.fault("import_value_missing", line, column)
    price = fields.exact(row["price"])
    if price is None:
        findings.fault("import_price_wrong", line, "price", value=row["price"])
    if not fields.is_currency(row["currency"]):
        findings.fault("import_currency_wrong", line, "currency", value=row["currency"])
        wrong.append("currency")
    cv, qv = _volume(row, "cv", findings), _volume(row, "qv", findings)
    points, redeem_points = _whole(row, "points", findings), _whole(row, "redeem_points", findings)
    if wrong or price is None or not fields.is_currency(row["currency"]):
        return None
    names = {language: row[column] for column in sorted(sheet.has) if (language := _language(column)) and row[column]}
    return Product(
        sku=row["sku"],
        name=row["name"],
        price=price,
        currency=row["currency"],
        cv=cv,
        qv=qv,
        points=points or 0,
        redeem_points=redeem_points,
        names=dict(names) or None,
        service=is_service(row["name"]),
        stock=_whole(row, "stock", findings),
    )


def _volume(row: Mapping[str, str], column: str, findings: Findings) -> Decimal | None:
    text = row[column]
    value = fields.exact(text)
    if text and value is None:
        findings.fault("import_volume_wrong", int(row[LINE]), column, value=text)
    return value


def _whole(row: Mapping[str, str], column: str, findings: Findings) -> int | None:
    text = row[column]
    value = fields.whole(text)
    if text and value is None:
        findings.fault("import_whole_number_wrong", int(row[LINE]), column, value=text)
    return value


def _notices(line: int, product: Product, findings: Findings) -> None:
    if product.price == 0:
        findings.notice("import_price_zero", line)
    if product.service:
        findings.notice("import_service_product", line)


def _told_twice(line: int, first: int, product: Product, before: Product, findings: Findings) -> None:
    if product == before:
        findings.notice("import_product_twice", line)
    else:
        findings.fault("import_product_differs", line, "sku", sku=product.sku, first=first)
