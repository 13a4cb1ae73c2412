"""A plain company as the files that are imported and settled: what is known of it at a moment."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from core.settlement.cycle.figures import microseconds
from core.settlement.model import SIDES, Company

SKUS = {"USD": {"A": "A", "B": "B"}, "EUR": {"A": "AE", "B": "BE"}}
"""What a line's product is called in each currency; a plan's filters name A and B."""
PRODUCTS = "sku,name,price,currency,points\nA,A,1,USD,3\nB,B,1,USD,0\nAE,A,1,EUR,1\nBE,B,1,EUR,0\n"
RATES = """date,from,to,rate
2025-01-01,USD,EUR,0.93
2025-01-01,EUR,USD,1.0753
"""
WHOLE = 6
"""Pieces in every line of a sale, of which a half or a third can come back."""
PEOPLE = ("id", "sponsor_id", "joined_on", "country", "language", "name", "kind", "status", "rank", "binary_parent_id",
          "binary_side", "matrix_parent_id", "matrix_slot", "own_side")  # fmt: skip
ORDERS = ("order_id", "person_id", "date", "sku", "qty", "unit_price", "kind", "cv", "qv", "paid_on",
          "returns_order_id")  # fmt: skip


def people_file(company: Company, until: datetime, titles: Mapping[str, str | None]) -> str:
    """Everybody who joined before a moment; a place below somebody who comes later is none.

    Args:
        titles: those that people have by now; of others the ones that they came with.
    """
    codes, days = company.people["code"].to_list(), company.people["joined_on"].to_list()

    def code(place: int) -> str:
        return codes[place] if place >= 0 else ""

    def place(row: Mapping[str, Any], above: str, slot: str, names: Sequence[str] = ()) -> tuple[Any, Any]:
        parent = row[above]
        if parent < 0 or days[parent] > row["joined_on"]:
            return "", ""
        return codes[parent], names[row[slot]] if names else row[slot]

    rows = [
        (row["code"], code(row["sponsor"]), row["joined_on"], row["country"], row["language"], row["code"],
         row["kind"], row["status"], titles.get(row["code"], row["career_rank"]) or "",
         *place(row, "binary_parent", "binary_side", SIDES), *place(row, "matrix_parent", "matrix_slot"),
         SIDES[row["own_side"]])
        for row in company.people.iter_rows(named=True)
        if row["joined_on"] < until.date()
    ]  # fmt: skip
    return _csv(PEOPLE, rows)


def orders_file(company: Company, until: datetime, there: datetime) -> str:
    """What those who joined before a moment ordered before another one, and whether it was paid by then."""
    codes, limit = company.people["code"].to_list(), microseconds(until)
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for line in company.lines.iter_rows(named=True):
        lines.setdefault(line["order_id"], []).append(line)
    here = (company.people["joined_on"] < there.date()).to_list()
    rows = []
    for order in company.orders.filter(pl.col("ordered_at") < limit).iter_rows(named=True):
        of, sale = lines[order["order_id"]], order["returns_order_id"]
        pieces = WHOLE if sale is None else _pieces(of, lines[sale])
        if not here[order["person"]] or not pieces:
            continue
        paid = order["paid_at"] is not None and order["paid_at"] < limit
        rows += [
            (order["order_id"], codes[order["person"]], _time(order["ordered_at"]),
             SKUS[order["currency"]][line["sku"]], pieces, _exact(line["amount_minor"], 2), order["kind"],
             _exact(line["cv"], 4), _exact(line["qv"], 4), _time(order["paid_at"]) if paid else "", sale or "")
            for line in lines[sale or order["order_id"]]
        ]  # fmt: skip
    return _csv(ORDERS, rows)


def _pieces(back: Sequence[Mapping[str, Any]], sold: Sequence[Mapping[str, Any]]) -> int:
    """So many of the pieces of a sale come back."""
    shares = [
        -line[name] / sale[name] for line, sale in zip(back, sold, strict=True) for name in ("cv", "qv") if sale[name]
    ]
    return round(WHOLE * shares[0]) if shares else WHOLE


def _exact(figure: int, decimals: int) -> str:
    return f"{Decimal(abs(figure)).scaleb(-decimals):f}"


def _time(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000_000, UTC).isoformat()


def _csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return file.getvalue()
