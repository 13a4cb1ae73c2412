"""Reasons of lines about an earlier cycle, or ahead of a cycle's end: what they correct, and by how much."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.settlement.telling.setting import Setting
from core.settlement.telling.words import cycle_text
from i18n.translator import mark


def _corrects(value: Any, to: Setting) -> str:
    return to.tr(
        "It corrects {amount} that order {order} paid you in {cycle}.",
        amount=to.paid(value["amount"]),
        order=str(value["order"]),
        cycle=cycle_text(str(value["cycle"]), to.tr),
    )


def _returned(value: Any, to: Setting) -> str:
    return to.tr("{share} of that order was returned.", share=to.percent(_hundredfold(str(value))))


def _waits_less(value: Any, to: Setting) -> str:
    """What a return takes of parts that wait."""
    less = str(value)
    if less.startswith("-"):
        return to.tr("{amount} is put back to what is still to come in later cycles.", amount=to.paid(less[1:]))
    if "waits_no_more" in to.because:
        gone = mark("{amount} was still to come in later cycles: it is not paid any more, and not charged either.")
        return to.tr(gone, amount=to.paid(less))
    some = mark("{amount} is taken from what is still to come in later cycles, and not charged.")
    return to.tr(some, amount=to.paid(less))


def _hundredfold(share: str) -> Decimal:
    above, _, below = share.partition("/")
    return (Decimal(above) * 100 / Decimal(below or 1)).quantize(Decimal("0.01")).normalize()


def _advanced(value: Any, to: Setting) -> str:
    if "base" in to.because:
        return to.tr(
            "So far {base} is earned in {cycle}; {rate} of it is advanced, less {before} that was advanced before.",
            base=to.paid(to.fact("base")),
            cycle=cycle_text(str(to.fact("cycle")), to.tr),
            rate=to.percent(to.fact("rate")),
            before=to.paid(value),
        )
    return to.tr("{amount} was paid in advance and is taken off now.", amount=to.paid(value))


def _was(value: Any, to: Setting) -> str:
    cycle = cycle_text(str(to.fact("cycle")), to.tr)
    if "parts_due" in to.because:
        amount = Decimal(str(to.fact("now"))) - Decimal(str(value))
        more = mark("By what is known now, the parts of {cycle} that were due before pay you {amount} more.")
        less = mark("By what is known now, the parts of {cycle} that were due before pay you {amount} less.")
        return to.tr(more if amount > 0 else less, cycle=cycle, amount=to.paid(abs(amount)))
    return to.tr(
        "By what is known now, {cycle} pays you {now} in place of {was}.",
        cycle=cycle,
        now=to.paid(to.fact("now")),
        was=to.paid(value),
    )


CORRECTIONS: Mapping[str, Callable[[Any, Setting], str]] = {
    "corrects": _corrects,
    "returned": _returned,
    "waits_less": _waits_less,
    "advanced": _advanced,
    "was": _was,
}
"""Sentences by the word of a because."""
