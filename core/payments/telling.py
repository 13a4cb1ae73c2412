"""Payments as lines for the command line, in English."""

from collections.abc import Iterator, Sequence

from core.kernel.english import counted
from core.kernel.money import amount_text
from core.payments.model import LeftOut, ListCard, NotTaken, Why
from i18n.errors import sentence
from i18n.translator import translator


def told(card: ListCard) -> list[str]:
    """The lines that tell of a list: itself, its payments by state, its files."""
    states = ", ".join(f"{count:,} {state.value}" for state, count in card.payments.items())
    total = f"{amount_text(card.sum_minor, card.currency)}\t({states})\t{card.format.value}"
    return [
        f"{card.number}\t{card.state.value}\t{card.execution_on}\t{counted(card.count, 'payment')}\t{total}",
        *(
            f"  file {file.number}\t{file.message_id}\t{counted(file.count, 'payment')}\t"
            f"{amount_text(file.sum_minor, card.currency)}"
            for file in card.files
        ),
        *(f"notice: {sentence(one.code, one.facts, translator('en'))} [{one.code}]" for one in card.findings),
    ]


def left_out(found: Sequence[LeftOut]) -> Iterator[str]:
    """Each person in one line, with the word that says why, and how else she would be paid."""
    for one in found:
        how = f": `payments make --format {one.pays.value}` pays it" if one.pays and one.why is not Why.READY else ""
        yield f"{one.person}\t{amount_text(one.amount_minor, one.currency)}\t{one.why.value}{how}"


def not_taken(found: Sequence[NotTaken]) -> Iterator[str]:
    """Each run in one line."""
    for one in found:
        amount = amount_text(one.amount_minor, one.currency)
        later = "`payments make` takes it over, or says why not"
        yield f"run {one.run}\t{one.cycle}\t{amount}\t{counted(one.people, 'person', 'people')}: {later}"


def nothing(currency: str) -> str:
    """That nobody waits."""
    return f"Nothing waits in {currency}: what released runs pay in it is in lists or paid."
