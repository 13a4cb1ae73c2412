"""A company as files, settled by the command, and its results as they were written."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from core.__main__ import main

HEAD = """
[plan]
code = "example"
version = "1"
name = "Example"
company = "Example"
currency = "USD"
time_zone = "UTC"

[activity]
measure = "qv"
minimum = 0
"""
PERSONAL = """
[kpis.pv]
label = "Personal volume"
measure = "qv"

[ladder]
gauges = ["pv"]
must_climb = false
"""
ONE_RANK = """
[[ranks]]
code = "member"
name = "Member"
needs = []
"""
WITH_RETURNS = "order_id,person_id,date,sku,qty,unit_price,kind,cv,qv,paid_on,returns_order_id"
PRODUCT = "sku,name,price,currency\nA,A,1,USD\n"


def ladder(*ranks: str) -> str:
    """Ranks, lowest first, that nobody but her own volume decides: the n-th asks for n."""
    return "".join(
        f'\n[[ranks]]\ncode = "{code}"\nname = "{code}"\nneeds = [{{ kpi = "pv", minimum = {place} }}]\n'
        for place, code in enumerate(ranks, start=1)
    )


@dataclass
class Offline:
    """Files of one company; `people` are (id, sponsor), `orders` rows after their id."""

    folder: Path
    plan: str
    people: list[tuple[str, ...]] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    products: str = PRODUCT
    verify: bool = True
    """Whether the second engine works everything out too; a difference is a refusal."""
    people_columns: Sequence[str] = ("id", "sponsor_id", "joined_on", "country", "language", "name", "kind")
    order_columns: str = "order_id,person_id,date,sku,qty,unit_price,kind,cv,qv"

    def person(self, code: str, sponsor: str | None = None, joined: str = "2026-01-01", kind: str = "") -> None:
        self.people.append((code, sponsor or "", joined, "ES", "es", code, kind))

    def order(
        self, person: str, cv: str | int, qv: str | int | None = None, *, on: str = "2026-10-05", kind: str = "sale"
    ) -> str:
        """An order of one line; its id tells which it is."""
        order = f"o{len(self.orders) + 1:05}"
        self.orders.append(f"{order},{person},{on},A,1,1,{kind},{cv},{cv if qv is None else qv}")
        return order

    def sold_back(self, sale: str, person: str, cv: str | int, *, on: str, paid: str = "") -> str:
        """A return of one line that names its sale; only where `order_columns` are `WITH_RETURNS`."""
        order = f"r{len(self.orders) + 1:05}"
        self.orders.append(f"{order},{person},{on},A,1,{cv},return,{cv},{cv},{paid},{sale}")
        return order

    def sold(self, person: str, cv: str | int, *, on: str, paid: str | None = None) -> str:
        """A sale with its day of payment, that of the order unless said; empty is open."""
        order = f"o{len(self.orders) + 1:05}"
        self.orders.append(f"{order},{person},{on},A,1,{cv},sale,{cv},{cv},{on if paid is None else paid},")
        return order

    def settle(self, cycle: str = "2026-10", *more: str, out: str = "out") -> int:
        files = {
            "plan": self.plan,
            "people": self.people_file(),
            "products": self.products,
            "orders": self.order_columns + "\n" + "\n".join([*self.orders, ""]),
        }
        words = ["settle", "--cycle", cycle, "--out", str(self.folder / out), *more]
        words += ["--verify"] if self.verify else []
        for name, text in files.items():
            path = self.folder / f"{name}.{'toml' if name == 'plan' else 'csv'}"
            path.write_text(text, encoding="utf-8")
            words += [f"--{name}", str(path)]
        return main(words)

    def people_file(self) -> str:
        return _csv(self.people_columns, self.people)

    def rows(self, name: str, out: str = "out") -> list[dict[str, str]]:
        with (self.folder / out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def awards(self, bonus: str | None = None, out: str = "out") -> list[dict[str, str]]:
        return [row for row in self.rows("awards", out) if bonus in (None, row["bonus"])]

    def earned(self, bonus: str | None = None, out: str = "out") -> dict[str, Decimal]:
        """What everybody earns by award lines."""
        found: dict[str, Decimal] = {}
        for row in self.awards(bonus, out):
            found[row["payee_id"]] = found.get(row["payee_id"], Decimal(0)) + Decimal(row["amount"])
        return found

    def kpi(self, person: str, code: str, out: str = "out") -> Decimal:
        [value] = [row["value"] for row in self.rows("kpis", out) if (row["person_id"], row["kpi"]) == (person, code)]
        return Decimal(value)

    def payouts(self, out: str = "out") -> dict[str, dict[str, str]]:
        return {row["person_id"]: row for row in self.rows("payouts", out)}

    def summary(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.folder / "out" / "summary.json").read_text(encoding="utf-8"))
        return found


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join([",".join(header), *(",".join(row) for row in rows), ""])
