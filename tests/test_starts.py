"""What a start loads: who checks a plan, settles files or lists staff does not wait for what she does not use."""

from functools import cache
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, imports_of

DRIVERS = {"sqlalchemy", "sqlmodel", "alembic", "aiosqlite", "asyncpg"}
CALCULATES = {"numba", "polars"}
SPEAKS = {"aiohttp", "telegram", "structlog", "prometheus_client"}


@cache
def file_of(module: str) -> Path | None:
    """The source of a module of ours; None for what is none."""
    path = ROOT.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def loads(module: str) -> frozenset[str]:
    """What the source of a module of ours names at its top, so that it is loaded with it."""
    file, found = file_of(module), {module.rpartition(".")[0]}
    assert file is not None, module
    for one in imports_of(file):
        if one.at_once:
            found |= {one.module, *(f"{one.module}.{name}" for name in one.names)}
    return frozenset(found - {""})


def loaded_with(module: str) -> dict[str, str]:
    """Every package of others that a start of `module` loads, with the way to it."""
    ways, todo = {module: module}, [module]
    others: dict[str, str] = {}
    while todo:
        now = todo.pop()
        for name in sorted(loads(now)):
            way = f"{ways[now]} → {name}"
            if file_of(name) is None:
                others.setdefault(name.partition(".")[0], way)
            elif name not in ways:
                ways[name] = way
                todo.append(name)
    return others


@pytest.mark.parametrize(
    ("module", "spared"),
    [
        ("core.__main__", DRIVERS | CALCULATES | SPEAKS | {"pydantic", "babel", "numpy", "uvloop"}),
        ("core.plan.commands", DRIVERS | CALCULATES | SPEAKS),
        ("core.settlement.commands", DRIVERS | SPEAKS),
        ("core.settlement.files.commands", DRIVERS | {"numba"} | SPEAKS),
        ("core.db.commands", CALCULATES | SPEAKS),
        ("core.access.commands", CALCULATES | SPEAKS | {"alembic"}),
        ("core.outreach.commands", CALCULATES | SPEAKS | {"alembic"}),
        ("bot.__main__", DRIVERS | CALCULATES | SPEAKS | {"pydantic", "babel", "numpy"}),
        ("bot.app", DRIVERS | CALCULATES),
        ("notifications.app", DRIVERS | CALCULATES | {"telegram", "numpy"}),
        ("bot.sandbox.app", DRIVERS | CALCULATES | {"telegram", "numpy"}),
    ],
)
def test_a_start_spares_what_it_does_not_use(module: str, spared: set[str]) -> None:
    found = loaded_with(module)
    assert {name: way for name, way in found.items() if name in spared} == {}


def test_ways_are_found_where_there_are_some() -> None:
    found = loaded_with("core.app")
    assert {"sqlalchemy", "numba", "polars", "aiohttp", "babel"} <= found.keys()
    assert found["numba"].endswith("core.forest.kernel → numba")


def test_all_tests_fork_from_one_parent() -> None:
    """A process has one fork server, which loads what was asked for last: another list takes its place."""
    asking = {path for path in (ROOT / "tests").rglob("*.py") if ".set_forkserver_preload" in path.read_text("utf-8")}
    assert asking - {Path(__file__)} == {ROOT / "tests/support/children.py"}
