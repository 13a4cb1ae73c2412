"""What the fields of people.csv mean."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from core.exchange.rules import fields, placing
from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns
from core.people import rules as people
from core.people.model import COMPANY_CODE, Kind, Status

COLUMNS = Columns(
    required=("id", "sponsor_id", "joined_on", "country", "language", "name"),
    optional=("kind", "status", "rank", "email", "phone", "time_zone", *placing.COLUMNS),
)
CODE_LENGTH_MAX = 100
KINDS = [kind.value for kind in Kind]
STATES = [status.value for status in Status]
TAIL = 4
"""Phone numbers alike but for so many last digits are written alike, so a million are not worked out one by one."""


@dataclass(frozen=True, slots=True)
class FilePerson:
    """One person as the file has her; None where it says nothing."""

    line: int
    code: str
    sponsor: str | None
    name: str
    joined_on: date
    country: str
    language: str
    kind: str | None = None
    status: str | None = None
    career_rank: str | None = None
    email: str | None = None
    phone: str | None = None
    time_zone: str | None = None

    @property
    def left(self) -> bool:
        """Whether the file brings her in only for her history."""
        return self.status == Status.TERMINATED.value


@dataclass(frozen=True, slots=True)
class Setting:
    """What the people of a file are read against."""

    zone: tzinfo
    """Company time."""
    speaks: Callable[[str], bool]
    """Whether we speak the language of a tag, in this variant or another."""
    ranks: Collection[str] | None
    """Codes of the plan's ladder; None where no plan says what a rank is."""


class Reader:
    """Turns rows into people; remembers what it has worked out of languages, zones and beginnings of numbers."""

    def __init__(self, setting: Setting, findings: Findings) -> None:
        self._setting = setting
        self._findings = findings
        self._languages: dict[str, tuple[str | None, bool]] = {}
        self._phones: dict[tuple[str, str], str | None] = {}
        self._zones: dict[str, bool] = {}

    def person(self, row: Mapping[str, str]) -> FilePerson | None:
        """The person of a row, or None when anything in it is a fault."""
        line = int(row[LINE])
        before = self._findings.faults
        for column in ("id", "name", "joined_on", "country", "language"):
            if not row[column]:
                self._findings.fault("import_value_missing", line, column)
        if row["id"] == COMPANY_CODE or len(row["id"]) > CODE_LENGTH_MAX:
            self._findings.fault("import_code_unfit", line, "id", value=row["id"], longest=CODE_LENGTH_MAX)
        joined_on = self._day(row, line)
        country = self._country(row, line)
        language = self._language(row, line)
        person = FilePerson(
            line=line,
            code=row["id"],
            sponsor=row["sponsor_id"] or None,
            name=row["name"],
            joined_on=joined_on or date.min,
            country=country,
            language=language or "",
            kind=self._word(row, line, "kind", KINDS),
            status=self._word(row, line, "status", STATES),
            career_rank=self._rank(row, line),
            email=self._email(row, line),
            phone=self._phone(row, line),
            time_zone=self._time_zone(row, line),
        )
        return person if self._findings.faults == before else None

    def _day(self, row: Mapping[str, str], line: int) -> date | None:
        found = fields.day(row["joined_on"])
        if found is None and row["joined_on"]:
            self._findings.fault("import_day_wrong", line, "joined_on", value=row["joined_on"])
        return found

    def _country(self, row: Mapping[str, str], line: int) -> str:
        country = row["country"].upper()
        if country and not people.is_country(country):
            self._findings.fault("import_country_wrong", line, "country", value=row["country"])
        return country

    def _language(self, row: Mapping[str, str], line: int) -> str | None:
        """The tag as BCP 47 writes it; one that we do not speak is kept and told, so that nothing is lost."""
        text = row["language"]
        if text not in self._languages:
            tag = people.language_tag(text)
            spoken = tag is not None and self._setting.speaks(tag)
            self._languages[text] = tag, spoken
        tag, spoken = self._languages[text]
        if tag is None:
            if text:
                self._findings.fault("import_language_wrong", line, "language", value=text)
        elif not spoken:
            self._findings.notice("import_language_not_spoken", line, language=tag)
        return tag

    def _word(self, row: Mapping[str, str], line: int, column: str, words: list[str]) -> str | None:
        word = row[column].lower()
        if word and word not in words:
            self._findings.fault("import_word_wrong", line, column, value=row[column], known=words)
        return word or None

    def _rank(self, row: Mapping[str, str], line: int) -> str | None:
        ranks = self._setting.ranks
        if row["rank"] and ranks is not None and row["rank"] not in ranks:
            self._findings.fault("import_word_wrong", line, "rank", value=row["rank"], known=list(ranks))
        return row["rank"] or None

    def _email(self, row: Mapping[str, str], line: int) -> str | None:
        address = people.email_address(row["email"])
        if row["email"] and address is None:
            self._findings.fault("import_email_wrong", line, "email")
        return address

    def _phone(self, row: Mapping[str, str], line: int) -> str | None:
        number = self._number(row["phone"], row["country"].upper()) if row["phone"] else None
        if row["phone"] and number is None:
            self._findings.fault("import_phone_wrong", line, "phone")
        return number

    def _number(self, text: str, country: str) -> str | None:
        head, tail = text[:-TAIL], text[-TAIL:]
        if not (tail.isascii() and tail.isdigit()):
            return people.phone_e164(text, country)
        if (country, head) not in self._phones:
            number = people.phone_e164(text, country)
            self._phones[country, head] = number and number.removesuffix(tail)
        beginning = self._phones[country, head]
        return None if beginning is None else beginning + tail

    def _time_zone(self, row: Mapping[str, str], line: int) -> str | None:
        name = row["time_zone"]
        if name and not self._zones.setdefault(name, people.is_time_zone(name)):
            self._findings.fault("import_time_zone_wrong", line, "time_zone", value=name)
        return name or None
