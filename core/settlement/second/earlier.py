"""KPIs that count earlier cycles: those that paid her by a rank, or in which another KPI of hers came to a minimum."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, takewhile
from math import floor
from typing import TYPE_CHECKING, Any

from core.settlement.second.model import Paid
from core.settlement.second.plan import Plan, Words
from core.settlement.second.units import digits

if TYPE_CHECKING:
    from core.settlement.second.case import Case

MEASURES = ("held", "reached", "earned")
Row = Mapping[str, Any]


def looking_back(plan: Plan) -> dict[str, Words]:
    """Those KPIs by code."""
    return {code: words for code, words in plan.kpis.items() if words.text("measure") in MEASURES}


def looked_back(case: "Case", rows: Iterable[Row]) -> dict[str, list[int]]:
    """Everybody's, by code of the KPI.

    Args:
        rows: what earlier cycles found, a row a person and cycle.
    """
    known = {(row["cycle"], row["person_id"]): row for row in rows}
    return {code: [_counted(case, code, words, known, person) for person in case.people.code]
            for code, words in looking_back(case.plan).items()}  # fmt: skip


def _counted(case: "Case", code: str, words: Words, known: Mapping[tuple[str, str], Row], person: str) -> int:
    """Of as many cycles as it looks at, each by itself, the last first: all, the latest in a row, the longest row."""
    last = case.counted_cycle
    cycles = [last.before(back).code for back in range(1, words.whole("past_cycles") + 1)]
    rows = [known.get((cycle, person), {}) for cycle in cycles]
    if words.text("measure") == "earned":
        return sum(int(_told(row).get(code) or 0) for row in rows)
    found = [_passes(case.plan, code, words, row) for row in rows]
    match words.text("in_a_row"):
        case "latest":
            return len(list(takewhile(bool, found)))
        case "longest":
            return max((len(list(run)) for passes, run in groupby(found) if passes), default=0)
    return sum(found)


def _passes(plan: Plan, code: str, words: Words, row: Row) -> bool:
    if words.text("measure") == "reached":
        return _told(row).get(code) == ""
    rank = row.get("rank")
    return rank in plan.ranks and plan.rank(rank) >= plan.rank(words.text("held_rank"))


def _told(row: Row) -> dict[str, str]:
    """What a cycle added to which KPI; of one that counts cycles nothing is said but its code."""
    parts = (one.partition(":") for one in (row.get("reached") or "").split())
    return {code: figure for code, _, figure in parts}


def left(case: "Case", paid: Iterable[Paid], people: Sequence[int]) -> Iterator[dict[str, Any]]:
    """What this cycle found of these people, and earlier ones that awards or KPIs still look at.

    Args:
        paid: the lines of bonuses.
    """
    held = [one.whole("hold_cycles", 1) - 1 for one in case.bonuses if one.kind == "rank_award"]
    back = max((words.whole("past_cycles") for words in looking_back(case.plan).values()), default=0)
    by_others = bool(case.plan.kpis_by(case.calendar))
    most = max([*held, 0] if by_others else [*held, back, 0])
    earned: dict[str, dict[int, int]] = {}
    for one in paid:
        hers = earned.setdefault(one.bonus, {})
        hers[one.line.payee] = hers.get(one.line.payee, 0) + one.amount
    for person in people if most else ():
        rank, reached = case.rank(person), _added(case, earned, person)
        if rank or reached:
            yield {"person_id": case.people.code[person], "cycle": case.cycle.code,
                   "rank": case.plan.ranks[rank - 1] if rank else None, "reached": reached}  # fmt: skip
    kept = {case.cycle.before(count).code for count in range(1, most)}
    if by_others:
        kept |= {case.counted_cycle.before(count).code for count in range(1, back + 1)}
    yield from (row for row in case.inputs.carried["paid"].iter_rows(named=True) if row["cycle"] in kept)


def _added(case: "Case", earned: Mapping[str, Mapping[int, int]], person: int) -> str | None:
    if not case.there[person]:
        return None
    found = []
    for code, words in looking_back(case.plan).items():
        if words.text("measure") == "reached" and _comes_to(case, words, person):
            found.append(code)
        if words.text("measure") == "earned" and (sum_ := _earned(case, words, earned, person)):
            found.append(f"{code}:{sum_}")
    return " ".join(found) or None


def _comes_to(case: "Case", words: Words, person: int) -> bool:
    return case.kpi(person, words.text("of_kpi")) >= words.number("of_minimum")


def _earned(case: "Case", words: Words, earned: Mapping[str, Mapping[int, int]], person: int) -> int:
    """In units of volume, each bonus's sum cut to them."""
    named = [one for one in case.bonuses if one.code in words.texts("bonuses")]
    sums = ((earned.get(one.code, {}).get(person, 0), case.unit(one)) for one in named)
    return sum(floor(Fraction(amount, 10 ** digits(unit)) * 10**case.plan.scale) for amount, unit in sums)
