from datetime import timedelta

import pytest
from sqlalchemy import text

from core.access import rules, service, store
from core.access.model import (
    AlreadyLinked,
    ChatLinked,
    ChatUnlinked,
    LinkTokenInvalid,
    Permission,
    PermissionMissing,
    PhoneAmbiguous,
    PhoneUnknown,
    Role,
    StaffNameTaken,
    StaffUnknown,
    TooManyAttempts,
)
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from tests.core.access.conftest import enrol

CHAT, OTHER = 5_000_000_001, 5_000_000_002


async def messages(uow: UnitOfWork) -> list[tuple[str, int]]:
    rows = await uow.connection.execute(text("SELECT kind, chat_id FROM outbox"))
    return [(row.kind, row.chat_id) for row in rows]


async def test_a_token_links_the_chat_that_brings_it(uow: UnitOfWork, ana: PersonId) -> None:
    token = await service.make_link_token(uow, ana)
    link = await service.link_by_token(uow, token.token, CHAT)
    assert (link.person, link.chat) == (ana, CHAT)
    assert await store.link_of_chat(uow, CHAT) == link
    assert uow.emitted == [ChatLinked(person=ana, chat=CHAT)]


async def test_a_token_is_long_random_and_fits_a_start_parameter(uow: UnitOfWork, ana: PersonId) -> None:
    tokens = {(await service.make_link_token(uow, ana)).token for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) == 22 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)


async def test_a_token_is_stored_as_a_hash_only(uow: UnitOfWork, ana: PersonId) -> None:
    token = await service.make_link_token(uow, ana)
    stored = (await uow.connection.execute(text("SELECT token_hash FROM link_token"))).scalar_one()
    assert bytes(stored) == rules.hashed(token.token)


async def test_the_same_chat_may_bring_its_token_again(uow: UnitOfWork, ana: PersonId) -> None:
    token = await service.make_link_token(uow, ana)
    first = await service.link_by_token(uow, token.token, CHAT)
    assert await service.link_by_token(uow, token.token, CHAT) == first


async def test_another_chat_may_not_bring_a_used_token(uow: UnitOfWork, ana: PersonId) -> None:
    token = await service.make_link_token(uow, ana)
    await service.link_by_token(uow, token.token, CHAT)
    with pytest.raises(LinkTokenInvalid):
        await service.link_by_token(uow, token.token, OTHER)


async def test_a_used_token_does_not_bring_an_ended_link_back(uow: UnitOfWork, ana: PersonId) -> None:
    token = await service.make_link_token(uow, ana)
    await service.link_by_token(uow, token.token, CHAT)
    await service.unlink(uow, CHAT)
    with pytest.raises(LinkTokenInvalid):
        await service.link_by_token(uow, token.token, CHAT)


async def test_a_token_ends_after_a_day(uow: UnitOfWork, ana: PersonId) -> None:
    token = await service.make_link_token(uow, ana)
    uow.now += timedelta(hours=24)
    with pytest.raises(LinkTokenInvalid):
        await service.link_by_token(uow, token.token, CHAT)


async def test_a_new_token_ends_the_one_before(uow: UnitOfWork, ana: PersonId) -> None:
    first = await service.make_link_token(uow, ana)
    await service.make_link_token(uow, ana)
    with pytest.raises(LinkTokenInvalid):
        await service.link_by_token(uow, first.token, CHAT)


@pytest.mark.parametrize("token", ["", "x", "é" * 30, "A" * 22, "A" * 5000])
async def test_a_token_that_nobody_made_links_nobody(uow: UnitOfWork, ana: PersonId, token: str) -> None:
    with pytest.raises(LinkTokenInvalid):
        await service.link_by_token(uow, token, CHAT)


async def test_whoever_is_moved_to_another_chat_is_told_in_the_old_one(uow: UnitOfWork, ana: PersonId) -> None:
    await service.link_by_token(uow, (await service.make_link_token(uow, ana)).token, CHAT)
    await service.link_by_token(uow, (await service.make_link_token(uow, ana)).token, OTHER)
    assert await store.link_of_chat(uow, CHAT) is None
    assert await messages(uow) == [(service.CHAT_MOVED, CHAT)]
    assert uow.emitted[-1] == ChatLinked(person=ana, chat=OTHER, moved_from=CHAT)


async def test_a_token_moves_a_chat_from_one_person_to_another(uow: UnitOfWork, ana: PersonId, luis: PersonId) -> None:
    await service.link_by_token(uow, (await service.make_link_token(uow, ana)).token, CHAT)
    await service.link_by_token(uow, (await service.make_link_token(uow, luis)).token, CHAT)
    assert await store.link_of_person(uow, ana) is None
    assert ChatUnlinked(person=ana, chat=CHAT) in uow.emitted


