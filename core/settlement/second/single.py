"""Kinds that look at one person alone: awards for ranks and goals, and rules."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from core.settlement.second.case import Case
from core.settlement.second.model import AMOUNT, Found, Line, Order, fixed
from core.settlement.second.plan import Bonus, nearest
from core.settlement.second.sentences import asks_base, comes_to, holds


def rank_award(case: Case, bonus: Bonus, people: Iterable[int]) -> Found:
    """An amount for a rank: every cycle, or once; where it is held long enough."""
    found = Found([])
    had = {what: set(whose) for what, whose in case.before(bonus).had.items()}
    for person, payee in receivers(case, bonus, people):
        for place in _ranks(case, bonus, person, had):
            rank = case.plan.ranks[place - 1]
            amount = _award(case, bonus, place)
            found.lines.append(_for(payee, person, amount * case.minor(bonus)))
            if amount and bonus.flag("once") and (bonus.whole("hold_cycles", 1) > 1 or case.takes_titles):
                had.setdefault(rank, set()).add(person)
    found.had = had
    return found


def receivers(case: Case, bonus: Bonus, people: Iterable[int]) -> list[tuple[int, int]]:
    """Everybody who can reach an award of one of these people, and who of them is paid for it."""
    wanted, to = set(people), bonus.text("to", "person")
    if to == "person":
        return [(person, person) for person in sorted(wanted) if case.earns(bonus, person)]
    tree, found = case.tree(bonus), []
    for person in range(case.count):
        may = case.people.kind[person] == "distributor" and case.people.status[person] == "active"
        if not (case.there[person] and case.stands(bonus, person) and may):
            continue
        above = list(tree.above(person))[: 1 if to == "sponsor" else None]
        payee = next((one for one in above if case.earns(bonus, one)), None)
        if payee in wanted:
            found.append((person, payee))
    return found


def _for(payee: int, person: int, exact: Fraction) -> Line:
    """What she is paid for herself, or for somebody below her."""
    return fixed(payee, exact) if payee == person else fixed(payee, exact, level=1, source=person)


def _award(case: Case, bonus: Bonus, place: int) -> Fraction:
    """Of a rank: what its own entry says, or where it is had again and again the nearest lower one; a prize is one."""
    table: dict[str, Fraction] = bonus.by_rank("amount_by_rank")
    if bonus.pays in ("prize", "badge"):
        table = dict.fromkeys((*table, *bonus.inner("prize_by_rank").table), Fraction(1))
    if bonus.flag("once"):
        return table.get(case.plan.ranks[place - 1], Fraction(0))
    return Fraction(nearest(table, case.plan.ranks, place) or 0)


def _ranks(case: Case, bonus: Bonus, person: int, had: dict[str, set[int]]) -> Sequence[int]:
    """The ranks that she is awarded, as places on the ladder."""
    cycles = bonus.whole("hold_cycles", 1)
    held = case.rank(person, bonus.basis)
    earlier = case.before(bonus).paid
    for back in range(cycles - 1):
        held = min(held, earlier[back].get(person, 0) if back < len(earlier) else 0)
    if not bonus.flag("once"):
        return [held] if held else []
    above = range(case.titles[person] + 1 if cycles == 1 else 1, held + 1)
    if cycles == 1 and not case.takes_titles:
        return above
    return [place for place in above if person not in had.get(case.plan.ranks[place - 1], ())]


def given(case: Case, bonus: Bonus) -> Fraction:
    """The amount that the plan names; of prizes and badges one unless it names more."""
    amount = bonus.number("amount") * case.minor(bonus)
    return Fraction(1) if not amount and bonus.pays in ("prize", "badge") else amount


def goal_award(case: Case, bonus: Bonus, people: Iterable[int]) -> Found:
    """An amount or a prize for whoever reaches a KPI."""
    found, had = Found([]), set(case.before(bonus).had.get("goal", ()))
    amount = given(case, bonus)
    for person, payee in receivers(case, bonus, people):
        reached = case.kpi(person, bonus.text("kpi")) >= bonus.number("minimum")
        if reached and not (bonus.flag("once") and person in had):
            found.lines.append(_for(payee, person, amount))
            had.add(person)
    found.had = {"goal": had} if bonus.flag("once") else {}
    return found


def conditional(case: Case, bonus: Bonus, orders: Iterable[Order], people: Iterable[int]) -> Found:
    """A rate or an amount where the rule's sentence holds: of her own, of her orders, of those whom she sponsors."""
    own, found = dict[int, Fraction](), Found([])
    rate = bonus.number("rate")
    bought: dict[int, list[tuple[int, int, int, Fraction, int]]] = {}
    for one in orders:
        own[one.buyer] = own.get(one.buyer, Fraction(0)) + one.base
        bought.setdefault(one.buyer, []).append((one.number, one.buyer, 0, one.base, one.sign))
    for person in people:
        if not case.earns(bonus, person) or not holds(case, bonus.text("when"), person):
            continue
        match bonus.text("per", "person"):
            case "order":
                cases = bought.get(person, [])
            case "referral":
                referred = [one for one in case.tree(bonus).children[person] if case.there[one]]
                cases = [(-1, one, 1, own.get(one, Fraction(0)), 1) for one in referred]
            case _:
                cases = [(-1, person, 0, own.get(person, Fraction(0)), 1)]
        for number, source, level, base, sign in cases:
            exact = base * rate / 100 * case.base_worth(bonus)
            found.lines.append(Line(person, number, source, level, rate, exact))
            found.lines.append(Line(person, number, source, level, AMOUNT, _amount(case, bonus, person, base, sign)))
    return found


def _amount(case: Case, bonus: Bonus, person: int, base: Fraction, sign: int) -> Fraction:
    """What the plan names, or what its sentence comes to; a return takes away what its sale gave."""
    text = bonus.table.get("amount")
    if not isinstance(text, str):
        return sign * given(case, bonus)
    if asks_base(text) and base:
        sign = 1 if base > 0 else -1
    found = max(Fraction(0), comes_to(case, text, person, abs(base)))
    return sign * Fraction(floor(found)) if bonus.pays in ("prize", "badge") else sign * found * case.minor(bonus)
