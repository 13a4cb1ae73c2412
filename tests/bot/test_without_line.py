"""Who has no line (a customer, somebody who has left) is told so kindly, and shown what is her own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.render import gauges as render_gauges
from bot.render import progress as render_progress
from bot.render import start as render_start
from core.people.model import Kind, Status
from i18n.translator import translator
from tests.support.chatting import Chatting, chatting
from tests.support.core_stand_in import refused
from tests.support.story import ME, maria, progress

EN = translator("en")
HERS = ["pt", "o:0", "cp", "s"]


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
    ):
        assert "As of 10:05\u202fAM; newer figures are being worked out." in screen.text
    assert "As of" not in render_gauges.gauges(progress(), EN).text
