"""All bonuses of a cycle once more, and their lines in whole minor units."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.plan.model import Bonus, Plan
from core.plan.model import terms as t
from core.settlement.second.levels import Ladder, rate_at
from core.settlement.second.matching import by_generation
from core.settlement.second.model import Figures, Line, Order
from core.settlement.second.rounding import rounded, together
from core.settlement.second.shared import listed, qualifies, rank_of
from core.settlement.second.stairs import differential


@dataclass(frozen=True, slots=True)
class Paid:
    """One line and what it pays in minor units; a cap's line has level -1."""

    bonus: str
    line: Line
    amount: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the second engine is given of a cycle."""

    plan: Plan
    figures: Figures
    orders: Callable[[Bonus], Sequence[Order]]
    own: Callable[[Bonus], Mapping[str, Fraction]]
    """Everybody's own base in whole units: what her orders come to, or a KPI."""
    minor: Callable[[Bonus], Fraction]
    """How many minor units of what is paid one whole unit of the base is worth."""
    unit: Callable[[Bonus], Fraction]
    """How many minor units one whole unit of what is paid has."""
    holds: Callable[[Bonus, str], bool]
    """Whether a rule's expression holds for a person."""


def settle(inputs: Inputs, bonuses: Sequence[Bonus]) -> list[Paid]:
    """Every line of every bonus; those that match others come after them."""
    done: dict[str, list[Paid]] = {}
    waiting = list(bonuses)
    while waiting:
        for bonus in list(waiting):
            needed = bonus.terms.matches if isinstance(bonus.terms, t.Matching) else ()
            if not any(one.code in needed for one in waiting):
                done[bonus.code] = _bonus(inputs, bonus, done)
                waiting.remove(bonus)
    found = [one for bonus in bonuses for one in done[bonus.code]]
    return _by_payee(inputs, found) if inputs.plan.rounding.by == "payee" else found


def _bonus(inputs: Inputs, bonus: Bonus, done: Mapping[str, list[Paid]]) -> list[Paid]:
    kinds: dict[type, Callable[[], list[Line]]] = {
        t.Unilevel: lambda: _unilevel(inputs, bonus),
        t.Differential: lambda: differential(
            inputs.plan, inputs.figures, bonus, inputs.own(bonus), inputs.minor(bonus)
        ),
        t.Matching: lambda: _matching(inputs, bonus, done),
        t.FastStart: lambda: _starting(inputs, bonus),
        t.FirstOrder: lambda: _starting(inputs, bonus),
        t.RankAward: lambda: _rank_award(inputs, bonus),
        t.Conditional: lambda: _rule(inputs, bonus),
    }
    place = {person: at for at, person in enumerate(inputs.figures.people)}
    lines = [line for line in kinds[type(bonus.terms)]() if line.exact]
    lines.sort(key=lambda one: (one.order, -1 if one.source is None else place[one.source], one.level, one.rate))
    return _rounded(inputs, bonus, lines)


def _rounded(inputs: Inputs, bonus: Bonus, lines: list[Line]) -> list[Paid]:
    rounding = inputs.plan.rounding
    found = []
    for payee in inputs.figures.people:
        mine = [line for line in lines if line.payee == payee]
        exact = [line.exact for line in mine]
        by_line = [rounded(one, rounding.mode) for one in exact]
        amounts = by_line if rounding.by == "line" else together(exact, rounding.mode)
        found += [Paid(bonus.code, line, amount) for line, amount in zip(mine, amounts, strict=True)]
    if rounding.residue_to == "largest" and found:
        found = _residue(bonus, found)
    return [*found, *_cut(inputs, bonus, found)]


def _residue(bonus: Bonus, found: list[Paid]) -> list[Paid]:
    left = sum((one.line.exact for one in found), Fraction(0)) - sum(one.amount for one in found)
    largest = max(range(len(found)), key=lambda at: (found[at].amount, -at))
    found[largest] = Paid(bonus.code, found[largest].line, found[largest].amount + rounded(left, "half_up"))
    return found


def _cut(inputs: Inputs, bonus: Bonus, found: Sequence[Paid]) -> list[Paid]:
    cuts = []
    for payee in dict.fromkeys(one.line.payee for one in found):
        rank = rank_of(inputs.figures, bonus, payee)
        cap = listed(inputs.plan, bonus.cap_by_rank, rank)
        cap = bonus.cap if cap is None else cap
        if cap is None:
            continue
        beyond = sum(one.amount for one in found if one.line.payee == payee) - int(Fraction(cap) * inputs.unit(bonus))
        if beyond > 0:
            cuts.append(Paid(bonus.code, Line(payee, -1, None, -1, Fraction(0), Fraction(-beyond)), -beyond))
    return cuts


def _by_payee(inputs: Inputs, found: list[Paid]) -> list[Paid]:
    done = []
    for payee in inputs.figures.people:
        mine = [one for one in found if one.line.payee == payee]
        amounts = together([one.line.exact for one in mine], inputs.plan.rounding.mode)
        done += [Paid(one.bonus, one.line, amount) for one, amount in zip(mine, amounts, strict=True)]
    return done


