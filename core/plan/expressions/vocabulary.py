"""What rules may ask for. Every word is explained in `docs/plan-language.md`.

The values of a case come from whoever asks: the word's `Name` says of which type they are and how exact.
"""

from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.numbers import list_currencies

from core.plan.expressions.model import Name, Type, Vocabulary
from core.plan.model.kpis import KpiSpec, Unit

AMOUNT_DECIMALS = 6
"""Of money: enough for the minor unit of every currency."""
BASE_DECIMALS = 6
"""Of what a bonus is a share of: enough for volume at any scale and for money."""
CYCLES_MAX = 60
"""How many cycles a rule can look back."""


def order_words(kpis: Sequence[KpiSpec], scale: int) -> Vocabulary:
    """What a rule about an order may ask for.

    Args:
        kpis: of the plan; those that are switched off cannot be asked for.
        scale: decimals of volume.
    """
    return {**_order(scale), **_person(), **_standing(kpis, scale)}


def cycle_words(kpis: Sequence[KpiSpec], scale: int) -> Vocabulary:
    """What a rule about a closed cycle may ask for; see `order_words`."""
    cycle = {
        "ordered_cycles": Name(Type.NUMBER),
        "referrals_ordered": Name(Type.NUMBER, by=Type.NUMBER, most=CYCLES_MAX),
    }
    return {**_person(), **_standing(kpis, scale), **cycle}


def amount_words() -> Vocabulary:
    """What the amount of a bonus may ask for besides: the base of each of its lines."""
    return {"base": Name(Type.NUMBER, BASE_DECIMALS)}


def package_words() -> Vocabulary:
    """What a bonus may ask for besides in a plan with packages."""
    return {"package": Name(Type.PACKAGE)}


def _order(scale: int) -> dict[str, Name]:
    return {
        "order.amount": Name(Type.NUMBER, AMOUNT_DECIMALS),
        "order.currency": Name(Type.TEXT, values=tuple(sorted(list_currencies()))),
        "order.cv": Name(Type.NUMBER, scale),
        "order.qv": Name(Type.NUMBER, scale),
        "order.points": Name(Type.NUMBER),
        "order.lines": Name(Type.NUMBER),
        "order.first": Name(Type.TRUTH),
        "order.count": Name(Type.NUMBER),
        "bought": Name(Type.NUMBER, by=Type.TEXT),
    }


def _person() -> dict[str, Name]:
    return {
        "person.kind": Name(Type.TEXT, values=("distributor", "customer")),
        "person.country": Name(Type.TEXT, values=_countries()),
        "person.language": Name(Type.TEXT),
        "person.status": Name(Type.TEXT, values=("active", "suspended", "terminated")),
        "person.joined_days": Name(Type.NUMBER),
        "referred": Name(Type.TRUTH),
        "referrals": Name(Type.NUMBER),
        "referrals_active": Name(Type.NUMBER),
    }


def _standing(kpis: Sequence[KpiSpec], scale: int) -> dict[str, Name]:
    words = {"rank": Name(Type.RANK), "career_rank": Name(Type.RANK), "active": Name(Type.TRUTH)}
    for kpi in kpis:
        if kpi.on:
            words[f"kpi.{kpi.code}"] = Name(Type.NUMBER, scale if kpi.unit is Unit.VOLUME else 0)
    return words


@cache
def _countries() -> tuple[str, ...]:
    """The two-letter codes of CLDR's countries and territories."""
    return tuple(sorted(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()))
