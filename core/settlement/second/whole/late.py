"""Orders that come to settled cycles: each is settled again as it stands now, and what differs is paid in this run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import polars as pl

from core.settlement.second.days import Cycle
from core.settlement.second.limits import EVER, corrected
from core.settlement.second.model import Frames, Inputs, Then
from core.settlement.second.plan import Plan
from core.settlement.second.whole.again import Again
from core.settlement.second.whole.cycle import Done, rows_of
from core.settlement.second.whole.following import Following
from core.settlement.second.whole.leaving import framed, left, ranks
from core.settlement.second.whole.model import LATE, Correction, Sums, changes
from core.settlement.second.whole.waits import Row, exact_parts, framed_parts, knowing, untouched

KEY = ("cycle", "person_id", "bonus", "unit", "source_person_id", "order_id", "level")
TITLES = ("career_rank", "highest_rank")
OWN = ("balances", "advanced")
"""What is as it really is, however often a cycle is settled again."""


@dataclass
class Turns:
    """The earlier cycles one after the other, the oldest first."""

    inputs: Inputs
    until: int
    wanted: frozenset[str] | None
    corrections: list[Correction] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    """Orders whose volume binary bonuses take in this run."""
    past: list[Then] = field(default_factory=list)
    """The cycles as they are now."""
    parts: list[Row] = field(default_factory=list)
    """What the one that is looked at leaves for later cycles."""
    chain: Frames | None = None
    """What the last of them hands on, where that is worked out again."""

    def __post_init__(self) -> None:
        self.carried = dict(self.inputs.carried)
        plan, calendar = Plan.read(self.inputs.plan), self.inputs.calendar
        self.takes_titles = plan.calendar(calendar)[0] != plan.calendar()[0]

    def turned(self) -> "Turns":
        """After all of them."""
        for then in self.inputs.past:
            self.past.append(self._turn(then))
        if self.chain is not None:
            names = (*OWN, "ranks") if self.takes_titles else OWN
            self.carried = {**self.chain, **{name: self.inputs.carried[name] for name in names}}
            self.carried["capped"] = _as_it_is(self.chain["capped"], self.inputs.carried["capped"])
        more = corrected(Plan.read(self.inputs.plan), changes(self.corrections))
        self.carried["capped"] = _concat(self.carried["capped"], more)
        return self

    def _turn(self, then: Then) -> Then:
        again = Again(then, self.inputs, self.until, self.wanted)
        again.wanted = None if self._all_parts_count(again, then) else self.wanted
        chained = again.rebuilds and self.chain is not None
        if not again.changed and not chained:
            return then
        carried = then.carried
        if chained and self.chain is not None:
            ever = _concat(carried["capped"], corrected(again.plan, changes(self.corrections)))
            carried = {**self.chain, "ranks": carried["ranks"]} if self.takes_titles else {**self.chain}
            carried["capped"] = _as_it_is(self.chain["capped"], ever)
        posted = self._alone(again, then, carried) if again.directly else self._again(again, then, carried)
        self.late += [] if again.rebuilds else again.fresh
        parts = self.parts if again.rebuilds else self._followed(again, then)
        return replace(
            then, carried=carried, orders=_orders(again, then), posted=_frame(posted, then.posted),
            parts=framed_parts(parts, then.parts),
        )  # fmt: skip

    def _followed(self, again: Again, then: Then) -> list[Row]:
        """What waits of it follows; what it leaves."""
        following = Following(list(self.carried["due"].iter_rows(named=True)))
        now = Cycle.named(again.cycle.kind, again.cycle.zone.key, self.inputs.cycle)
        was = list(then.parts.iter_rows(named=True))
        following.follow(self.case, now, was, self.parts, again.wanted)
        self.corrections += following.corrections
        self.carried["due"] = framed_parts(following.due, self.carried["due"])
        return following.parts

    def _alone(self, again: Again, then: Then, carried: Frames) -> Sums:
        """The late orders' own lines, each by itself."""
        done, lines = again.alone(carried)
        self.case = done.case
        codes, names = done.case.people.code, done.case.inputs.bought["order_id"]
        for one in done.result.bonuses.values():
            ordered = again.by_order(one.bonus)
            for paid in one.paid:
                line = paid.line
                if done.result.asks(line.payee) and (line.order >= 0 or not ordered):
                    self.corrections.append(Correction(
                        LATE, then.cycle, codes[line.payee], paid.bonus, one.unit, paid.amount,
                        order=names[line.order] if line.order >= 0 else "",
                        source=codes[line.source] if line.source >= 0 else "", level=max(0, line.level),
                    ))  # fmt: skip
        gone = [one for one, exact in exact_parts(then.parts.iter_rows(named=True)).items() if exact is None]
        self.carried["posted"] = _concat(self.carried["posted"], (knowing(dict(one), gone) for one in lines))
        self._raise(again, carried)
        found = _sums(then.posted)
        self.parts = [*then.parts.iter_rows(named=True), *again.parts_alone(done)]
        for told in self.corrections:
            if told.kind == LATE and told.cycle == then.cycle:
                key = (told.person, told.bonus, told.unit, False)
                found[key] = found.get(key, 0) + told.amount
        return found

    def _again(self, again: Again, then: Then, carried: Frames) -> Sums:
        """Everybody's difference in every bonus."""
        done = again.whole(carried)
        self.case = done.case
        was, now = _sums(then.posted), done.sums
        found = {key: amount for key, amount in was.items() if not again.concerns(key[1], returned=key[3])}
        for key in sorted({*was, *now}):
            if again.concerns(key[1], returned=key[3]) and self._asked(key[0]):
                if key in now:
                    found[key] = now[key]
                more = now.get(key, 0) - was.get(key, 0)
                if more:
                    person, bonus, unit, returned = key
                    self.corrections.append(Correction(LATE, then.cycle, person, bonus, unit, more, returned=returned))
        was_parts = list(then.parts.iter_rows(named=True))
        stay = [row for row in was_parts if not again.concerns(row["bonus"], returned=False)]
        self.parts = [*stay, *(row for row in done.parts if again.concerns(row["bonus"], returned=False))]
        if again.rebuilds:
            self.chain = framed(left(done), self.inputs.carried)
        else:
            gone = [one for one, exact in exact_parts(was_parts).items() if exact is None]
            lines = [knowing(untouched(one), gone) for one in done.charged.lines]
            self.carried["posted"] = _refreshed(self.carried["posted"], lines, then.cycle)
            self._raise(again, carried, done)
        return found

    def _all_parts_count(self, again: Again, then: Then) -> bool:
        """Whether lines of this run look at parts of people who are not asked for."""
        parts = set(then.parts["bonus"]) | {one.code for one in again.plan.bonuses if one.has("rest_in_cycles")}
        plan = Plan.read(self.inputs.plan)
        looking = {code for one in plan.bonuses for word in ("matches", "shares_from") for code in one.texts(word)}
        together = any(one.text("per") == "company" for one in plan.tables("caps"))
        return bool(parts) and (together or bool(looking & parts))

    def _asked(self, person: str) -> bool:
        return self.wanted is None or person in self.wanted

    def _raise(self, again: Again, carried: Frames, done: Done | None = None) -> None:
        """Titles that were reached late are held from now on."""
        if again.changes_rank:
            case = (done or again.whole(carried)).case
            self.carried["ranks"] = raised(again.plan, self.carried["ranks"], ranks(case, range(case.count)))


