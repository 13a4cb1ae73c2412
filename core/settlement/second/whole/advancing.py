"""Advances: a share of what the main cycle would pay on the data so far, and what its own run takes off.

| run       | the month so far | advanced before | 75 % pay |
| --------- | ---------------- | --------------- | -------- |
| 2026-10-A | 40.00            | 0               | 30.00    |
| 2026-10-B | 120.00           | 30.00           | 60.00    |
| 2026-10   | 120.00           | 90.00           | -90.00   |
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from core.settlement.second.days import Cycle
from core.settlement.second.model import Frames, Inputs
from core.settlement.second.plan import Plan, Words
from core.settlement.second.rounding import rounded
from core.settlement.second.units import CURRENCY
from core.settlement.second.whole.counting import counted
from core.settlement.second.whole.cycle import calculated
from core.settlement.second.whole.model import ADVANCE, Correction

Holder = tuple[str, str]
"""Person and unit."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """Lines of advances, and what is known to be advanced by cycle, person and unit."""

    lines: list[Correction] = field(default_factory=list)
    sums: dict[tuple[str, str, str], int] = field(default_factory=dict)


def advanced(inputs: Inputs, plan: Plan, cycle: Cycle, people: frozenset[int] | None) -> Advanced:
    """What this run advances, or takes off; nothing where it does neither.

    Args:
        inputs: with orders as they came.
    """
    words, (main, kind, zone) = plan.inner("advances"), plan.calendar()
    calendar = plan.calendar(inputs.calendar)[0]
    if plan.has("advances") and calendar == words.text("calendar"):
        month = replace(Cycle(kind, cycle.zone, cycle.first).around(cycle.last), until=cycle.after)
        return _ahead(_of_main(inputs, main, zone, month), plan, words, inputs.carried, people)
    if calendar != main:
        return Advanced()
    before = _before(inputs.carried, cycle.code)
    return Advanced([_line(cycle, holder, -amount) for holder, amount in before.items() if amount])


def _of_main(inputs: Inputs, main: str, zone: str, month: Cycle) -> tuple[Inputs, Cycle]:
    """The main calendar's cycle as if it closed with this run's."""
    cycle = replace(Cycle.named(month.kind, zone, month.code), until=month.until)
    none = {name: frame.clear() for name, frame in inputs.carried.items()}
    carried = none if inputs.main is None else inputs.main
    late = frozenset[str]()  # those that are known belong to this run's calendar
    return replace(inputs, calendar=main, cycle=cycle.code, after=month.until, carried=carried, late=late), cycle


def _ahead(
    main: tuple[Inputs, Cycle], plan: Plan, words: Words, carried: Frames, people: frozenset[int] | None
) -> Advanced:
    inputs, month = main
    done = calculated(inputs, counted(inputs, plan, month), people)
    named, share = words.texts("bonuses"), words.number("share") / 100
    earned: dict[Holder, int] = {}
    for (person, bonus, unit, _), amount in done.sums.items():
        if len(unit) == CURRENCY and (not named or bonus in named):
            earned[person, unit] = earned.get((person, unit), 0) + amount
    before, found = _before(carried, month.code), Advanced()
    for holder, amount in earned.items():
        due = rounded(share * amount, done.case.mode, done.case.step(holder[1])) - before.get(holder, 0)
        if due > 0:
            found.lines.append(_line(month, holder, due))
            before[holder] = before.get(holder, 0) + due
    found.sums.update({(month.code, *holder): amount for holder, amount in before.items() if amount})
    return found


def _before(carried: Frames, cycle: str) -> dict[Holder, int]:
    """What was advanced in a cycle so far."""
    return dict(_rows(carried, cycle)) if carried["advanced"].height else {}


def _rows(carried: Frames, cycle: str) -> Iterator[tuple[Holder, int]]:
    sums: dict[Holder, int] = {}
    for row in carried["advanced"].iter_rows(named=True):
        if row["cycle"] == cycle:
            holder = (row["person_id"], row["unit"])
            sums[holder] = sums.get(holder, 0) + row["amount_minor"]
    yield from sums.items()


def _line(cycle: Cycle, holder: Holder, amount: int) -> Correction:
    person, unit = holder
    return Correction(ADVANCE, cycle.code, person, ADVANCE, unit, amount)
