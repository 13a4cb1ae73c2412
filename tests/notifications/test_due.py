"""What `python -m notifications due` prints."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from core.messaging.model import OutboxState
from core.outreach.model import Due, DueMessage
from notifications import __main__ as command
from notifications.due import table
from tests.support.core_stand_in import BOT_KEY, refused, running_core

AT = datetime(2026, 11, 27, 17, tzinfo=UTC)


def message(**more: Any) -> DueMessage:
    known = {
        "kind": "month_end",
        "slot": "month_end/Europe/Berlin/2026-11-27",
        "key": "month_end:7:month_end/Europe/Berlin/2026-11-27",
        "person": "MARIA",
        "name": "María",
        "state": OutboxState.WAITING,
        "not_before": datetime(2026, 11, 27, 16, tzinfo=UTC),
        "lapses_at": None,
        "facts": {"reason": "reach"},
    }
    return DueMessage.model_validate({**known, **more})


def test_the_table_tells_local_time_person_kind_why_and_whether_it_goes() -> None:
    withheld = message(
        person="JUAN",
        name="J" * 40,
        kind="rank.progress",
        slot="rank.progress/2026-11-27T16:30Z",
        state=OutboxState.WITHHELD,
        facts={},
    )
    *rows, hidden, nothing, told = table(Due(at=AT, count=3, messages=(message(), withheld))).splitlines()
    assert [re.split("  +", row) for row in rows] == [
        ["local time", "person", "name", "kind", "why", "goes"],
        ["2026-11-27 17:00 CET", "MARIA", "María", "month_end", "month_end/Europe/Berlin/2026-11-27 (reach)", "yes"],
        ["2026-11-27 16:00 UTC", "JUAN", "J" * 27 + "…", "rank.progress", withheld.slot, "withheld"],
    ]
    assert len({row.index(word) for row, word in zip(rows, ("goes", "yes", "withheld"), strict=True)}) == 1
    assert (hidden, nothing) == ("… and 1 more.", "")
    assert told == "3 messages are due at 2026-11-27 17:00 UTC; nothing was sent. 1 of those listed would be withheld."


def test_where_nobody_is_due_that_is_said() -> None:
    assert table(Due(at=AT, count=0, messages=())) == "Nobody is due at 2026-11-27 17:00 UTC."


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (refused("kind_unknown", status=404, known=["month_end", "points.expiring"]), "month_end, points.expiring"),
        (refused("person_unknown", status=404), "Nobody has this code."),
        (refused("plan_missing"), "No plan is in force then."),
    ],
)
async def test_what_core_refuses_is_told_in_words(
    refusal: Any, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_core() as (core, url):
        core.refusing["/v1/outreach/due"] = refusal
        monkeypatch.setenv("CORE_URL", url)
        monkeypatch.setenv("SERVICE_KEY", BOT_KEY)
        given = command.parser().parse_args(["due", "--at", "2026-11-27T18:00", "--kind", "x", "--person", "P"])
        assert await command._tell_due(given) == 1
    assert told in capsys.readouterr().err


def test_without_core_the_command_says_where_it_looked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORE_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("SERVICE_KEY", BOT_KEY)
    assert command.main(["due"]) == 1
    assert "http://127.0.0.1:9" in capsys.readouterr().err


def test_what_is_no_time_is_not_taken() -> None:
    with pytest.raises(SystemExit):
        command.parser().parse_args(["due", "--at", "soon"])