@pytest.mark.parametrize("written", ["34600000001", "+34600000001", "+34 600 000 001"])
async def test_own_phone_links(uow: UnitOfWork, ana: PersonId, written: str) -> None:
    assert (await service.link_by_phone(uow, written, CHAT)).person == ana


async def test_own_phone_again_is_the_same_link(uow: UnitOfWork, ana: PersonId) -> None:
    first = await service.link_by_phone(uow, "34600000001", CHAT)
    assert await service.link_by_phone(uow, "34600000001", CHAT) == first


@pytest.mark.parametrize("phone", ["34999999999", "", "+", "600000001"])
async def test_a_phone_that_nobody_has_links_nobody(uow: UnitOfWork, ana: PersonId, phone: str) -> None:
    with pytest.raises(PhoneUnknown):
        await service.link_by_phone(uow, phone, CHAT)


async def test_a_phone_that_two_people_have_links_nobody(uow: UnitOfWork, ana: PersonId) -> None:
    await enrol(uow, "ana's sister", "+34600000001")
    with pytest.raises(PhoneAmbiguous):
        await service.link_by_phone(uow, "34600000001", CHAT)


async def test_a_terminated_person_is_not_linked_by_phone(uow: UnitOfWork) -> None:
    await enrol(uow, "eva", "+34600000009", status="terminated")
    with pytest.raises(PhoneUnknown):
        await service.link_by_phone(uow, "34600000009", CHAT)


async def test_a_phone_does_not_take_an_account_from_another_chat(uow: UnitOfWork, ana: PersonId) -> None:
    await service.link_by_phone(uow, "34600000001", CHAT)
    with pytest.raises(AlreadyLinked):
        await service.link_by_phone(uow, "34600000001", OTHER)


async def test_a_phone_does_not_give_a_linked_chat_another_account(
    uow: UnitOfWork, ana: PersonId, luis: PersonId
) -> None:
    await service.link_by_phone(uow, "34600000001", CHAT)
    with pytest.raises(AlreadyLinked):
        await service.link_by_phone(uow, "34600000002", CHAT)


async def test_the_sixth_try_within_a_quarter_of_an_hour_must_wait(uow: UnitOfWork) -> None:
    for _ in range(rules.TRIES_MAX):
        await service.count_attempt(uow, CHAT)
    uow.now += timedelta(minutes=10)
    with pytest.raises(TooManyAttempts) as refused:
        await service.count_attempt(uow, CHAT)
    assert refused.value.facts == {"minutes": 5}
    await service.count_attempt(uow, OTHER)
    uow.now += timedelta(minutes=5)
    await service.count_attempt(uow, CHAT)


async def test_a_member_of_staff_is_known_by_her_token(uow: UnitOfWork) -> None:
    token = await service.add_staff(uow, "maria", Role.SUPPORT)
    found = await store.staff_by_token(uow, rules.hashed(token))
    assert found is not None
    assert found[1] is Role.SUPPORT
    assert [(name, role) for _number, name, role in await store.staff(uow)] == [("maria", Role.SUPPORT)]


async def test_a_removed_member_is_not_known_any_more(uow: UnitOfWork) -> None:
    token = await service.add_staff(uow, "maria", Role.SUPPORT)
    await service.remove_staff(uow, "maria")
    assert await store.staff_by_token(uow, rules.hashed(token)) is None
    with pytest.raises(StaffUnknown):
        await service.remove_staff(uow, "maria")


async def test_a_name_belongs_to_one_member_for_ever(uow: UnitOfWork) -> None:
    await service.add_staff(uow, "maria", Role.SUPPORT)
    with pytest.raises(StaffNameTaken):
        await service.add_staff(uow, "maria", Role.TREASURY)


async def test_tokens_and_tries_that_no_longer_count_are_forgotten(
    uow: UnitOfWork, ana: PersonId, luis: PersonId
) -> None:
    used, unused = await service.make_link_token(uow, ana), await service.make_link_token(uow, luis)
    await service.link_by_token(uow, used.token, CHAT)
    await service.count_attempt(uow, OTHER)
    await service.tidy(uow)
    assert (await service.link_by_token(uow, used.token, CHAT)).person == ana
    uow.now = unused.expires_at
    await service.tidy(uow)
    for table in ("link_token", "link_attempt"):
        assert (await uow.connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0


async def test_whoever_acts_by_the_command_line_is_staff_and_may_do_it(uow: UnitOfWork) -> None:
    await service.add_staff(uow, "tess", Role.TREASURY)
    assert (await service.acting(uow, "tess", Permission.MAKE_PAYMENTS)).startswith("staff:")
    with pytest.raises(PermissionMissing):
        await service.acting(uow, "tess", Permission.EDIT_BANK_ACCOUNTS)
    with pytest.raises(StaffUnknown):
        await service.acting(uow, "nobody", Permission.MAKE_PAYMENTS)
