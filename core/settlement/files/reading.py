"""From files to a company: every file is read by the rules of importing, and all faults of all files are told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from core.catalog.model import Product
from core.catalog.rules import RateTable
from core.exchange.rules import order_fields, orders, people_fields, placing, products, rates
from core.exchange.rules.findings import Findings
from core.exchange.rules.orders import OrdersDraft
from core.exchange.rules.placing import Placed
from core.exchange.rules.plain_sheet import plain_sheet
from core.exchange.rules.products import ProductsDraft
from core.exchange.rules.sheet import Columns, Sheet, read_sheet
from core.kernel.errors import Problem, Severity
from core.plan.model import Plan
from core.settlement.files.people import read_people
from core.settlement.files.progress import Progress, untold
from core.settlement.model import ADJUSTMENTS, LINES, NOBODY, ORDERS, PEOPLE, Company, framed
from core.settlement.rules import adjustments
from i18n.negotiation import spoken


@dataclass(slots=True)
class Told:
    """What was found in the files, by file name."""

    problems: list[tuple[str, Problem]] = field(default_factory=list)

    @property
    def blocked(self) -> bool:
        """Whether there are faults."""
        return any(problem.severity is Severity.FAULT for _, problem in self.problems)


@dataclass(frozen=True, slots=True)
class Files:
    """Where a company's files are."""

    people: Path
    products: Path
    orders: Path
    rates: Path | None = None
    adjustments: Path | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What the files hold; `company` is None when there are faults."""

    told: Told
    rates: RateTable
    company: Company | None


def read(files: Files, plan: Plan, progress: Progress = untold) -> Read:
    """Read all files of a company.

    Args:
        progress: told now and then how many further rows of a file were read.

    Raises:
        OSError: one of them cannot be read.
    """
    told = Told()
    people_sheet = _sheet(files.people, people_fields.COLUMNS, told, progress)
    everybody = _people(files.people, people_sheet, plan, told)
    goods = _products(files.products, told)
    table = _rates(files.rates, told)
    codes = [] if people_sheet is None else people_sheet.frame["id"].to_list()
    corrections = _adjustments(files.adjustments, set(codes), told)
    if people_sheet is None or goods is None:
        return Read(told, table, None)
    everybody = _in_places(everybody, people_sheet, _places(files.people, people_sheet, plan, told))
    numbers = _numbers(everybody["code"].to_list(), codes)
    setting = order_fields.Setting(people=numbers, products=goods, rates=table, plan=plan, versions=((0, plan),))
    found = _orders(files.orders, setting, told, progress)
    if told.blocked or found is None:
        return Read(told, table, None)
    ordered = found.orders.sort("ordered_at", "order_id").select(list(ORDERS))
    return Read(told, table, Company(everybody, ordered, found.lines.select(list(LINES)), goods, corrections))


def _numbers(placed: Sequence[str], codes: Sequence[str]) -> dict[str, int]:
    """Numbers of all who can order: their places, and some number where faults have left people out."""
    places = {code: place for place, code in enumerate(placed)}
    return places if len(placed) == len(codes) else {code: at for at, code in enumerate(sorted(set(codes)))} | places


@contextmanager
def _findings(path: Path, told: Told) -> Iterator[Findings]:
    findings = Findings()
    yield findings
    told.problems += [(path.name, problem) for problem in findings.all()]


def _sheet(path: Path, columns: Columns, told: Told, progress: Progress = untold) -> Sheet | None:
    data, tell = path.read_bytes(), partial(progress, f"rows of {path.name}")
    with _findings(path, told) as findings:
        plain = plain_sheet(data, columns, findings, tell)
        return plain or read_sheet(BytesIO(data), columns, findings, tell)


def _people(path: Path, sheet: Sheet | None, plan: Plan, told: Told) -> pl.DataFrame:
    if sheet is None:
        return framed(PEOPLE, {})
    zone = ZoneInfo(plan.calendar.time_zone)
    setting = people_fields.Setting(zone, lambda tag: spoken(tag) is not None, [rank.code for rank in plan.ranks])
    with _findings(path, told) as findings:
        return read_people(sheet, setting, findings)


def _places(path: Path, sheet: Sheet, plan: Plan, told: Told) -> Placed:
    """Where the file says that people stand in placement trees."""
    setting = placing.Setting()
    if plan.trees.matrix is not None:
        setting = placing.Setting(widths={**setting.widths, "matrix": plan.trees.matrix.width})
    with _findings(path, told) as findings:
        return placing.read(sheet, setting, findings)


def _in_places(everybody: pl.DataFrame, sheet: Sheet, placed: Placed) -> pl.DataFrame:
    """The people with their given places."""
    if placed.empty and not (placed.own_side != 0).any():
        return everybody
    numbers = everybody.select(pl.col("code"), pl.int_range(pl.len(), dtype=pl.Int32).alias("number"))
    said = sheet.frame.select(pl.col("id").alias("code")).with_columns(placed.own_side.alias("own_side"))
    for tree, slot in (("binary", "binary_side"), ("matrix", "matrix_slot")):
        above = placed.parent[tree].to_frame("code").join(numbers, on="code", how="left", maintain_order="left")
        said = said.with_columns(above["number"].fill_null(NOBODY).alias(f"{tree}_parent"))
        said = said.with_columns(
            pl.when(pl.col(f"{tree}_parent") >= 0).then(placed.slot[tree]).otherwise(0).alias(slot)
        )
    known = everybody.drop("binary_parent", "binary_side", "matrix_parent", "matrix_slot", "own_side")
    joined = known.join(said.unique("code"), on="code", how="left", maintain_order="left")
    return joined.select(pl.col(name).cast(kind) for name, kind in PEOPLE.items())


def _products(path: Path, told: Told) -> dict[str, Product] | None:
    """The catalogue; None when it has faults, for then orders would seem to name unknown products."""
    before = len(told.problems)
    sheet = _sheet(path, products.COLUMNS, told)
    draft = ProductsDraft()
    if sheet is not None:
        with _findings(path, told) as findings:
            draft = products.draft(sheet, {}, findings)
    faulty = Told(told.problems[before:]).blocked
    return None if faulty else {product.sku: product for product in draft.products}


def _rates(path: Path | None, told: Told) -> RateTable:
    sheet = None if path is None else _sheet(path, rates.COLUMNS, told)
    if path is None or sheet is None:
        return RateTable(())
    with _findings(path, told) as findings:
        return RateTable(rates.draft(sheet, (), findings).rates)


def _orders(path: Path, setting: order_fields.Setting, told: Told, progress: Progress) -> OrdersDraft | None:
    sheet = _sheet(path, order_fields.COLUMNS, told, progress)
    if sheet is None:
        return None
    with _findings(path, told) as findings:
        return orders.draft(sheet, setting, findings) if sheet.height else _no_orders()


def _no_orders() -> OrdersDraft:
    return OrdersDraft(framed(ORDERS, {}), framed(LINES, {}))


def _adjustments(path: Path | None, known: set[str], told: Told) -> pl.DataFrame:
    sheet = None if path is None else _sheet(path, adjustments.COLUMNS, told)
    if path is None or sheet is None:
        return framed(ADJUSTMENTS, {})
    with _findings(path, told) as findings:
        return adjustments.read(sheet, known, findings)
