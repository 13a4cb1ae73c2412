"""The staff's group: cards, answers with preview and undo, and that nobody else can do anything there."""

from typing import Any

import pytest

from bot.desk_answers import UNDO_S
from core.support import telling
from tests.bot.desk.stage import CARL, DORA, EVE, GROUP, MARIA, OTHER_GROUP, Stage
from tests.core.support.test_watch import told
from tests.core.tickets.desks import asked, file_of
from tests.support.sandbox import picture


async def a_ticket(stage: Stage, *words: str) -> tuple[int, int]:
    """A ticket of María's, and its card in the group."""
    number = await asked(stage.desk.maria, *(words or ("My commission of 1,250 euro is missing",)))
    await stage.works()
    return number, await stage.card(number)


async def answers_of(stage: Stage, number: int) -> list[str]:
    """What María has read of the company's words."""
    found = (await stage.desk.maria.get(f"/v1/me/tickets/{number}")).body
    return [one["text"] for one in found["messages"] if one["direction"] == "out"]


async def test_a_card_opens_in_private_and_figures_only_for_whom_may_see_them(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    assert "private" in (await stage.taps(DORA, f"sd:o:{number}", card))["text"]
    assert "1,250" not in str(await stage.says()), "no word of hers stands in the group"
    opened = await stage.last(DORA)
    assert "My commission of 1,250 euro is missing" in opened["text"] and "maria Doe" in opened["text"]


async def test_a_reply_answers_after_a_preview_that_names_her(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    await stage.writes(DORA, "It's <b>there</b> & on its way_", to=card)
    preview = await stage.last()
    assert preview["text"].startswith(f"→ maria Doe · ticket {number} · ")
    assert "«It's <b>there</b> & on its way_»" in preview["text"] and str(UNDO_S) in preview["text"]
    assert preview["reply_to_message"]["text"] == "It's <b>there</b> & on its way_"
    await stage.works()
    assert await answers_of(stage, number) == []
    await stage.later()
    assert await answers_of(stage, number) == ["It's <b>there</b> & on its way_"]
    assert "It's <b>there</b> & on its way_" in str(await stage.says(MARIA)), "exactly as it was written"
    [shown] = [one for one in await stage.says() if one["message_id"] == preview["message_id"]]
    assert shown["text"].startswith("✅ maria Doe") and "reply_markup" not in shown


async def test_undo_in_time_sends_nothing_and_too_late_says_so(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    await stage.writes(DORA, "wrong chat!", to=card)
    preview = (await stage.last())["message_id"]
    [[button]] = (await stage.last())["reply_markup"]["inline_keyboard"]
    await stage.taps(DORA, button["callback_data"], preview)
    assert "Taken back" in (await stage.last())["text"]
    await stage.later()
    assert await answers_of(stage, number) == []
    assert "Taken back" in (await message(stage, preview))["text"]
    await stage.writes(DORA, "on Monday", to=card)
    late = await stage.last()
    await stage.later()
    data = late["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    answer = await stage.taps(DORA, data, late["message_id"])
    assert answer["show_alert"] and "Too late" in answer["text"]
    assert await answers_of(stage, number) == ["on Monday"]


async def test_an_answer_at_night_waits_and_can_be_undone_until_the_morning(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    await stage.later(10 * 3600)
    await stage.writes(DORA, "on Monday", to=card)
    preview = (await stage.last())["message_id"]
    await stage.later()
    held = await message(stage, preview)
    assert held["text"].startswith("🌙 maria Doe") and answers_to(stage) == 0
    await stage.taps(DORA, data_of(held)[0], preview)
    assert "Taken back" in (await message(stage, preview))["text"]
    await stage.later(12 * 3600)
    assert await answers_of(stage, number) == [] and answers_to(stage) == 0


async def test_a_reply_lands_in_the_ticket_of_the_card_that_it_replies_to(stage: Stage) -> None:
    first, first_card = await a_ticket(stage, "Where is my order?")
    second, second_card = await a_ticket(stage, "And my points?")
    await stage.writes(DORA, "points: done", to=second_card)
    await stage.writes(DORA, "order: Monday", to=first_card)
    preview = (await stage.last())["message_id"]
    await stage.writes(DORA, "by noon", to=preview)
    await stage.later()
    assert await answers_of(stage, first) == ["order: Monday", "by noon"]
    assert await answers_of(stage, second) == ["points: done"]


async def test_strangers_move_nothing_and_hear_one_sentence(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    before, messages = await ticket(stage, number), len(await stage.says())
    for act in ("o", "t", "p", "p:urgent", "s", "s:solved", "m", "a:0", "y:other", "b", "u:1", "f", "x"):
        name, _, argument = act.partition(":")
        data = f"sd:{name}:{number}" + (f":{argument}" if argument else "")
        answer = await stage.taps(EVE, data, card)
        assert answer["show_alert"] and "Only members of staff" in answer["text"], act
    for text in ("I am the boss", "# a note", "/canned hello", "/merge 1002"):
        await stage.writes(EVE, text, to=card)
    await stage.writes(EVE, "/ticket maria hello")
    assert await ticket(stage, number) == before
    said = (await stage.says())[messages:]
    mine = [one for one in said if one["from"]["is_bot"]]
    assert len(mine) == 1 and "Nothing was sent" in mine[0]["text"]
    assert len(await stage.says(EVE)) == 0


async def test_a_role_without_the_permission_and_another_group_move_nothing(stage: Stage) -> None:
    number, _ = await a_ticket(stage)
    before = await ticket(stage, number)
    await stage.writes(DORA, "hello", chat=OTHER_GROUP)
    await stage.sandbox.call("sendMessage", chat_id=OTHER_GROUP, text="a card?")
    there = (await stage.last(OTHER_GROUP))["message_id"]
    answer = await stage.taps(DORA, f"sd:t:{number}", there, chat=OTHER_GROUP)
    assert answer["show_alert"]
    await stage.writes(DORA, "an answer", to=there, chat=OTHER_GROUP)
    assert (await stage.last(OTHER_GROUP))["text"] == "an answer"
    await stage.writes(EVE, "/desk", chat=OTHER_GROUP)
    assert "linked" in (await stage.last(OTHER_GROUP))["text"]
    await stage.writes(CARL, "/desk", chat=OTHER_GROUP)
    assert (await stage.desk.api.service().get(f"/v1/support/groups/{OTHER_GROUP}")).code == "staff_group_unknown"
    assert await ticket(stage, number) == before


async def test_buttons_take_give_and_set(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    assert (await stage.taps(DORA, f"sd:t:{number}", card))["text"] == f"Ticket {number} is yours."
    await stage.taps(DORA, f"sd:p:{number}", card)
    assert data_of(await message(stage, card))[3] == f"sd:p:{number}:urgent"
    await stage.taps(DORA, f"sd:p:{number}:urgent", card)
    await stage.taps(DORA, f"sd:s:{number}", card)
    assert f"sd:s:{number}:at_warehouse" in data_of(await message(stage, card))
    await stage.taps(DORA, f"sd:s:{number}:at_warehouse", card)
    await stage.taps(DORA, f"sd:m:{number}", card)
    await stage.taps(DORA, f"sd:y:{number}:commissions", card)
    await stage.taps(DORA, f"sd:a:{number}", card)
    [carl] = [data for data in data_of(await message(stage, card)) if data.count(":") == 3 and not data.endswith(":0")][
        -1:
    ]
    await stage.taps(DORA, carl, card)
    now = (await ticket(stage, number))["ticket"]
    assert (now["priority"], now["state"], now["type"]) == ("urgent", "at_warehouse", "commissions")
    await stage.works()
    shown = (await message(stage, card))["text"]
    assert "Urgent" in shown and "At the warehouse" in shown
    assert "not_modified" not in (await stage.sandbox.look("faults"))["by_rule"], (
        "buttons that are there stay as they are"
    )


async def test_notes_kept_texts_merges_and_new_tickets(stage: Stage) -> None:
    number, card = await a_ticket(stage, "Where is my order?")
    other, _ = await a_ticket(stage, "Where is it??")
    await stage.desk.sam.put("/v1/canned-answers/monday/en", {"text": "It comes on Monday."})
    await stage.writes(DORA, "# ask the warehouse", to=card)
    assert "Noted" in (await stage.last())["text"]
    await stage.writes(DORA, "/canned", to=card)
    assert "monday" in (await stage.last())["text"]
    await stage.writes(DORA, "/canned monday", to=card)
    assert "It comes on Monday." in (await stage.last())["text"]
    await stage.writes(DORA, "/canned friday", to=card)
    assert "Nothing was sent" in (await stage.last())["text"]
    await stage.writes(DORA, "/ticket maria Your contract is ready.\nPlease sign.")
    opened = await stage.last()
    assert "«Your contract is ready.\nPlease sign.»" in opened["text"]
    await stage.writes(DORA, "/ticket nobody hello")
    assert "Nothing was sent" in (await stage.last())["text"]
    await stage.writes(DORA, f"/merge {number}", to=await stage.card(other))
    await stage.later()
    assert (await ticket(stage, other))["ticket"]["merged_into"] == number
    await stage.writes(DORA, "hello?", to=await stage.card(other))
    assert f"goes on as ticket {number}" in (await stage.last())["text"]
    await stage.taps(DORA, f"sd:s:{number}:closed", card)
    await stage.writes(DORA, "hello?", to=card)
    assert f"Ticket {number} is closed. Open it again" in (await stage.last())["text"]
    notes = [one["text"] for one in (await ticket(stage, number))["messages"] if one["direction"] == "note"]
    assert notes == ["ask the warehouse"]
    assert await answers_of(stage, number) == ["It comes on Monday."]
    assert "Your contract is ready." in str(await stage.says(MARIA))


async def test_a_photo_answers_as_a_file_and_hers_come_as_files(stage: Stage) -> None:
    photo = await file_of(stage.desk.maria)
    number = await asked(stage.desk.maria, "It arrived broken", attachments=[photo])
    await stage.works()
    await stage.taps(DORA, f"sd:o:{number}", await stage.card(number))
    await stage.taps(DORA, f"sd:f:{number}", (await stage.last(DORA))["message_id"], chat=DORA)
    assert {"photo", "document"} & set(await stage.last(DORA))
    card = str(await stage.card(number))
    form = {"kind": "photo", "from": str(DORA), "reply_to": card, "caption": "Like this?"}
    await stage.sandbox.upload(f"chats/{GROUP}/file", ("answer.png", picture()), **form)
    await stage.quiet()
    assert "📎 1 file" in (await stage.last())["text"]
    await stage.later()
    assert await answers_of(stage, number) == ["Like this?"]
    assert "photo" in (await stage.last(MARIA)) or "document" in (await stage.last(MARIA))


async def test_staff_hear_that_an_answer_did_not_reach_who_blocked_the_bot(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    await stage.sandbox.act(f"chats/{MARIA}/block")
    await stage.writes(DORA, "on Monday", to=card)
    preview = (await stage.last())["message_id"]
    await stage.later()
    await stage.later()
    assert (await message(stage, preview))["text"].startswith("⚠️ maria Doe")
    alert = await stage.last()
    assert str(number) in alert["text"] and "maria" in alert["text"] and "blocked" in alert["text"]
    assert len(await told(stage.desk.api.database, telling.ALERT)) == 1


async def test_an_update_that_is_tried_again_answers_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bot dies between core's answer and the preview: the update is handled again from the beginning."""
    from telegram.error import NetworkError

    from bot import desk_answers, staff

    number, card = await a_ticket(stage)
    post, tries = staff.post, []

    async def dies_first(*given: object) -> int:
        tries.append(given)
        if len(tries) == 1:
            raise NetworkError("gone")
        return await post(*given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(desk_answers, "post", dies_first)
    await stage.writes(DORA, "on Monday", to=card)
    assert len(tries) == 2
    await stage.later()
    assert await answers_of(stage, number) == ["on Monday"]
    assert (
        sum("→ maria" in one.get("text", "") or "delivered" in one.get("text", "") for one in await stage.says()) == 1
    )


@pytest.mark.parametrize("forum", [True])
async def test_a_forum_has_a_topic_a_queue_and_messages_there_are_no_replies(stage: Stage) -> None:
    await stage.writes(DORA, "/desk")
    assert "1 queue has its own topic" in (await stage.last())["text"]
    number, card = await a_ticket(stage)
    thread = (await message(stage, card))["message_thread_id"]
    before = len(await stage.says())
    await stage.writes(DORA, "just talking among us", topic=thread)
    assert len(await stage.says()) == before + 1, "nothing is answered, nothing is sent"
    await stage.writes(DORA, "on Monday", to=card, topic=thread)
    preview = await stage.last()
    assert preview["message_thread_id"] == thread and "→ maria Doe" in preview["text"]
    await stage.later()
    assert await answers_of(stage, number) == ["on Monday"]


async def test_a_group_that_grows_stays_the_staffs(stage: Stage) -> None:
    number, card = await a_ticket(stage)
    grown = GROUP - 7
    await stage.sandbox.act(f"chats/{GROUP}/migrate", to=grown)
    await stage.quiet()
    await stage.writes(DORA, "/desk", chat=grown)
    assert "Tickets arrive" in (await stage.last(grown))["text"]
    await stage.desk.sam.patch(f"/v1/tickets/{number}", {"priority": "urgent"})
    await stage.works()
    again = await stage.last(grown)
    assert str(number) in again["text"], "the card is told anew there, for the old one is out of reach"
    await stage.writes(DORA, "on Monday", to=again["message_id"], chat=grown)
    await stage.later()
    assert await answers_of(stage, number) == ["on Monday"]
    assert card


async def ticket(stage: Stage, number: int) -> dict[str, Any]:
    found: dict[str, Any] = (await stage.desk.sam.get(f"/v1/tickets/{number}")).body
    return found


async def message(stage: Stage, number: int) -> dict[str, Any]:
    return next(one for one in await stage.says() if one["message_id"] == number)


def answers_to(stage: Stage) -> int:
    """How many messages of the bot's stand in María's chat."""
    return len(stage.sandbox.world.chats[MARIA].messages)


def data_of(one: dict[str, Any]) -> list[str]:
    rows = one["reply_markup"]["inline_keyboard"]
    return [button["callback_data"] for row in rows for button in row]
