"""Every kind of message in every language says something to everybody, whatever her name and her company's words."""

import re
from typing import Any

import pytest

from core.messaging.kinds import KINDS, Priority
from core.messaging.model import Outgoing
from i18n.translator import LANGUAGES, translator
from notifications.composing import compose
from notifications.keyboard import keyboard
from notifications.kinds import files, writer
from notifications.message import Message
from tests.notifications.examples import FACTS, STANDING

EXAMPLES = [(code, number) for code, known in FACTS.items() for number in range(len(known))]


def outgoing(*parts: tuple[str, dict[str, Any]], zone: str = "Europe/Madrid") -> Outgoing:
    """A message as core hands it out."""
    given = tuple({"id": 17 + k, "kind": kind, "facts": facts} for k, (kind, facts) in enumerate(parts))
    wish = {"id": 17, "parts": given, "chat_id": 1, "time_zone": zone, "attempt": 1, "lapses_at": None}
    return Outgoing.model_validate(wish)


def said(code: str, number: int = 0, language: str = "en", zone: str = "Europe/Madrid") -> Message:
    return compose(outgoing((code, FACTS[code][number]), zone=zone), translator(language))


def test_every_kind_has_its_text_and_every_text_its_kind() -> None:
    assert files() == {code.replace(".", "_") for code in KINDS}
    assert FACTS.keys() == KINDS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_said_in_full(language: str) -> None:
    for code, number in EXAMPLES:
        message = said(code, number, language)
        assert message.text == message.text.strip(), (code, message.text)
        assert message.text, code
        assert not re.search(r"\{\w*\}|None|\n\n\n", message.text + message.subject), (code, message.text)
        assert 0 < len(message.subject) <= 90, (code, message.subject)
        assert "\n" not in message.subject, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_left_in_english(language: str) -> None:
    if language == "en":
        return
    for code, number in EXAMPLES:
        if code == "announcement":
            continue
        assert said(code, number, language).subject != said(code, number).subject, (code, number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_fit_under_every_message(language: str) -> None:
    tr = translator(language)
    for code, number in EXAMPLES:
        one = outgoing((code, FACTS[code][number]))
        for row in keyboard(one, compose(one, tr).action, tr):
            for label, data in row:
                assert len(label) <= 24, label
                assert "…" not in label, label
                assert len(data.encode()) <= 64, data


def test_only_words_for_her_safety_and_answers_to_her_cannot_be_muted() -> None:
    for code, line in KINDS.items():
        one = outgoing((code, FACTS[code][0]))
        tr = translator("en")
        asked = [data for row in keyboard(one, compose(one, tr).action, tr) for _, data in row]
        assert ("n:17:mute" in asked) == ("n:17:less" in asked) == (line.topic is not None and not line.answer), code
        assert line.topic is not None or line.priority is Priority.URGENT or code.startswith("desk.")


def test_names_stand_as_they_are() -> None:
    text = said("month_end").text
    assert "1. Ana <&_*> Ruiz: 700 in volume" in text
    assert "2. \N{FIRST STRONG ISOLATE}دانا الحسيني\N{POP DIRECTIONAL ISOLATE}: 300 in volume" in text


def test_a_name_keeps_to_its_line() -> None:
    facts = {"points": 3, "from": "Ana\n\nRuiz " + "x" * 90, "name": {"en": {"one": "star", "other": "stars"}}}
    text = compose(outgoing(("points.received", facts)), translator("en")).text
    assert text == f"🎁 Ana Ruiz {'x' * 30}… gave you 3 stars."


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Madrid", "The cycle closes at the end of November 30 (Madrid time)."),
        ("Asia/Tokyo", "The cycle closes on December 1 at 8:00\N{NARROW NO-BREAK SPACE}AM (Tokyo time)."),
        ("America/Bogota", "The cycle closes on November 30 at 6:00\N{NARROW NO-BREAK SPACE}PM (Bogota time)."),
    ],
)
def test_a_deadline_is_told_on_her_own_clock(zone: str, told: str) -> None:
    assert said("month_end", zone=zone).text.splitlines()[1] == told


@pytest.mark.parametrize(
    ("code", "number", "lead"),
    [
        ("month_end", 0, "🎯 Only 1 thing is missing for Gold."),
        ("month_end", 1, "⚠️ 1 thing is missing to keep Gold."),
        ("gauges.summary", 0, "📊 You still need 1 thing to reach Gold."),
        ("gauges.summary", 1, "📊 If the cycle closed today, you wouldn't qualify for a rank."),
        ("rank.progress", 0, "📈 Your figures are now enough for Silver."),
        ("rank.promotion", 0, "🎉 You're Silver now. Congratulations!"),
        ("customers.inactive", 0, "🛒 6 of your customers have gone quiet."),
        ("customers.inactive", 1, "🛒 1 of your customers has gone quiet."),
        ("team.inactive", 1, "👥 1 of your distributors isn't active yet this cycle."),
        ("coupon.ending", 0, "🎟️ 12.5% off: only until Nov 29, 2026."),
        ("coupon.ending", 1, "🎟️ Credit note for €12.50: only until Nov 29, 2026."),
        ("points.expiring", 0, "⏳ 1,500 stars expire at the end of Dec 31, 2026."),
        ("points.received", 0, "🎁 Ana Ruiz gave you 1 star."),
        ("points.earned", 0, "⭐ You've earned 120 stars."),
        ("run.released", 0, "🧾 $1,240.50 for October 2026."),
        ("payout.made", 0, "💶 $1,240.50 was paid to you on Dec 15, 2026."),
        ("payout.made", 1, "💶 The bank sent $1,240.50 back."),
        ("order.updated", 0, "📦 Order S-123 is on its way."),
    ],
)
def test_each_kind_leads_with_the_number(code: str, number: int, lead: str) -> None:
    assert said(code, number).text.splitlines()[0] == lead


@pytest.mark.parametrize(
    ("number", "told"),
    [(0, None), (1, "Can be used until Dec 31, 2026."), (2, "The first of it ends on Dec 31, 2026.")],
)
def test_the_receiver_is_told_until_when_points_can_be_used(number: int, told: str | None) -> None:
    assert said("points.received", number).text.splitlines()[1:] == ([told] if told else [])


def test_a_way_that_usual_orders_do_not_reach_is_not_told() -> None:
    facts = {**STANDING, "reason": "reach", "way": {**STANDING["way"], "reaches": False}}
    assert "quickest" not in compose(outgoing(("month_end", facts)), translator("en")).text


def test_the_month_end_opens_the_rank_that_it_speaks_of() -> None:
    action = compose(outgoing(("month_end", {**FACTS["month_end"][0], "towards": "gold"})), translator("en")).action
    assert action is not None
    assert (action.screen.value, action.argument) == ("progress", "gold")


def test_a_name_of_another_direction_keeps_its_place_in_what_staff_read() -> None:
    text = said("desk.answer", 1).text
    assert "\N{FIRST STRONG ISOLATE}دانا\N{POP DIRECTIONAL ISOLATE} · Ticket 7" in text


def test_a_card_says_where_a_ticket_stands() -> None:
    assert said("desk.card").text.startswith("🎫 Ticket 7: Orders and delivery · With the warehouse\n")
    assert said("desk.card", 2).text.startswith("✅ Ticket 7 · solved\n")


def test_a_kind_from_the_future_has_no_text() -> None:
    assert writer("from.the.future") is None
