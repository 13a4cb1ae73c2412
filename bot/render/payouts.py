"""When and where her money comes, and what is carried over."""

from bot.render.common import earnings_button, menu_button, rows
from bot.render.sums import cycle_title, total
from bot.screen import Screen, bold, button, lines
from core.earnings.model import PaymentState, PayoutCard, Payouts
from i18n.translator import Translator, mark
from i18n.typography import unbroken

SHOWN_MAX = 6


def payouts(found: Payouts, tr: Translator) -> Screen:
    """The latest payment first, then what waits, where it goes, and those before."""
    onward = rows((button(tr("🧾 My statement"), "es", "latest"), earnings_button(tr)), (menu_button(tr),))
    if not found.latest:
        return Screen(lines(tr("There is no payout for you yet."), *_rules(found, tr)), onward)
    newest, *older = found.latest
    before = ["• " + state_line(one, tr, known=found.account) for one in older[: SHOWN_MAX - 1]]
    return Screen(
        lines(
            state_line(newest, tr, known=found.account),
            *_rules(found, tr),
            *(["", *before] if before else []),
        ),
        onward,
    )


def state_line(one: PayoutCard, tr: Translator, *, known: str | None = None) -> str:
    """What became of one cycle's money, in a sentence; where it went to, once it is on its way.

    Args:
        known: the account that is named beside it anyway, and not once more in each line.
    """
    cycle = cycle_title(one.cycle, None, tr)
    amount = bold(tr.money(one.paid or one.carried_out, one.currency))
    if one.state is PaymentState.PAID and one.on:
        told = tr("{cycle}: {amount} was paid on {day}.", cycle=cycle, amount=amount, day=tr.day(one.on))
    else:
        told = tr(STATES[one.state], cycle=cycle, amount=amount)
    if one.to_credit:
        credit = tr.money(one.to_credit, one.currency)
        told += " " + tr("{amount} was added to your account credit.", amount=credit)
    if one.account and one.account != known and one.state in (PaymentState.PAID, PaymentState.ON_ITS_WAY):
        return f"{told} " + tr("Account: {account}", account=unbroken(one.account))
    return told


def reckoned(one: PayoutCard, tr: Translator) -> list[str]:
    """What stands between what she earned in a cycle and what is paid: nothing, where these are the same.

    | earned | carried in | notes and fees | paid  | carried out | told                                 |
    | ------ | ---------- | -------------- | ----- | ----------- | ------------------------------------ |
    | 20     | 0          | 0              | 20    | 0           |                                      |
    | 20     | 9.90       | 0              | 29.90 | 0           | 9.90 from before                     |
    | 40     | -30        | -1.50          | 18.50 | -10         | -30 from before, -1.50, -10 for next |
    | 20     | 0          | -3             | 17    | 0           | -1 Tax, -2 Handling, by their names  |
    """
    charged = sum(each.amount for each in one.charges)
    before = {
        mark("• Carried over from before: {amount}"): one.carried_in,
        mark("• Credit and debit notes, fees, and what expired: {amount}"): one.adjustments + charged,
    }
    after = {mark("• Carried over to the next cycle: {amount}"): one.carried_out if one.paid or one.to_credit else 0}
    charges = [
        "• " + tr("{label}: {value}", label=tr.company(each.label), value=tr.money(-each.amount, one.currency))
        for each in one.charges
    ]
    told = [
        [tr(text, amount=tr.money(amount, one.currency)) for text, amount in parts.items() if amount]
        for parts in (before, after)
    ]
    return [*told[0], *charges, *told[1]]


STATES = {
    PaymentState.WAITING: mark("{cycle}: {amount} is carried over."),
    PaymentState.OPEN: mark("{cycle}: {amount} comes with the next payment."),
    PaymentState.NO_ACCOUNT: mark("{cycle}: {amount} waits, because the company has no bank account of yours."),
    PaymentState.HELD: mark("{cycle}: {amount} is on hold. Please ask the company why."),
    PaymentState.ON_ITS_WAY: mark("{cycle}: {amount} is on its way."),
    PaymentState.PAID: mark("{cycle}: {amount} was paid."),
    PaymentState.RETURNED: mark("{cycle}: the bank sent {amount} back. It comes with the next payment."),
    PaymentState.NOTHING: mark("{cycle}: nothing to pay."),
}


def _rules(found: Payouts, tr: Translator) -> list[str]:
    told = []
    if found.balances:
        told.append(tr("Carried over now: {amount}", amount=total(found.balances, tr)))
    if found.minimum and found.minimum.amount:
        least = tr.money(found.minimum.amount, found.minimum.currency)
        told.append(tr("Less than {amount} isn't paid out; it's added to the next cycle.", amount=least))
    if found.has_account and found.account:
        told.append(tr("It goes to {account}.", account=unbroken(found.account)))
    elif not found.has_account:
        told.append(tr("The company has no bank account of yours yet. Please send it to them."))
    return told
