"""Replies that are none, buttons of yesterday, merged tickets: nothing goes where it should not."""

import pytest

from tests.bot.desk.stage import DORA, GROUP, MARIA, Stage
from tests.bot.desk.test_group import a_ticket, answers_of, data_of, message, ticket
from tests.support.sandbox import picture


async def test_what_is_written_like_a_command_never_reaches_her(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    for text in ("/merge", "/merge abc", "/start", "/undo it", "/canned@other_bot hello"):
        await stage.writes(DORA, text, to=card)
        assert "Nothing was sent" in (await stage.last())["text"], text
    form = {"kind": "photo", "from": str(DORA), "reply_to": str(card), "caption": "/canned hello"}
    await stage.sandbox.upload(f"chats/{GROUP}/file", ("answer.png", picture()), **form)
    await stage.quiet()
    assert "Nothing was sent" in (await stage.last())["text"]
    await stage.writes(DORA, "/ticket")
    assert "/ticket CODE" in (await stage.last())["text"]
    await stage.taps(DORA, f"sd:o:{number}", card)
    opened = (await stage.last(DORA))["message_id"]
    await stage.writes(DORA, "/desk", to=opened, chat=DORA)
    assert "Hello dora" in (await stage.last(DORA))["text"], "in private a command is one, whatever it replies to"
    gone = await stage.taps(DORA, f"sd:a:{number}:9999", card)
    assert gone["show_alert"] and "9999" in gone["text"]
    await stage.later()
    assert await answers_of(stage, number) == []
    assert (await ticket(stage, number))["ticket"]["assignee"] is None


async def test_a_reply_follows_its_ticket_through_every_merge(stage: Stage) -> None:
    first, card = await a_ticket(stage, "Where is my order?")
    second, _ = await a_ticket(stage, "Where is it??")
    third, _ = await a_ticket(stage, "Still waiting")
    await stage.writes(DORA, "Which one?", to=card)
    await stage.later()
    asked = (await stage.last(MARIA))["message_id"]
    for number, into in ((first, second), (second, third)):
        assert (await stage.desk.sam.post(f"/v1/tickets/{number}/merge", {"into": into})).status == 200
    await stage.writes(MARIA, "the red one", to=asked, chat=MARIA)
    assert str(third) in (await stage.last(MARIA))["text"]
    assert (await ticket(stage, third))["messages"][-1]["text"] == "the red one"
    await stage.writes(MARIA, f"/ticket {first}", chat=MARIA)
    shown = await stage.last(MARIA)
    assert f"tka:{third}" in str(shown), "where it goes on, and not where it once went"


async def test_words_for_one_of_two_tickets_go_there_once_however_often_she_taps(stage: Stage) -> None:
    first, _ = await a_ticket(stage, "Where is my order?")
    second, card = await a_ticket(stage, "And my points?")
    await stage.writes(MARIA, "the red one, 48 euros", chat=MARIA)
    which = await stage.last(MARIA)
    [there] = [data for data in data_of(which) if data.startswith("tdg:") and data.endswith(str(second))]
    for _ in range(2):
        await stage.sandbox.act(f"chats/{MARIA}/tap", message_id=which["message_id"], data=there)
    await stage.quiet()
    assert str(second) in (await stage.last(MARIA))["text"], "the second tap leaves the confirmation as it is"
    assert [one["text"] for one in (await ticket(stage, second))["messages"]][1:] == ["the red one, 48 euros"]
    assert len((await ticket(stage, first))["messages"]) == 1
    assert card


async def test_a_reply_to_a_preview_goes_where_that_draft_went_and_not_into_the_next_one(stage: Stage) -> None:
    number, _ = await a_ticket(stage, "Where is my order?")
    await stage.writes(MARIA, "the red one, 48 euros", chat=MARIA)
    older = (await stage.last(MARIA))["message_id"]
    await stage.writes(MARIA, "and the blue one", chat=MARIA)
    which = await stage.last(MARIA)
    [there] = [data for data in data_of(which) if data.startswith("tdg:") and data.endswith(str(number))]
    await stage.sandbox.act(f"chats/{MARIA}/tap", message_id=which["message_id"], data=there)
    await stage.quiet()
    await stage.desk.maria.post("/v1/me/draft", {"part": "next", "text": "My points are missing"})
    await stage.writes(MARIA, "it was on Monday", to=older, chat=MARIA)
    said = [one["text"] for one in (await ticket(stage, number))["messages"]][1:]
    assert said == ["the red one, 48 euros", "and the blue one", "it was on Monday"]
    assert (await stage.desk.maria.get("/v1/me/draft")).body["words"] == ["My points are missing"]


@pytest.mark.parametrize("forum", [True])
async def test_a_topic_that_was_deleted_is_opened_again_by_desk_and_cards_arrive_meanwhile(stage: Stage) -> None:
    await stage.writes(DORA, "/desk")
    await a_ticket(stage, "Where is my order?")
    first = (await stage.last())["message_thread_id"]
    await stage.sandbox.call("deleteForumTopic", chat_id=GROUP, message_thread_id=first)
    await a_ticket(stage, "And my points?")
    assert "message_thread_id" not in await stage.last(), "the group has it while no topic does"
    await stage.writes(DORA, "/desk")
    await stage.writes(DORA, "/desk")
    await a_ticket(stage, "And my coupon?")
    second = (await stage.last())["message_thread_id"]
    assert second != first
    await stage.sandbox.call("closeForumTopic", chat_id=GROUP, message_thread_id=second)
    await stage.writes(DORA, "/desk")
    await a_ticket(stage, "And my rank?")
    assert (await stage.last())["message_thread_id"] == second


async def test_who_writes_as_the_group_is_told_that_nobody_knows_who_she_is(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    reply = await message(stage, card)
    chat = {"id": GROUP, "type": "supergroup", "title": "Staff"}
    bot = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    said = {"message_id": card + 1000, "date": 1, "chat": chat, "from": bot, "text": "on Monday"}
    for more in ({"sender_chat": chat}, {"sender_chat": {**chat, "id": GROUP - 1}}, {}):
        before = len(await stage.says())
        stage.sandbox.world.updates.put("message", {**said, "reply_to_message": reply, **more})
        await stage.quiet()
        told = (await stage.says())[before:]
        assert ["Remain anonymous" in one["text"] for one in told] == [True] * (more.get("sender_chat") == chat)
    await stage.later()
    assert await answers_of(stage, number) == []
