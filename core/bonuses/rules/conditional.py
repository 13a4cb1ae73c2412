"""Conditional rules: where an expression holds, a percentage or an amount, once, an order or a referral.

`rank >= gold and referrals >= 3` with 4 % `per = "referral"`: whoever is Gold and has brought three people earns 4 % of
what each of them ordered, one line a referral. `per = "order"` pays on each of her own orders, `"person"` on all of
them together. An amount is paid once for each of these.
"""

from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from core.bonuses.arrays import NOBODY, Fact, Lines, Ready
from core.bonuses.rules.amounts import amount_lines, share_lines
from core.bonuses.rules.facts import prize_fact
from core.bonuses.rules.lines import joined
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Conditional

PIECES = ("prize", "badge")
"""What is given in whole pieces."""


def conditional(ready: Ready) -> Lines:
    """The lines of a rule."""
    terms = ready.bonus.terms
    assert isinstance(terms, Conditional) and ready.holds is not None, "the expression was asked before"
    earner = ready.qualified & ready.holds
    payee, source, order, base, sign = _CASES[terms.per](ready, earner)
    level = np.full(len(payee), int(terms.per == "referral"), np.int32)
    rated = share_lines(
        payee=payee,
        source=source,
        order=order,
        level=level,
        base=base,
        rate=np.zeros(len(payee), np.int32),
        rates=[Fraction(terms.rate)],
        basis=ready.basis,
        unit=ready.unit,
    )
    amounts, which = _amounts(ready, terms, payee, base, sign)
    fixed = amount_lines(
        payee=payee,
        source=source,
        order=order,
        level=level,
        amounts=amounts,
        which=which,
        unit=ready.unit,
        facts={**_counted(ready, base), **prize_fact(ready, len(payee))},
    )
    return joined([rated, fixed], ready.basis)


def _amounts(
    ready: Ready, terms: Conditional, payee: Indices, base: Ints, sign: Ints
) -> tuple[list[Fraction], Indices]:
    """Every amount that is paid, and which of them each case is paid.

    An expression is asked about the base without its sign, so that a return takes away what its sale gave; what it
    comes to below nothing is nothing, and of prizes and badges only whole ones are given.
    """
    if ready.comes_to is None:
        given = Fraction(terms.fixed or Decimal(int(ready.bonus.pays in PIECES)))
        return [-given, Fraction(0), given], (sign + 1).astype(np.int32)
    if terms.asks_base:
        sign = np.where(base < 0, -1, np.where(base > 0, 1, sign))
    found = (max(Fraction(one), Fraction(0)) for one in ready.comes_to(payee, abs(base)))
    found = (Fraction(floor(one)) for one in found) if ready.bonus.pays in PIECES else found
    signed = [amount * one for amount, one in zip(found, sign.tolist(), strict=True)]
    places = {amount: place for place, amount in enumerate(dict.fromkeys(signed))}
    return list(places), np.array([places[amount] for amount in signed], np.int32)


def _counted(ready: Ready, base: Ints) -> dict[str, Fact]:
    """What an expression was asked about."""
    return {} if ready.comes_to is None else {"counted": Fact(base, "volume", ready.basis.decimals)}


Cases = tuple[Indices, Indices, Indices, Ints, Ints]
"""Who is paid, for whose and which order, of which base, and whether it is given or taken."""


def _own(ready: Ready) -> Ints:
    own = np.zeros(ready.network.size, np.int64)
    np.add.at(own, ready.orders.buyer, ready.orders.base)
    return own


def _person(ready: Ready, earner: Marks) -> Cases:
    payee = np.flatnonzero(earner).astype(np.int32)
    return payee, payee, np.full_like(payee, NOBODY), _own(ready)[payee], np.ones(len(payee), np.int64)


def _order(ready: Ready, earner: Marks) -> Cases:
    orders = ready.orders.where(earner[ready.orders.buyer])
    return orders.buyer, orders.buyer, orders.number, orders.base, orders.sign


def _referral(ready: Ready, earner: Marks) -> Cases:
    parent = ready.network.parent
    referred = np.flatnonzero((parent >= 0) & ready.network.there).astype(np.int32)
    referred = referred[earner[parent[referred]]]
    none = np.full_like(referred, NOBODY)
    return parent[referred], referred, none, _own(ready)[referred], np.ones(len(referred), np.int64)


_CASES = {"person": _person, "order": _order, "referral": _referral}
