"""Who has no line (a customer, somebody who has left) is told so kindly, and shown what is her own."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.render import common as render_common
from bot.render import earnings as render_earnings
from bot.render import gauges as render_gauges
from bot.render import progress as render_progress
from bot.render import start as render_start
from bot.render.guesses import offers
from bot.render.preferences import topics_of
from bot.understanding.model import Guess, Intent
from core.messaging.kinds import Topic
from core.people.model import Kind, Status
from i18n.translator import translator
from tests.support.chatting import Chatting, chatting
from tests.support.core_stand_in import refused
from tests.support.earnings_story import EarningsRoom
from tests.support.story import ME, maria, progress

EN = translator("en")
PEOPLE = "tdn"
HERS = ["pt", "o:0", "cp", "tk:0", "s"]
CUSTOMER = ME.model_copy(update={"kind": Kind.CUSTOMER, "points_name": {"en": {"one": "star", "other": "stars"}}})


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    async with chatting(maria()) as one:
        yield one


def leads_to(message: dict[str, object]) -> list[str]:
    markup = message["reply_markup"]
    assert isinstance(markup, dict)
    return [button["callback_data"] for row in markup["inline_keyboard"] for button in row]


async def test_a_customer_who_asks_after_ranks_or_a_team_is_shown_what_is_for_her(chat: Chatting) -> None:
    customer = maria()
    customer.me = ME.model_copy(update={"kind": Kind.CUSTOMER})
    chat.core.chats[chat.chat] = customer
    ranks = ("/gauges", "/progress", "/progress gold", "what is my rank?", "what if I order 100 more?")
    team = ("/team", "/customers", "who is inactive on my team", "how is Ana doing")
    for asked in (*ranks, *team):
        said = await chat.says(asked)
        assert said.get("text", "").startswith("Gauges, ranks, and teams are for distributors."), asked
        assert leads_to(said) == HERS
    assert chat.core.asked["GET /v1/me/progress"] == 0
    assert "g" not in leads_to(await chat.says("/orders"))


@pytest.mark.parametrize("said", ["/help", "🌵🌵🌵", "/cancel", "thanks!", "/earnings", "/progress emperor"])
async def test_a_customer_is_never_offered_what_is_for_distributors(chat: Chatting, said: str) -> None:
    chat.core.chats[chat.chat] = replace(maria(), me=CUSTOMER)
    answer = await chat.says(said)
    assert [one for one in leads_to(answer) if one != PEOPLE] == HERS
    text = answer["text"].lower()
    assert not any(word in text for word in ("inactive", "your team", "how close", "customers stopped"))


async def test_a_customer_who_can_earn_is_shown_her_earnings_and_told_of_payouts(chat: Chatting) -> None:
    paid = CUSTOMER.model_copy(update={"pays_customers": True})
    chat.core.chats[chat.chat] = replace(maria(), me=paid)
    assert leads_to(await chat.says("/cancel")) == ["pt", "o:0", "cp", "ee", "tk:0", "s"]
    asked = (await chat.says("🌵🌵🌵"))["text"]
    assert "I can show you your stars, your orders, your coupons, and your earnings." in asked
    assert Topic.PAYOUT in topics_of(paid)
    assert Topic.PAYOUT not in topics_of(CUSTOMER)
    without = paid.model_copy(update={"points_name": None})
    assert render_start.own(without, EN) == "I can show you your orders, where they are, and your earnings."
    assert not render_common.is_paid_customer(ME.model_copy(update={"pays_customers": True}))


def test_an_estimate_leads_a_customer_to_no_gauges() -> None:
    """What she earns is there, and her payouts and statement."""

    def leads(*, customer: bool) -> set[str]:
        shown = render_earnings.estimate(
            EarningsRoom().estimate("en"), EN, zone="UTC", points=None, notice=None, customer=customer
        )
        return {one.data for row in shown.rows for one in row}

    assert leads(customer=False) - leads(customer=True) == {"g"}


async def test_what_a_customer_can_ask_is_hers_and_in_the_companys_words(chat: Chatting) -> None:
    chat.core.chats[chat.chat] = replace(maria(), me=CUSTOMER)
    asked = (await chat.says("/help"))["text"]
    assert "What can I get for my stars?" in asked
    assert "Which coupons do I have?" in asked
    assert "I can show you your stars, your orders, and your coupons." in (await chat.says("🌵🌵🌵"))["text"]


async def test_a_customer_who_asks_when_the_cycle_closes_goes_on_to_what_is_hers(chat: Chatting) -> None:
    chat.core.chats[chat.chat] = replace(maria(), me=CUSTOMER)
    assert leads_to(await chat.says("when does the cycle close?")) == ["pt", "o:0", "home"]


def test_guesses_offer_a_customer_nothing_of_a_line(chat: Chatting) -> None:
    likely = [Guess(intent, 0.3) for intent in (Intent.GAUGES, Intent.TEAM, Intent.ORDERS, Intent.POINTS_BALANCE)]
    offered = {one.data for one in offers(likely, ME, EN) if one}
    assert {"g", "t", "o:0", "pt"} == offered
    assert {"o:0", "pt"} == {one.data for one in offers(likely, CUSTOMER, EN) if one}


async def test_who_has_left_is_told_that_her_account_is_closed(chat: Chatting) -> None:
    chat.core.refusing["/v1/me/progress"] = refused("account_closed", status=403)
    said = await chat.says("/gauges")
    assert said["text"].startswith("Your account is closed")
    assert leads_to(said) == HERS


def test_the_starting_page_of_who_has_left_says_so() -> None:
    page = render_start.home(ME.model_copy(update={"status": Status.TERMINATED}), EN)
    assert "Your account is closed. Please contact the company." in page.text
    assert [button.data for row in page.rows for button in row] == HERS


def test_figures_that_lag_are_dated_on_the_readers_clock() -> None:
    lagging = progress().model_copy(update={"as_of": datetime(2026, 11, 22, 9, 5, tzinfo=UTC)})
    for screen in (
        render_gauges.gauges(lagging, EN, zone="Europe/Madrid"),
        render_progress.progress(lagging, EN, zone="Europe/Madrid"),
        render_progress.my_rank(lagging, EN, zone="Europe/Madrid"),
        render_progress.what_if(lagging, None, "50", EN, zone="Europe/Madrid"),
    ):
        assert "As of 10:05\u202fAM; newer figures are being worked out." in screen.text
    assert "As of" not in render_gauges.gauges(progress(), EN).text
