"""The command line as a person types it."""

import argparse
import asyncio
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from core.__main__ import COMMANDS, NICENESS, give_way, main, parser
from core.commands import a_currency, a_day, a_reason
from core.db.database import Database
from core.kernel.clock import Clock
from core.kernel.ids import PersonId
from core.kernel.logs import configure
from core.messaging import outbox
from core.people.tables import PersonRow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def quiet() -> Iterator[None]:
    """A service that begins in this process writes logs, and so would the tests after it."""
    yield
    configure("test", level=logging.ERROR)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database that does not exist yet, as the environment gives it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'upline.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def commands(of: argparse.ArgumentParser) -> set[str]:
    [subparsers] = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    return set(subparsers.choices)


def test_every_command_of_every_room_is_known_by_its_name() -> None:
    rooms = {f"core.{path.parent.name}.commands" for path in ROOT.glob("core/*/commands.py")}
    others = {"core.serving", "core.settlement.files.commands"}
    assert rooms | others == {command.module for command in COMMANDS.values()}
    assert commands(parser()) == set(COMMANDS)
    assert all(word in commands(parser(word)) for word in COMMANDS)


@pytest.mark.parametrize(
    ("argument", "said", "meant"),
    [
        (a_currency, "eur", "EUR"),
        (a_day, "2026-12-10", date(2026, 12, 10)),
        (a_reason, " Phone bill ", "Phone bill"),
    ],
)
def test_an_argument_is_taken_as_people_write_it(argument: Callable[[str], object], said: str, meant: object) -> None:
    assert argument(said) == meant


@pytest.mark.parametrize(
    ("argument", "said", "told"),
    [
        (a_currency, "EURO", '"EURO" is no currency; give its three letters, such as EUR'),
        (a_day, "tomorrow", '"tomorrow" is no day; write one such as 2026-12-10'),
        (a_reason, "  ", "say why, in at most 200 letters"),
        (a_reason, "x" * 201, "say why, in at most 200 letters"),
    ],
)
def test_a_wrong_argument_is_told_in_plain_words(argument: Callable[[str], object], said: str, told: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=f"^{re.escape(told)}$"):
        argument(said)


def test_a_new_database_is_made_and_then_left_alone(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "up to date now" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "already" in capsys.readouterr().out


def test_a_database_that_is_not_up_to_date_is_named_with_the_remedy(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["staff", "list"]) == 2
    assert "python -m core migrate" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["sqlite+aiosqlite:////proc/no/such.db", "postgresql+asyncpg://u@127.0.0.1:9/none"])
def test_a_database_that_cannot_be_reached_is_told_by_its_variable(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err.startswith("DATABASE_URL ")


@pytest.mark.usefixtures("quiet")
def test_a_port_that_is_taken_is_told_by_its_variable(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["migrate"])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        monkeypatch.setenv("SERVICE_KEY", "a-service-key-for-tests")
        assert main(["serve"]) == 2


def test_a_member_of_staff_gets_her_token_once(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    capsys.readouterr()
    assert main(["staff", "add", "maria", "--role", "support"]) == 0
    [token] = capsys.readouterr().out.split()
    assert len(token) == 43
    assert main(["staff", "add", "maria", "--role", "support"]) == 1
    assert token not in capsys.readouterr().err
    assert main(["staff", "list"]) == 0
    assert capsys.readouterr().out == "maria\tsupport\n"
    assert main(["staff", "link", "maria"]) == 0
    told = capsys.readouterr().out
    start = re.search(r"^start (m_[A-Za-z0-9-]{22})$", told, re.MULTILINE)
    assert start is not None and f"t.me/<bot>?start={start[1]}" in told
    assert main(["staff", "remove", "maria"]) == 0
    assert main(["staff", "link", "maria"]) == 1
    capsys.readouterr()
    assert main(["staff", "list"]) == 0
    assert capsys.readouterr().out == ""


def test_a_person_gets_a_link_and_its_start_parameter(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    asyncio.run(enrol(url))
    capsys.readouterr()
    assert main(["link", "ana"]) == 0
    token, start, link = capsys.readouterr().out.splitlines()
    assert token.removeprefix("token ") == start.removeprefix("start ")
    assert f"?start={start.removeprefix('start ')} " in link
    assert main(["link", "nobody"]) == 1


def test_staff_see_what_a_person_was_told_and_why(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    asyncio.run(enrol(url))
    capsys.readouterr()
    assert main(["messages", "ana"]) == 0
    assert capsys.readouterr().out == "Nothing was ever to be said to her.\n"
    asyncio.run(say(url, "month_end", "campaign:4"))
    assert main(["messages", "ana"]) == 0
    columns, row = capsys.readouterr().out.splitlines()
    assert columns.split() == ["number", "time", "kind", "state", "reason", "by", "tries", "because", "of", "tapped"]
    number, _day, _time, *rest = row.split()
    assert [number, *rest] == ["1", "month_end", "waits", "until", "0", "campaign:4"]
    assert main(["messages", "nobody"]) == 1


async def say(url: str, kind: str, occasion: str) -> None:
    database = Database(url, Clock())
    async with database.begin() as uow:
        await outbox.put(uow, "k", kind, PersonId(1), {}, occasion=occasion)
        await uow.commit()
    await database.close()


async def enrol(url: str) -> None:
    database = Database(url, Clock())
    async with database.begin() as uow:
        uow.session.add(
            PersonRow(
                code="ana",
                name="Ana",
                kind="distributor",
                status="active",
                joined_on=date(2026, 1, 1),
                country="ES",
                language="es",
            )
        )
        await uow.commit()
    await database.close()


def test_a_wrong_setting_stops_the_command_and_is_named(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert main(["migrate"]) == 2
    assert "PORT" in capsys.readouterr().err


def test_the_service_does_not_start_without_its_key(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SERVICE_KEY", raising=False)
    assert main(["serve"]) == 2
    assert "SERVICE_KEY" in capsys.readouterr().err


def test_every_command_leaves_the_processors_to_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered: list[int] = []
    monkeypatch.setattr(os, "nice", lowered.append)
    give_way(["serve"])
    assert lowered == []
    for words in (["payments", "make"], ["run", "work"], []):
        give_way(words)
    assert lowered == [NICENESS] * 3


def test_help_names_every_command_and_what_it_does() -> None:
    words = parser().format_help()
    for name in ("migrate", "serve", "staff", "link"):
        assert f"    {name} " in words


def test_a_reader_that_has_seen_enough_is_no_error(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after `| head`: no traceback, now or when Python ends."""
    assert main(["migrate"]) == 0
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", buffering=1) as gone:
        monkeypatch.setattr("sys.stdout", gone)
        assert main(["migrate"]) == 141
        gone.write("and this goes nowhere\n")
