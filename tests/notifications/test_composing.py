"""Digests, texts that are too long, and the buttons below."""

import pytest

from core.messaging.kinds import Screen
from i18n.translator import translator
from notifications.composing import KindUnknown, compose, fitting
from notifications.keyboard import keyboard
from notifications.message import Action
from tests.notifications.examples import FACTS
from tests.notifications.test_kinds import outgoing

EN = translator("en")


def test_a_digest_says_how_many_the_first_whole_and_the_lead_of_each_other() -> None:
    parts = [(code, FACTS[code][0]) for code in ("points.expiring", "coupon.ending", "customers.inactive")]
    message = compose(outgoing(*parts), EN)
    assert message.subject == "3 pieces of news for you"
    assert message.text == (
        "3 pieces of news for you:\n\n"
        "⏳ 1,500 stars expire at the end of Dec 31, 2026.\n"
        "What you get for it before then is yours to keep.\n\n"
        "🎟️ 12.5% off: only until Nov 29, 2026.\nWelcome · WELCOME\n\n"
        "🛒 6 of your customers have gone quiet.\n"
        "They used to order regularly, but the pause is now more than twice as long as usual."
    )


def test_a_digest_offers_the_action_of_its_first_part_and_a_choice() -> None:
    one = outgoing(("points.expiring", FACTS["points.expiring"][0]), ("coupon.ending", FACTS["coupon.ending"][0]))
    assert keyboard(one, compose(one, EN).action, EN) == (
        (("🎁 What can I get?", "n:17:redeem"),),
        (("⚙️ Choose what I get", "n:17:settings"), ("🔕 Mute all", "n:17:mute")),
    )


def test_a_message_offers_its_action_less_and_silence() -> None:
    one = outgoing(("order.updated", FACTS["order.updated"][0]))
    assert keyboard(one, compose(one, EN).action, EN) == (
        (("📦 Show the order", "n:17:orders:S-123"),),
        (("➖ Less of this", "n:17:less"), ("🔕 Mute", "n:17:mute")),
    )


def test_an_argument_that_does_not_fit_is_left_out() -> None:
    one = outgoing(("order.updated", FACTS["order.updated"][0]))
    [[button], _] = keyboard(one, Action("Show", Screen.ORDERS, "ü" * 40), EN)
    assert button == ("Show", "n:17:orders")


def test_what_nobody_can_write_is_said_so() -> None:
    with pytest.raises(KindUnknown):
        compose(outgoing(("from.the.future", {})), EN)


@pytest.mark.parametrize(
    ("text", "length_max", "result"),
    [
        ("one\ntwo\nthree", 13, "one\ntwo\nthree"),
        ("one\ntwo\nthree", 12, "one\ntwo\n…"),
        ("onetwothree", 8, "onetwot…"),
        ("😀😀😀", 5, "😀😀…"),
    ],
)
def test_what_is_too_long_loses_its_end(text: str, length_max: int, result: str) -> None:
    assert fitting(text, length_max) == result
