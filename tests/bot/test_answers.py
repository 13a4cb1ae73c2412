"""Answers begin with what was asked, and say what fits the one who asks."""

from collections.abc import AsyncIterator

import pytest

from bot.render import line as render_line
from bot.render import orders as render_orders
from bot.render import progress as render_progress
from bot.render import start as render_start
from bot.render.answers import customers_too, first, given_name, latest_order, then, whether
from bot.screen import MARKS, Screen
from bot.understanding.slots.asked import asks_where, asks_whether
from core.orders.model import OrderState
from core.people.model import Kind, Status
from core.progress.model import Progress, WayThere
from i18n.translator import translator
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.core_stand_in import card_of, refused
from tests.support.story import LINE, ME, SCALE, customer, maria, order, progress, volume

EN = translator("en")
NOT_ENOUGH = WayThere(reaches=False, steps=(), volume=0)
TOKEN = "abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
async def chat() -> AsyncIterator[Chatting]:
    """María's chat, linked."""
    async with chatting(maria()) as one:
        yield one


@pytest.mark.parametrize(
    "text",
    [
        "will I make it to platinum this month?",
        "¿llego a platino este mes?",
        "schaffe ich Platin diesen Monat?",
        "será que chego a platina esse mês?",
        "je passe platine ce mois-ci ?",
    ],
)
def test_whether_she_will_make_it_is_told_from_what_is_missing(text: str) -> None:
    assert asks_whether(text)
    assert not asks_whether("what's missing for platinum")


@pytest.mark.parametrize(
    "text",
    [
        "where's my order?",
        "¿dónde está mi pedido?",
        "wo bleibt meine Bestellung?",
        "cadê meu pedido?",
        "où est ma commande ?",
    ],
)
def test_where_an_order_is_is_told_from_which_there_are(text: str) -> None:
    assert asks_where(text)
    assert not asks_where("show me my orders")


async def test_will_i_make_it_is_answered_first(chat: Chatting) -> None:
    answer = await chat.says("will I make it to platinum this month?")
    assert answer["caption"].startswith("It's within reach: 2 orders would do it.")


def test_will_i_make_it_is_no_where_usual_orders_do_not_reach() -> None:
    answer = progress().model_copy(update={"way_there": NOT_ENOUGH})
    assert whether(answer, EN) == "Not with everyone's usual orders."


def test_usual_orders_are_not_spoken_of_where_nobody_is_on_the_team() -> None:
    answer = progress().model_copy(update={"way_there": NOT_ENOUGH})
    text = render_progress.progress(answer, EN, alone=True).text
    assert "You don't have anyone on your team yet" in text
    assert "usual" not in text


async def test_where_is_my_order_begins_with_the_latest(chat: Chatting) -> None:
    answer = await chat.says("where's my order?")
    assert answer["text"].startswith("Your latest order, 70001, is on its way.")


@pytest.mark.parametrize(
    ("state", "said"), [(OrderState.DELIVERED, "has been delivered"), (OrderState.OPEN, "not paid")]
)
def test_the_latest_order_is_told_by_its_state(state: OrderState, said: str) -> None:
    card = card_of(order(1, state))
    assert said in (latest_order([card], EN) or "")


def test_where_nothing_was_ordered_the_screen_speaks_for_itself() -> None:
    screen = render_orders.orders([], EN, page=0, more=False, zone="UTC")
    assert first(latest_order([], EN), screen) == screen


async def test_who_is_inactive_tells_how_many_customers_are_too(chat: Chatting) -> None:
    answer = await chat.says("who in my team is inactive")
    assert "8 of your customers are inactive too." in answer["text"]
    assert (await chat.taps("Inactive customers"))["text"].startswith("Inactive customers")


def test_no_inactive_customers_are_no_news() -> None:
    assert then(Screen("list"), customers_too(0, False, EN)) == Screen("list")


async def test_a_rank_that_the_plan_has_not_is_no_person(chat: Chatting) -> None:
    chat.core.refusing["/v1/me/progress"] = refused("rank_unknown", status=404, rank="Emerald", known=["gold"])
    assert "Emerald" in (answer := (await chat.says("how far am I from Emerald?"))["text"])
    assert "Gold" in answer


async def test_a_single_baseless_guess_is_not_offered(chat: Chatting) -> None:
    assert "can't help with that" in (await chat.says("purple monkey dishwasher"))["text"]


async def test_a_link_opened_again_is_said_to_be_no_news(chat: Chatting) -> None:
    chat.core.tokens[TOKEN] = chat.core.chats[CHAT]
    assert (await chat.starts(TOKEN))["text"] == "This chat is already connected to your account."


