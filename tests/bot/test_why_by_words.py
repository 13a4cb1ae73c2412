"""Reasons asked for in words: the amount or the bonus that she names is explained before anything becomes a ticket."""

from collections.abc import AsyncIterator

import pytest

from bot.render.why_by_words import of_amount
from i18n.translator import translator
from tests.support.chatting import Chatting, chatting
from tests.support.earnings_story import LINES, EarningsRoom
from tests.support.story import maria


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    """María's chat; at the end the bot has done nothing that Telegram would not like."""
    person = maria()
    person.rooms = [EarningsRoom()]
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


async def test_reasons_are_told_to_whoever_asks_in_words(chat: Chatting) -> None:
    """One conversation: starting a bot takes longer than what it says."""
    for text, answer in ASKED.items():
        told = (await chat.says(text))["text"]
        assert answer in told, (text, told)


ASKED = {
    "why did I get 4 euros?": "1. It began with order 70011",
    "por qué me pagaron 7,43": "2. You are paid as Gold",
    "why was I paid 5.23 € in October": "It began with what Pedro Gómez earned by “Level bonus”.",
    "warum habe ich im Oktober 11,43 Euro bekommen": "70010",
    "why did I get 16.66 euros in September?": "for September 2026",
    "why did I get 99 euros?": "I find no such amount",
    "why didn't I get the leaders' pool bonus?": "You need the rank Platinum; you are paid as Gold.",
    "por qué no me pagaron el fondo de líderes": "paid you nothing in October 2026",
    "why didn't I get the team bonus?": "What keeps the other bonuses from you",
    "¿y por qué?": "To see where an amount comes from, tap its bonus.",
    "why not?": "What keeps the other bonuses from you",
    "warum nicht mehr?": "What keeps the other bonuses from you",
    "por qué me dieron el bono por niveles": "1. €7.43",
    "/payout": "October 2026: ",
    "/rank_history": "highest rank",
    "/whatever": "Just ask me in your own words",
    "explain my matching bonus": "It began with what Pedro Gómez earned by “Level bonus”.",
}


async def test_a_part_of_a_name_is_enough_and_of_several_she_is_asked_which(chat: Chatting) -> None:
    told = (await chat.says("why didn't I get the pool?"))["text"]
    assert "You need the rank Platinum" in told
    asked = await chat.says("por que no cobre lo de lider")
    assert asked["text"] == "Which of these bonuses do you mean?"
    assert [row[0]["text"] for row in asked["reply_markup"]["inline_keyboard"]][:2] == [
        "Matching bonus",
        "Leaders’ pool",
    ]
    assert "You need the rank Platinum" in (await chat.taps("Leaders’ pool"))["text"]


@pytest.mark.parametrize(("exact", "told"), [(True, "are of that amount"), (False, "come near to that amount")])
def test_it_is_said_whether_lines_are_of_the_amount_to_the_cent(exact: bool, told: str) -> None:
    screen = of_amount(
        list(LINES.values()), 2, translator("en"), cycle="2026-10", code="2026-10", points=None, exact=exact
    )
    assert told in screen.text and "2 more" in screen.text and "Bobby" in screen.text


async def test_a_complaint_that_names_no_bonus_stays_one(chat: Chatting) -> None:
    for text in ("my commission is missing an order", "why was order 70010 not counted?"):
        told = (await chat.says(text))["text"]
        assert "What keeps" not in told and "I find no such amount" not in told, told
        await chat.says("/cancel")
