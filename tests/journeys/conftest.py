"""The company that journeys play in, made once for all of them."""

import asyncio
from pathlib import Path

import pytest

from tests.support.processes import command

TODAY = "2026-11-22"
PEOPLE = 800
"""Enough for a month's heroine; the founding takes as long with fewer."""


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of processes whose company lies in a folder."""
    return {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'upline.db'}",
        "CLOCK_START": f"{TODAY}T15:00:00+00:00",
    }


@pytest.fixture(scope="session")
def demo_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with its database and, as JSON, whom one can chat as; a test works on a copy."""
    folder = tmp_path_factory.mktemp("demo")
    asyncio.run(_found(folder))
    return folder


async def _found(folder: Path) -> None:
    environ = surroundings(folder)
    await command(["migrate"], environ)
    await command(["demo", "--people", str(PEOPLE), "--today", TODAY], environ)
    (folder / "people.json").write_text(await command(["demo-people"], environ), encoding="utf-8")
