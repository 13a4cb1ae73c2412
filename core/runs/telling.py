"""Runs as lines for the command line, in English."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from core.kernel.english import counted
from core.kernel.money import minor_digits
from core.runs.model import Difference, Finding, RunCard
from core.settlement.lines.numbers import decimal_text
from core.settlement.model import END, WARN
from core.settlement.rules.payouts import MONEY
from i18n.errors import sentence
from i18n.translator import translator

LABEL_WIDTH = 14
MINUTE = "%Y-%m-%d %H:%M UTC"
UNCOMPARED = {
    "preview": "nothing to compare with: there is no preview before this one",
    "cycle": "nothing to compare with: the cycle before had no released run when this was previewed",
}
"""What is said in place of differences, by what they were asked against."""


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


def table(card: RunCard, names: Mapping[str, str]) -> Iterator[str]:
    """All that is known of one run, a fact on a line.

    Args:
        names: how those are called whom the card names.
    """
    yield _row(f"run {card.run}", f"{card.kind} of {card.cycle}, calendar {card.calendar}")
    yield _row("state", card.state.value)
    if card.progress is not None or card.failed is not None:
        yield _row("work", status(card).split("\t")[4])
    yield _row("steps", ", ".join(card.steps))
    yield _row("started", _deed(card.started_at, names[card.started_by]))
    yield from _known(card)
    for one in card.approvals:
        yield _row("approved", _deed(one.at, names[one.by]))
    if card.released_at is not None and card.released_by is not None:
        yield _row("released", _deed(card.released_at, names[card.released_by]))
    for line in sums(card):
        currency, _, rest = line.partition("\t")
        yield _row(currency, rest.replace("\t", ", "))
    for label, seal in (("seal", card.seal), ("seal before", card.seal_before)):
        if seal is not None:
            yield _row(label, seal)


def actors(card: RunCard) -> set[str]:
    """Whom a run's card names."""
    return {one for one in (card.started_by, card.released_by, *(one.by for one in card.approvals)) if one is not None}


def _known(card: RunCard) -> Iterator[str]:
    if card.known_until is None:
        return
    yield _row("plan", f"version {card.plan_version}")
    yield _row("known until", f"{card.known_until:{MINUTE}}")
    yield _row("findings", f"{counted(card.faults, 'fault')}, {counted(card.notices, 'notice')}")
    if (due := (card.totals or {}).get("inactive")) is not None:
        yield _row("inactive", f"{due['inactive']:,}, of whom {due[WARN]:,} to warn and {due[END]:,} to terminate")


def _deed(at: datetime, who: str) -> str:
    return f"{at:{MINUTE}} by {who}"


def _row(label: str, words: str) -> str:
    return f"{label:<{LABEL_WIDTH}}{words}"


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
