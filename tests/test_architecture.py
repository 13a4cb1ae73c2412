"""Who may know whom. Reads the imports and fails on each that points outwards."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

FOUNDATION = {"kernel", "db", "http", "access", "messaging", "commands", "settings"}
"""What every room of core may know. Of http and access only the layer itself and the words: see `KNOWS`."""

NETWORK = {"forest", "people", "genealogy", "catalog", "plan"}
FIGURES = NETWORK | {"calendar", "orders", "kpis", "ranks", "live", "line", "progress"}
BOOKS = {"ledger", "offers", "referrals", "points", "incentives", "checkout"}
PAYING = {"bonuses", "settlement", "runs", "payments", "earnings", "placement"}
SPEAKING = {"preferences", "campaigns", "outreach"}
ANSWERING = {"attachments", "tickets", "incidents", "support"}

KNOWS: dict[str, set[str]] = {
    "kernel": set(),
    "forest": {"kernel"},
    "settings": {"kernel"},
    "commands": {"settings"},
    "db": {"kernel", "settings", "commands"},
    "http": {"kernel", "db", "access"},
    "messaging": {"kernel", "db", "http", "access"},
    "access": {"kernel", "db", "http", "messaging", "people", "commands", "settings"},
    "people": FOUNDATION,
    "genealogy": FOUNDATION | {"people", "forest"},
    "placement": FOUNDATION | NETWORK | {"calendar"},
    "catalog": FOUNDATION,
    "plan": FOUNDATION,
    "calendar": FOUNDATION | {"plan"},
    "orders": FOUNDATION | {"people", "catalog", "plan", "calendar"},
    "kpis": FOUNDATION | {"forest", "plan", "calendar", "orders"},
    "ranks": FOUNDATION | NETWORK | {"calendar", "orders", "kpis"},
    "live": FOUNDATION | FIGURES - {"live", "line", "progress"} | {"exchange", "placement"},  # it hears of imports
    "line": FOUNDATION | FIGURES - {"line", "progress"},
    "progress": FOUNDATION | FIGURES - {"progress"},
    "closing": FOUNDATION | FIGURES - {"line", "progress"},
    "bonuses": FOUNDATION | FIGURES - {"live", "line", "progress"},
    "settlement": FOUNDATION | FIGURES - {"line", "progress"} | {"bonuses", "closing", "exchange"},
    "ledger": FOUNDATION | {"people"},
    "offers": FOUNDATION,
    "referrals": FOUNDATION | {"people", "orders"},
    "points": FOUNDATION | FIGURES | {"closing", "ledger", "offers", "referrals"},
    "incentives": FOUNDATION | FIGURES | {"ledger"},
    "checkout": FOUNDATION | FIGURES | BOOKS - {"checkout"},
    "exchange": FOUNDATION | FIGURES | {"ledger", "points", "placement", "attachments", "tickets"},
    "runs": FOUNDATION | FIGURES | {"placement", "bonuses", "settlement", "closing", "ledger", "points", "exchange"},
    "payments": FOUNDATION | {"people", "plan", "calendar", "ledger", "runs", "exchange"},
    "earnings": FOUNDATION | FIGURES | {"bonuses", "settlement", "runs", "payments", "ledger"},
    "preferences": FOUNDATION | {"people"},
    "campaigns": FOUNDATION | {"people", "plan", "preferences", "live"},
    "outreach": FOUNDATION | FIGURES | BOOKS | PAYING | {"closing", "preferences", "campaigns", "support", "incidents"},
    "attachments": FOUNDATION | {"plan"},
    "tickets": FOUNDATION | FIGURES | PAYING | {"attachments", "preferences"},
    "incidents": FOUNDATION | FIGURES | PAYING | {"preferences", "tickets"},
    "support": FOUNDATION | {"people", "plan", "attachments", "tickets", "incidents"},
    "demo": FOUNDATION | FIGURES | BOOKS | {"closing", "exchange"} | PAYING | ANSWERING,
    "client": {"kernel"},
    "app": FOUNDATION | FIGURES | BOOKS | PAYING | SPEAKING | ANSWERING,
    "serving": {"app", "commands", "db", "kernel", "settings"},
    "__main__": {"db", "kernel", "settings"},
}
"""Rooms by whom they may know, inwards only. `client` may know every room's words, as the API does."""

