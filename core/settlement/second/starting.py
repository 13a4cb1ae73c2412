"""Fast start and first order: what newcomers order pays whoever is above them."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.levels import Ladder
from core.settlement.second.model import AMOUNT, Found, Line, Order
from core.settlement.second.plan import Bonus
from core.settlement.second.single import given


def fast_start(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Rates by level, the newcomer herself being the first where she is paid too."""
    found, ladder = Found([]), Ladder(case, bonus)
    worth, pooled = case.base_worth(bonus), bonus.text("breakage_to") == "pool"
    both = bonus.text("pair_rule") == "lower_of_both"
    for order in orders:
        if bonus.flag("once") and not order.first:
            continue
        for level, payee in enumerate(_payees(case, bonus, order, ladder.last, ladder.paid), start=1):
            if payee is not None:
                rate = ladder.rate(payee, level, order.buyer if both else None)
                exact = order.base * (rate or 0) / 100 * worth
                found.lines += [Line(payee, order.number, order.buyer, level, rate, exact)] if rate is not None else []
            elif pooled and level <= len(ladder.plain):
                found.breakage += order.base * ladder.plain[level - 1] / 100 * worth
    return found


def _payees(
    case: Case, bonus: Bonus, order: Order, levels: int, paid: Callable[[int, int], bool]
) -> Iterator[int | None]:
    """Who is paid at each level, None where nobody is."""
    goes_on = bonus.flag("rolls_up") or bonus.text("breakage_to") == "next_qualified"
    way = [order.buyer] if bonus.flag("pays_newcomer") else []
    way += case.tree(bonus).above(order.buyer)
    for level in range(1, levels + 1):
        asked = way[level - 1 :] if goes_on else way[level - 1 : level]
        yield next((one for one in asked if paid(one, level)), None)


def first_order(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Of a person's first order: a rate by level, or an amount to her sponsor."""
    found, rates = Found([]), bonus.numbers("levels") or (Fraction(0),)
    amount = given(case, bonus)

    def earns(person: int, _level: int) -> bool:
        return case.earns(bonus, person)

    for order in orders:
        if not order.first or order.base < bonus.number("minimum_order"):
            continue
        for level, payee in enumerate(_payees(case, bonus, order, len(rates), earns), start=1):
            if payee is None:
                continue
            rate = rates[level - 1]
            exact = order.base * rate / 100 * case.base_worth(bonus)
            found.lines.append(Line(payee, order.number, order.buyer, level, rate, exact))
            if level == 1:
                found.lines.append(Line(payee, order.number, order.buyer, level, AMOUNT, amount))
    return found
