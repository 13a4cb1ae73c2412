"""What a report changes.

| payment is  | bank says | becomes  | the book                       |
| ----------- | --------- | -------- | ------------------------------ |
| exported    | accepted  | the same | nothing                        |
| exported    | paid      | paid     | in payment → bank              |
| exported    | returned  | returned | in payment → payable           |
| paid        | paid      | the same | nothing                        |
| paid        | returned  | returned | bank → payable                 |
| returned    | anything  | the same | nothing: an older report again |
| open, held, cancelled | anything | fault | the bank was never given it |
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.exchange.rules.findings import Findings
from core.kernel.ids import PersonId
from core.kernel.money import amount_text
from core.payments.model import Entry, PaymentState, Status

SETTLED = (PaymentState.EXPORTED, PaymentState.PAID, PaymentState.RETURNED)


@dataclass(frozen=True, slots=True)
class Known:
    """A payment as it stands before the report."""

    number: int
    list: int
    person: PersonId
    end_to_end_id: str
    message_id: str | None
    amount_minor: int
    currency: str
    state: PaymentState


@dataclass(frozen=True, slots=True)
class Change:
    """A payment that becomes something else."""

    payment: Known
    on: date | None
    reason: str | None = None


@dataclass(slots=True)
class Booking:
    """What a report changes; a payment can be paid and returned by the same report."""

    paid: list[Change] = field(default_factory=list)
    returned: list[Change] = field(default_factory=list)
    unchanged: int = 0


def booking(
    entries: Sequence[Entry],
    named: Mapping[str, Known],
    files: Mapping[str, Sequence[Known]],
    findings: Findings,
) -> Booking:
    """What the entries change, one after the other; what is said of a whole file holds for whom none names.

    Args:
        named: payments by their ids.
        files: the payments of whole files, by the files' ids.
        findings: gets what is unknown (a notice, for banks report on others too) and what cannot be (a fault).
    """
    found = Booking()
    states = {one.number: one.state for one in named.values()}
    said_of = {entry.end_to_end_id for entry in entries}
    for entry in entries:
        known = _payment(entry, named, findings) if entry.end_to_end_id is not None else None
        if known is not None:
            _book(entry, known, states, found, findings)
    for entry in entries:
        if entry.end_to_end_id is None:
            for known in _file(entry, files, findings):
                if known.end_to_end_id not in said_of:
                    states.setdefault(known.number, known.state)
                    _book(entry, known, states, found, findings)
    return found


def _payment(entry: Entry, named: Mapping[str, Known], findings: Findings) -> Known | None:
    known = named.get(entry.end_to_end_id or "")
    if known is None:
        findings.notice("payment_report_unknown", entry.line)
        return None
    says = (entry.amount_minor, entry.currency)
    if entry.amount_minor is not None and says != (known.amount_minor, known.currency):
        _amount_differs(entry, known.amount_minor, known.currency, findings)
        return None
    return known


def _file(entry: Entry, files: Mapping[str, Sequence[Known]], findings: Findings) -> Sequence[Known]:
    payments = files.get(entry.message_id or "", ())
    if not payments:
        findings.notice("payment_report_unknown", entry.line)
    total = sum(one.amount_minor for one in payments)
    if (
        payments
        and entry.amount_minor is not None
        and (entry.amount_minor, entry.currency)
        != (
            total,
            payments[0].currency,
        )
    ):
        _amount_differs(entry, total, payments[0].currency, findings)
        return ()
    return payments


def _amount_differs(entry: Entry, amount: int, currency: str, findings: Findings) -> None:
    said = amount_text(entry.amount_minor or 0, entry.currency or currency)
    findings.fault("payment_report_amount", entry.line, said=said, ours=amount_text(amount, currency))


def _book(entry: Entry, known: Known, states: dict[int, PaymentState], found: Booking, findings: Findings) -> None:
    state = states[known.number]
    if state not in SETTLED:
        findings.fault("payment_not_exported", entry.line, payment=known.end_to_end_id, state=state.value)
    elif entry.status is Status.PAID and state is PaymentState.EXPORTED:
        found.paid.append(Change(known, entry.on))
        states[known.number] = PaymentState.PAID
    elif entry.status is Status.RETURNED and state is not PaymentState.RETURNED:
        found.returned.append(Change(known, entry.on, entry.reason))
        states[known.number] = PaymentState.RETURNED
    else:
        found.unchanged += 1
