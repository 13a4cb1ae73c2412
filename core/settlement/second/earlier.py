"""KPIs that count earlier cycles: those that paid her by a rank, or in which another KPI of hers came to a minimum."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

from core.settlement.second.plan import Plan, Words

if TYPE_CHECKING:
    from core.settlement.second.case import Case

MEASURES = ("held", "reached")
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
    found = [_passes(case.plan, code, words, known.get((cycle, person), {})) for cycle in cycles]
    match words.text("in_a_row"):
        case "latest":
            return len(list(takewhile(bool, found)))
        case "longest":
            return max((len(list(run)) for passes, run in groupby(found) if passes), default=0)
    return sum(found)


def _passes(plan: Plan, code: str, words: Words, row: Row) -> bool:
    if words.text("measure") == "reached":
        return code in (row.get("reached") or "").split()
    rank = row.get("rank")
    return rank in plan.ranks and plan.rank(rank) >= plan.rank(words.text("held_rank"))


def left(case: "Case", people: Sequence[int]) -> Iterator[dict[str, Any]]:
    """What this cycle found of these people, and earlier ones that awards or KPIs still look at."""
    held = [one.whole("hold_cycles", 1) - 1 for one in case.bonuses if one.kind == "rank_award"]
    back = max((words.whole("past_cycles") for words in looking_back(case.plan).values()), default=0)
    by_others = bool(case.plan.kpis_by(case.calendar))
    most = max([*held, 0] if by_others else [*held, back, 0])
    for person in people if most else ():
        rank, reached = case.rank(person), _reached(case, person)
        if rank or reached:
            yield {"person_id": case.people.code[person], "cycle": case.cycle.code,
                   "rank": case.plan.ranks[rank - 1] if rank else None, "reached": reached}  # fmt: skip
    kept = {case.cycle.before(count).code for count in range(1, most)}
    if by_others:
        kept |= {case.counted_cycle.before(count).code for count in range(1, back + 1)}
    yield from (row for row in case.inputs.carried["paid"].iter_rows(named=True) if row["cycle"] in kept)


def _reached(case: "Case", person: int) -> str | None:
    if not case.there[person]:
        return None
    asked = {code: words for code, words in looking_back(case.plan).items() if words.text("measure") == "reached"}
    found = (code for code, words in asked.items() if _comes_to(case, words, person))
    return " ".join(found) or None


def _comes_to(case: "Case", words: Words, person: int) -> bool:
    return case.kpi(person, words.text("of_kpi")) >= words.number("of_minimum")
