"""The caps of the plan: how much a person, or the company, pays at most."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from core.settlement.second.bases import Bases
from core.settlement.second.case import Case
from core.settlement.second.model import Paid, fixed
from core.settlement.second.plan import Bonus, Words
from core.settlement.second.rounding import together
from core.settlement.second.units import digits

Earned = dict[tuple[int, str], int]
"""Minor units by payee and bonus."""


def cut(case: Case, bases: Bases, cap: Words, paid: Sequence[Paid], units: Mapping[str, str]) -> list[Paid]:
    """The lines of one cap.

    Args:
        paid: all lines so far, those of earlier caps too.
        units: in what each bonus and cap pays.
    """
    asked = cap.texts("bonuses")
    money = [code for code, unit in units.items() if len(unit) == 3 and (not asked or code in asked)]
    counted = [one for one in paid if one.bonus in money]
    by_unit: dict[str, list[Paid]] = {}
    for one in counted:
        by_unit.setdefault(units[one.bonus], []).append(one)
    ways = {"person": _person, "company": _company}
    return [line for unit, lines in by_unit.items()
            for line in ways[cap.text("per")](case, bases, cap, lines, unit)]  # fmt: skip


def _person(case: Case, bases: Bases, cap: Words, paid: Sequence[Paid], unit: str) -> list[Paid]:
    del bases
    found, sums = [], dict[int, int]()
    for one in paid:
        sums[one.line.payee] = sums.get(one.line.payee, 0) + one.amount
    minor = Fraction(10) ** digits(unit)
    for payee in sorted(sums):
        most = case.plan.listed(cap.by_rank("amount_by_rank"), case.rank(payee))
        most = cap.maybe("amount") if most is None else most
        if most is None:
            continue
        beyond = sums[payee] - floor(Fraction(most) * minor)
        if beyond > 0:
            found.append(Paid(cap.text("code"), fixed(payee, Fraction(-beyond)), -beyond))
    return found


def _company(case: Case, bases: Bases, cap: Words, paid: Sequence[Paid], unit: str) -> list[Paid]:
    """Everybody's sum of every bonus cut to one ratio."""
    base = Bonus(
        {"code": f"{cap.text('code')} base", "kind": "cap", "base": cap.text("share_of", "cv"), "currency": unit}
    )
    taken = sum((one.base for one in bases.of(base)), Fraction(0)) * case.base_worth(base)
    limit = floor(taken * cap.number("share") / 100)
    sums: Earned = {}
    for one in paid:
        key = (one.line.payee, one.bonus)
        sums[key] = sums.get(key, 0) + one.amount
    everything = sum(sums.values())
    if everything <= limit:
        return []
    keys = sorted(sums)
    kept = together([Fraction(sums[key] * limit, everything) for key in keys], "down")
    changed = ((key, sums[key] - left) for key, left in zip(keys, kept, strict=True))
    return [Paid(cap.text("code"), fixed(payee, Fraction(-less)), -less) for (payee, _), less in changed if less]
