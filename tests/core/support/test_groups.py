"""Which groups staff work in, and that only there a member has her rights."""

import pytest

from core.access import members
from core.access.model import Role
from tests.core.tickets.desks import Desk, asked
from tests.support.api import SERVICE_KEY, Asker

GROUP, OTHER, DORA, EVE = -100_500, -100_501, 501, 502
on_sqlite = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
pytestmark = on_sqlite


async def member(desk: Desk, user: int, role: Role | None, *, chat: int | None = None) -> Asker:
    """The bot in the name of an account, linked to a new member of staff where a role is given."""
    if role is not None:
        async with desk.api.database.begin() as uow:
            from core.access import service

            await service.add_staff(uow, f"member {user}", role)
            token = await members.make_link_token(uow, f"member {user}")
            await members.link(uow, token.token, user)
            await uow.commit()
    headers = {"Authorization": f"Bearer {SERVICE_KEY}", "X-Member": str(user)}
    return Asker(desk.api.client, headers | ({} if chat is None else {"X-Chat": str(chat)}))


async def test_who_may_registers_a_group_and_lets_it_go(desk: Desk) -> None:
    dora, eve = await member(desk, DORA, Role.SUPPORT), await member(desk, EVE, Role.AUDITOR)
    path = f"/v1/support/groups/{GROUP}"
    assert (await eve.put(path, {"forum": False, "language": "en"})).code == "permission_missing"
    assert (await desk.api.service().get(path)).code == "staff_group_unknown"
    assert (await dora.put("/v1/support/groups/77", {})).code == "request_invalid", "a person's chat is no group"
    for _ in range(2):
        group = await dora.put(path, {"forum": True, "language": "pt-BR"})
    assert (group.body["language"], [topic["queue"] for topic in group.body["topics"]]) == ("pt-BR", ["general"])
    state = (await desk.api.service().get(f"/v1/chats/{GROUP}/state")).body["state"]
    assert state == {"language": "pt-BR"}, "the worker writes there in this language"
    assert (await dora.put(f"{path}/topics/none", {"thread": 5})).code == "staff_queue_unknown"
    assert (await dora.put(f"{path}/topics/general", {"thread": 5})).body["topics"][0]["thread"] == 5
    assert [one["chat"] for one in (await dora.get("/v1/support/groups")).body] == [GROUP]
    assert (await dora.delete(path)).status == 204
    assert (await desk.api.service().get(path)).code == "staff_group_unknown"


ACTS = (
    ("GET", "/v1/tickets/{n}", None),
    ("GET", "/v1/tickets", None),
    ("GET", "/v1/support/terms", None),
    ("PATCH", "/v1/tickets/{n}", {"assignee": "me"}),
    ("PATCH", "/v1/tickets/{n}", {"priority": "urgent"}),
    ("PATCH", "/v1/tickets/{n}", {"state": "solved"}),
    ("POST", "/v1/tickets/{n}/answers", {"text": "hello"}),
    ("DELETE", "/v1/tickets/{n}/answers/1", None),
    ("POST", "/v1/tickets/{n}/notes", {"text": "hello"}),
    ("POST", "/v1/tickets/{n}/merge", {"into": 1002}),
    ("POST", "/v1/tickets", {"person": "maria", "type": "other", "text": "hello"}),
    ("GET", "/v1/canned-answers", None),
    ("PUT", "/v1/support/groups/-100600", {"forum": False, "language": "en"}),
    ("POST", "/v1/support/previews", {"ticket": 1001, "answer": 1, "chat": -5, "message": 5}),
    ("POST", "/v1/runs", {"cycle": "2026-09"}),
    ("POST", "/v1/runs/1/approve", None),
)  # fmt: skip


async def test_every_act_is_refused_to_who_may_not(desk: Desk) -> None:
    """Somebody who is not linked, a role without the permission, and a member in a group that is not the staff's."""
    number = await asked(desk.maria, "Where is my order?")
    before = (await desk.sam.get(f"/v1/tickets/{number}")).body
    nobody = await member(desk, 666, None)
    shop = await member(desk, EVE, Role.SHOP)
    elsewhere = await member(desk, DORA, Role.ADMINISTRATOR, chat=OTHER)
    for method, path, body in ACTS:
        for who in (nobody, shop, elsewhere):
            reply = await who.call(method, path.format(n=number), json=body)
            assert (reply.status, reply.code) == (403, "permission_missing"), (method, path)
    assert (await desk.sam.get(f"/v1/tickets/{number}")).body == before


async def test_a_member_works_in_the_staffs_group_by_her_role(desk: Desk) -> None:
    number = await asked(desk.maria, "Where is my order?")
    dora = await member(desk, DORA, Role.SUPPORT)
    await dora.put(f"/v1/support/groups/{GROUP}", {"forum": False, "language": "en"})
    there = await member(desk, DORA, None, chat=GROUP)
    taken = await there.patch(f"/v1/tickets/{number}", {"assignee": "me"})
    assert taken.body["ticket"]["assignee"] == f"member {DORA}"
    assert (await there.post("/v1/runs", {"cycle": "2026-09"})).code == "permission_missing"
    assert (await there.get("/v1/support/terms")).body["states"][0]["code"] == "at_warehouse"


async def test_a_preview_stands_where_staff_work_or_in_the_private_chat_of_who_answers(desk: Desk) -> None:
    """Else a member could have the bot write over its messages in anybody's chat."""
    dora = await member(desk, DORA, Role.SUPPORT)
    await dora.put(f"/v1/support/groups/{GROUP}", {})
    number = await asked(desk.maria, "Where is it?")
    answer = (await dora.post(f"/v1/tickets/{number}/answers", {"text": "Here"})).body["id"]
    codes = [
        (await dora.post("/v1/support/previews", {"ticket": number, "answer": answer, "chat": chat, "message": 7})).code
        for chat in (1, EVE, OTHER, GROUP, DORA)
    ]
    assert codes == ["staff_group_unknown"] * 3 + [None] * 2