def _as_it_is(again: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """What is worked out again, but for what caps without cycles count."""
    return pl.concat([again.filter(pl.col("cycle") != EVER), own.filter(pl.col("cycle") == EVER)])


def _sums(posted: pl.DataFrame) -> Sums:
    return {row[:4]: row[4] for row in posted.select("person_id", "bonus", "unit", "returned", "amount_minor").rows()}


def _frame(sums: Sums, like: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(rows_of(sums), schema=like.schema)


def _orders(again: Again, then: Then) -> pl.DataFrame:
    names = then.orders.columns
    rows = [dict(zip(("order_id", "person_id", "amount_minor", "cv", "qv", "points"), (name, *one), strict=True))
            for name, one in again.known.items()]  # fmt: skip
    return pl.DataFrame(rows, schema=then.orders.schema).select(names)


def _concat(frame: pl.DataFrame, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    listed = [{column: row.get(column) for column in frame.columns} for row in rows]
    return pl.concat([frame, pl.DataFrame(listed, schema=frame.schema)])


def _refreshed(posted: pl.DataFrame, now: Sequence[Row], cycle: str) -> pl.DataFrame:
    """The cycle's lines as they are now; what returns have taken of them stays taken, also of one that is no more."""
    before = list(posted.filter(pl.col("cycle") == cycle).iter_rows(named=True))
    taken: dict[tuple[Any, ...], Row] = {}
    for row in before:
        taken.setdefault(_key(row), row)
    mine = [row for row in now if row["cycle"] == cycle]
    known = {_key(row) for row in mine}
    mine = [row | _taken(taken.get(_key(row)), row) for row in mine]
    touched = (row for row in before if row["taken"] or Fraction(row["cut"] or 0))
    nothing = [row | {"amount": 0, "base": 0, "rest": None if row["rest"] is None else "0"}
               for row in touched if _key(row) not in known]  # fmt: skip
    return _concat(posted.filter(pl.col("cycle") != cycle), [*mine, *nothing])


def _taken(before: Row | None, row: Row) -> Row:
    """What returns have taken of a line; of its parts only where it has any."""
    was, new = before or {}, {"kept": row["kept"], "off": "0", "cut": "0", "owed": "0"}
    parts = {} if row["rest"] is None else {name: was.get(name) or value for name, value in new.items()}
    return {"taken": was.get("taken", 0), **parts}


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Which line it is; one that pays an amount beside one that pays a rate is another."""
    return (*(row[name] for name in KEY), row["base"] is None)


def raised(plan: Plan, before: pl.DataFrame, late: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """What was carried, with every title and highest rank that is higher now."""
    place = {code: at for at, code in enumerate(plan.ranks, start=1)}
    found = {row["person_id"]: dict(row) for row in before.iter_rows(named=True)}
    for row in late:
        new = {"person_id": row["person_id"], "misses": row["misses"]}
        mine = found.setdefault(row["person_id"], dict.fromkeys(before.columns) | new)
        for name in TITLES:
            if place.get(row[name], 0) > place.get(mine[name], 0):
                mine[name] = row[name]
    return pl.DataFrame(list(found.values()), schema=before.schema)
