"""From award lines to what a person is shown: sums by bonus, and where the money of a cycle is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl

from core.earnings.model import BonusSum, Charge, Money, PaymentState, PayoutCard
from core.kernel.words import CompanyText
from core.payments.model import PaymentState as OfPayment
from core.payments.model import PayoutState, PersonPayment
from core.plan.model import Plan
from core.runs.model import ReleasedRun, RunPayout
from i18n.translator import Translator, mark

OTHERS = {
    "advance": mark("Advance"),
    "cap": mark("Limit on bonuses"),
    "least": mark("Guaranteed minimum"),
    "other": mark("Correction"),
}
STATES: Mapping[OfPayment, PaymentState] = {
    OfPayment.OPEN: PaymentState.ON_ITS_WAY,
    OfPayment.EXPORTED: PaymentState.ON_ITS_WAY,
    OfPayment.PAID: PaymentState.PAID,
    OfPayment.RETURNED: PaymentState.RETURNED,
    OfPayment.HELD: PaymentState.HELD,
}
"""Where a payment is, as its person sees it."""
CURRENCY_LETTERS = 3
NOTHING: tuple[BonusSum, ...] = ()
NO_LABELS: Mapping[str, CompanyText] = {}


def labels(plan: Plan, codes: Collection[str], tr: Translator) -> dict[str, CompanyText]:
    """What bonuses are called; caps, advances and corrections, which the plan has no words for, by our own."""
    known = {bonus.code: bonus.label for bonus in plan.bonuses}
    ours = {"advance": "advance", **{cap.code: "least" if cap.tops_up else "cap" for cap in plan.caps}}
    return {code: known.get(code) or {tr.language: tr(OTHERS[ours.get(code, "other")])} for code in codes}


def sums(lines: pl.DataFrame, plan: Plan, tr: Translator) -> tuple[BonusSum, ...]:
    """What each bonus comes to in each unit, in the plan's order; other lines come last.

    Args:
        lines: with bonus, unit and amount_minor.
    """
    if not lines.height:
        return ()
    found = lines.group_by("bonus", "unit", maintain_order=True).agg(
        pl.col("amount_minor").sum(), pl.len().alias("lines")
    )
    order = [bonus.code for bonus in plan.bonuses]
    names = labels(plan, found["bonus"].unique().to_list(), tr)
    rows = sorted(
        found.iter_rows(), key=lambda row: (order.index(row[0]) if row[0] in order else len(order), row[0], row[1])
    )
    return tuple(
        BonusSum(bonus=bonus, label=names[bonus], unit=unit, amount=amount, lines=count)
        for bonus, unit, amount, count in rows
    )


def totals(found: Sequence[BonusSum]) -> tuple[Money, ...]:
    """The sums of money by currency; what is no money is left out."""
    money: dict[str, int] = {}
    for one in found:
        if len(one.unit) == CURRENCY_LETTERS and one.unit.isupper():
            money[one.unit] = money.get(one.unit, 0) + one.amount
    return tuple(Money(currency=currency, amount=amount) for currency, amount in sorted(money.items()))


def payout_card(
    run: ReleasedRun,
    found: RunPayout,
    payments: Sequence[PersonPayment],
    states: Mapping[str, PayoutState],
    charges: Mapping[str, CompanyText] = NO_LABELS,
    *,
    is_held: bool,
) -> PayoutCard:
    """What became of a run's money in one currency.

    Args:
        payments: hers, the latest first.
        states: what waits, by currency.
        charges: what the plan of the run calls them.
        is_held: nothing is to be paid to her now.
    """
    paying = next((one for one in payments if one.currency == found.currency and run.cycle in one.cycles.split()), None)
    state, on, account = _where(found, paying, states.get(found.currency), is_held=is_held)
    return PayoutCard(
        cycle=run.cycle,
        calendar=run.calendar,
        currency=found.currency,
        earned=found.earned,
        carried_in=found.carried_in,
        adjustments=found.adjustments,
        to_credit=found.to_credit,
        charges=tuple(
            Charge(code=code, label=charges.get(code, {"en": code}), amount=amount)
            for code, amount in found.charged.items()
        ),
        paid=found.paid,
        carried_out=found.carried_out,
        state=state,
        on=on,
        account=account,
    )


def _where(
    found: RunPayout, paying: PersonPayment | None, waiting: PayoutState | None, *, is_held: bool
) -> tuple[PaymentState, date | None, str | None]:
    if not found.paid:
        return (PaymentState.WAITING if found.carried_out else PaymentState.NOTHING), None, None
    if paying is not None:
        return STATES[paying.state], paying.settled_on or paying.execution_on, paying.account
    if is_held:
        return PaymentState.HELD, None, None
    has_account = waiting is not None and waiting.account is not None
    return (PaymentState.OPEN if has_account else PaymentState.NO_ACCOUNT), None, None


def carried(runs: Sequence[ReleasedRun], payouts: Mapping[int, Sequence[RunPayout]]) -> tuple[Money, ...]:
    """What the latest run of each calendar carried over, by currency.

    Args:
        runs: the latest first.
        payouts: hers, by run.
    """
    latest: dict[str, ReleasedRun] = {}
    for run in runs:
        latest.setdefault(run.calendar, run)
    found: dict[str, int] = {}
    for run in latest.values():
        for one in payouts.get(run.number, ()):
            found[one.currency] = found.get(one.currency, 0) + one.carried_out
    return tuple(Money(currency=currency, amount=amount) for currency, amount in sorted(found.items()) if amount)
