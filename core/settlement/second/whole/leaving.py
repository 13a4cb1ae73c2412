"""What a cycle leaves to the next one, as rows by part, with the columns of `core.settlement.model`."""

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from core.settlement.second import earlier
from core.settlement.second.carried import side_of
from core.settlement.second.case import Case
from core.settlement.second.limits import corrected, paid_under
from core.settlement.second.model import Frames
from core.settlement.second.units import digits
from core.settlement.second.whole.cycle import Done
from core.settlement.second.whole.model import changes, of

Leaves = dict[str, list[dict[str, Any]]]


def left(done: Done) -> Leaves:
    """What the next cycle is calculated with; balances and advances are told by themselves."""
    case = done.case
    people = [one for one in range(case.count) if done.result.asks(one)]
    bonuses = {one.bonus.code: case.unit(one.bonus) for one in done.result.bonuses.values()}
    return {
        "ranks": list(ranks(case, people)),
        "had": [*_had(done), *_still(done, "had", bonuses)],
        "due": done.charged.waits,
        "pools": [*_pools(done), *_others(case, "pools", bonuses)],
        "volumes": [*_volumes(done), *_others(case, "volumes", bonuses)],
        "kpis": list(_kpis(case, people)),
        "paid": list(earlier.left(case, (line for one in done.result.bonuses.values() for line in one.paid), people)),
        "capped": [*paid_under(done.result.cuts), *corrected(case.plan, changes(done.charged.corrections))],
        "posted": done.charged.lines,
        "inactive": list(_inactive(case, people)),
    }


def framed(leaves: Leaves, like: Frames) -> Frames:
    """The same as frames, with all other parts empty."""
    return {
        name: pl.DataFrame([{column: row.get(column) for column in frame.columns} for row in leaves.get(name, ())],
                           schema=frame.schema)
        for name, frame in like.items()
    }  # fmt: skip


def ranks(case: Case, people: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Whoever holds a rank or title, or ever held one; titles are the main calendar's to hand on."""
    if case.takes_titles:
        return
    names = [None, *case.plan.ranks]
    for person in people:
        if case.there[person] and case.ever(person):
            title, rank = case.career(person), case.rank(person)
            yield {
                "person_id": case.people.code[person],
                "career_rank": names[title.rank],
                "misses": title.misses if rank or title.rank else 0,
                "highest_rank": names[case.ever(person)],
                "honorary_rank": names[case.honorary(person)],
                "grace": " ".join(f"{names[place]}:{left}" for place, left in case.grace(person).items()) or None,
            }


def _inactive(case: Case, people: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Distributors without activity for cycles of the main calendar in a row; suspension stops the count."""
    rule = case.plan.inner("activity")
    if case.calendar != case.plan.calendar()[0] or not (rule.has("warn_after") or rule.has("terminate_after")):
        return
    before = dict(case.inputs.carried["inactive"].select("person_id", "cycles").iter_rows())
    for person in people:
        if not case.there[person] or case.people.kind[person] != "distributor" or case.figures.active[person]:
            continue
        code, suspended = case.people.code[person], case.people.status[person] == "suspended"
        cycles = before.get(code, 0) + (0 if suspended else 1)
        ends = rule.has("terminate_after") and cycles >= rule.whole("terminate_after")
        warns = rule.has("warn_after") and cycles == rule.whole("warn_after")
        if cycles:
            due = None if suspended else "end" if ends else "warn" if warns else None
            yield {"person_id": code, "cycles": cycles, "due": due}


def _had(done: Done) -> Iterator[dict[str, Any]]:
    case = done.case
    for one in done.result.bonuses.values():
        for what, people in one.found.had.items():
            for person in people:
                if case.there[person]:
                    yield {"bonus": one.bonus.code, "person_id": case.people.code[person], "what": what}


def _still(done: Done, part: str, bonuses: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What other bonuses left, and what concerns people who stand in no tree now."""
    case, frame = done.case, done.case.inputs.carried[part]
    if frame.is_empty():
        return
    place = {code: at for at, code in enumerate(case.people.code)}
    wanted = None if done.result.people is None else [case.people.code[one] for one in done.result.people]
    for row in of(frame, wanted).iter_rows(named=True):
        at = place.get(row["person_id"])
        if row["bonus"] not in bonuses or at is None or not case.there[at]:
            yield row


def _others(case: Case, part: str, bonuses: dict[str, str]) -> Iterator[dict[str, Any]]:
    rows = case.inputs.carried[part].iter_rows(named=True)
    return (row for row in rows if row["bonus"] not in bonuses)


def _pools(done: Done) -> Iterator[dict[str, Any]]:
    for one in done.result.bonuses.values():
        if one.found.pool:
            exact = str(one.found.pool / 10 ** digits(one.unit))
            yield {"bonus": one.bonus.code, "unit": one.unit, "exact": exact}


def _volumes(done: Done) -> Iterator[dict[str, Any]]:
    case = done.case
    for one in done.result.bonuses.values():
        units = 10 ** case.base_digits(one.bonus)
        for lot in one.found.lots:
            if case.there[lot.person]:
                yield {
                    "bonus": one.bonus.code, "person_id": case.people.code[lot.person],
                    "side": side_of(case, one.bonus, lot), "cycle": case.cycle.before(lot.age).code,
                    "volume": _decimal(lot.volume, units),
                }  # fmt: skip


def _decimal(volume: int, units: int) -> str:
    """Whole units with a point where it has decimals: 125000 of 10000 is 12.5."""
    whole, rest = divmod(abs(volume), units)
    text = f"{whole}.{rest:0{len(str(units)) - 1}}".rstrip("0").rstrip(".") if rest else str(whole)
    return f"-{text}" if volume < 0 else text


def _kpis(case: Case, people: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The KPIs whose growth a pool looks at."""
    for code in {one.text("growth_kpi") for one in case.bonuses if one.kind == "pool" and one.has("growth_kpi")}:
        decimals = case.plan.scale if case.plan.is_volume(code) else 0
        for person in people:
            value = case.figures.kpi(person, code) if case.there[person] else 0
            if value:
                yield {"kpi": code, "person_id": case.people.code[person], "value": value, "decimals": decimals}
