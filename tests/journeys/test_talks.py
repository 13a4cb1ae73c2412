"""The conversation of docs/transcripts against the real core: every act is answered, and Telegram has no complaint."""

from pathlib import Path

import pytest

from i18n.languages import LANGUAGES
from tests.support.talks import month, scenes

pytestmark = pytest.mark.processes


def test_transcripts_are_kept_in_every_language() -> None:
    assert set(scenes.LANGUAGES) == set(LANGUAGES)


async def test_every_act_is_answered_and_nothing_is_sent_that_telegram_refuses(
    demo_company: Path, tmp_path: Path
) -> None:
    played = await scenes.play_all(tmp_path, ("en",), demo_company / "upline.db")
    assert played.faults == []
    assert played.silent == []
    assert "something went wrong" not in played.texts["en"]


async def test_a_month_tells_what_is_true_when_it_goes_and_keeps_her_evening(
    demo_company: Path, tmp_path: Path
) -> None:
    played = await month.play_months(tmp_path, ("en",), demo_company / "upline.db")
    told = played.texts["month.en"]
    assert played.faults == []
    assert played.silent == []
    before, _, last_hours = told.partition(", 17:00: the last hours")
    assert "Only 2 things are missing for Platinum" in before
    assert "missing for Platinum" not in last_hours, "the last nudge had become untrue"
    for heard in (
        "of your customers have gone quiet",
        "Order W-5002 is on its way",
        "nothing reaches you but a word for your account",
        "Winter meeting",
        "Your figures are now enough for Platinum",
        "You're Platinum now",
        "Your statement for November 2026 is ready",
        "was paid to you on",
    ):
        assert heard in told, heard