EDGES = {"api.py", "commands.py"}
"""Where a request or a command comes in: it may use the service of any room."""

WRITES_TABLES = {"demo", "exchange", "live", "outreach"}
"""These load or write rows of others by the million, where a service call a row would take hours."""

WORDS = {"model.py", "kinds.py"}
"""What bot and worker may know too, and models of other rooms."""

IO_MODULES = {
    "aiohttp", "aiosqlite", "asyncio", "asyncpg", "http", "io", "logging", "os", "pathlib", "random", "secrets",
    "shutil", "socket", "sqlalchemy", "sqlite3", "sqlmodel", "structlog", "subprocess", "tempfile", "threading", "time",
}  # fmt: skip
"""What `model.py`, `rules` and `forest` do without: files, wires, rows, clocks and chance."""

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one file."""

    path: Path
    line: int
    module: str
    names: tuple[str, ...]
    at_once: bool
    """Whether it happens when the file is loaded, not when something of it is used."""

    @property
    def parts(self) -> list[str]:
        return self.module.split(".")

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line} imports {self.module}"


INTERESTING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ExceptHandler, ast.Attribute)


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """What this file's questions are about, of a source that is read once for all of them."""
    return tuple(node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, INTERESTING))


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    found: list[Import] = []
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found += [Import(path, node.lineno, alias.name, (), node.col_offset == 0) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = tuple(alias.name for alias in node.names)
            found.append(Import(path, node.lineno, node.module, names, node.col_offset == 0))
    return tuple(found)


@cache
def files(*folders: str) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


def ours(*folders: str) -> Iterator[Import]:
    for path in files(*folders):
        for one in imports_of(path):
            if one.parts[0] in ("bot", "core", "i18n", "notifications"):
                yield one


def place(path: Path) -> tuple[str, str]:
    """The room, and the file in it (`rules.py` for every file of a package `rules`)."""
    room, *rest = path.relative_to(ROOT / "core").parts
    if not rest:
        return room.removesuffix(".py"), room
    return room, rest[0] if rest[0].endswith(".py") else f"{rest[0]}.py"


def target(one: Import) -> tuple[str, str]:
    """The room and file that an import of core names; `from core.people import service` names the file too."""
    room = one.parts[1] if len(one.parts) > 1 else one.names[0]
    file = one.parts[2] if len(one.parts) > 2 else (one.names[0] if one.names else "")
    return room, f"{file}.py"


def others_in_core() -> Iterator[tuple[Import, str, str, str, str]]:
    """Imports from room to room: the import, its room and file, the other room and file."""
    for one in ours("core"):
        if one.parts[0] == "core":
            (room, file), (other, other_file) = place(one.path), target(one)
            if room != other:
                yield one, room, file, other, other_file


def test_rooms_know_only_those_inwards() -> None:
    wrong = [
        str(one)
        for one, room, file, other, other_file in others_in_core()
        if other not in KNOWS[room]
        and not (file in EDGES and other in FIGURES | BOOKS | PAYING | SPEAKING | ANSWERING)
        and not (room == "client" and other_file == "model.py")
    ]
    assert wrong == []


def test_http_and_messaging_know_of_access_its_words_alone() -> None:
    wrong = [
        str(one)
        for one, room, _file, other, other_file in others_in_core()
        if room in ("http", "messaging") and other == "access" and other_file != "model.py"
    ]
    assert wrong == []


SHARES_NOTHING = {"forest", "kpis", "bonuses", "ranks", "live", "closing", "calendar", "catalog", "plan"}
"""What the second engine works out for itself: it reads even the plan alone."""


def test_the_second_engine_shares_nothing_with_the_first() -> None:
    second = ("core", "settlement", "second")
    wrong = [
        str(one)
        for one in ours("core/settlement/second")
        if (one.parts[0] == "core" and target(one)[0] in SHARES_NOTHING)
        or (one.parts[:2] == ["core", "settlement"] and tuple(one.parts[:3]) != second)
    ]
    assert wrong == []


def test_core_knows_nobody_outside_but_i18n() -> None:
    assert [str(one) for one in ours("core") if one.parts[0] not in ("core", "i18n")] == []


def test_i18n_knows_the_kernel_alone() -> None:
    wrong = [one for one in ours("i18n") if one.parts[0] != "i18n" and one.parts[:2] != ["core", "kernel"]]
    assert [str(one) for one in wrong] == []


@pytest.mark.parametrize("house", ["bot", "notifications"])
def test_bot_and_notifications_know_core_by_its_client_and_words(house: str) -> None:
    wrong = []
    for one in ours(house):
        parts = one.parts
        if parts[0] in (house, "i18n") or parts[:2] in (["core", "client"], ["core", "kernel"]):
            continue
        if parts[:2] == ["core", "settings"] or (parts[0] == "core" and target(one)[1] in WORDS):
            continue
        wrong.append(str(one))
    assert wrong == []


def test_rows_do_not_leave_their_room() -> None:
    wrong = [
        str(one)
        for one, room, _file, other, other_file in others_in_core()
        if other_file in ("tables.py", "store.py") and other != "db" and room not in WRITES_TABLES
    ]
    assert wrong == []


def test_words_import_words_alone() -> None:
    wrong = [
        str(one)
        for one, _room, file, other, other_file in others_in_core()
        if file in WORDS and other != "kernel" and other_file not in WORDS
    ]
    assert wrong == []


def test_rules_import_words_and_trees_alone() -> None:
    wrong = [
        str(one)
        for one, _room, file, other, other_file in others_in_core()
        if file == "rules.py" and other not in ("kernel", "forest") and other_file not in WORDS | {"rules.py"}
    ]
    assert wrong == []


KEEPS_MACHINE_CODE = ROOT / "core" / "forest" / "kernel.py"
"""The one file of the forest that touches a disk: compiled kernels are kept there between processes."""


def pure_files() -> list[Path]:
    pure = [path for path in files("core") if place(path)[0] == "forest" or place(path)[1] in WORDS | {"rules.py"}]
    return [path for path in pure if path != KEEPS_MACHINE_CODE]


def test_words_rules_and_trees_do_no_io() -> None:
    wrong = [str(one) for path in pure_files() for one in imports_of(path) if one.parts[0] in IO_MODULES]
    assert wrong == []


def test_words_rules_and_trees_have_no_clock_and_wait_for_nobody() -> None:
    wrong = []
    for path in pure_files():
        for node in nodes(path):
            if isinstance(node, ast.AsyncFunctionDef):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} waits")
            elif isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} asks the clock")
    assert wrong == []


