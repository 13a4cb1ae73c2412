"""What is wanted of messages, in plain words."""

from collections.abc import Mapping

import pytest

from bot.understanding.examples import read
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent, SlotValue
from bot.understanding.service import understand
from bot.understanding.slots.wanted import about, plain_wish
from bot.understanding.text import clean

TICKETS: Mapping[str, SlotValue] = {"enabled": True, "topic": "tickets", "about": "tickets", "only": True}
OFF: Mapping[str, SlotValue] = {"enabled": False, "summary": "off"}
MONTHLY: Mapping[str, SlotValue] = {"enabled": True, "summary": "monthly"}


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("only tickets please", TICKETS),
        ("solo tickets por favor", TICKETS),
        ("nur noch Tickets bitte", TICKETS),
        ("só tickets por favor", TICKETS),
        ("seulement les tickets", TICKETS),
        ("avísame solo de tickets", TICKETS),
        ("I only want to hear about my tickets", TICKETS),
        ("turn the weekly summary off", OFF),
        ("quita el resumen semanal", OFF),
        ("keine Wochenübersicht mehr", OFF),
        ("desliga o resumo semanal", OFF),
        ("arrête le résumé", OFF),
        ("quiero el resumen cada mes", MONTHLY),
        ("je veux le résumé chaque mois", MONTHLY),
        ("send me the summary every week", {"enabled": True, "summary": "weekly"}),
    ],
)
def test_plain_wishes_need_no_guessing(text: str, slots: Mapping[str, SlotValue]) -> None:
    understood = understand(text, prior_language="en", lexicon=demo_lexicon())
    assert (understood.intent, dict(understood.slots)) == (Intent.NOTIFICATIONS, slots)


@pytest.mark.parametrize("text", ["give me a summary", "only customers who bought", "tickets", "how is my summary"])
def test_other_messages_are_left_to_the_head(text: str) -> None:
    assert plain_wish(text) is None


def test_no_example_of_another_intent_is_taken_for_a_plain_wish() -> None:
    taken = [example for example in read() if plain_wish(clean(example.text))]
    assert [example.text for example in taken if example.intent is not Intent.NOTIFICATIONS] == []


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("mute the announcements", "announcements"),
        ("keine Werbung mehr", "announcements"),
        ("keine Nachrichten mehr zu Gutscheinen und Punkten", "points,coupons"),
        ("no quiero avisos de pedidos", "orders"),
        ("stop", None),
    ],
)
def test_topics_are_known_by_their_words(text: str, topics: str | None) -> None:
    assert about(text, "") == topics


@pytest.mark.parametrize(
    ("language", "text", "slots"),
    [
        ("en", "no messages between 10pm and 7am", {"topic": "quiet_hours", "from": "22:00", "until": "07:00"}),
        ("de", "nach 20 Uhr nichts mehr", {"topic": "quiet_hours", "from": "20:00"}),
        ("en", "fewer messages about points", {"enabled": False, "topic": "points", "about": "points", "less": True}),
        ("es", "no me escribas los fines de semana", {"enabled": False, "topic": "quiet_hours", "weekend": True}),
        ("de", "Nachrichten zu Gutscheinen aus", {"enabled": False, "about": "coupons"}),
        ("de", "bitte keine Erinnerungen mehr", {"enabled": False, "topic": "month_end"}),
    ],
)
def test_the_head_and_the_words_together(language: str, text: str, slots: Mapping[str, SlotValue]) -> None:
    understood = understand(text, prior_language=language, lexicon=demo_lexicon())
    assert (understood.intent, dict(understood.slots)) == (Intent.NOTIFICATIONS, slots)
