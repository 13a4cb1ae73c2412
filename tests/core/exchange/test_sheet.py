import pytest

from core.exchange.rules.findings import Findings
from core.exchange.rules.sheet import LINE, Columns, Sheet, read_sheet
from core.kernel.errors import Severity

COLUMNS = Columns(required=("id", "name"), optional=("phone",))


def read(text: bytes) -> tuple[Sheet | None, list[tuple[str, int | None]]]:
    """The sheet of a file, and its faults as code and line."""
    findings = Findings()
    sheet = read_sheet(text.splitlines(keepends=True), COLUMNS, findings, lambda _count: None)
    return sheet, [(found.code, found.line) for found in findings.all() if found.severity is Severity.FAULT]


def test_fields_come_without_blanks_and_with_their_line() -> None:
    sheet, faults = read(b'\xef\xbb\xbf ID ,name\r\n 1 , Ana \r\n\r\n2,"Ben\nJr."\r\n3,Cleo\r\n')
    assert sheet is not None and faults == []
    assert sheet.frame.select(LINE, "id", "name", "phone").rows() == [
        (2, "1", "Ana", ""),
        (4, "2", "Ben\nJr.", ""),
        (6, "3", "Cleo", ""),
    ]
    assert sheet.has == {"id", "name"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (b"", [("import_header_missing", 1)]),
        (b"id;name\n1;Ana\n", [("import_separator_wrong", 1)]),
        (b"id\tname\n1\tAna\n", [("import_separator_wrong", 1)]),
        (b"name;id,name\n1;Ana,Ana\n", [("import_columns_missing", 1)]),
        (b"id,name,name\n", [("import_column_twice", 1)]),
        (b"id,name\n1\n2,Ben,x\n", [("import_field_count", 2), ("import_field_count", 3)]),
        (b"id,name\n1,An\xe1\n", [("import_not_utf8", 2)]),
        (b'id,name\n1,"Ana\n', [("import_csv_broken", 2)]),
        (b"id,name\n1,A\x00a\n2," + b"x" * 1001 + b"\n", [("import_text_unfit", 2), ("import_text_unfit", 3)]),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: bytes, faults: list[tuple[str, int]]) -> None:
    assert read(text)[1] == faults


def test_a_column_that_nobody_imports_is_worth_a_word() -> None:
    findings = Findings()
    read_sheet([b"id,name,shoe_size\n", b"1,Ana,38\n"], COLUMNS, findings, lambda _count: None)
    [notice] = findings.all()
    assert (notice.code, notice.severity, notice.facts["column"]) == (
        "import_column_ignored",
        Severity.NOTICE,
        "shoe_size",
    )


def test_lines_of_one_notice_are_counted_and_the_first_are_named() -> None:
    findings = Findings()
    findings.notices("told", range(30, 2, -1), kind="a")
    findings.notice("told", 99, kind="b")
    first, second = findings.all()
    assert (first.line, first.facts["count"], first.facts["lines"]) == (3, 28, [str(line) for line in range(3, 13)])
    assert (second.facts["count"], second.facts["lines"]) == (1, ["99"])