async def test_a_number_that_another_chat_has_is_not_asked_for_again() -> None:
    async with chatting() as nobody:
        nobody.core.refusing["/v1/links/phone"] = refused("already_linked", status=409)
        answer = await nobody.shares()
        assert "already connected to another chat" in answer["text"]
        assert "share your phone number" not in answer["text"]


async def test_a_strangers_question_hears_why_it_has_to_wait() -> None:
    async with chatting() as nobody:
        assert (await nobody.says("how close am I to Diamond?"))["text"].startswith("I'd love to tell you")
        assert (await nobody.says("/gauges"))["text"].startswith("I'd love to tell you")
        assert (await nobody.says("hello"))["text"].startswith("Hello!")


def test_a_customer_is_greeted_with_her_orders() -> None:
    screen = render_start.home(ME.model_copy(update={"kind": Kind.CUSTOMER}), EN)
    assert "rank" not in screen.text
    assert [button.data for row in screen.rows for button in row] == ["pt", "o:0", "cp", "tk:0", "s"]


def test_somebody_suspended_is_told_so() -> None:
    screen = render_start.home(ME.model_copy(update={"status": Status.SUSPENDED}), EN)
    assert "Your account is suspended." in screen.text
    assert "suspended" not in render_start.home(ME, EN).text


@pytest.mark.parametrize(
    ("name", "country", "called"),
    [
        ("María López", "ES", "María"),
        ("Jean-Luc Picard", "FR", "Jean-Luc"),
        ("José", "MX", "José"),
        ("J. R. Smith", "US", "J. R. Smith"),
        ("محمد الأحمد", "ES", "محمد الأحمد"),
        ("Nguyễn Văn An", "VN", "Nguyễn Văn An"),
        ("", "ES", ""),
    ],
)
def test_she_is_called_by_her_given_name_where_that_is_sure(name: str, country: str, called: str) -> None:
    assert given_name(ME.model_copy(update={"name": name, "country": country})) == called


def test_people_of_one_name_are_numbered_in_the_list_and_on_the_buttons() -> None:
    twins = [customer(1, "Caio Pereira", usual=60), customer(2, "Caio Pereira", usual=80), customer(3, "Bia", usual=50)]
    screen = render_line.several("Caio", twins, EN, more=False, scale=SCALE)
    assert "1. ▫️ Caio Pereira" in screen.text
    assert screen.text.count("Customer on level 1") == 3
    assert "Customer on level 1 · C00001" in screen.text, "same name, kind and level: the code tells them apart"
    assert "C00003" not in screen.text
    assert [button.label for row in screen.rows for button in row][:2] == ["1. Caio Pereira", "2. Caio Pereira"]


def test_names_that_differ_need_no_numbers() -> None:
    assert "1. " not in render_line.several("A", LINE[:3], EN, more=False, scale=SCALE).text


def test_orders_that_the_policy_hides_are_not_said_to_be_missing() -> None:
    hidden = LINE[1].model_copy(update={"orders_shown": False, "last_order_on": None, "usual_order": None})
    assert "not active this cycle" in render_line.line(hidden, EN, SCALE)
    newcomer = hidden.model_copy(update={"orders_shown": True})
    assert "no order yet" in render_line.line(newcomer, EN, SCALE)


def test_a_supposition_that_changes_no_rank_says_that_it_stays() -> None:
    told = str(volume(50))
    stays = render_progress.what_if(progress(), LINE[0], told, EN, before=progress().paid_rank).text
    rises = render_progress.what_if(progress(), LINE[0], told, EN, before=None).text
    assert "You'd still be paid as" in stays
    assert "Then you'd be paid as" in rises


@pytest.mark.parametrize("text", ["how is Pearl Smith doing?", "what if Ruby orders 200?"])
async def test_a_person_who_is_called_like_a_rank_is_looked_for_as_a_person(chat: Chatting, text: str) -> None:
    assert "can't find anyone named" in (await chat.says(text))["text"]


def test_the_highest_rank_so_far_is_told_where_it_is_another_than_todays() -> None:
    answer = progress()
    assert "Highest rank so far: Platinum" in bare(answer.model_copy(update={"career_rank": "platinum"}))
    assert "Highest rank" not in bare(answer.model_copy(update={"career_rank": answer.paid_rank}))


def bare(answer: Progress) -> str:
    return MARKS.sub("", render_progress.my_rank(answer, EN).text)
