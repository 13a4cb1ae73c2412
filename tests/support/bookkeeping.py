"""Accounts and postings written in a line, for tests of whatever posts: `Ana credit EUR +500`."""

from collections.abc import Mapping

from core.kernel.ids import PersonId
from core.ledger.model import Account, Document, EntryId, Line, Posting, Purpose

NOBODY: Mapping[str, PersonId] = {}
SHORT = {"available": "points_available", "pending": "points_pending"}


def account(text: str, people: Mapping[str, PersonId] = NOBODY) -> Account:
    """`Ana credit EUR`, `Ana available` (points where no unit is named), or the company's: `- opening EUR`."""
    holder, purpose, *unit = text.split()
    person = None if holder == "-" else people[holder]
    return Account(person=person, purpose=Purpose(SHORT.get(purpose, purpose)), unit=(unit or ["points"])[0])


def posting(
    key: str,
    *lines: str,
    people: Mapping[str, PersonId] = NOBODY,
    kind: str = "test.moved",
    document: str | None = None,
    reverses: EntryId | None = None,
    least: int | None = 0,
) -> Posting:
    """A posting of lines such as `Ana credit EUR +500`; its document is its key where none is given."""
    drawn = tuple(_line(line, people, least) for line in lines)
    about = Document(kind="test", id=document or key)
    return Posting(key=key, kind=kind, reason="a test", document=about, lines=drawn, reverses=reverses)


def _line(text: str, people: Mapping[str, PersonId], least: int | None) -> Line:
    where, amount = text.rsplit(maxsplit=1)
    return Line(account=account(where, people), amount=int(amount), least=least)
