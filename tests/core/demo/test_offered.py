"""Whom the demonstration offers to chat as."""

from datetime import date

from core.db.unit_of_work import UnitOfWork
from core.demo.offered import offered
from core.demo.service import found
from core.plan.reading import check, example


async def test_heroines_come_first_and_then_every_language(uow: UnitOfWork) -> None:
    plan, problems = check(example("demo"))
    assert plan is not None, problems
    company = await found(uow, plan, size=900, seed=7, today=date(2026, 11, 22), tell=lambda _line: None)
    people = await offered(uow, 7)
    assert company.heroines
    assert tuple(person.code for person in people[: len(company.heroines)]) == company.heroines
    assert {"en", "es", "de", "pt-BR", "fr", "ar", "hi", "ja"} <= {person.language for person in people}
    assert len({person.phone for person in people}) == len(people)
    assert {person.kind for person in people} == {"distributor", "customer"}


async def test_nobody_is_offered_without_a_company(uow: UnitOfWork) -> None:
    assert await offered(uow, 7) == []