def _unilevel(inputs: Inputs, bonus: Bonus) -> list[Line]:
    terms, ladder = bonus.terms, Ladder(inputs.plan, inputs.figures, bonus)
    assert isinstance(terms, t.Unilevel), "terms are those of the kind"
    lines = []
    for order in inputs.orders(bonus):
        for level, payee in ladder.payees(order.buyer):
            both = order.buyer if terms.pair_rule == "lower_of_both" else None
            rate = rate_at(ladder, payee, level, both)
            if level >= terms.start_level and rate is not None:
                exact = order.base * rate / 100 * inputs.minor(bonus)
                lines.append(Line(payee, order.number, order.buyer, level, rate, exact))
    return lines


def _matching(inputs: Inputs, bonus: Bonus, done: Mapping[str, list[Paid]]) -> list[Line]:
    terms = bonus.terms
    assert isinstance(terms, t.Matching), "terms are those of the kind"
    earned: dict[str, int] = {}
    for one in (one for code in terms.matches for one in done.get(code, ())):
        if one.line.level >= 0 or terms.match_on == "capped":
            earned[one.line.payee] = earned.get(one.line.payee, 0) + one.amount
    if terms.generations or terms.generations_by_rank:
        return by_generation(inputs.plan, inputs.figures, bonus, earned)
    ladder, lines = Ladder(inputs.plan, inputs.figures, bonus), []
    for source, amount in earned.items():
        for level, payee in ladder.payees(source):
            rate = rate_at(ladder, payee, level)
            assert rate is not None, "who is paid at a level has a rate there"
            lines.append(Line(payee, -1, source, level, rate, amount * rate / 100))
    return lines


def _starting(inputs: Inputs, bonus: Bonus) -> list[Line]:
    """Fast start and first order."""
    terms = bonus.terms
    assert isinstance(terms, t.FastStart | t.FirstOrder), "terms are those of the kinds"
    once = isinstance(terms, t.FirstOrder)
    goes_on = bonus.breakage_to == "next_qualified" or (isinstance(terms, t.FastStart) and terms.rolls_up)
    lines = []
    for order in inputs.orders(bonus):
        if isinstance(terms, t.FirstOrder) and (not order.first or order.base < terms.minimum_order):
            continue
        above = inputs.figures.above(order.buyer)
        for level, person in enumerate(above[: max(len(terms.levels), int(once))], start=1):
            fit = [one for one in above[level - 1 :] if qualifies(inputs.plan, inputs.figures, bonus, one)]
            payee = next(iter(fit), None) if goes_on else (person if person in fit else None)
            if payee is None:
                continue
            rate = Fraction(terms.levels[level - 1]) if level <= len(terms.levels) else Fraction(0)
            exact = order.base * rate / 100 * inputs.minor(bonus)
            lines.append(Line(payee, order.number, order.buyer, level, rate, exact))
            if isinstance(terms, t.FirstOrder) and level == 1:
                fixed = Fraction(terms.amount) * inputs.unit(bonus)
                lines.append(Line(payee, order.number, order.buyer, level, Fraction(-1), fixed))
    return lines


def _rank_award(inputs: Inputs, bonus: Bonus) -> list[Line]:
    terms, figures = bonus.terms, inputs.figures
    assert isinstance(terms, t.RankAward), "terms are those of the kind"
    lines = []
    for person in figures.people:
        held, had = rank_of(figures, bonus, person), figures.ranks["before"].get(person, 0)
        reached = range(had + 1, held + 1) if terms.once else range(held, held + 1)
        for rank in (inputs.plan.ranks[place - 1].code for place in reached if place):
            amount = Fraction(terms.amount_by_rank.get(rank, 0))
            if qualifies(inputs.plan, figures, bonus, person):
                lines.append(Line(person, -1, None, 0, Fraction(-1), amount * inputs.unit(bonus)))
    return lines


def _rule(inputs: Inputs, bonus: Bonus) -> list[Line]:
    terms, figures = bonus.terms, inputs.figures
    assert isinstance(terms, t.Conditional), "terms are those of the kind"
    own, orders = inputs.own(bonus), inputs.orders(bonus)
    lines = []
    for person in figures.people:
        if not (qualifies(inputs.plan, figures, bonus, person) and inputs.holds(bonus, person)):
            continue
        referred = [one.code for one in figures.people.values() if one.sponsor == person]
        cases: dict[str, list[tuple[int, str, int, Fraction]]] = {
            "person": [(-1, person, 0, own.get(person, Fraction(0)))],
            "order": [(one.number, person, 0, one.base) for one in orders if one.buyer == person],
            "referral": [(-1, one, 1, own.get(one, Fraction(0))) for one in referred],
        }
        for number, source, level, base in cases[terms.per]:
            rate, fixed = Fraction(terms.rate), Fraction(terms.amount) * inputs.unit(bonus)
            lines.append(Line(person, number, source, level, rate, base * rate / 100 * inputs.minor(bonus)))
            lines.append(Line(person, number, source, level, Fraction(-1), fixed))
    return lines
