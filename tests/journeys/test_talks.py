"""The conversation of docs/transcripts against the real core: every act is answered, and Telegram has no complaint."""

from pathlib import Path

import pytest

from i18n.languages import LANGUAGES
from tests.support.talks import scenes

pytestmark = pytest.mark.processes


def test_transcripts_are_kept_in_every_language() -> None:
    assert set(scenes.LANGUAGES) == set(LANGUAGES)


async def test_every_act_is_answered_and_nothing_is_sent_that_telegram_refuses(tmp_path: Path) -> None:
    played = await scenes.play_all(tmp_path, ("en",))
    assert played.faults == []
    assert played.silent == []
    assert "something went wrong" not in played.texts["en"]
