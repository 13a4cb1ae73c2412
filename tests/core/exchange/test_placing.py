"""Where people.csv says that people stand in placement trees, and what cannot be."""

from datetime import UTC, datetime

import pytest

from core.db.database import Database
from core.exchange.rules import people_fields, placing
from core.exchange.rules.findings import Findings
from core.exchange.rules.placing import Placed, Setting
from core.exchange.rules.sheet import read_sheet
from core.people import service as people
from core.placement import store
from core.plan.model.trees import OPEN
from tests.core.exchange.conftest import Importing

HEAD = "id,sponsor_id,joined_on,country,language,name," + ",".join(placing.COLUMNS)


def read(text: str, setting: Setting | None = None) -> tuple[Placed, list[str]]:
    """The places of `who parent side parent slot own_side` (`-` for nothing), and the faults as `line column code`."""
    lines = [HEAD]
    for row in text.strip().splitlines():
        code, *places = row.replace("-", "").split(" ")
        lines.append(",".join([code, "", "2026-01-01", "ES", "es", code, *places]))
    findings = Findings()
    sheet = read_sheet((f"{line}\n".encode() for line in lines), people_fields.COLUMNS, findings, lambda _count: None)
    assert sheet is not None
    found = placing.read(sheet, setting or Setting(), findings)
    return found, [f"{one.line} {one.column} {one.code.removeprefix('import_')}" for one in findings.all()]


def test_places_are_read_by_tree() -> None:
    found, faults = read("a - - - - -\nb a Left a 2 right\nc a right b 1 -")
    assert not faults
    assert [one.to_list() for one in found.parent.values()] == [[None, "a", "a"], [None, "a", "b"]]
    assert [one.to_list() for one in found.slot.values()] == [[0, 1, 2], [0, 2, 1]]
    assert found.own_side.to_list() == [0, 2, 0]


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("a - - - - up", ["2 own_side word_wrong"]),
        ("a - - - - -\nb a middle - - -", ["3 binary_side word_wrong"]),
        ("a - - - - -\nb - - a 0 -\nc - - a 101 -", ["3 matrix_slot slot_wrong", "4 matrix_slot slot_wrong"]),
        ("a - - - - -\nb a - - 3 -", ["3 binary_side value_missing", "3 matrix_parent_id value_missing"]),
        ("a - - - - -\nb x left - - -", ["3 binary_parent_id parent_unknown"]),
        ("a - - - - -\nb a left - - -\nc a left - - -", ["4 binary_side slot_twice"]),
        ("a b left - - -\nb a left - - -", ["2 binary_parent_id place_circle"]),
        ("a a right - - -", ["2 binary_parent_id place_circle"]),
    ],
)
def test_a_place_that_cannot_be_is_a_fault_with_its_column(rows: str, faults: list[str]) -> None:
    assert read(rows)[1] == faults


def test_a_place_may_be_below_somebody_recorded_but_not_where_somebody_stands() -> None:
    setting = Setting(known=frozenset({"x"}), taken={("binary", "x", 1): "y"})
    assert read("a x right - - -", setting)[1] == []
    assert read("a x left - - -", setting)[1] == ["2 binary_side slot_taken"]
    assert read("y x left - - -", setting)[1] == []


def test_a_tree_open_in_width_numbers_places_that_are_not_named() -> None:
    """In the order of the file after all that are named or recorded there; who is recorded keeps her number."""
    widths = {"binary": 2, "matrix": OPEN}
    setting = Setting(widths, frozenset({"x"}), {("matrix", "x", 4): "y", ("matrix", "x", 7): "z"})
    found, faults = read("a - - - - -\nb - - a - -\nc - - a 3 -\nd - - a - -\ny - - x - -\ne - - x - -", setting)
    assert not faults
    assert found.slot["matrix"].to_list() == [0, 4, 3, 5, 4, 8]
    assert read("a - - - 2 -", setting)[1] == ["2 matrix_parent_id value_missing"]


PEOPLE = """
    id,sponsor_id,joined_on,country,language,name,binary_parent_id,binary_side,own_side
    a,,2026-01-05,ES,es,A,,,right
    b,a,2026-01-06,ES,es,B,a,left,
    c,a,2026-01-07,ES,es,C,b,right,
"""


async def test_places_are_imported_once_and_never_moved(database: Database, importing: Importing) -> None:
    assert not (await importing("people", PEOPLE)).blocked
    again = await importing("people", PEOPLE)
    assert (again.added, again.changed, again.problems) == (0, 0, ())
    async with database.read() as uow:
        moment = datetime(2026, 1, 7, tzinfo=UTC)
        numbers = await people.ids_of(uow, ["a", "b", "c"])
        a, b, c = (numbers[code] for code in "abc")
        assert sorted(await store.places_at(uow, moment)) == [
            ("binary", a, -1, 0), ("binary", b, a, 1), ("binary", c, b, 2),
        ]  # fmt: skip
        assert await store.sides_at(uow, moment) == {a: "right"}
    moved = await importing("people", PEOPLE.replace("C,b,right", "C,a,right"))
    assert [one.code for one in moved.problems] == ["import_kept"]
    taken = await importing("people", PEOPLE.replace("C,b,right", "C,,") + "    d,a,2026-01-08,ES,es,D,b,right,\n")
    assert [(one.code, one.line, one.column) for one in taken.problems] == [("import_slot_taken", 5, "binary_side")]


async def test_whoever_is_known_may_get_a_first_place_later(database: Database, importing: Importing) -> None:
    await importing("people", PEOPLE.replace("C,b,right", "C,,"))
    assert not (await importing("people", PEOPLE)).problems
    async with database.read() as uow:
        assert len(await store.places_at(uow, uow.now)) == len("abc")
