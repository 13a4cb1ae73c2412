"""orders.csv: which orders a file holds, complete with figures.

Columns are worked on as a whole, and what needs exact arithmetic is done once per different set of values: a file of
millions of lines has few different prices and quantities.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from core.catalog.model import RateMissing
from core.exchange.rules.coming_back import no_more_than_sold
from core.exchange.rules.findings import Findings
from core.exchange.rules.order_fields import COLUMNS, SEVERAL, Setting, meanings_of
from core.exchange.rules.sheet import LINE, Sheet, mapped
from core.orders.model import OrderKind, OrderState
from core.orders.rules import Terms, exact_text, is_storable, line_figures, margin_minor, needs_rate, sign
from core.plan.model import Plan

TERMS = ("unit_price", "currency", "cv_each", "qv_each", "points_each")
BASIS = (*TERMS, "quantity", "kind", "rate")
"""All that the figures of a line follow from."""
OF_MARGIN = ("unit_price", "distributor_price", "currency", "quantity", "kind")
NO_RATE = "1"


@dataclass(frozen=True, slots=True)
class OrdersDraft:
    """Orders in the order of their first lines (whose place in the file is `_line`), and their lines.

    `orders` has `_line`, order_id, person, kind, state, ordered_at, paid_at, currency, amount_minor, cv, qv, points,
    line_count, returns_order_id, margin_minor; `lines` has order_id, position, sku, quantity, unit_price, amount_minor,
    cv, qv, points, margin_minor, pieces (the quantity; of returns below zero).
    """

    orders: pl.DataFrame
    lines: pl.DataFrame


def draft(sheet: Sheet, setting: Setting, findings: Findings) -> OrdersDraft | None:
    """What the file says; None when faults block it."""
    frame = meanings_of(sheet.frame, setting, findings)
    if findings.blocked():
        return None
    frame = _with_terms(_with_times(frame, sheet), setting)
    parts = [(plan, _with_rates(part, plan, setting, findings)) for plan, part in _by_plan(frame, setting)]
    if findings.blocked():
        return None
    _tell(frame, setting, findings)
    figured = [_with_figures(part, plan, findings) for plan, part in parts]
    if findings.blocked():
        return None
    whole = figured[0] if len(figured) == 1 else pl.concat(figured).sort(LINE)
    found = _drafted(_with_margins(whole, setting))
    return OrdersDraft(*no_more_than_sold(found.orders, found.lines, findings))


def _with_times(frame: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    """An order is one order at its earliest time; a return counts at once, a sale when it is paid.

    In a file without a column for payments everything is paid.
    """
    earliest = frame.filter(SEVERAL).group_by("order_id").agg(pl.col("moment", "paid").min())
    if earliest.height:
        earliest = earliest.rename({"moment": "ordered_at", "paid": "paid_at"})
        frame = frame.join(earliest, on="order_id", how="left", maintain_order="left")
        ordered, paid = pl.coalesce("ordered_at", "moment"), pl.coalesce("paid_at", "paid")
    else:
        ordered, paid = pl.col("moment"), pl.col("paid")
    is_return = pl.col("kind") == OrderKind.RETURN.value
    counts = ordered if "paid_on" not in sheet.has else pl.when(is_return).then(ordered).otherwise(paid)
    return frame.with_columns(ordered.alias("ordered_at"), counts.alias("paid_at"))


def _by_plan(frame: pl.DataFrame, setting: Setting) -> list[tuple[Plan, pl.DataFrame]]:
    """The lines by the version of the plan that was in force at their orders' own time."""
    followers = [pl.col("ordered_at") >= begin for begin, _ in setting.versions[1:]]
    place = pl.sum_horizontal(pl.col("ordered_at") * 0, *(later.cast(pl.Int64) for later in followers))
    return [(plan, frame.filter(place == number)) for number, (_, plan) in enumerate(setting.versions)]


