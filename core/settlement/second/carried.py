"""What earlier cycles left to a bonus, and what it leaves to later ones, by codes of people and cycles."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl

from core.settlement.second.days import Cycle
from core.settlement.second.model import Before, Found, Lot, Part
from core.settlement.second.people import NOBODY
from core.settlement.second.plan import Bonus
from core.settlement.second.units import digits

if TYPE_CHECKING:
    from core.settlement.second.case import Case

SIDES = ("", "left", "right")
Left = dict[tuple[str, ...], Fraction]
"""What is carried, by what it is: the part, the bonus, the person and so on."""


def gone(carried: pl.DataFrame, known: Iterable[str]) -> list[Bonus]:
    """Bonuses that the plan has no more, of which parts of earlier cycles wait."""
    rows = carried.select("bonus", "unit").unique().sort("bonus", "unit").iter_rows()
    names, found = set(known), []
    for code, unit in rows:
        if code not in names:
            found.append(Bonus({"code": code, "kind": "rest", "currency": unit}))
    return found


def before(case: "Case", bonus: Bonus) -> Before:
    """From the frames that were carried in."""
    frames, person = case.inputs.carried, {code: place for place, code in enumerate(case.people.code)}
    mine = {name: [row for row in frames[name].iter_rows(named=True) if row["bonus"] == bonus.code]
            for name in ("had", "due", "pools", "volumes")}  # fmt: skip
    had: dict[str, set[int]] = {}
    for row in mine["had"]:
        had.setdefault(row["what"], set()).add(person[row["person_id"]])
    minor = 10 ** digits(case.unit(bonus))
    units = 10 ** case.base_digits(bonus)
    kpis: dict[str, dict[int, int]] = {}
    for row in frames["kpis"].iter_rows(named=True):
        kpis.setdefault(row["kpi"], {})[person[row["person_id"]]] = row["value"]
    return Before(
        had={what: frozenset(people) for what, people in had.items()},
        due=tuple(_part(case.cycle, mine["due"], row, person, minor) for row in mine["due"]),
        lots=tuple(
            Lot(
                person[row["person_id"]],
                side,
                _apart(Cycle.named(case.cycle.kind, case.cycle.zone.key, row["cycle"]), case.cycle),
                int(Fraction(row["volume"]) * units),
                leg,
            )
            for row in mine["volumes"]
            for side, leg in _side(bonus, row["side"], person)
        ),
        pool=sum((Fraction(row["exact"]) * minor for row in mine["pools"]), Fraction(0)),
        kpis=kpis,
        paid=tuple(_paid(case, person)),
    )


def _side(bonus: Bonus, told: str, person: dict[str, int]) -> list[tuple[int, int]]:
    """The side, or along sponsors the leg, that volume waits on; none where the bonus has no such side any more."""
    if bonus.tree == "sponsor":
        return [(0, person[told])] if told in person else []
    if bonus.text("pay") == "levels":
        side, _, level = told.partition(" ")
        return [(SIDES.index(side), int(level))] if side in SIDES[1:] and level.isdigit() else []
    return [(SIDES.index(told), NOBODY)] if told in SIDES[1:] else []


def side_of(case: "Case", bonus: Bonus, lot: Lot) -> str:
    """The side, with its level where levels pay, or along sponsors whoever heads the leg."""
    if bonus.text("pay") == "levels":
        return f"{SIDES[lot.side]} {lot.leg}"
    return SIDES[lot.side] if lot.leg == NOBODY else case.people.code[lot.leg]


def _part(
    cycle: Cycle, rows: Sequence[dict[str, str]], row: dict[str, str], person: dict[str, int], minor: int
) -> Part:
    due = Cycle.named(cycle.kind, cycle.zone.key, row["due"])
    number = int(row["part"])
    whose = (row["person_id"], row["origin"])
    last = number == max(int(one["part"]) for one in rows if (one["person_id"], one["origin"]) == whose)
    exact = Fraction(row["exact"]) * minor
    return Part(person[row["person_id"]], row["origin"], number, last, _apart(cycle, due), exact)


def _apart(earlier: Cycle, later: Cycle) -> int:
    """How many cycles lie between."""
    count = 0
    while earlier.first < later.first:
        earlier = earlier.later(1)
        count += 1
    return count


def _paid(case: "Case", person: dict[str, int]) -> Iterator[dict[int, int]]:
    """Paid ranks of the cycles before, the last one first, as far back as awards look."""
    rows = list(case.inputs.carried["paid"].iter_rows(named=True))
    cycle = case.cycle
    for _ in range(max((one.whole("hold_cycles", 1) - 1 for one in case.bonuses), default=0)):
        cycle = cycle.before(1)
        found = (row for row in rows if row["cycle"] == cycle.code)
        yield {person[row["person_id"]]: case.place_of(row["rank"]) for row in found}


def after(case: "Case", bonus: Bonus, found: Found, due: list[Part]) -> Left:
    """What a bonus leaves, people who are in no tree left out."""
    codes, code = case.people.code, bonus.code
    minor, units = 10 ** digits(case.unit(bonus)), 10 ** case.base_digits(bonus)
    left: Left = {}
    for what, people in found.had.items():
        left |= {("had", code, codes[one], what): Fraction(1) for one in people if case.there[one]}
    for part in due:
        key: tuple[str, ...] = (
            "due",
            code,
            codes[part.payee],
            part.origin,
            str(part.number),
            str(case.cycle.later(part.wait).first),
        )
        left[key] = part.exact / minor
    if found.pool:
        left["pools", code] = found.pool / minor
    for lot in found.lots:
        day = str(case.cycle.before(lot.age).first)
        left["volumes", code, codes[lot.person], side_of(case, bonus, lot), day] = Fraction(lot.volume, units)
    return left
