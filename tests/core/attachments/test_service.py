from datetime import timedelta
from io import BytesIO

import pytest

from core.access.model import Role
from core.attachments import service
from core.attachments.model import (
    A_DAY_MAX,
    AttachmentEmpty,
    AttachmentTooLarge,
    AttachmentUnknown,
    TooManyAttachments,
)
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from tests.support.api import Api
from tests.support.clock import StillClock
from tests.support.planting import plant
from tests.support.samples import JPEG, PDF

ANA, BOB = "person:1", "person:2"


async def test_the_same_content_of_the_same_owner_is_stored_once(uow: UnitOfWork) -> None:
    first = await service.keep(uow, ANA, "foto.png", JPEG)
    assert (first.name, first.media_type, first.size) == ("foto.jpg", "image/jpeg", len(JPEG))
    assert await service.keep(uow, ANA, "foto.png", JPEG) == first
    other_name = await service.keep(uow, ANA, "again.jpg", JPEG)
    bobs = await service.keep(uow, BOB, "foto.png", JPEG)
    assert len({first.id, other_name.id, bobs.id}) == 3
    await service.forget(uow, [first.id])
    assert (await service.content(uow, other_name.id)).content == JPEG
    await service.forget(uow, [other_name.id])
    assert (await service.content(uow, bobs.id)).content == JPEG
    with pytest.raises(AttachmentUnknown):
        await service.content(uow, first.id)


async def test_nobody_attaches_what_somebody_else_sent(uow: UnitOfWork) -> None:
    mine, hers = await service.keep(uow, ANA, "", PDF), await service.keep(uow, BOB, "", PDF)
    assert await service.owned(uow, ANA, [mine.id, mine.id]) == (mine,)
    assert await service.owned(uow, ANA, []) == ()
    assert await service.some(uow, [hers.id, 10**6]) == {hers.id: hers}
    for number in (hers.id, 10**6):
        with pytest.raises(AttachmentUnknown) as refused:
            await service.owned(uow, ANA, [mine.id, number])
        assert refused.value.facts == {"attachment": number}


async def test_an_empty_and_a_large_file_are_refused(uow: UnitOfWork) -> None:
    with pytest.raises(AttachmentEmpty):
        await service.keep(uow, ANA, "a.jpg", b"")
    with pytest.raises(AttachmentTooLarge) as refused:
        await service.keep(uow, ANA, "a.jpg", JPEG + bytes(2**20), bytes_max=2**20)
    assert refused.value.facts == {"most_mb": 1}


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_one_owner_sends_so_many_files_a_day(database: Database, clock: StillClock) -> None:
    async with database.begin() as uow:
        for number in range(A_DAY_MAX):
            await service.keep(uow, ANA, "", b"note %d" % number)
        await service.keep(uow, ANA, "", b"note 1")  # known already
        await service.keep(uow, BOB, "", b"one more")
        with pytest.raises(TooManyAttachments) as refused:
            await service.keep(uow, ANA, "", b"one more")
        assert refused.value.facts == {"most": A_DAY_MAX}
        await uow.commit()
    clock.advance(timedelta(days=1))
    async with database.begin() as uow:
        assert (await service.keep(uow, ANA, "", b"one more")).size == 8


@pytest.mark.parametrize("dialect", ["sqlite"])
async def test_people_and_staff_send_files_ahead_of_their_words(api: Api) -> None:
    async with api.database.begin() as uow:
        ana = (await plant(uow, "Ana"))["Ana"]
        await uow.commit()
    person, support = await api.person(ana, chat=1), await api.staff(Role.SUPPORT)
    shop = await api.staff(Role.SHOP)
    sent = await person.post("/v1/me/attachments", data=JPEG, params={"name": "../año.gif"})
    assert (sent.status, sent.body["name"]) == (201, "año.gif.jpg")
    again = await person.post("/v1/me/attachments", data=JPEG, params={"name": "../año.gif"})
    assert again.body == sent.body
    assert (await support.post("/v1/attachments", data=JPEG)).body["id"] != sent.body["id"]
    assert (await person.post("/v1/me/attachments", data=b"MZ\0")).code == "attachment_type_refused"
    assert (await person.post("/v1/me/attachments")).code == "attachment_empty"
    assert (await person.post("/v1/me/attachments", data=BytesIO(bytes(20 * 2**20 + 1)))).code == "body_too_large"
    assert (await person.post("/v1/attachments", data=JPEG)).code == "permission_missing"
    assert (await shop.post("/v1/attachments", data=JPEG)).code == "permission_missing"
    assert (await api.chat(9).post("/v1/me/attachments", data=JPEG)).code == "chat_not_linked"
    async with api.core() as core:
        theirs = await core.for_chat(1).my_attachment("../año.gif", JPEG, idempotency_key="tg:1")
        large = await core.for_chat(1).my_attachment("", JPEG + bytes(3 * 2**20))
    assert theirs.model_dump() == sent.body
    assert large.size == len(JPEG) + 3 * 2**20
