"""Earnings in the chat: said as approved, and what goes wrong on the way."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.periods import is_open, span, today
from bot.render.payouts import payouts, state_line
from bot.render.statement import statement
from core.calendar.model import CycleCard
from core.earnings.model import PaymentState, PayoutCard
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.bot import earnings_talk
from tests.support.chatting import CHAT, Chatting, chatting
from tests.support.earnings_story import EarningsRoom
from tests.support.story import CYCLE, maria


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_conversation_is_as_approved(language: str) -> None:
    """After a change of words: `python -m tests.bot.approve`, then read the difference."""
    assert await earnings_talk.held_in(language) == earnings_talk.approved(language)


@pytest.fixture
def room() -> EarningsRoom:
    return EarningsRoom()


@pytest.fixture
async def chat(room: EarningsRoom) -> AsyncIterator[Chatting]:
    """María's chat; at the end the bot has done nothing that Telegram would not like."""
    person = maria()
    person.rooms = [room]
    async with chatting(person) as chat:
        yield chat
        assert (await chat.faults())["total"] == 0, await chat.faults()


@pytest.mark.parametrize("data", ["ey:e:0:99.9", "ey::", "el:e:99999999:levels", "es:2020-01", "en:", "rh:x", "ea:-1"])
async def test_a_forged_or_old_button_is_answered_in_a_sentence(chat: Chatting, data: str) -> None:
    asked = await chat.says("/earnings")
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=asked["message_id"], data=data, forged=True)
    await chat.quiet()
    answer = (await chat.newest())["text"]
    assert answer and "went wrong" not in answer


async def test_an_amount_that_is_gone_says_where_to_look_again(chat: Chatting) -> None:
    asked = await chat.says("/earnings")
    await chat.sandbox.act(f"chats/{CHAT}/tap", message_id=asked["message_id"], data="ey:e:0:99.9", forged=True)
    await chat.quiet()
    assert "is not there any more" in (await chat.newest())["text"]


NOVEMBER = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("this_month", (2026, 11), (2026, 11)),
        ("last_month", (2026, 10), (2026, 10)),
        ("last_3_months", (2026, 8), (2026, 10)),
        ("march", (2026, 3), (2026, 3)),
        ("december", (2025, 12), (2025, 12)),
        ("cycle_9", (2026, 9), (2026, 9)),
        ("2025-03", (2025, 3), (2025, 3)),
        ("this_year", (2026, 1), (2026, 11)),
        ("last_year", (2025, 1), (2025, 12)),
        ("2024", (2024, 1), (2024, 12)),
    ],
)
def test_a_period_is_its_months(period: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    within = span(period, NOVEMBER)
    assert within is not None
    every = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)]
    found = [one for one in every if within(date(*one, 15))]
    assert (found[0], found[-1]) == (first, last)


def test_a_january_asks_for_the_december_before() -> None:
    within = span("last_month", date(2026, 1, 5))
    assert within is not None and within(date(2025, 12, 31)) and not within(date(2026, 1, 1))


@pytest.mark.parametrize("period", ["cycle_13", "cycle_0", "someday", ""])
def test_what_is_no_period_is_none(period: str) -> None:
    assert span(period, NOVEMBER) is None


def test_only_the_running_month_is_open() -> None:
    assert is_open("this_month", NOVEMBER) and is_open("november", NOVEMBER) and is_open("2026-11", NOVEMBER)
    assert not is_open("this_year", NOVEMBER) and not is_open("last_month", NOVEMBER)


def test_today_is_the_companys_day() -> None:
    assert today(CYCLE) == NOVEMBER
    last = CycleCard(
        code="2026-11",
        starts_at=datetime(2026, 11, 1, tzinfo=UTC),
        ends_at=datetime(2026, 12, 1, tzinfo=UTC),
        days_left=1,
        closed=False,
        time_zone="UTC",
    )
    assert today(last) == date(2026, 11, 30)


def test_what_became_credit_is_told_beside_what_is_paid() -> None:
    """With all of it in credit there is nothing to pay, and she is still told where it is."""
    part = PayoutCard(
        cycle="2026-10",
        calendar="month",
        currency="EUR",
        earned=2000,
        carried_in=0,
        adjustments=0,
        to_credit=300,
        paid=1700,
        carried_out=0,
        state=PaymentState.OPEN,
    )
    told = state_line(part, translator("en"))
    assert " comes with the next payment. €3.00 was added to your account credit." in told
    whole = part.model_copy(update={"to_credit": 2000, "paid": 0, "state": PaymentState.NOTHING})
    assert state_line(whole, translator("en")).endswith("nothing to pay. €20.00 was added to your account credit.")


@pytest.mark.parametrize(
    ("carried_in", "adjustments", "paid", "carried_out", "told"),
    [
        (0, 0, 2000, 0, []),
        (990, 0, 2990, 0, ["• Carried over from before: €9.90"]),
        (0, 0, 0, 2000, []),
        (
            -3000,
            -150,
            1850,
            -1000,
            [
                "• Carried over from before: -€30.00",
                "• Credit and debit notes, fees, and what expired: -€1.50",
                "• Carried over to the next cycle: -€10.00",
            ],
        ),
    ],
)
def test_a_statement_says_why_more_or_less_is_paid_than_was_earned(
    carried_in: int, adjustments: int, paid: int, carried_out: int, told: list[str]
) -> None:
    room = EarningsRoom()
    changed = {"carried_in": carried_in, "adjustments": adjustments, "paid": paid, "carried_out": carried_out}
    payout = room.payout("2026-10").model_copy(update=changed)
    found = room.statement("2026-10").model_copy(update={"payouts": (payout,)})
    text = statement(found, translator("en"), points=None).text.splitlines()
    assert [line for line in text if line.startswith(("• Carried", "• Credit"))] == told


def test_the_account_is_named_once_and_another_one_beside_its_payment() -> None:
    room = EarningsRoom()
    found, tr = room.payouts(), translator("en")
    text = payouts(found, tr).text
    assert (text.count("ES91"), text.count("Account:")) == (1, 0)
    newest, *older = found.latest
    moved = found.model_copy(update={"latest": (newest.model_copy(update={"account": "DE89 •••• 3000"}), *older)})
    text = payouts(moved, tr).text
    assert (text.count("ES91"), text.count("Account:"), text.count("3000")) == (1, 1, 1)
