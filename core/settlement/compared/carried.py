"""What both engines leave to the next cycle, part by part; what is nothing counts as not there."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import polars as pl

from core.settlement.compared.difference import Difference, Where, of, unlike
from core.settlement.lines.numbers import exact_text
from core.settlement.model import Carried, Past
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome
from core.settlement.second.model import Then
from core.settlement.second.whole.run import Whole

Row = Mapping[str, Any]
Value = Callable[[Row], Fraction | str]
PERSON = "person_id"


def _sized(column: str) -> Value:
    return lambda row: Fraction(row[column])


def _lines(row: Row) -> str:
    told = f"{row['amount']} on {'an amount' if row['base'] is None else row['base']}, {row['taken']} taken back"
    if row["rest"] is None:
        return told
    numbers = ", ".join(f"{name} {Fraction(row[name])}" for name in ("rest", "kept", "off", "cut", "owed"))
    return f"{told}, {row['parts']} parts, {numbers}"


def _title(row: Row) -> str:
    named = ("career_rank", "misses", "highest_rank", "honorary_rank", "grace")
    return ", ".join(f"{name} {row[name]}" for name in named if row[name])


PARTS: Mapping[str, tuple[tuple[str, ...], Value]] = {
    "ranks": ((), _title),
    "had": (("bonus", "what"), lambda _: "had"),
    "due": (("bonus", "unit", "origin", "part", "due"), _sized("exact")),
    "pools": (("bonus", "unit"), _sized("exact")),
    "volumes": (("bonus", "side", "cycle"), _sized("volume")),
    "kpis": (("kpi",), lambda row: Fraction(row["value"], 10 ** row["decimals"])),
    "paid": (("cycle",), lambda row: " and ".join(row[name] for name in ("rank", "reached") if row[name])),
    "capped": (("cap", "cycle", "unit"), _sized("amount")),
    "posted": (("cycle", "bonus", "unit", "source_person_id", "order_id", "level"), _lines),
    "inactive": ((), lambda row: f"{row['cycles']} cycles, {row['due'] or 'nothing'} due"),
    "advanced": (("cycle", "unit"), _sized("amount_minor")),
    "balances": (("currency", "cycle", "waited"), _sized("amount_minor")),
}
"""What tells two rows of a part from each other besides the person, and what they say."""


def carried(outcome: Outcome, found: Whole, people: Collection[str] | None) -> Iterator[Difference]:
    """What the next cycle is given; of a sample what stands by person."""
    theirs = found.leaves
    yield from _parts(carried_out(outcome), theirs, people)
    if people is None:
        ours, others = {one.cycle: one for one in outcome.past}, {one.cycle: one for one in found.past}
        for cycle in sorted({*ours, *others}):
            yield from _past(cycle, ours.get(cycle), others.get(cycle))


def _parts(ours: Carried, theirs: Mapping[str, Iterable[Row]], people: Collection[str] | None) -> Iterator[Difference]:
    for part in PARTS:
        frame = getattr(ours, part)
        if PERSON in frame.columns:
            mine = of(frame, people).iter_rows(named=True)
            its = (row for row in theirs.get(part, ()) if people is None or row[PERSON] in people)
        elif people is None:
            mine, its = frame.iter_rows(named=True), (row for row in theirs.get(part, ()))
        else:
            continue
        yield from unlike(_told(part, mine), _told(part, its))


def _told(part: str, rows: Iterable[Row]) -> dict[Where, str]:
    names, value = PARTS[part]
    sums: dict[Where, list[Fraction | str]] = {}
    for row in rows:
        words = (str(row.get(name) or "") for name in names)
        where = (row.get(PERSON) or "", f"carried {part}", ", ".join(word for word in words if word))
        sums.setdefault(where, []).append(value(row))
    told = {where: _text(values) for where, values in sums.items()}
    return {where: text for where, text in told.items() if text}


def _text(values: list[Fraction | str]) -> str:
    numbers = [one for one in values if isinstance(one, Fraction)]
    if numbers:
        total = sum(numbers, Fraction(0))
        return exact_text(total) if total else ""
    return " and ".join(sorted(str(one) for one in values))


def _past(cycle: str, ours: Past | None, theirs: Then | None) -> Iterator[Difference]:
    """A cycle that orders can still come to."""
    if ours is None or theirs is None:
        yield Difference("", f"past {cycle}", "", "kept" if ours else "", "kept" if theirs else "")
        return
    pairs = (
        (ours.orders, theirs.orders, "order_id"),
        (ours.posted, theirs.posted, PERSON),
        (_exact(ours.parts), _exact(theirs.parts), PERSON),
    )
    for mine, its, first in pairs:
        columns = mine.columns
        rows = [{_whole(row, columns) for row in frame.select(columns).iter_rows()} for frame in (mine, its)]
        for row in sorted(rows[0] ^ rows[1]):
            word = ", ".join(row)
            sides = ("known", "") if row in rows[0] else ("", "known")
            yield Difference(row[columns.index(first)], f"past {cycle}", word, *sides)
    yield from _began(cycle, ours, theirs)


def _exact(parts: pl.DataFrame) -> pl.DataFrame:
    """Parts that come to nothing are as if they were not there; what was lost is."""
    texts = [None if one is None else str(Fraction(one)) for one in parts["exact"]]
    found = parts.with_columns(pl.Series("exact", texts, dtype=pl.String))
    return found.filter(pl.col("exact").is_null() | (pl.col("exact") != "0"))


def _began(cycle: str, ours: Past, theirs: Then) -> Iterator[Difference]:
    """What it was settled with, which is another where the cycles before it were settled again."""
    for part in PARTS.keys() - {"balances"}:
        mine, its = getattr(ours.carried, part), theirs.carried[part]
        if mine is not its:
            pair = (_told(part, frame.iter_rows(named=True)) for frame in (mine, its))
            for one in unlike(*pair):
                yield replace(one, bonus=f"past {cycle}: {one.bonus}")


def _whole(row: tuple[Any, ...], columns: list[str]) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value, _ in zip(row, columns, strict=True))
