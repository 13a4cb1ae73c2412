"""`python -m bot.understanding.train`: examples → weights, and how good they are on the fifth set aside."""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

import numpy as np

from bot.understanding.cues import cues
from bot.understanding.examples import Example, fingerprint, read
from bot.understanding.features import SENTENCE_SIZE, Floats, grams, sentence_vectors
from bot.understanding.head import Head, train
from bot.understanding.language import WEIGHTS as LANGUAGE_WEIGHTS
from bot.understanding.lexicon import demo_lexicon
from bot.understanding.model import Intent
from bot.understanding.service import WEIGHTS, understand
from bot.understanding.slots.chosen import NONE
from bot.understanding.slots.chosen import weights_of as choice_weights_of
from bot.understanding.slots.product_training import train_product
from bot.understanding.slots.registry import BEYOND
from bot.understanding.slots.tagger import weights_of as name_weights_of
from bot.understanding.slots.tagger_training import train_tagger
from bot.understanding.text import clean

BATCH = 64
NAMED = ("person", "product")
CHOSEN = {"category": Intent.OPEN_TICKET, "enabled": Intent.NOTIFICATIONS, "topic": Intent.NOTIFICATIONS}


def _vectors(texts: Sequence[str]) -> Floats:
    """Sentence vectors of many texts, a batch at a time."""
    return np.concatenate([sentence_vectors(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])


def _used(examples: Iterable[Example], intents: Collection[Intent]) -> list[Example]:
    """The four fifths of `examples` that are not set aside, of these intents."""
    return [example for example in examples if not example.is_set_aside and example.intent in intents]


def _trained(used: Sequence[Example], labels: Sequence[str], name: str) -> Head:
    """A head over everything that is known about a message."""
    texts = [clean(example.text) for example in used]
    marked = [
        grams(text, cues(text, example.language, demo_lexicon())) for text, example in zip(texts, used, strict=True)
    ]
    return train(_vectors(texts), marked, labels, name)


def trained(examples: Sequence[Example]) -> Head:
    """The head that tells intents apart."""
    used = _used(examples, list(Intent))
    return _trained(used, [example.intent.value for example in used], fingerprint(examples))


def trained_choice(examples: Sequence[Example], slot: str, intent: Intent) -> Head:
    """The head that tells the values of one slot apart, on the messages of the intent that has it."""
    used = _used(examples, {intent})
    return _trained(used, [str(example.slots.get(slot, NONE)) for example in used], fingerprint(examples))


def trained_languages(examples: Sequence[Example]) -> Head:
    """A head that tells the languages of `examples` apart by their words, on the same four fifths."""
    used = _used(examples, list(Intent))
    nothing = np.zeros((len(used), SENTENCE_SIZE), dtype=np.float32)
    rows = [grams(clean(example.text)) for example in used]
    return train(nothing, rows, [example.language for example in used], fingerprint(examples))


def is_right(example: Example) -> bool:
    """Whether the message is read with exactly its intent and its slots, case of names and slots beyond them aside."""
    understood = understand(example.text, prior_language=example.language, lexicon=demo_lexicon())
    noted = {name: value for name, value in understood.slots.items() if name not in BEYOND}
    return understood.intent is example.intent and _loose(noted) == _loose(example.slots)


def _loose(slots: object) -> str:
    return str(sorted(dict(slots).items())).casefold() if isinstance(slots, dict) else ""


def report() -> str:
    """Accuracy by language and by intent on the fifth set aside, intent and slots exactly right."""
    tried = [(example, is_right(example)) for example in read() if example.is_set_aside]
    lines = ["set aside: intent and slots exactly right"]
    keys: tuple[tuple[str, Callable[[Example], str]], ...] = (
        ("language", lambda example: example.language),
        ("intent", lambda example: example.intent.value),
    )
    for title, key in keys:
        seen = Counter(key(example) for example, _ in tried)
        right = Counter(key(example) for example, good in tried if good)
        table = [(name, count, right[name]) for name, count in sorted(seen.items())]
        lines += [f"\n{title:<20}{'messages':>9}{'right':>8}{'share':>8}"]
        lines += [
            f"{name:<20}{count:>9}{good:>8}{good / count:>8.1%}"
            for name, count, good in (*table, ("all", seen.total(), right.total()))
        ]
    return "\n".join(lines)


def write_weights(examples: Sequence[Example]) -> None:
    """Train everything that is trained, and store it beside the code that reads it."""
    trained_languages(examples).save(LANGUAGE_WEIGHTS)
    train_tagger(examples, "person").save(name_weights_of("person"))
    train_product(examples).save(name_weights_of("product"))
    for slot, intent in CHOSEN.items():
        trained_choice(examples, slot, intent).save(choice_weights_of(slot))
    trained(examples).save(WEIGHTS)


def main(arguments: Sequence[str]) -> int:
    """Train and write the weights, or with --report measure those that are there."""
    parser = argparse.ArgumentParser(prog="python -m bot.understanding.train", description=main.__doc__)
    parser.add_argument("--report", action="store_true", help="print accuracy on the fifth set aside; train nothing")
    if not parser.parse_args(arguments).report:
        write_weights(read())
    sys.stdout.write(report() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
