"""Kinds that look at one person alone: awards for ranks and goals, and rules."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from core.settlement.second.bases import Bases
from core.settlement.second.case import Case
from core.settlement.second.model import AMOUNT, Found, Line, fixed
from core.settlement.second.plan import Bonus
from core.settlement.second.sentences import holds


def rank_award(case: Case, bonus: Bonus, people: Iterable[int]) -> Found:
    """An amount for a rank: every cycle, or once; where it is held long enough."""
    found = Found([])
    had = {what: set(people) for what, people in case.before(bonus).had.items()}
    for person in people:
        if not (case.there[person] and case.earns(bonus, person)):
            continue
        for place in _ranks(case, bonus, person, had):
            rank = case.plan.ranks[place - 1]
            amount = _award(bonus, rank)
            found.lines.append(fixed(person, amount * case.minor(bonus)))
            if amount and _once_by_list(bonus):
                had.setdefault(rank, set()).add(person)
    found.had = had
    return found


def _once_by_list(bonus: Bonus) -> bool:
    return bonus.flag("once") and bonus.whole("hold_cycles", 1) > 1


def _award(bonus: Bonus, rank: str) -> Fraction:
    """Of a rank: what its own entry says, or a prize, which is one."""
    if bonus.pays in ("prize", "badge"):
        return Fraction(
            int(rank in bonus.inner("prize_by_rank").table or bool(bonus.by_rank("amount_by_rank").get(rank)))
        )
    return bonus.by_rank("amount_by_rank").get(rank, Fraction(0))


def _ranks(case: Case, bonus: Bonus, person: int, had: dict[str, set[int]]) -> Sequence[int]:
    """The ranks that she is awarded, as places on the ladder."""
    cycles = bonus.whole("hold_cycles", 1)
    held = case.rank(person, bonus.basis)
    earlier = case.before(bonus).paid
    for back in range(cycles - 1):
        held = min(held, earlier[back].get(person, 0) if back < len(earlier) else 0)
    if not bonus.flag("once"):
        return [held] if held else []
    if cycles == 1:
        return range(case.titles[person] + 1, held + 1)
    return [place for place in range(1, held + 1) if person not in had.get(case.plan.ranks[place - 1], ())]


def given(case: Case, bonus: Bonus) -> Fraction:
    """The amount that the plan names; of prizes and badges one unless it names more."""
    amount = bonus.number("amount") * case.minor(bonus)
    return amount if amount or bonus.pays in ("money", "points") else Fraction(1)


def goal_award(case: Case, bonus: Bonus, people: Iterable[int]) -> Found:
    """An amount or a prize for whoever reaches a KPI."""
    found, had = Found([]), set(case.before(bonus).had.get("goal", ()))
    amount = given(case, bonus)
    for person in people:
        if not case.earns(bonus, person) or case.kpi(person, bonus.text("kpi")) < bonus.number("minimum"):
            continue
        if not (bonus.flag("once") and person in had):
            found.lines.append(fixed(person, amount))
            had.add(person)
    found.had = {"goal": had} if bonus.flag("once") else {}
    return found


def conditional(case: Case, bonus: Bonus, bases: Bases, people: Iterable[int]) -> Found:
    """A rate or an amount where the rule's sentence holds: of her own, of her orders, of those whom she sponsors."""
    own, orders, found = bases.own(bonus), bases.of(bonus), Found([])
    rate, amount = bonus.number("rate"), given(case, bonus)
    bought: dict[int, list[tuple[int, int, int, Fraction]]] = {}
    for one in orders:
        bought.setdefault(one.buyer, []).append((one.number, one.buyer, 0, one.base))
    for person in people:
        if not case.earns(bonus, person) or not holds(case, bonus.text("when"), person):
            continue
        match bonus.text("per", "person"):
            case "order":
                cases = bought.get(person, [])
            case "referral":
                referred = [one for one in case.tree(bonus).children[person] if case.there[one]]
                cases = [(-1, one, 1, own.get(one, Fraction(0))) for one in referred]
            case _:
                cases = [(-1, person, 0, own.get(person, Fraction(0)))]
        for number, source, level, base in cases:
            exact = base * rate / 100 * case.base_worth(bonus)
            found.lines.append(Line(person, number, source, level, rate, exact))
            found.lines.append(Line(person, number, source, level, AMOUNT, amount))
    return found
