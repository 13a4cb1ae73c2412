"""Members of staff in chat: how they link their account of the messenger, and what that is worth."""

from datetime import timedelta

import pytest

from core.access import authentication, members, service
from core.access.model import LinkTokenInvalid, Role, StaffUnknown
from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.http.app import App
from tests.core.http import sample
from tests.support.api import SERVICE_KEY, Api, Asker

DORA, EVE = 501, 502
on_sqlite = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


@pytest.fixture
def app(database: Database) -> App:
    """This room and the sample's operations."""
    from core.access.api import routes

    known = authentication.Authentication(database, SERVICE_KEY)
    app = App(database, known)
    app.provide(authentication.Authentication, known)
    app.provide(sample.Part, sample.Part())
    app.add(routes)
    app.add(sample.routes)
    return app


def member(api: Api, user: int) -> Asker:
    return Asker(api.client, {"Authorization": f"Bearer {SERVICE_KEY}", "X-Member": str(user)})


async def token_of(database: Database, name: str, role: Role | None = Role.SUPPORT) -> str:
    async with database.begin() as uow:
        if role is not None:
            await service.add_staff(uow, name, role)
        token = await members.make_link_token(uow, name)
        await uow.commit()
    return token.token


async def link(api: Api, user: int, token: str) -> str | None:
    return (await api.chat(user).post("/v1/links/staff", {"token": token})).code


@on_sqlite
async def test_a_linked_member_works_with_the_rights_of_her_role(api: Api) -> None:
    assert (await member(api, DORA).get("/v1/staff/me")).code == "permission_missing"
    assert await link(api, DORA, await token_of(api.database, "dora")) is None
    me = (await member(api, DORA).get("/v1/staff/me")).body
    assert (me["name"], me["role"]) == ("dora", "support")
    assert "answer_tickets" in me["permissions"]
    assert "approve_settlement" not in me["permissions"]
    assert [one["name"] for one in (await member(api, DORA).get("/v1/staff")).body] == ["dora"]


@on_sqlite
async def test_only_a_service_names_a_member(api: Api) -> None:
    await link(api, DORA, await token_of(api.database, "dora"))
    stranger = Asker(api.client, {"Authorization": "Bearer guessed", "X-Member": str(DORA)})
    assert (await stranger.get("/v1/staff/me")).code == "not_authenticated"
    assert (await Asker(api.client, {"X-Member": str(DORA)}).get("/v1/staff/me")).code == "not_authenticated"
    nonsense = Asker(api.client, {"Authorization": f"Bearer {SERVICE_KEY}", "X-Member": "dora"})
    assert (await nonsense.get("/v1/staff/me")).code == "not_authenticated"


@on_sqlite
async def test_a_member_has_no_rights_of_the_service_that_speaks_for_her(api: Api) -> None:
    await link(api, DORA, await token_of(api.database, "dora"))
    for user in (DORA, EVE):
        assert (await member(api, user).post("/v1/links/tidy")).code == "permission_missing"
        assert (await member(api, user).delete("/v1/me/link")).code == "permission_missing"


async def test_a_token_links_once_and_one_account(api: Api) -> None:
    token = await token_of(api.database, "dora")
    assert await link(api, DORA, token) is None
    assert await link(api, DORA, token) is None, "the same account again is no error"
    assert await link(api, EVE, token) == "link_token_invalid"
    assert (await member(api, DORA).delete("/v1/staff/me/chat")).status == 204
    assert (await member(api, DORA).get("/v1/staff/me")).code == "permission_missing"
    assert await link(api, DORA, token) == "link_token_invalid", "it linked once, and that is over"


@on_sqlite
async def test_a_group_links_nobody_and_guessing_ends(api: Api) -> None:
    token = await token_of(api.database, "dora")
    assert await link(api, -100, token) == "chat_missing"
    found = [await link(api, EVE, f"guess-{number}-guess-guess") for number in range(6)]
    assert found == ["link_token_invalid"] * 5 + ["too_many_attempts"]


async def test_a_new_account_takes_over_and_the_old_one_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication, "STAFF_LIFE_S", 0.0)
    await link(api, DORA, await token_of(api.database, "dora"))
    await link(api, EVE, await token_of(api.database, "dora", None))
    assert (await member(api, DORA).get("/v1/staff/me")).code == "permission_missing"
    assert (await member(api, EVE).get("/v1/staff/me")).body["name"] == "dora"
    assert await told(api.database) == [(DORA, {"staff": True})]


@on_sqlite
async def test_a_member_who_is_removed_loses_her_chat(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication, "STAFF_LIFE_S", 0.0)
    token = await token_of(api.database, "dora")
    unused = await token_of(api.database, "eve")
    await link(api, DORA, token)
    async with api.database.begin() as uow:
        await service.remove_staff(uow, "dora")
        await service.remove_staff(uow, "eve")
        await uow.commit()
    assert (await member(api, DORA).get("/v1/staff/me")).code == "permission_missing"
    assert await link(api, DORA, token) == "link_token_invalid"
    assert await link(api, EVE, unused) == "link_token_invalid"


@on_sqlite
async def test_a_person_may_be_staff_beside(api: Api) -> None:
    from tests.core.access.conftest import enrol

    async with api.database.begin() as uow:
        ana = await enrol(uow, "ana")
        await uow.commit()
    asker = await api.person(ana, DORA)
    await link(api, DORA, await token_of(api.database, "dora"))
    assert (await asker.get("/t/me")).body == {"n": ana}
    assert (await member(api, DORA).get("/v1/staff/me")).body["name"] == "dora"


@on_sqlite
async def test_a_token_is_old_after_a_day(uow: UnitOfWork, monkeypatch: pytest.MonkeyPatch) -> None:
    await service.add_staff(uow, "dora", Role.SUPPORT)
    token = await members.make_link_token(uow, "dora")
    assert token.expires_at == uow.now + timedelta(hours=24)
    monkeypatch.setattr(uow, "now", token.expires_at)
    with pytest.raises(LinkTokenInvalid):
        await members.link(uow, token.token, DORA)
    await service.tidy(uow)
    with pytest.raises(StaffUnknown):
        await members.make_link_token(uow, "nobody")


async def told(database: Database) -> list[tuple[int, dict[str, object]]]:
    """To which chats the outbox has a word for somebody's safety."""
    from sqlmodel import select

    from core.messaging.tables import OutboxRow

    async with database.read() as questions:
        rows = await questions.session.exec(select(OutboxRow).where(OutboxRow.kind == members.CHAT_MOVED))
        return [(row.chat_id or 0, row.facts) for row in rows]
