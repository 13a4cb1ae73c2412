"""Fast start and first order: what newcomers order pays whoever is above them."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.settlement.second.case import Case
from core.settlement.second.model import AMOUNT, Found, Line, Order
from core.settlement.second.plan import Bonus
from core.settlement.second.single import given


def fast_start(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Rates by level, the newcomer herself being the first where she is paid too."""
    found, rates = Found([]), bonus.numbers("levels")
    worth, pooled = case.base_worth(bonus), bonus.text("breakage_to") == "pool"
    for order in orders:
        if bonus.flag("once") and not order.first:
            continue
        for level, (payee, rate) in enumerate(zip(_payees(case, bonus, order, len(rates)), rates, strict=True), 1):
            exact = order.base * rate / 100 * worth
            if payee is not None:
                found.lines.append(Line(payee, order.number, order.buyer, level, rate, exact))
            elif pooled:
                found.breakage += exact
    return found


def _payees(case: Case, bonus: Bonus, order: Order, levels: int) -> Iterator[int | None]:
    """Who is paid at each level, None where nobody is."""
    goes_on = bonus.flag("rolls_up") or bonus.text("breakage_to") == "next_qualified"
    way = [order.buyer] if bonus.flag("pays_newcomer") else []
    way += case.tree(bonus).above(order.buyer)
    for level in range(levels):
        fit = (one for one in way[level:] if case.earns(bonus, one))
        standing = way[level : level + 1]
        yield next(fit, None) if goes_on else next((one for one in standing if case.earns(bonus, one)), None)


def first_order(case: Case, bonus: Bonus, orders: Sequence[Order]) -> Found:
    """Of a person's first order: a rate by level, or an amount to her sponsor."""
    found, rates = Found([]), bonus.numbers("levels") or (Fraction(0),)
    amount = given(case, bonus)
    for order in orders:
        if not order.first or order.base < bonus.number("minimum_order"):
            continue
        for level, payee in enumerate(_payees(case, bonus, order, len(rates)), start=1):
            if payee is None:
                continue
            rate = rates[level - 1]
            exact = order.base * rate / 100 * case.base_worth(bonus)
            found.lines.append(Line(payee, order.number, order.buyer, level, rate, exact))
            if level == 1:
                found.lines.append(Line(payee, order.number, order.buyer, level, AMOUNT, amount))
    return found