def _with_terms(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """What a unit costs and counts, by the line or else by the catalogue, and the rate where one is needed."""
    products = setting.products
    frame = mapped(frame, "sku", "points_each", {sku: product.points for sku, product in products.items()}, pl.Int64())
    for measure in ("cv", "qv"):
        each = f"{measure}_each"
        known = {sku: _text(getattr(product, measure)) for sku, product in products.items()}
        frame = mapped(frame, "sku", f"{each}:", known, pl.String())
        frame = frame.with_columns(
            pl.when(pl.col(each) == "").then(pl.col(f"{each}:")).otherwise(pl.col(each)).alias(each)
        ).drop(f"{each}:")
    return frame


def _text(value: Decimal | None) -> str:
    return "" if value is None else exact_text(value)


def _terms(row: Mapping[str, object]) -> Terms:
    cv, qv = str(row["cv_each"]), str(row["qv_each"])
    return Terms(
        unit_price=Decimal(str(row["unit_price"])),
        currency=str(row["currency"]),
        cv=Decimal(cv) if cv else None,
        qv=Decimal(qv) if qv else None,
        points=int(str(row["points_each"])),
    )


def _with_rates(frame: pl.DataFrame, plan: Plan, setting: Setting, findings: Findings) -> pl.DataFrame:
    """What each line's currency was worth on the day of its order; "1" where nothing has to be converted."""
    day = pl.from_epoch("ordered_at", "us").dt.convert_time_zone(setting.zone.key).dt.date()
    frame = frame.with_columns(day.alias("day"))
    kinds = frame.select("currency", "cv_each", "qv_each").unique()
    terms = [Terms(Decimal(0), row[0], _decimal(row[1]), _decimal(row[2])) for row in kinds.iter_rows()]
    needing = [needs_rate(one, plan.volume) for one in terms]
    kinds = kinds.with_columns(pl.Series("needs", needing, dtype=pl.Boolean))
    frame = frame.join(kinds, on=["currency", "cv_each", "qv_each"], how="left", maintain_order="left")
    days = frame.filter("needs").select("currency", "day", "needs").unique()
    rates = [_rate(setting, plan, currency, on) for currency, on, _ in days.iter_rows()]
    days = days.with_columns(pl.Series("rate", rates, dtype=pl.String))
    frame = frame.join(days, on=["currency", "day", "needs"], how="left", maintain_order="left")
    _check_rates(frame.filter(pl.col("needs") & pl.col("rate").is_null()), plan, findings)
    return frame.with_columns(pl.col("rate").fill_null(NO_RATE))


def _rate(setting: Setting, plan: Plan, currency: str, day: date) -> str | None:
    try:
        return exact_text(setting.rates.on(day, currency, plan.volume.currency))
    except RateMissing:
        return None


def _check_rates(missing: pl.DataFrame, plan: Plan, findings: Findings) -> None:
    """One fault per currency, with the first day: a rate for that day is what is wanted."""
    currencies = missing.group_by("currency", maintain_order=True).agg(
        pl.col(LINE).first(), pl.col("day").min(), pl.len()
    )
    for currency, line, day, count in currencies.iter_rows():
        facts = {"from": currency, "to": plan.volume.currency, "date": day.isoformat()}
        findings.fault("import_rate_missing", line, "date", **facts, count=count)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _with_figures(frame: pl.DataFrame, plan: Plan, findings: Findings) -> pl.DataFrame:
    """What each line costs and counts; one that comes to more than any order can is a fault."""
    basis = frame.select(BASIS).unique(maintain_order=True)
    figures = [
        line_figures(
            _terms(row),
            row["quantity"],
            kind=OrderKind(row["kind"]),
            volume=plan.volume,
            rate=Decimal(row["rate"]),
        )
        for row in basis.iter_rows(named=True)
    ]
    beyond = basis.filter(pl.Series([not is_storable(one) for one in figures], dtype=pl.Boolean))
    if len(beyond):
        for line, price in frame.join(beyond, on=list(BASIS), how="semi").select(LINE, "unit_price").iter_rows():
            findings.fault("import_price_wrong", line, "unit_price", value=price)
        return frame
    basis = basis.with_columns(
        pl.Series("amount_minor", [one.amount_minor for one in figures], dtype=pl.Int64),
        pl.Series("line_cv", [one.cv for one in figures], dtype=pl.Int64),
        pl.Series("line_qv", [one.qv for one in figures], dtype=pl.Int64),
        pl.Series("points", [one.points for one in figures], dtype=pl.Int64),
    )
    return frame.join(basis, on=list(BASIS), how="left", maintain_order="left")


def _with_margins(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """What each line was paid beyond the distributor's price, which is the product's where the line names none."""
    prices = {sku: exact_text(product.price) for sku, product in setting.products.items()}
    own = pl.col("distributor_price")
    theirs = mapped(frame.select("sku", own), "sku", "price", prices, pl.String())
    frame = frame.with_columns(
        theirs.select(pl.when(own == "").then("price").otherwise(own).alias("distributor_price"))
    )
    basis = frame.filter(pl.col("unit_price") != own).select(OF_MARGIN).unique(maintain_order=True)
    if basis.is_empty():
        return frame.with_columns(pl.lit(0, pl.Int64).alias("margin_minor"))
    margins = [
        sign(OrderKind(kind)) * margin_minor(Terms(Decimal(paid), currency, distributor_price=Decimal(due)), quantity)
        for paid, due, currency, quantity, kind in basis.iter_rows()
    ]
    basis = basis.with_columns(pl.Series("margin_minor", margins, dtype=pl.Int64))
    joined = frame.join(basis, on=OF_MARGIN, how="left", maintain_order="left")
    return joined.with_columns(pl.col("margin_minor").fill_null(0))


def _tell(frame: pl.DataFrame, setting: Setting, findings: Findings) -> None:
    """What imports all the same, but not without a word."""
    services = [sku for sku, product in setting.products.items() if product.service]
    returns = pl.col("kind") == OrderKind.RETURN.value
    names_sale = pl.col("returns_order_id") != ""
    frame = _with_buyers(frame, frame.filter(returns & names_sale)["returns_order_id"].unique(), setting.sales)
    known_columns = [*COLUMNS.required, *COLUMNS.optional]
    told = {
        "import_service_item": pl.col("sku").is_in(services),
        "import_price_zero": pl.col("unit_price") == "0",
        "import_two_dates": pl.col("moment") != pl.col("ordered_at"),
        "import_return_without_sale": returns & ~names_sale,
        "import_return_of_unknown_sale": returns & names_sale & pl.col("buyer").is_null(),
        "import_return_of_another": returns & (pl.col("buyer") != pl.col("person")),
    }
    for code, condition in told.items():
        findings.notices(code, frame.filter(condition)[LINE].to_list())
    equal = frame.filter(SEVERAL).filter(~pl.struct(known_columns).is_first_distinct())
    findings.notices("import_equal_lines", equal[LINE].to_list())


def _with_buyers(frame: pl.DataFrame, named: pl.Series, recorded: Mapping[str, int]) -> pl.DataFrame:
    """The frame with the `buyer` of the sale that a line names, in the file or recorded before; null where unknown."""
    if named.is_empty():
        return frame.with_columns(pl.lit(None, pl.Int64).alias("buyer"))
    is_named = pl.col("order_id").is_in(named.implode()) & (pl.col("kind") == OrderKind.SALE.value)
    buyers = dict(frame.filter(is_named).select("order_id", "person").iter_rows())
    return mapped(frame, "returns_order_id", "buyer", {**recorded, **buyers}, pl.Int64())


def _drafted(frame: pl.DataFrame) -> OrdersDraft:
    several = frame[SEVERAL].any()
    counted = pl.int_range(pl.len()).over("order_id") + 1 if several else pl.lit(1, dtype=pl.Int64)
    pieces = pl.when(pl.col("kind") == OrderKind.RETURN.value).then(-pl.col("quantity")).otherwise(pl.col("quantity"))
    lines = frame.select(
        "order_id",
        counted.alias("position"),
        "sku",
        "quantity",
        "unit_price",
        "amount_minor",
        pl.col("line_cv").alias("cv"),
        pl.col("line_qv").alias("qv"),
        "points",
        "margin_minor",
        pieces.alias("pieces"),
    )
    state = pl.when(pl.col("paid_at").is_not_null()).then(pl.lit(OrderState.PAID.value))
    return OrdersDraft(
        _totals(frame).with_columns(state.otherwise(pl.lit(OrderState.OPEN.value)).alias("state")), lines
    )


def _totals(frame: pl.DataFrame) -> pl.DataFrame:
    """One row an order, at the place of its first line; most have one line, which is all there is to it."""
    same = pl.col("person", "kind", "ordered_at", "paid_at", "currency")
    names_sale = pl.col("returns_order_id").replace("", None)
    figures = [pl.col("amount_minor"), pl.col("line_cv").alias("cv"), pl.col("line_qv").alias("qv")]
    figures += [pl.col("points"), pl.col("margin_minor")]
    count = pl.lit(1, dtype=pl.get_index_type()).alias("line_count")
    single = frame.filter(~pl.col(SEVERAL)).select("order_id", LINE, same, *figures, count, names_sale)
    summed = (
        frame.filter(SEVERAL)
        .group_by("order_id", maintain_order=True)
        .agg(
            pl.col(LINE).first(),
            same.first(),
            *(figure.sum() for figure in figures),
            pl.len().alias("line_count"),
            names_sale.first(),
        )
    )
    return pl.concat([single, summed]).sort(LINE) if summed.height else single
