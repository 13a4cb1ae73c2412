"""The plan once more, read from its text by nothing but TOML: every word is looked up where it is used."""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

VOLUME_SCALE = 4
COUNTED = ("orders", "heads", "points", "legs", "held", "reached")
"""What a KPI counts by ones; everything else is volume."""
PLACEMENTS = ("binary", "matrix")
"""Kinds that have a tree of their own."""


class Words:
    """One table of the plan; a word that is absent has what the caller names."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table

    def has(self, word: str) -> bool:
        """Whether the table has it."""
        return word in self.table

    def text(self, word: str, otherwise: str = "") -> str:
        """A text, or one of a few words."""
        return str(self.table.get(word, otherwise))

    def flag(self, word: str, *, otherwise: bool = False) -> bool:
        """Yes or no."""
        return bool(self.table.get(word, otherwise))

    def whole(self, word: str, otherwise: int = 0) -> int:
        """A count."""
        return int(self.table.get(word, otherwise))

    def number(self, word: str, otherwise: int = 0) -> Fraction:
        """An amount, or a percentage as the number before its sign."""
        return number(self.table.get(word, otherwise))

    def maybe(self, word: str) -> Fraction | None:
        """The same, None where it is absent."""
        return self.number(word) if self.has(word) else None

    def numbers(self, word: str) -> tuple[Fraction, ...]:
        """A list of them."""
        return tuple(number(one) for one in self.table.get(word, ()))

    def texts(self, word: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.table.get(word, ()))

    def inner(self, word: str) -> "Words":
        """A table in the table."""
        return Words(self.table.get(word, {}))

    def tables(self, word: str) -> "list[Words]":
        """A list of tables."""
        return [Words(one) for one in self.table.get(word, ())]

    def by_rank(self, word: str) -> dict[str, Fraction]:
        """A table by rank with a number each."""
        return {rank: number(one) for rank, one in self.table.get(word, {}).items()}

    def packaged(self, table: str) -> bool:
        """Whether `rate`, say, goes by packages, in a table `rate_by_package`."""
        return self.has(f"{table}_by_package")

    def rungs(self, table: str) -> dict[str, Any]:
        """A table by rank or by package: a number each, or a list each."""
        found = self.table.get(f"{table}_by_package", self.table.get(f"{table}_by_rank", {}))
        return {code: tuple(map(number, one)) if isinstance(one, list) else number(one) for code, one in found.items()}


def number(value: Any) -> Fraction:
    """`12.5` and `"12.5 %"` are 12.5, `"33 1/3 %"` and `"1/3"` are 100/3; `"12.5 each"`, of each one, is 1250."""
    if isinstance(value, str) and value.strip().endswith("each"):
        return 100 * Fraction(Decimal(value.strip().removesuffix("each").strip()))
    if isinstance(value, str) and "/" in value:
        parts = [Fraction(part) for part in value.replace("%", " ").replace("/", " / ").replace(" / ", "/").split()]
        return sum(parts, Fraction(0)) * (1 if "%" in value else 100)
    if isinstance(value, str):
        return Fraction(Decimal(value.strip().removesuffix("%").strip()))
    return Fraction(value)


def is_share(value: Any) -> bool:
    """Whether it is a part of something, such as `"15 %"` or `"1/3"`, and no amount."""
    return isinstance(value, str) and ("%" in value or "/" in value)


Condition = Mapping[str, Any]
"""A condition or a group of them, as the file writes it."""


class Bonus(Words):
    """One `[[bonuses]]`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        super().__init__(table)
        self.code = self.text("code")
        self.kind = self.text("kind")
        self.basis = self.text("rank_basis", "paid")
        self.pays = self.text("pays", "money")
        self.base = self.text("base", "earnings" if self.kind == "matching" else "cv")
        self.tree = self.text("tree", self.kind if self.kind in PLACEMENTS else "sponsor")
        self.orders = self.inner("orders")
        self.by_product = bool(self.orders.texts("products") or self.orders.texts("without_products"))
        self.earner: Sequence[Condition] = tuple(table.get("earner", ()))
        self.place: Sequence[Condition] = tuple(table.get("place", ()))

    def __hash__(self) -> int:
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bonus) and other.code == self.code


def nearest(table: Mapping[str, Any], ladder: Sequence[str], place: int) -> Any:
    """The entry of that place on the ladder, from 1, or of the nearest lower one that has one, or None."""
    return next((table[code] for code in reversed(ladder[:place]) if code in table), None)


class Plan(Words):
    """The whole file."""

    @classmethod
    def read(cls, text: str) -> "Plan":
        """From the file's text, as it was checked."""
        source = text.removeprefix("\ufeff").replace("\r\n", "\n")
        return cls(tomllib.loads(source, parse_float=Decimal))

    @cached_property
    def currency(self) -> str:
        """In which the company pays."""
        return self.inner("plan").text("currency")

    @cached_property
    def volume_currency(self) -> str:
        """In which volume is counted."""
        return self.inner("volume").text("currency", self.currency)

    @cached_property
    def scale(self) -> int:
        """How many decimals volume keeps."""
        return self.inner("volume").whole("scale", VOLUME_SCALE)

    @cached_property
    def ranks(self) -> list[str]:
        """The ladder, the lowest first."""
        return [one.text("code") for one in self.tables("ranks")]

    def rank(self, code: str | None) -> int:
        """A place on the ladder from 1; 0 is none."""
        return self.ranks.index(code) + 1 if code else 0

    @cached_property
    def kpis(self) -> dict[str, Words]:
        """The KPIs that are switched on."""
        found = {code: Words(table) for code, table in self.table.get("kpis", {}).items()}
        return {code: words for code, words in found.items() if words.flag("on", otherwise=True)}

    @cached_property
    def bonuses(self) -> list[Bonus]:
        """Those that are switched on."""
        found = [Bonus(one) for one in self.table.get("bonuses", ())]
        return [one for one in found if one.flag("on", otherwise=True)]

    def is_volume(self, kpi: str) -> bool:
        """Whether the KPI is counted at scale."""
        return self.kpis[kpi].text("measure") not in COUNTED

    def units(self, kpi: str) -> int:
        """How many units of its figures make one whole."""
        return int(10**self.scale) if self.is_volume(kpi) else 1

    def calendar(self, code: str | None = None) -> tuple[str, str, str]:
        """Name, kind and time zone of a calendar; the main one unless named. A period is `period 21 2026-01-05,…`."""
        zone = self.inner("plan").text("time_zone")
        known = self.table.get("calendars") or {"month": {"kind": "month"}}
        name = code or next(iter(known))
        said = (known[name][word] for word in ("kind", "days", "from", "begins") if word in known[name])
        kind = " ".join(",".join(map(str, one)) if isinstance(one, list) else str(one) for one in said)
        return name, kind, str(known[name].get("time_zone", zone))

    def kpis_by(self, calendar: str) -> str:
        """By which calendar KPIs are counted in runs of this one; empty is its own."""
        return str(self.table.get("calendars", {}).get(calendar, {}).get("kpis_by", ""))

    def listed(self, words: Words, table: str, place: int) -> Any:
        """What a table gives a rank or package: its own entry, or that of the nearest lower one that has one, or None.

        Args:
            place: on the ladder that the table goes by, from 1.
        """
        entries = words.rungs(table)
        ladder = [one.text("code") for one in self.tables("packages")] if words.packaged(table) else self.ranks
        return nearest(entries, ladder, place)
