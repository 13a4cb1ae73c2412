"""The one use case: a message → its intent and slots."""

from functools import cache
from pathlib import Path

from bot.understanding.certain import certain
from bot.understanding.cues import cues
from bot.understanding.features import grams, sentence_vectors
from bot.understanding.head import Head, load, softmax
from bot.understanding.language import detect
from bot.understanding.model import Guess, Intent, Lexicon, Understood
from bot.understanding.points_word import in_common_words
from bot.understanding.slots.how_is import how_is
from bot.understanding.slots.registry import read_slots
from bot.understanding.slots.wanted import plain_wish
from bot.understanding.slots.what_if import what_if
from bot.understanding.slots.whole import whole_message
from bot.understanding.text import clean

WEIGHTS = Path(__file__).parent / "weights.npz"
UNSURE = 0.25
"""Below this share the best guess is wrong more often than right: better to ask than to answer the wrong thing."""
NAME_ALONE = 0.9
"""A message that is a product's name and nothing else wishes for nothing, unless it is as good as certain."""
OFFERED = 3


@cache
def head() -> Head:
    """The trained head, read once."""
    return load(WEIGHTS)


def guesses(text: str, *, language: str, lexicon: Lexicon) -> list[Guess]:
    """Every intent with its share, likeliest first, for a cleaned message."""
    trained = head()
    marked = grams(text, cues(text, language, lexicon))
    shares = softmax(trained.scores(sentence_vectors([text])[0], marked))
    ranked = sorted(zip(shares.tolist(), trained.labels, strict=True), reverse=True)
    return [Guess(Intent(label), share) for share, label in ranked]


def understand(text: str, *, prior_language: str, lexicon: Lexicon) -> Understood:
    """What the message wants. Pure once the weights are loaded, which the first uncertain message does.

    Args:
        text: as typed, any length and any characters.
        prior_language: BCP 47 code of the language that the person reads the bot in; decides where few letters do not.
        lexicon: the company's ranks, its word for points and, where known, the people that the message may mean.

    Returns:
        Intent, slots and confidence; `out_of_scope` with `alternatives` where no intent is likely enough.
    """
    typed = clean(text)
    said = in_common_words(typed, lexicon)
    message = said.text
    sure = certain(message) or whole_message(message, lexicon) or plain_wish(message)
    language = detect(typed, prior_language=prior_language)
    supposed = None if sure else what_if(message)
    if supposed is not None:
        return Understood(Intent.RANK_PROGRESS, supposed, 1.0, language)
    if sure is not None:
        intent, slots = sure
        return Understood(intent, dict(slots), 1.0, language)
    asked_after = how_is(message, lexicon)
    if asked_after is not None:
        return Understood(Intent.PERSON, {"person": asked_after}, 1.0, language)
    ranked = guesses(message, language=language, lexicon=lexicon)
    best, others = ranked[0], tuple(ranked[1 : 1 + OFFERED])
    slots = read_slots(best.intent, message, language=language, lexicon=lexicon)
    if best.confidence < (NAME_ALONE if slots.get("product") == message else UNSURE):
        return Understood(Intent.OUT_OF_SCOPE, {}, 1.0 - best.confidence, language, (best, *others[:-1]))
    return Understood(best.intent, said.restored(slots), best.confidence, language, others)
