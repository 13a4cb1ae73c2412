"""What people do with the bot, from the first word on; every call is checked as Telegram would."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.chatting import CHAT, PHONE, Chatting, chatting
from tests.support.story import maria

TOKEN = "one-time-token-of-maria"


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    """María's chat, linked; at the end the bot has done nothing that Telegram would not like."""
    async with chatting(maria()) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


@pytest.fixture
async def stranger() -> AsyncIterator[Chatting]:
    """A chat that is nobody's."""
    async with chatting() as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


def labels(message: dict[str, Any]) -> list[str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


# -- the way in


async def test_a_stranger_gets_a_way_in_and_no_data(stranger: Chatting) -> None:
    answer = await stranger.starts()
    assert "share your phone number" in answer["text"]
    assert stranger.core.asked["GET /v1/me/progress"] == 0


@pytest.mark.parametrize("text", ["/gauges", "/team", "how close am I to diamond?", "/settings", "/points"])
async def test_whatever_a_stranger_asks_she_is_shown_the_way_in(stranger: Chatting, text: str) -> None:
    assert "share your phone number" in (await stranger.says(text))["text"]


async def test_ones_own_contact_links_the_chat(stranger: Chatting) -> None:
    stranger.core.phones[PHONE.lstrip("+")] = [maria()]
    await stranger.starts()
    answer = await stranger.shares()
    assert "What would you like to see?" in answer["text"]
    assert CHAT in stranger.core.chats
    assert stranger.core.states[CHAT] == {"language": "en"}, "the worker speaks as the bot does"


async def test_a_foreign_contact_is_refused(stranger: Chatting) -> None:
    stranger.core.phones["34611"] = [maria()]
    answer = await stranger.shares(phone_number="+34611", first_name="Ana", user_id=99)
    assert "your own number" in answer["text"]
    assert not stranger.core.chats


async def test_a_number_of_two_people_links_nobody(stranger: Chatting) -> None:
    stranger.core.phones[PHONE.lstrip("+")] = [maria(), maria()]
    answer = await stranger.shares()
    assert "More than one account" in answer["text"]
    assert not stranger.core.chats


async def test_a_deep_link_links_the_chat(stranger: Chatting) -> None:
    stranger.core.tokens[TOKEN] = maria()
    answer = await stranger.starts(TOKEN)
    assert "Hello, María!" in answer["text"]


async def test_a_stale_link_is_answered_kindly(stranger: Chatting) -> None:
    answer = await stranger.starts(TOKEN)
    assert "no longer works" in answer["text"]


async def test_a_payload_that_makes_no_sense_is_a_plain_start(chat: Chatting) -> None:
    assert "What would you like to see?" in (await chat.starts("x"))["text"]


async def test_a_stranger_chooses_a_language_and_keeps_it(stranger: Chatting) -> None:
    await stranger.says("/language")
    await stranger.taps("Deutsch")
    assert stranger.core.states[CHAT] == {"language": "de"}


# -- the gauges and what is behind them


async def test_the_gauges_are_one_picture_with_a_text_that_stands_alone(chat: Chatting) -> None:
    answer = await chat.says("/gauges")
    assert answer["photo"]
    assert "If the cycle closed today, you'd be paid as Gold." in answer["caption"]
    assert "Active customers: 1 of 3 (2 to go)" in answer["caption"]
    assert "Group volume: 5,200 (3,000 needed), enough for Diamond" in answer["caption"]


async def test_from_gauge_to_person_to_orders_it_stays_one_photo_message(chat: Chatting) -> None:
    first = await chat.says("/gauges")
    people = await chat.taps("My customers")
    card = await chat.taps("Bobby")
    orders = await chat.taps("Orders")
    assert {one["message_id"] for one in (first, people, card, orders)} == {first["message_id"]}
    assert "<b>Bobby & Söhne</b>" in card["caption"], "a name is text, whatever it is made of"
    assert "+34 600 00 00 02" in card["caption"]
    assert "70001" in orders["caption"]


async def test_back_leads_to_the_page_one_came_from(chat: Chatting) -> None:
    await chat.says("/customers")
    page = await chat.taps("Next")
    await chat.taps("王小明")
    assert (await chat.taps("Back"))["text"] == page["text"]


async def test_a_list_under_a_picture_opened_from_elsewhere_is_a_message_of_its_own(chat: Chatting) -> None:
    photo = await chat.says("/gauges")
    menu = await chat.taps("Menu")
    assert menu["message_id"] != photo["message_id"]
    [old] = [one for one in await chat.messages() if one["message_id"] == photo["message_id"]]
    assert not labels(old), "the old keyboard is gone"


async def test_a_picture_that_was_sent_is_not_uploaded_again(chat: Chatting) -> None:
    await chat.says("/gauges")
    await chat.says("/gauges")
    photos = [call["params"].get("photo") for call in await chat.calls("sendPhoto")]
    assert photos[1] in chat.core.files.values()
    assert photos[0] not in chat.core.files.values()
    assert len(await chat.calls("sendChatAction")) == 1, "only a picture that is drawn needs patience"


async def test_progress_to_a_named_rank(chat: Chatting) -> None:
    answer = await chat.says("/progress diamond")
    assert "You still need 2 things to reach Diamond." in answer["caption"]
    assert "it wouldn't be enough" in answer["caption"]


async def test_a_rank_may_be_named_in_any_language(chat: Chatting) -> None:
    assert "to reach Diamond" in (await chat.says("/progress Diamante"))["caption"]


async def test_progress_names_the_people_to_call(chat: Chatting) -> None:
    answer = await chat.says("/progress")
    assert "50 in volume (usually 80)" in answer["caption"]
    assert "<b>Bobby & Söhne</b>" in labels(answer)


async def test_a_rank_that_the_plan_does_not_know_is_said_with_those_it_knows(chat: Chatting) -> None:
    answer = await chat.says("/progress emperor")
    assert "emperor" in answer["text"]
    assert "Gold, Platinum, and Diamond" in answer["text"]


async def test_what_if_one_more_order_came(chat: Chatting) -> None:
    await chat.says("/customers")
    await chat.taps("Bobby")
    answer = await chat.taps("What if they order 80")
    assert "Let's say <b>Bobby & Söhne</b> places an order worth 80 in volume." in answer["text"]
    assert "just a simulation" in answer["text"]


# -- everything else


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("how close am I to diamond?", "to reach Diamond"),
        ("¿cuánto me falta para Diamante?", "to reach Diamond"),
        ("which customers stopped buying", "Inactive customers"),
        ("show me pedro gómez", "Pedro Gómez"),
        ("how is Ana doing", "several people named"),
        ("where is my order 70001", "ES123456789"),
        ("when does the month close", "9 days left"),
        ("what rank am i", "Highest rank so far: Platinum."),
        ("thanks!", "You're welcome!"),
        ("cancel", "nothing has changed"),
    ],
)
async def test_free_text_leads_where_a_button_would(chat: Chatting, text: str, told: str) -> None:
    answer = await chat.says(text)
    assert told in answer.get("text", answer.get("caption", ""))


