"""What is paid now of a bonus, and what comes in later cycles."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.model import Line, Paid, Part, fixed
from core.settlement.second.plan import Bonus


def now(bonus: Bonus, lines: Iterable[Line]) -> list[Line]:
    """The lines with so much of them as is paid now."""
    if not bonus.has("paid_now"):
        return list(lines)
    share = bonus.number("paid_now") / 100
    return [replace(line, exact=line.exact * share) for line in lines]


def due(case: Case, bonus: Bonus) -> list[tuple[Part, Line]]:
    """Parts of earlier cycles that are due now, each with its line."""
    waiting = (part for part in case.before(bonus).due if case.people.status[part.payee] != "terminated")
    if bonus.flag("rest_to_earners"):
        waiting = (part for part in waiting if case.earns(bonus, part.payee))
    return [(part, fixed(part.payee, part.exact)) for part in waiting if part.wait == 0]


def lost(case: Case, bonus: Bonus) -> list[Part]:
    """Parts of earlier cycles that nobody gets now: of who has left, or does not earn the bonus when one is due."""
    asks = bonus.flag("rest_to_earners")
    return [
        part
        for part in case.before(bonus).due
        if case.people.status[part.payee] == "terminated"
        or (asks and part.wait == 0 and not case.earns(bonus, part.payee))
    ]


def later(
    case: Case, bonus: Bonus, full: Sequence[Line], paid: Sequence[Paid], came: Sequence[tuple[Part, Paid]]
) -> list[Part]:
    """What waits for later cycles: what waited already, and the rest of this cycle.

    Args:
        full: this cycle's lines before anything was kept back.
        paid: what they really paid.
        came: the parts that were due now, with what each really paid.
    """
    found = [_settled(part, came) for part in case.before(bonus).due if part.wait > 0]
    found = [replace(part, wait=part.wait) for part in found if case.people.status[part.payee] != "terminated"]
    return [*found, *fresh(case, bonus, full, paid)]


def fresh(case: Case, bonus: Bonus, full: Sequence[Line], paid: Sequence[Paid]) -> list[Part]:
    """What is left of this cycle, in equal parts."""
    cycles = [int(one) for one in bonus.numbers("rest_in_cycles")]
    found: list[Part] = []
    if not cycles:
        return found
    rest: dict[int, Fraction] = {}
    for line in full:
        rest[line.payee] = rest.get(line.payee, Fraction(0)) + line.exact
    for one in paid:
        rest[one.line.payee] -= one.amount
    for payee, left in rest.items():
        for number, cycle in enumerate(cycles, start=1):
            if left:
                last = number == len(cycles)
                found.append(Part(payee, case.inputs.cycle, number, last, cycle - 1, left / len(cycles)))
    return found


def _settled(part: Part, came: Sequence[tuple[Part, Paid]]) -> Part:
    """The last part makes up for what rounding took from the others, or gave to them."""
    if not part.last:
        return part
    mine = (one for one in came if (one[0].payee, one[0].origin) == (part.payee, part.origin))
    return replace(part, exact=part.exact + sum((one.exact - paid.amount for one, paid in mine), Fraction(0)))
