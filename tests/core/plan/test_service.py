from datetime import UTC, date, datetime

import pytest

from core.db.unit_of_work import UnitOfWork
from core.plan import service
from core.plan.model import PlanActivated, PlanFaulty, PlanMissing, PlanStartTaken, PlanVersionTaken
from core.plan.reading import example
from tests.core.plan.plans import SMALL, spoilt

SECOND = spoilt('version = "1"', 'version = "2"')


async def test_a_version_is_in_force_from_its_first_company_midnight(uow: UnitOfWork) -> None:
    version = await service.activate(uow, SMALL, date(2026, 7, 1))
    assert version.valid_from == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert [event.model_dump() for event in uow.emitted] == [
        PlanActivated(code="small", version="1", valid_from=version.valid_from.isoformat()).model_dump()
    ]


async def test_each_moment_has_the_version_that_began_last(uow: UnitOfWork) -> None:
    await service.activate(uow, SMALL, date(2026, 7, 1))
    await service.activate(uow, SECOND, date(2026, 9, 1))
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (8, 9, 10)]
    assert [(await service.plan_in_force(uow, moment)).version for moment in moments] == ["1", "2", "2"]


async def test_what_lies_before_the_first_version_is_judged_by_it(uow: UnitOfWork) -> None:
    await service.activate(uow, SECOND, date(2026, 9, 1))
    await service.activate(uow, SMALL, date(2026, 7, 1))
    assert (await service.plan_in_force(uow, datetime(2011, 1, 1, tzinfo=UTC))).version == "1"


async def test_without_any_version_there_is_no_plan(uow: UnitOfWork) -> None:
    with pytest.raises(PlanMissing):
        await service.plan_in_force(uow, uow.now)


async def test_a_plan_with_faults_is_never_stored(uow: UnitOfWork) -> None:
    with pytest.raises(PlanFaulty) as refused:
        await service.activate(uow, spoilt('"EUR"', '"EURO"'))
    assert refused.value.facts == {"faults": 1}
    with pytest.raises(PlanMissing):
        await service.card(uow)


async def test_the_same_text_from_the_same_day_changes_nothing(uow: UnitOfWork) -> None:
    first = await service.activate(uow, SMALL, date(2026, 7, 1))
    assert await service.activate(uow, SMALL, date(2026, 7, 1)) == first
    assert len(uow.emitted) == 1


async def test_a_version_cannot_stand_for_two_texts(uow: UnitOfWork) -> None:
    await service.activate(uow, SMALL, date(2026, 7, 1))
    with pytest.raises(PlanVersionTaken):
        await service.activate(uow, spoilt("minimum = 50", "minimum = 60"), date(2026, 8, 1))


async def test_two_versions_cannot_begin_together(uow: UnitOfWork) -> None:
    await service.activate(uow, SMALL, date(2026, 7, 1))
    with pytest.raises(PlanStartTaken):
        await service.activate(uow, SECOND, date(2026, 7, 1))


async def test_staff_see_text_and_all_versions(uow: UnitOfWork) -> None:
    await service.activate(uow, SMALL, date(2026, 7, 1))
    await service.activate(uow, SECOND, date(2027, 1, 1))
    card = await service.card(uow)
    assert (card.text, card.in_force.version) == (SMALL, "1")
    assert [version.version for version in card.versions] == ["2", "1"]


async def test_the_chat_learns_words_but_no_thresholds(uow: UnitOfWork) -> None:
    await service.activate(uow, example("demo"), date(2025, 1, 1))
    words = await service.words(uow)
    assert [rank.code for rank in words.ranks] == ["bronze", "silver", "gold", "platinum", "diamond", "executive"]
    assert words.ranks[4].name["es"] == {"one": "Diamante", "other": "Diamantes"}
    assert "minimum" not in words.model_dump_json()


async def test_a_company_without_a_plan_gets_the_default_in_its_own_currency(uow: UnitOfWork) -> None:
    plan, activated = await service.ensure_plan(uow, "GBP", date(2009, 1, 1))
    assert (activated, plan.currency, plan.volume.currency) == (True, "GBP", "GBP")
    again, activated_again = await service.ensure_plan(uow, "USD", date(2009, 1, 1))
    assert (activated_again, again.currency) == (False, "GBP")
