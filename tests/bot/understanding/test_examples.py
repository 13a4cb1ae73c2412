"""Our examples are many enough, well formed, and honestly divided."""

from collections import Counter

import pytest

from bot.understanding.examples import Example, fingerprint, parse, read
from bot.understanding.language import OURS
from bot.understanding.model import Intent
from bot.understanding.slots.registry import READERS

FIRST = ("en", "es", "de", "pt-BR", "fr")
NOW = [
    "rank_progress",
    "gauges",
    "inactive_customers",
    "inactive_team",
    "team",
    "person",
    "orders",
    "my_rank",
    "cycle_end",
    "change_language",
    "help",
    "greeting",
    "thanks",
    "cancel",
    "out_of_scope",
]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return read()


def test_every_language_has_examples_of_every_intent(examples: list[Example]) -> None:
    seen = {(example.language, example.intent) for example in examples}
    assert seen == {(language, intent) for language in OURS for intent in Intent}


def test_the_first_languages_have_at_least_thirty_of_what_the_bot_can_do(examples: list[Example]) -> None:
    counts = Counter((example.language, example.intent.value) for example in examples)
    assert all(counts[language, intent] >= 30 for language in FIRST for intent in NOW)


def test_slots_are_those_that_the_intent_has(examples: list[Example]) -> None:
    wrong = [example for example in examples if not example.slots.keys() <= READERS.get(example.intent, {}).keys()]
    assert wrong == []


def test_about_a_fifth_is_set_aside_and_the_text_alone_decides(examples: list[Example]) -> None:
    share = sum(example.is_set_aside for example in examples) / len(examples)
    assert 0.18 < share < 0.22
    twin = Example("de", Intent.HELP, examples[0].text, {})
    assert twin.is_set_aside == examples[0].is_set_aside


def test_a_fingerprint_changes_with_any_example(examples: list[Example]) -> None:
    assert fingerprint(examples) == fingerprint(list(reversed(examples)))
    assert fingerprint(examples) != fingerprint(examples[1:])


def test_slots_are_read_with_their_type() -> None:
    [team, order, mute] = parse(
        [
            "# remark",
            "[team]",
            "level 2 | level=2",
            "[orders]",
            "x | order=A-1",
            "[notifications]",
            "m | enabled=false",
        ],
        "en",
    )
    assert (team.slots, order.slots, mute.slots) == ({"level": 2}, {"order": "A-1"}, {"enabled": False})


def test_a_line_above_any_intent_is_refused() -> None:
    with pytest.raises(ValueError, match="no intent"):
        list(parse(["hello"], "en"))
