"""Conditional rules: where an expression holds, a percentage or an amount, once, an order or a referral.

`rank >= gold and referrals >= 3` with 4 % `per = "referral"`: whoever is Gold and has brought three people earns 4 % of
what each of them ordered, one line a referral. `per = "order"` pays on each of her own orders, `"person"` on all of
them together. An amount is paid once for each of these.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np

from core.bonuses.arrays import NOBODY, Lines, Ready
from core.bonuses.rules.amounts import amount_lines, share_lines
from core.bonuses.rules.facts import prize_fact
from core.bonuses.rules.lines import joined
from core.forest.above import Marks
from core.forest.kernel import Indices, Ints
from core.plan.model.terms import Conditional


def conditional(ready: Ready) -> Lines:
    """The lines of a rule."""
    terms = ready.bonus.terms
    assert isinstance(terms, Conditional) and ready.holds is not None, "the expression was asked before"
    earner = ready.qualified & ready.holds
    payee, source, order, base = _CASES[terms.per](ready, earner)
    level = np.full(len(payee), int(terms.per == "referral"), np.int32)
    first = np.zeros(len(payee), np.int32)
    rated = share_lines(
        payee=payee,
        source=source,
        order=order,
        level=level,
        base=base,
        rate=first,
        rates=[Fraction(terms.rate)],
        basis=ready.basis,
        unit=ready.unit,
    )
    given = ready.bonus.pays in ("prize", "badge")
    fixed = amount_lines(
        payee=payee,
        source=source,
        order=order,
        level=level,
        amounts=[terms.amount or Decimal(int(given))],
        which=first,
        unit=ready.unit,
        facts=prize_fact(ready, len(payee)),
    )
    return joined([rated, fixed], ready.basis)


Cases = tuple[Indices, Indices, Indices, Ints]


def _own(ready: Ready) -> Ints:
    own = np.zeros(ready.network.size, np.int64)
    np.add.at(own, ready.orders.buyer, ready.orders.base)
    return own


def _person(ready: Ready, earner: Marks) -> Cases:
    payee = np.flatnonzero(earner).astype(np.int32)
    return payee, payee, np.full_like(payee, NOBODY), _own(ready)[payee]


def _order(ready: Ready, earner: Marks) -> Cases:
    orders = ready.orders.where(earner[ready.orders.buyer])
    return orders.buyer, orders.buyer, orders.number, orders.base


def _referral(ready: Ready, earner: Marks) -> Cases:
    parent = ready.network.parent
    referred = np.flatnonzero((parent >= 0) & ready.network.there).astype(np.int32)
    referred = referred[earner[parent[referred]]]
    none = np.full_like(referred, NOBODY)
    return parent[referred], referred, none, _own(ready)[referred]


_CASES = {"person": _person, "order": _order, "referral": _referral}
