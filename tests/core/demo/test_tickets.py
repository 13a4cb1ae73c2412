"""The demo's tickets: believable in five languages, played by the real services, in every phase."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from core.access.model import Role
from core.db.database import Database
from core.demo import tickets
from core.demo.stories import canned, moments, stories
from core.plan import service as plans
from core.plan.model import Phase, TicketsSpec
from core.tickets.rules.hours import worked
from tests.core.plan.plans import SMALL
from tests.support.api import Api
from tests.support.planting import plant

LANGUAGES = {"en", "es", "de", "pt-BR", "fr"}
TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASSIGN = """
    UPDATE person SET kind = 'distributor', phone = '+34' || id, language =
    CASE id % 5 WHEN 0 THEN 'en' WHEN 1 THEN 'es' WHEN 2 THEN 'de' WHEN 3 THEN 'pt-BR' ELSE 'fr' END
"""
PHASES = "SELECT phase, count(*) FROM ticket GROUP BY phase"
WAITING = "SELECT count(DISTINCT ticket) FROM ticket_news"


def test_stories_are_told_in_five_languages_and_so_is_what_staff_say_often() -> None:
    assert {story.language for story in stories()} == LANGUAGES
    assert min(Counter(story.language for story in stories()).values()) >= 7
    assert all(set(texts) == LANGUAGES for texts in canned().values())


def test_tickets_stand_in_every_phase() -> None:
    last = {
        (story.steps[-1].act, "solve" in story.steps[-1].more) if story.steps else ("new", False) for story in stories()
    }
    wanted = {"new", "note", "she", "rate", "answer", "priority"}
    assert wanted <= {act for act, _ in last}
    assert ("answer", True) in last


def test_nothing_happens_in_the_future_and_staff_work_in_working_hours() -> None:
    spec = TicketsSpec()
    for story in stories():
        happened = list(moments(story, spec, TODAY, TODAY))
        assert happened == sorted(happened)
        assert happened[-1] <= TODAY


def test_a_share_of_a_target_is_gone_now() -> None:
    spec = TicketsSpec()
    [near] = [story for story in stories() if story.share == 0.93]
    [begun] = moments(near, spec, TODAY, TODAY)
    first = spec.times["first_answer"]  # type: ignore[index]  # a StrEnum is its text
    assert first is not None
    assert abs(worked(spec.hours, begun, TODAY) / first - 0.93) < 0.001


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_the_services_play_the_stories(api: Api, database: Database) -> None:
    async with database.begin() as uow:
        await plans.activate(uow, SMALL)
        await plant(uow, "\n".join(f"P{number}" for number in range(25)))
        await uow.connection.execute(text(ASSIGN))
        await uow.commit()
    told = [story for story in stories() if story.language == "en" or story.incident]
    assert await tickets.play(database, TODAY, seed=7, told=told) == len(told)
    async with database.read() as questions:
        phases = {Phase(phase): count for phase, count in await questions.connection.execute(text(PHASES))}
        waiting = await questions.connection.scalar(text(WAITING))
    assert set(phases) == {Phase.NEW, Phase.WAITING_PERSON, Phase.WAITING_US, Phase.CLOSED}
    assert waiting == phases[Phase.NEW] + phases[Phase.WAITING_US]
    support = await api.staff(Role.SUPPORT)
    [incident] = (await support.get("/v1/incidents")).body["items"]
    assert (incident["state"], incident["tickets"], set(incident["title"])) == ("open", 2, LANGUAGES)
    [first, *_] = (await support.get("/v1/tickets", params={"order": "due"})).body["items"]
    seen = await support.get(f"/v1/tickets/{first['number']}")
    assert (seen.status, seen.body["ticket"]["number"]) == (200, first["number"])
