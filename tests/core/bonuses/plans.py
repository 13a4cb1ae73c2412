"""Pieces of plans and companies for the tests of kinds."""

import json
from decimal import Decimal
from pathlib import Path

from tests.core.settlement.offline import HEAD, PERSONAL, Offline, ladder

GROUP = '\n[kpis.gv]\nlabel = "Group volume"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'
RANKS = ladder("bronze", "silver", "gold")


def bonus(kind: str, words: str, code: str = "it") -> str:
    return f'\n[[bonuses]]\ncode = "{code}"\nkind = "{kind}"\nlabel = "It"\n{words}\n'


def company_of(folder: Path, bonuses: str, line: str = "", ranks: str = RANKS) -> Offline:
    """A line of people, the first on top, each with her rank by number: `x3 a2 b0`."""
    company = Offline(folder, HEAD + PERSONAL + GROUP + ranks + bonuses)
    above = None
    for word in line.split():
        person, rank = word[:-1], int(word[-1])
        company.person(person, above)
        if rank:
            company.order(person, 0, rank)
        above = person
    return company


def told(company: Offline, code: str | None = None, out: str = "out") -> list[str]:
    """Every line as `payee level source amount`, `-` for nobody."""
    rows = company.awards(code, out)
    return sorted(
        f"{row['payee_id']} {row['level'] or 0} {row['source_person_id'] or '-'} {row['amount']}" for row in rows
    )


def because(row: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(row["because"])
    return found


def money(table: dict[str, str]) -> dict[str, Decimal]:
    return {person: Decimal(amount) for person, amount in table.items()}
