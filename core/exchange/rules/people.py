"""people.csv: whom a file adds, where they stand, and what it changes of those who are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, tzinfo

import numpy as np

from core.exchange.rules.findings import Findings
from core.exchange.rules.people_fields import FilePerson, Reader, Setting
from core.exchange.rules.sheet import LINE, Sheet
from core.genealogy.rules.verification import circles
from core.people.model import Kind, Status

PEOPLE_NAMED = 10
KEPT = ("sponsor", "joined_on", "status", "career_rank")
"""What an import never changes of a known person: operations on the tree and cycles do."""
CHANGED = ("name", "country", "language", "kind", "status", "email", "phone", "time_zone")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person as she is recorded; `sponsor` is the one of her latest link, None for the company node."""

    name: str
    joined_on: date
    country: str
    language: str
    kind: str
    status: str
    email: str | None
    phone: str | None
    time_zone: str | None
    career_rank: str | None
    sponsor: str | None
    language_chosen: bool


@dataclass(slots=True)
class PeopleDraft:
    """New people in the order of the file, and changes of known ones by code."""

    added: list[FilePerson] = field(default_factory=list)
    changed: dict[str, dict[str, str]] = field(default_factory=dict)
    unchanged: int = 0
    roots: int = 0


def draft(sheet: Sheet, known: Mapping[str, KnownPerson], setting: Setting, findings: Findings) -> PeopleDraft:
    """What the file adds and changes.

    Args:
        known: everybody in the file, and every sponsor named in it, who is recorded already, by code.
    """
    reader = Reader(setting, findings)
    seen: dict[str, FilePerson] = {}
    first: dict[str, int] = {}
    for row in sheet.frame.iter_rows(named=True):
        person, code, line = reader.person(row), row["id"], int(row[LINE])
        if first.setdefault(code, line) != line and code:
            findings.fault("import_person_twice", line, "id", person=code, first=first[code])
        elif person is not None:
            seen[code] = person
    found = PeopleDraft()
    for code, person in seen.items():
        if code in known:
            _compare(person, known[code], found, findings)
        else:
            found.added.append(person)
    _check_sponsors(seen, known, sheet, findings)
    _check_circles(found.added, findings)
    if not findings.blocked():
        found.added = _rolled_up(found.added, known, findings)
    found.roots = sum(person.sponsor is None and not person.left for person in found.added)
    return found


def first_day(person: FilePerson, zone: tzinfo) -> datetime:
    """When her first day began in company time."""
    return datetime.combine(person.joined_on, time(), zone)


def _compare(person: FilePerson, known: KnownPerson, found: PeopleDraft, findings: Findings) -> None:
    """What the file says of a known person: contacts change, her place and her dates do not."""
    changes: dict[str, str] = {}
    for name in ("sponsor", "joined_on", "status", "career_rank", *CHANGED):
        said, recorded = getattr(person, name), getattr(known, name)
        if said is None or said == recorded or (name == "language" and known.language_chosen):
            continue
        if name in KEPT and not (name == "status" and Status.TERMINATED.value not in (said, recorded)):
            if name != "career_rank":  # the rank at import is history; the system has gone on since
                findings.notice("import_kept", person.line, field=name)
        else:
            changes[name] = said
    if person.sponsor is None and known.sponsor is not None:
        findings.notice("import_kept", person.line, field="sponsor")
    if changes:
        found.changed[person.code] = changes
    else:
        found.unchanged += 1


def _check_sponsors(
    seen: Mapping[str, FilePerson], known: Mapping[str, KnownPerson], sheet: Sheet, findings: Findings
) -> None:
    """Every sponsor exists and is there; customers who sponsor and further roots are worth a word."""
    in_file = set(sheet.frame["id"])
    roots = [person.line for person in seen.values() if person.sponsor is None and person.code not in known]
    findings.notices("import_second_root", roots[1:])
    for line, code, sponsor in sheet.frame.select(LINE, "id", "sponsor_id").iter_rows():
        if sponsor and code not in known and sponsor not in in_file and sponsor not in known:
            findings.fault("import_sponsor_unknown", int(line), "sponsor_id", sponsor=sponsor)
    for person in seen.values():
        if person.sponsor is None or person.code in known:
            continue
        if _kind(person.sponsor, seen, known) == Kind.CUSTOMER.value:
            findings.notice("import_customer_sponsors", person.line)


def _rolled_up(added: list[FilePerson], known: Mapping[str, KnownPerson], findings: Findings) -> list[FilePerson]:
    """Whoever is new under somebody who has left goes to the nearest one above who is there."""
    gone = {person.code: person.sponsor for person in added if person.left}
    gone |= {code: person.sponsor for code, person in known.items() if person.status == Status.TERMINATED.value}
    if not gone:
        return added
    placed = []
    for person in added:
        sponsor = person.sponsor
        while not person.left and sponsor in gone:
            sponsor = gone[sponsor]
        if sponsor != person.sponsor:
            findings.notice("import_sponsor_left", person.line)
        placed.append(replace(person, sponsor=sponsor))
    return placed


def _kind(code: str, seen: Mapping[str, FilePerson], known: Mapping[str, KnownPerson]) -> str | None:
    return known[code].kind if code in known else seen[code].kind if code in seen else None


def _check_circles(added: list[FilePerson], findings: Findings) -> None:
    """Nobody new may stand above herself; known people cannot, for an import does not move them."""
    places = {person.code: place for place, person in enumerate(added)}
    parents = np.array([places.get(person.sponsor or "", -1) for person in added], dtype=np.int64)
    for circle in circles(parents):
        people_on_it = [added[place] for place in circle]
        first = min(people_on_it, key=lambda person: person.line)
        named = [person.code for person in people_on_it[:PEOPLE_NAMED]]
        findings.fault("import_circle", first.line, "sponsor_id", people=named, count=len(circle))
