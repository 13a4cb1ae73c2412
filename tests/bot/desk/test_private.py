"""A member's private chat: her desk, answers from there, and that nobody else gets anything of it."""

import pytest

from tests.bot.desk.stage import CARL, DORA, EVE, GROUP, MARIA, Stage, token_of
from tests.bot.desk.test_group import a_ticket, answers_of, ticket
from tests.core.tickets.desks import asked


async def test_the_desk_shows_what_waits_for_her_and_what_is_due_next(stage: Stage) -> None:
    first, card = await a_ticket(stage, "Where is my order?")
    second = await asked(stage.desk.maria, "And my points?")
    await stage.taps(DORA, f"sd:t:{second}", card)
    await stage.writes(DORA, "/desk", chat=DORA)
    desk = await stage.last(DORA)
    assert "Hello dora" in desk["text"] and "And my points?" in desk["text"] and "Where is my order?" in desk["text"]
    await stage.taps(DORA, "sq:all:", desk["message_id"], chat=DORA)
    assert "All open tickets" in (await stage.last(DORA))["text"]
    await stage.taps(DORA, f"sd:o:{first}", desk["message_id"], chat=DORA)
    assert f"*{first}*" in await stage.transcript(DORA)
    await stage.taps(DORA, f"sd:s:{first}:solved", desk["message_id"], chat=DORA)
    assert "State: solved" in (await stage.last(DORA))["text"]
    await stage.taps(DORA, f"sd:h:{first}", desk["message_id"], chat=DORA)
    history = (await stage.last(DORA))["text"].splitlines()[1:]
    assert [line.partition(" · ")[2] for line in history] == ["the person: opened new", "dora: state new → solved"]


async def test_a_reply_in_private_answers_with_a_preview_and_says_what_became_of_it(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    await stage.taps(CARL, f"sd:o:{number}", card)
    opened = (await stage.last(CARL))["message_id"]
    await stage.writes(CARL, "# Notiz für uns", to=opened, chat=CARL)
    await stage.writes(CARL, "Es kommt am Montag.", to=opened, chat=CARL)
    preview = await stage.last(CARL)
    assert (
        "→ maria Doe · Anfrage" in preview["text"] and "Du kannst sie noch 10 Sekunden zurücknehmen." in preview["text"]
    )
    await stage.later()
    assert "✅ maria Doe" in (await stage.last(CARL))["text"]
    assert await answers_of(stage, number) == ["Es kommt am Montag."]
    assert "Es kommt am Montag." in (await stage.last(MARIA))["text"]


async def test_a_forged_tap_or_reply_in_private_gets_nothing(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    before = await ticket(stage, number)
    await stage.sandbox.act(f"chats/{EVE}/start")
    await stage.quiet()
    mine = (await stage.last(EVE))["message_id"]
    acts = "sd:o:N sd:t:N sd:p:N sd:p:N:urgent sd:n:N sd:f:N sd:u:N:1 sd:c:N:monday sdk sq:all:"
    runs = "sr sra:1 sray:1 srp:1 srs:2026-09 si sio:1 sit:1:5"
    before_taps = await stage.says(EVE)
    for data in f"{acts} {runs}".replace("N", str(number)).split():
        answer = await stage.taps(EVE, data, mine, chat=EVE)
        assert answer["show_alert"] and "Only members of staff" in answer["text"], data
    assert await stage.says(EVE) == before_taps, "nothing on her screen has moved"
    for text in ("/desk", "/runs", "/incidents"):
        await stage.writes(EVE, text, chat=EVE)
        assert "Only members of staff" in (await stage.last(EVE))["text"]
    assert await ticket(stage, number) == before
    assert card


async def test_a_link_of_somebody_else_or_a_used_one_links_nobody(stage: Stage) -> None:
    await stage.sandbox.act(f"chats/{CARL}/start", payload="m_" + await token_of(stage.desk, "carl", None))
    await stage.writes(DORA, "/desk")
    assert "Tickets arrive in this group." in (await stage.last())["text"]
    token = await token_of(stage.desk, "dora", None)
    await stage.sandbox.act(f"chats/{DORA}/start", payload=f"m_{token}")
    await stage.quiet()
    assert "Welcome, dora" in (await stage.last(DORA))["text"]
    shown = [call["params"] for call in await stage.sandbox.look("calls?method=setMyCommands")]
    scoped = {
        one["scope"]["chat_id"]: [each["command"] for each in one["commands"]]
        for one in shown
        if "chat_id" in one["scope"]
    }
    assert scoped[DORA] == ["desk", "incidents"] and scoped[CARL] == ["desk", "runs", "incidents"]
    assert scoped[GROUP] == ["desk", "ticket", "canned", "merge"] and len(scoped) == 3
    await stage.sandbox.act(f"chats/{EVE}/start", payload=f"m_{token}")
    await stage.quiet()
    assert "no longer works" in (await stage.last(EVE))["text"]
    await stage.writes(EVE, "/desk", chat=EVE)
    assert "Only members of staff" in (await stage.last(EVE))["text"]


async def test_who_never_started_the_bot_is_told_how(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    number, card = await a_ticket(stage)
    await stage.sandbox.act(f"chats/{DORA}/block")
    answer = await stage.taps(DORA, f"sd:o:{number}", card)
    assert answer["show_alert"] and "tap Start" in answer["text"]


async def test_news_of_an_incident_go_out_after_a_look_at_how_many_hear_them(stage: Stage) -> None:
    opened = await stage.desk.sam.post(
        "/v1/incidents",
        {"title": {"en": "Late parcels"}, "words": {"en": "We look."}, "concerned": {"below": "maria"}},
    )
    assert opened.status in (200, 201), opened.body
    number = opened.body["number"]
    await stage.writes(DORA, "/incidents", chat=DORA)
    shown = (await stage.last(DORA))["message_id"]
    await stage.taps(DORA, f"sio:{number}", shown, chat=DORA)
    await stage.writes(DORA, "They leave on Monday.", to=shown, chat=DORA)
    offer = await stage.last(DORA)
    assert "«They leave on Monday.»" in offer["text"]
    data = offer["reply_markup"]["inline_keyboard"][0][1]
    assert data["style"] == "danger"
    for _ in range(2):
        await stage.taps(DORA, data["callback_data"], offer["message_id"], chat=DORA)
    updates = (await stage.desk.sam.get(f"/v1/incidents/{number}")).body["updates"]
    assert [one["words"]["en"] for one in updates] == ["We look.", "They leave on Monday."]
