"""People, sheets and times read as columns, beside importing's own rules that read one after the other."""

from datetime import date
from io import BytesIO
from random import Random
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from core.exchange.rules import fields
from core.exchange.rules.findings import Findings
from core.exchange.rules.moments import moments_of
from core.exchange.rules.people_fields import COLUMNS, Setting
from core.exchange.rules.plain_sheet import plain_sheet
from core.exchange.rules.sheet import Columns, Sheet, read_sheet
from core.settlement.files import people as reading_people
from core.settlement.files.people import read_people
from i18n.negotiation import spoken

HEADER = "id,sponsor_id,joined_on,country,language,name,kind,status,rank,email,phone"
SETTING = Setting(ZoneInfo("Europe/Madrid"), lambda tag: spoken(tag) is not None, ["silver"])
SHEET = Columns(required=("id", "name"), optional=("note",))


def sheet_of(text: str, columns: Columns = COLUMNS) -> Sheet:
    sheet = read_sheet(BytesIO(text.encode()), columns, Findings(), lambda _count: None)
    assert sheet is not None
    return sheet


def company(seed: int) -> str:
    draw = Random(seed)
    codes = [f"p{at:02}" for at in draw.sample(range(99), 30)]
    rows = []
    for at, code in enumerate(codes):
        above = draw.choice(codes[:at]) if at and draw.random() < 0.9 else ""
        words = [
            date(2026, 1, draw.randint(1, 28)).isoformat(),
            draw.choice(["ES", "de"]),
            draw.choice(["es", "pt_br", "is"]),
            "Name",
            draw.choice(["", "Distributor", "customer"]),
            draw.choice(["", "active", "active", "suspended", "terminated"]),
            draw.choice(["", "silver"]),
            draw.choice(["", "a@example.com", "x.y+z@mail.example.co.uk"]),
            draw.choice(["", "+34 600 123 456", "+49 171 1234567"]),
        ]
        rows.append(",".join([code, above, *words]))
    draw.shuffle(rows)
    return "\n".join([HEADER, *rows, ""])


@pytest.mark.parametrize("seed", range(12))
def test_sound_people_are_read_as_importing_reads_them(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, found, expected = sheet_of(company(seed)), Findings(), Findings()
    people = read_people(sheet, SETTING, found)
    monkeypatch.setattr(reading_people, "_as_columns", lambda _sheet, _setting: None)
    assert people.equals(read_people(sheet, SETTING, expected))
    assert found.all() == expected.all()
    assert people.height == 30 and found.all()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("p,,2026-02-30,ES,es,Ana,,,,,", "import_day_wrong"),
        ("p,,2026-02-01,QQ,es,Ana,,,,,", "import_country_wrong"),
        ("p,,2026-02-01,ES,zz9,Ana,,,,,", "import_language_wrong"),
        ("p,,2026-02-01,ES,es,,,,,,", "import_value_missing"),
        ("p,nobody,2026-02-01,ES,es,Ana,,,,,", "import_sponsor_unknown"),
        ("p,p,2026-02-01,ES,es,Ana,,,,,", "import_circle"),
        ("p,,2026-02-01,ES,es,Ana,guest,,,,", "import_word_wrong"),
        ("p,,2026-02-01,ES,es,Ana,,,gold,,", "import_word_wrong"),
        ("p,,2026-02-01,ES,es,Ana,,,,a@b,", "import_email_wrong"),
        ("p,,2026-02-01,ES,es,Ana,,,,,12", "import_phone_wrong"),
        ("*company*,,2026-02-01,ES,es,Ana,,,,,", "import_code_unfit"),
        ("p,,2026-02-01,ES,es,Ana,,,,,\np,,2026-02-01,ES,es,Ana,,,,,", "import_person_twice"),
    ],
)
def test_what_is_wrong_is_told_as_importing_tells_it(row: str, code: str) -> None:
    findings = Findings()
    read_people(sheet_of(f"{HEADER}\n{row}\n"), SETTING, findings)
    assert code in [one.code for one in findings.all()] and findings.blocked()


PLAIN = (
    "id,name\n1,Ana\n2,Bo\n",
    "\ufeffID , name\r\n1, Ana \r\n2,Bo",
    "name,id,shoe\nAna,1,38\n,,\n",
    "id,name,note\n1,Añá,\n",
)
ODD = (
    'id,name\n1,"Ana"\n',
    "id,name\n1\n",
    "id,name\n\n1,Ana\n",
    "id,name\n1,Ana,2\n3\n",
    "id\n1\n",
    "id,id\n1,2\n",
    "",
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_files_are_read_at_once_as_they_are_row_by_row(text: str) -> None:
    found, expected = Findings(), Findings()
    plain = plain_sheet(text.encode(), SHEET, found, lambda _count: None)
    slow = read_sheet(BytesIO(text.encode()), SHEET, expected, lambda _count: None)
    assert plain is not None and slow is not None
    assert plain.frame.equals(slow.frame) and plain.has == slow.has
    assert found.all() == expected.all()


@pytest.mark.parametrize("text", ODD)
def test_odd_files_are_left_to_be_read_row_by_row(text: str) -> None:
    findings = Findings()
    assert plain_sheet(text.encode(), SHEET, findings, lambda _count: None) is None
    assert plain_sheet(text.encode() + b"\xff,1\n", SHEET, findings, lambda _count: None) is None
    assert findings.all() == ()


MOMENTS = (
    "2026-07-01", "2026-07-01 10:30:00", "2026-07-01T10:30:00", "2026-07-01T10:30:00Z", "2026-07-01T10:30", "",
    "2026-07-01T10:30:00.5+02:00", "2026-02-30", "1899-12-31", "2200-01-01", "2026-03-29 02:30:00",
    "2026-10-25 02:30:00",
    "2026-07-01T25:00:00", "2026-07-01T10:30:60", "yesterday", "2026-7-1", "2026-07-01Z", "2199-12-31T23:59:59Z",
)  # fmt: skip


@pytest.mark.parametrize("zone", ["Europe/Madrid", "UTC", "America/Sao_Paulo", "Asia/Kolkata"])
def test_a_column_of_times_means_what_each_text_means(zone: str) -> None:
    expected = [fields.moment(text, ZoneInfo(zone)) for text in MOMENTS]
    assert moments_of(pl.Series(MOMENTS), ZoneInfo(zone)).to_list() == expected
