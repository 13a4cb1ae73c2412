"""What a release writes into the book. Pure.

| who    | account            | amount                           |
| ------ | ------------------ | -------------------------------- |
| payee  | commissions earned | earned + adjustments - to credit |
| payee  | credit             | to credit                        |
| company| commissions        | - earned                         |
| company| adjustments        | - adjustments                    |

Of adjustments each charge of the plan, such as a tax withheld, is an entry of its own, with its code as the reason:

| who    | account            | amount   |
| ------ | ------------------ | -------- |
| payee  | commissions earned | - charge |
| company| charges            | charge   |

What rounding kept from payees is a cost all the same: company rounding + residue, company commissions - residue.
"""

from collections.abc import Iterator

from core.ledger.model import Account, Document, Line, Posting, Purpose
from core.runs.model import RunPayout

EARNED, CHARGED, RESIDUE = "commissions.earned", "commissions.charged", "commissions.residue"
DOCUMENT = "run"


def booked(one: RunPayout) -> Posting | None:
    """The entry of a payee's earnings in one currency; None where there is nothing to be booked.

    Her balance may be below zero afterwards: what is taken back waits for earnings.
    """
    account = Account(person=one.person, purpose=Purpose.COMMISSIONS_EARNED, unit=one.currency)
    lines = [
        Line(account=account, amount=commissions(one), least=None),
        _company(Purpose.COMMISSIONS, one.currency, -one.earned),
        _company(Purpose.ADJUSTMENTS, one.currency, -one.adjustments - sum(one.charged.values())),
    ]
    if one.to_credit:
        credit = Account(person=one.person, purpose=Purpose.CREDIT, unit=one.currency)
        lines.insert(1, Line(account=credit, amount=one.to_credit))
    moved = tuple(line for line in lines if line.amount)
    if not moved:
        return None
    document = Document(kind=DOCUMENT, id=f"{one.run}:{one.person}:{one.currency}")
    return Posting(key=f"{EARNED}:{document.id}", kind=EARNED, reason="settlement", document=document, lines=moved)


def charged(one: RunPayout) -> Iterator[Posting]:
    """The entries of what a payee was charged in one currency, one a charge."""
    account = Account(person=one.person, purpose=Purpose.COMMISSIONS_EARNED, unit=one.currency)
    for code, amount in one.charged.items():
        lines = (Line(account=account, amount=-amount, least=None), _company(Purpose.CHARGES, one.currency, amount))
        document = Document(kind=DOCUMENT, id=f"{one.run}:{one.person}:{one.currency}:{code}")
        yield Posting(key=f"{CHARGED}:{document.id}", kind=CHARGED, reason=code, document=document, lines=lines)


def postings(one: RunPayout) -> Iterator[Posting]:
    """All entries of a payee in one currency."""
    earned = booked(one)
    yield from () if earned is None else (earned,)
    yield from charged(one)


def commissions(one: RunPayout) -> int:
    """What a run adds to a payee's commissions before charges: all but what became credit of hers."""
    return one.earned + one.adjustments + sum(one.charged.values()) - one.to_credit


def residue(run: int, currency: str, kept: int) -> Posting:
    """The entry of what rounding kept from payees; below zero, it gave them so much."""
    lines = (_company(Purpose.ROUNDING, currency, kept), _company(Purpose.COMMISSIONS, currency, -kept))
    document = Document(kind=DOCUMENT, id=f"{run}:{currency}")
    return Posting(key=f"{RESIDUE}:{document.id}", kind=RESIDUE, reason="rounding", document=document, lines=lines)


def documents(run: int) -> Document:
    """How the documents begin that the entries of a run stand for: a payee and a currency each."""
    return Document(kind=DOCUMENT, id=f"{run}:")


def _company(purpose: Purpose, currency: str, amount: int) -> Line:
    return Line(account=Account(person=None, purpose=purpose, unit=currency), amount=amount)
