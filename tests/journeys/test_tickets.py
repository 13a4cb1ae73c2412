"""A ticket's whole way between a person and staff, each process killed on it: nothing is lost, nothing comes twice."""

from pathlib import Path

import pytest

from tests.support.talks.house import house
from tests.support.talks.tickets import SHE, play

pytestmark = pytest.mark.processes

AGAIN = {"not_modified"}
"""An edit whose success the killed core never heard of is made once more."""


async def test_a_ticket_goes_its_way_though_every_process_is_killed(demo_company: Path, tmp_path: Path) -> None:
    async with house(tmp_path, demo_company) as here:
        story = await play(here, "es", brief=True)
        [ticket], said, _changes = story.stands
        faults = (await here.look("faults?all=1"))["faults"]
        hers = [one.get("text", "") for one in await here.messages(SHE)]
    words = story.words
    assert said == [
        ("in", words["complaint"]),
        ("in", words["caption"]),
        ("out", words["answer"]),
        ("in", words["more"]),
        ("out", words["proof"]),
        ("in", words["again"]),
    ]
    state, assignee, _priority, rating, _version = ticket
    assert (state, assignee, rating) == ("closed", "Noor", 5)
    for words_of_staff in ("answer", "proof"):
        assert sum(words[words_of_staff] in text and "💬" in text for text in hers) == 1, "each answer comes once"
    assert [fault for fault in faults if fault["rule"] not in AGAIN] == []