async def test_somebody_who_is_not_in_the_line_is_not_found(chat: Chatting) -> None:
    assert "can't find anyone named" in (await chat.says("how is Wilhelmina doing"))["text"]


async def test_nothing_is_met_with_silence(chat: Chatting) -> None:
    answer = await chat.says("🌵🌵🌵")
    assert "I can't help with that" in answer["text"]
    assert labels(answer)


async def test_a_command_to_come_says_so_and_offers_what_works(chat: Chatting) -> None:
    answer = await chat.says("/goals")
    assert "yet" in answer["text"]
    assert "📊 My gauges" in labels(answer)


async def test_messages_are_turned_off_and_on_in_place(chat: Chatting) -> None:
    first = await chat.says("/settings")
    off = await chat.taps("Turn messages off")
    assert "Messages from me: off" in off["text"]
    on = await chat.taps("Turn messages on")
    assert on["message_id"] == first["message_id"]
    assert "Messages from me: on" in on["text"]


async def test_the_language_changes_in_two_taps(chat: Chatting) -> None:
    await chat.says("/settings")
    await chat.taps("Language")
    await chat.taps("Français")
    assert chat.core.chats[CHAT].me.language == "fr"


async def test_a_language_that_we_do_not_speak_is_said_with_those_we_do(chat: Chatting) -> None:
    answer = await chat.says("speak Italian please")
    assert "Deutsch" in labels(answer)


async def test_disconnecting_asks_once_with_the_safe_choice_first(chat: Chatting) -> None:
    await chat.says("/settings")
    asked = await chat.taps("Disconnect this chat")
    assert labels(asked) == ["Stay connected", "Disconnect"]
    styles = [button.get("style") for row in asked["reply_markup"]["inline_keyboard"] for button in row]
    assert styles == [None, "danger"]
    done = await chat.taps("Disconnect")
    assert "This chat is now disconnected." in done["text"]
    assert not chat.core.chats


async def test_private_figures_stay_out_of_groups(chat: Chatting) -> None:
    await chat.sandbox.act("groups", id=-77, title="Team", members=[CHAT])
    await chat.sandbox.act("chats/-77/text", text="/gauges", **{"from": CHAT})
    await chat.quiet()
    [_, answer] = (await chat.sandbox.look("chats/-77"))["messages"]
    assert "private" in answer["text"]
    assert chat.core.asked["GET /v1/me/progress"] == 0


async def test_words_in_a_group_that_are_not_for_the_bot_stay_unanswered(chat: Chatting) -> None:
    await chat.sandbox.act("groups", id=-77, title="Team", members=[CHAT])
    await chat.sandbox.act("chats/-77/text", text="good morning everybody", **{"from": CHAT})
    await chat.quiet()
    assert len((await chat.sandbox.look("chats/-77"))["messages"]) == 1


async def test_a_button_of_a_former_version_says_so_and_leads_home(chat: Chatting) -> None:
    message = await chat.says("/settings")
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=message["message_id"], data="zz:9", forged=True)
    assert "That button has expired." in (await chat.newest())["text"]


async def test_a_question_takes_no_more_than_it_must(chat: Chatting) -> None:
    await chat.says("/gauges")
    chat.core.asked.clear()
    await chat.says("/gauges")
    assert dict(chat.core.asked) == {"GET /v1/me/progress": 1}, "who she is and the picture are remembered"
