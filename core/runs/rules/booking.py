"""What a release writes into the book. Pure.

| who    | account            | amount                           |
| ------ | ------------------ | -------------------------------- |
| payee  | commissions earned | earned + adjustments - to credit |
| payee  | credit             | to credit                        |
| company| commissions        | - earned                         |
| company| adjustments        | - adjustments                    |

What rounding kept from payees is a cost all the same: company rounding + residue, company commissions - residue.
"""

from core.ledger.model import Account, Document, Line, Posting, Purpose
from core.runs.model import RunPayout

EARNED, RESIDUE = "commissions.earned", "commissions.residue"
DOCUMENT = "run"


def booked(one: RunPayout) -> Posting | None:
    """The entry of a payee's earnings in one currency; None where there is nothing to be booked.

    Her balance may be below zero afterwards: what is taken back waits for earnings.
    """
    account = Account(person=one.person, purpose=Purpose.COMMISSIONS_EARNED, unit=one.currency)
    lines = [
        Line(account=account, amount=commissions(one), least=None),
        _company(Purpose.COMMISSIONS, one.currency, -one.earned),
        _company(Purpose.ADJUSTMENTS, one.currency, -one.adjustments),
    ]
    if one.to_credit:
        credit = Account(person=one.person, purpose=Purpose.CREDIT, unit=one.currency)
        lines.insert(1, Line(account=credit, amount=one.to_credit))
    moved = tuple(line for line in lines if line.amount)
    if not moved:
        return None
    document = Document(kind=DOCUMENT, id=f"{one.run}:{one.person}:{one.currency}")
    return Posting(key=f"{EARNED}:{document.id}", kind=EARNED, reason="settlement", document=document, lines=moved)


def commissions(one: RunPayout) -> int:
    """What a run adds to a payee's commissions: all but what became credit of hers."""
    return one.earned + one.adjustments - one.to_credit


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
