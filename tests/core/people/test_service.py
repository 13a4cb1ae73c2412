from datetime import date
from typing import Any

import pytest

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service
from core.people.model import (
    CodeTaken,
    EmailInvalid,
    Kind,
    NewPerson,
    OwnSettings,
    PersonChanged,
    PersonUnknown,
    PhoneInvalid,
    SettingInvalid,
    Status,
    StatusRefused,
)


def newcomer(code: str = "D1", **changes: object) -> NewPerson:
    values: dict[str, object] = {
        "code": code,
        "sponsor": None,
        "name": "Ana Gómez",
        "joined_on": date(2026, 1, 5),
        "country": "ES",
        "language": "es",
    }
    return NewPerson.model_validate(values | changes)


async def test_a_person_is_found_by_her_code_as_she_was_written(uow: UnitOfWork) -> None:
    await service.add(uow, newcomer(phone="612 34 56 78", email="ana@example.com", kind=Kind.CUSTOMER))
    ana = await service.by_code(uow, "D1")
    assert (ana.name, ana.kind, ana.status, ana.phone) == (
        "Ana Gómez",
        Kind.CUSTOMER,
        Status.ACTIVE,
        "+34612345678",
    )
    assert (ana.language_chosen, ana.notifications, ana.joined_on) == (False, True, date(2026, 1, 5))


async def test_a_code_names_one_person(uow: UnitOfWork) -> None:
    await service.add(uow, newcomer())
    with pytest.raises(CodeTaken):
        await service.add(uow, newcomer(name="Somebody Else"))
    assert (await service.by_code(uow, "D1")).name == "Ana Gómez"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"email": "nowhere"}, EmailInvalid),
        ({"phone": "1"}, PhoneInvalid),
        ({"country": "Spain"}, SettingInvalid),
        ({"language": "?"}, SettingInvalid),
        ({"time_zone": "Mars/Base"}, SettingInvalid),
    ],
)
async def test_what_cannot_be_true_of_a_person_is_refused(
    uow: UnitOfWork, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await service.add(uow, newcomer(**changes))


async def test_nobody_is_told_as_unknown(uow: UnitOfWork) -> None:
    with pytest.raises(PersonUnknown) as refused:
        await service.by_code(uow, "D404")
    assert refused.value.facts == {"person": "D404"}
    with pytest.raises(PersonUnknown):
        await service.profile(uow, PersonId(404))


async def test_a_language_that_she_names_is_her_own_choice(uow: UnitOfWork) -> None:
    ana = await service.add(uow, newcomer())
    changed = await service.change_settings(uow, ana, OwnSettings(language="de", notifications=False))
    assert (changed.language, changed.language_chosen, changed.notifications) == ("de", True, False)
    assert uow.emitted == [PersonChanged(person=ana, person_id=ana)]


async def test_settings_that_change_nothing_are_no_event(uow: UnitOfWork) -> None:
    ana = await service.add(uow, newcomer())
    await service.change_settings(uow, ana, OwnSettings())
    assert uow.emitted == []


@pytest.mark.parametrize("settings", [OwnSettings(language="nb"), OwnSettings(time_zone="Mars/Base")])
async def test_a_setting_that_we_cannot_use_is_refused(uow: UnitOfWork, settings: OwnSettings) -> None:
    ana = await service.add(uow, newcomer())
    with pytest.raises(SettingInvalid):
        await service.change_settings(uow, ana, settings)


async def test_cards_of_many_come_by_number_and_leave_out_the_unknown(uow: UnitOfWork) -> None:
    numbers = [await service.add(uow, newcomer(f"D{n}")) for n in range(3)]
    found = await service.cards(uow, [*numbers, PersonId(404)])
    assert {number: card.code for number, card in found.items()} == dict(zip(numbers, ("D0", "D1", "D2"), strict=True))
    assert await service.ids_of(uow, ["D1", "D404"]) == {"D1": numbers[1]}


async def test_search_puts_the_exact_code_first_and_takes_signs_literally(uow: UnitOfWork) -> None:
    await service.add(uow, newcomer("D1", name="Zoe 100%"))
    await service.add(uow, newcomer("D11", name="Anton"))
    await service.add(uow, newcomer("D2", name="Bea", email="d1@example.com"))
    assert [card.code for card in await service.search(uow, "d1")] == ["D1", "D11", "D2"]
    assert [card.code for card in await service.search(uow, "100%")] == ["D1"]
    assert [card.code for card in await service.search(uow, "_")] == []
    assert await service.search(uow, "  ") == []


async def test_a_name_is_found_whatever_capitals_and_accents_are_typed(uow: UnitOfWork) -> None:
    angela = await service.add(uow, newcomer("D1", name="Ángela Muñoz"))
    zoe = await service.add(uow, newcomer("D2", name="ZOË"))
    for typed in ("ÁNGELA", "ángela", "angela", "MUÑOZ", "munoz"):
        assert [card.code for card in await service.search(uow, typed)] == ["D1"]
        assert await service.named(uow, typed) == await service.named(uow, typed, [zoe, angela]) == [angela]
    assert await service.named(uow, "\u0301") == []
    await service.record_details(uow, zoe, {"name": "Chloé"})
    assert (await service.named(uow, "zoe"), await service.named(uow, "CHLOE")) == ([], [zoe])


async def test_pages_go_by_code(uow: UnitOfWork) -> None:
    for code in ("C", "A", "B"):
        await service.add(uow, newcomer(code))
    first = await service.page(uow, after="", limit=2)
    rest = await service.page(uow, after=first[-1].code, limit=2)
    assert [card.code for card in first + rest] == ["A", "B", "C"]


async def test_a_suspended_person_can_resume_but_a_terminated_one_cannot(uow: UnitOfWork) -> None:
    ana = await service.add(uow, newcomer())
    await service.suspend(uow, "D1")
    assert (await service.profile(uow, ana)).status is Status.SUSPENDED
    await service.resume(uow, "D1")
    await service.record_status(uow, ana, Status.TERMINATED)
    with pytest.raises(StatusRefused):
        await service.resume(uow, "D1")


async def test_of_two_who_take_a_code_at_once_one_is_refused(database: Database) -> None:
    async with database.begin() as first:
        await service.add(first, newcomer())
        await first.commit()
    async with database.begin() as second:
        with pytest.raises(CodeTaken):
            await service.add(second, newcomer())
