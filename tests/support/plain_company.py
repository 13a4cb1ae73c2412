"""A company's files worked out the slow way: PV, GV, active people and ranks of every month, straight from the CSV.

Shares nothing with the product: the standard library reads the files, fractions are exact, every sum is a loop.
"""

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

SCALE = 10_000


@dataclass
class Month:
    """What everybody did in one month, volumes in ten-thousandths; whoever is missing has 0."""

    pv: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    gv: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    active: set[str] = field(default_factory=set)
    active_frontline: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ranks: dict[str, str] = field(default_factory=dict)


Ladder = Sequence[tuple[str, int | None, int | None, int | None]]
"""Per rung from the lowest: code, and what PV, GV (whole units) and active frontline must reach; None is not asked."""


def months(folder: Path, rates: Path, currency: str, ladder: Ladder) -> dict[str, Month]:
    """Every month with an order, such as `2011-03`; dates are taken as company time, as they stand."""
    sponsors = {row["id"]: row["sponsor_id"] for row in _rows(folder / "people.csv")}
    currencies = {row["sku"]: row["currency"] for row in _rows(folder / "products.csv")}
    worth = _rates(rates)
    lines = _rows(folder / "orders.csv")
    dates: dict[str, str] = {}
    for line in lines:
        dates[line["order_id"]] = min(dates.get(line["order_id"], line["date"]), line["date"])

    found: dict[str, Month] = defaultdict(Month)
    for line in lines:
        when = dates[line["order_id"]]
        month = found[when[:7]]
        day = datetime.fromisoformat(when).date()
        volume = _volume(line, _worth(worth, currencies[line["sku"]], currency, day))
        month.pv[line["person_id"]] += volume
        if line["kind"] == "sale":
            month.active.add(line["person_id"])
    for month in found.values():
        _fill(month, sponsors, ladder)
    return dict(found)


def _fill(month: Month, sponsors: dict[str, str], ladder: Ladder) -> None:
    for person, volume in list(month.pv.items()):
        above = person
        while above:
            month.gv[above] += volume
            above = sponsors[above]
    for person in month.active:
        if sponsors[person]:
            month.active_frontline[sponsors[person]] += 1
    for person in sponsors:
        for code, pv, gv, active in ladder:
            asked = (
                (pv and pv * SCALE, month.pv.get(person, 0)),
                (gv and gv * SCALE, month.gv.get(person, 0)),
                (active, month.active_frontline.get(person, 0)),
            )
            if all(minimum is None or has >= minimum for minimum, has in asked):
                month.ranks[person] = code


def _volume(line: dict[str, str], rate: Fraction) -> int:
    exact = Fraction(line["unit_price"]) * int(line["qty"]) * rate * SCALE
    rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    return rounded if line["kind"] == "sale" else -rounded


def _rates(path: Path) -> dict[tuple[str, str], list[tuple[date, Fraction]]]:
    worth: dict[tuple[str, str], list[tuple[date, Fraction]]] = defaultdict(list)
    for row in _rows(path):
        worth[row["from"], row["to"]].append((date.fromisoformat(row["date"]), Fraction(row["rate"])))
    return {pair: sorted(known) for pair, known in worth.items()}


def _worth(worth: dict[tuple[str, str], list[tuple[date, Fraction]]], source: str, target: str, day: date) -> Fraction:
    if source == target:
        return Fraction(1)
    known = worth[source, target]
    return known[bisect_right([since for since, _ in known], day) - 1][1]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
