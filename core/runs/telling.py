"""Runs as lines for the command line, in English."""

from collections.abc import Iterator, Sequence

from core.kernel.money import minor_digits
from core.runs.model import Difference, Finding, RunCard
from core.settlement.lines.numbers import decimal_text
from core.settlement.rules.payouts import MONEY
from i18n.errors import sentence
from i18n.translator import translator


def status(card: RunCard) -> str:
    """One run in one line."""
    words = [f"run {card.run}", card.kind, card.cycle, card.state.value]
    if card.progress is not None:
        done = f" {card.progress.done:,}/{card.progress.total:,}" if card.progress.total else ""
        words.append(f"{card.progress.work.value}: {card.progress.part or 'waiting'}{done}")
    if card.failed is not None:
        words.append(sentence(card.failed.code, card.failed.facts, translator("en")))
    if card.seal is not None:
        words.append(f"seal {card.seal[:16]}…")
    return "\t".join(words)


def sums(card: RunCard) -> Iterator[str]:
    """What it comes to, by currency."""
    totals = card.totals or {}
    for currency, money in totals.get("payouts", {}).items():
        yield f"{currency}\t" + "\t".join(f"{word} {money[word]}" for word in MONEY)


def findings(found: Sequence[Finding]) -> Iterator[str]:
    """Each in one line."""
    english = translator("en")
    for one in found:
        yield f"{one.severity}: {sentence(one.code, one.facts, english)} [{one.code}]"


def differences(found: Sequence[Difference]) -> Iterator[str]:
    """Each in one line: person, bonus, cause, before, now, change, unit; `!` where it is out of the ordinary."""
    for one in found:
        digits = minor_digits(one.unit) if len(one.unit) == 3 else 0
        amounts = [decimal_text(amount, digits) for amount in (one.before, one.now, one.change)]
        mark = "!" if one.is_anomaly else ""
        yield "\t".join([one.person, one.bonus or "-", one.cause, *amounts, one.unit, mark])