def test_services_never_commit() -> None:
    wrong = []
    for path in files("core"):
        if place(path)[1] != "service.py":
            continue
        wrong += [
            f"{path.relative_to(ROOT)}:{node.lineno}"
            for node in nodes(path)
            if isinstance(node, ast.Attribute) and node.attr == "commit"
        ]
    assert wrong == []


def test_the_database_is_not_begun_by_bot_or_notifications() -> None:
    wrong = [
        str(one)
        for path in files("bot", "notifications")
        for one in imports_of(path)
        if one.parts[0] in ("sqlalchemy", "sqlmodel", "asyncpg", "aiosqlite")
    ]
    assert wrong == []


def test_broad_excepts_stand_at_three_edges() -> None:
    jobs = {"notifications/delivery.py", "core/points/job.py", "core/outreach/job.py"}
    edges = {"core/http/observe.py", "bot/errors.py", *jobs}
    found = set()
    for path in files("bot", "core", "i18n", "notifications"):
        for node in nodes(path):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            )
            if broad:
                found.add(path.relative_to(ROOT).as_posix())
    assert found <= edges


def test_files_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files("bot", "core", "i18n", "notifications")
        if "versions" not in path.parts and (lines := path.read_text().count("\n")) > 300
    }
    assert long == {}


def test_functions_stay_small() -> None:
    long = {}
    for path in files("bot", "core", "i18n", "notifications"):
        if "versions" in path.parts:
            continue
        for node in nodes(path):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 60:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}
