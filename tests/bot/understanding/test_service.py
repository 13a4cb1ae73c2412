"""From message to intent and slots, with the weights that we ship."""

import io
import json
import sys

import pytest

from bot.understanding import command
from bot.understanding.examples import Example, fingerprint, read
from bot.understanding.head import load
from bot.understanding.language import WEIGHTS as LANGUAGE_WEIGHTS
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent, SlotValue, Understood
from bot.understanding.service import WEIGHTS, head, understand
from bot.understanding.slots.chosen import weights_of as choice_weights_of
from bot.understanding.slots.tagger import tagger
from bot.understanding.train import CHOSEN, NAMED, is_right, trained_choice

FLOORS = {
    "en": 0.91, "es": 0.91, "de": 0.87, "pt-BR": 0.90, "fr": 0.91, "ru": 0.92, "ar": 0.80,
    "zh-Hans": 0.93, "hi": 0.69, "id": 0.86, "ja": 0.89, "tr": 0.85,
}  # fmt: skip
"""Measured on the fifth set aside, intent and slots exactly right, less a few hundredths."""


def ask(message: str, language: str = "en") -> Understood:
    return understand(message, prior_language=language, lexicon=demo_lexicon())


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return read()


@pytest.mark.parametrize(
    ("language", "message", "intent", "slots"),
    [
        ("en", "how close am i to Diamond?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("es", "¿cuánto me falta para Diamante?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("de", "wie weit bin ich von Diamant entfernt?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("pt-BR", "quanto falta pra Diamante?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("fr", "il me manque quoi pour passer Diamant ?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("de", "how close am i to Diamond?", Intent.RANK_PROGRESS, {"rank": "diamond"}),
        ("en", "cuanto me falta para oro", Intent.RANK_PROGRESS, {"rank": "gold"}),
        ("en", "hi, where is order 12345?", Intent.ORDERS, {"order": 12345}),
        ("en", "thanks! and how is Anna doing", Intent.PERSON, {"person": "Anna"}),
        ("en", "show level 2", Intent.TEAM, {"level": 2}),
        ("en", "which customers stopped buying", Intent.INACTIVE_CUSTOMERS, {}),
        ("en", "how many points do i have", Intent.POINTS_BALANCE, {}),
        ("en", "my account is blocked", Intent.OPEN_TICKET, {"category": "activation"}),
        ("en", "", Intent.OUT_OF_SCOPE, {}),
    ],
)
def test_main_questions_are_read_in_any_interface_language(
    language: str, message: str, intent: Intent, slots: dict[str, SlotValue]
) -> None:
    read_as = ask(message, language)
    assert (read_as.intent, read_as.slots) == (intent, slots)


def test_weights_come_from_these_examples(examples: list[Example]) -> None:
    wanted = fingerprint(examples)
    stored = {head().fingerprint, load(LANGUAGE_WEIGHTS).fingerprint}
    stored |= {load(choice_weights_of(slot)).fingerprint for slot in CHOSEN}
    stored |= {tagger(slot).fingerprint for slot in NAMED}
    assert stored == {wanted}, "train anew: python -m bot.understanding.train"


def test_a_fresh_training_decides_as_the_shipped_weights_do(examples: list[Example]) -> None:
    fresh, shipped = trained_choice(examples, "category", Intent.OPEN_TICKET), load(choice_weights_of("category"))
    assert fresh.labels == shipped.labels
    assert abs(fresh.sentence - shipped.sentence).max() < 0.02


def test_weights_are_small() -> None:
    paths = [WEIGHTS, LANGUAGE_WEIGHTS, *(choice_weights_of(slot) for slot in (*CHOSEN, *NAMED))]
    assert sum(path.stat().st_size for path in paths) < 2_000_000


def test_the_fifth_set_aside_is_read_as_well_as_it_was_measured(examples: list[Example]) -> None:
    tried = [(example.language, is_right(example)) for example in examples if example.is_set_aside]
    for language, floor in FLOORS.items():
        results = [right for spoken, right in tried if spoken == language]
        assert sum(results) / len(results) >= floor, language


@pytest.mark.parametrize(
    "message",
    [
        "a" * 4096,
        "hola " * 800,
        "😀" * 500,
        "\u202eabc\u202c كم باقي",
        "\x00\x01\x02",
        "<b>how close am i</b> <script>alert(1)</script>",
        "'; DROP TABLE people; --",
        "\ud800 broken",
        "٪٪٪ %%% \\n",
        "क्" * 300,
        "1" * 400,
        "我" * 400,
    ],
)
def test_no_message_is_too_strange_to_be_answered(message: str) -> None:
    read_as = ask(message)
    assert read_as.intent in Intent
    assert 0.0 <= read_as.confidence <= 1.0


def test_the_same_message_is_always_read_the_same() -> None:
    assert ask("wieviel fehlt mir noch bis platin", "de") == ask("wieviel fehlt mir noch bis platin", "de")


def test_an_unlikely_reading_is_offered_and_not_acted_on() -> None:
    read_as = ask("wörterwald zickzack blubb", "de")
    assert read_as.intent is Intent.OUT_OF_SCOPE
    assert read_as.alternatives


def test_a_certain_message_loads_nothing() -> None:
    head.cache_clear()
    ask("stop")
    assert head.cache_info().currsize == 0


def test_the_command_answers_each_line_with_one_object(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"wo ist bestellung 12345\n\nstop\n")))
    assert command.run("de") == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["intent"] for answer in answers] == ["orders", "out_of_scope", "cancel"]
    assert answers[0]["slots"] == {"order": 12345}
    assert all(set(answer) == {"intent", "slots", "confidence"} for answer in answers)


@pytest.mark.parametrize(
    ("language", "message", "name"),
    [
        ("en", "how is Zebulon doing?", "Zebulon"),
        ("es", "¿cómo va María de la Cruz?", "María de la Cruz"),
        ("de", "wie läuft es bei Zebulon?", "Zebulon"),
        ("de", "wie geht es Frau Müller", "Müller"),
        ("pt-BR", "como está Wellington Magalhães?", "Wellington Magalhães"),
        ("fr", "où en est Zebulon ?", "Zebulon"),
    ],
)
def test_a_question_after_somebody_keeps_the_whole_name_even_one_never_met(
    language: str, message: str, name: str
) -> None:
    read_as = ask(message, language)
    assert (read_as.intent, read_as.slots) == (Intent.PERSON, {"person": name})


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "how is my team doing"),
        ("de", "wie geht es Ihnen"),
        ("de", "wie steht es um Level 2"),
        ("fr", "où en est Ma commande ?"),
        ("pt-BR", "como vai Você?"),
    ],
)
def test_a_question_after_things_or_by_courtesy_names_nobody(language: str, message: str) -> None:
    assert ask(message, language).intent is not Intent.PERSON


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "what's the weather like tomorrow?"),
        ("es", "¿qué tiempo hará mañana?"),
        ("de", "wie wird das Wetter morgen?"),
        ("pt-BR", "como vai estar o tempo amanhã?"),
        ("fr", "quel temps fera-t-il demain ?"),
        ("en", "<b>&amp;</b> {rank} %s"),
    ],
)
def test_the_weather_and_program_code_are_none_of_our_business(language: str, message: str) -> None:
    assert ask(message, language).intent is Intent.OUT_OF_SCOPE
