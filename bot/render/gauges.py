"""The gauges in words: the caption that stands alone beside the picture."""

from bot.render.common import amount, count, days_left, home_rows, menu_button, orders_button, rank_name, rows
from bot.render.start import own
from bot.screen import Button, Screen, bold, button, grid, lines
from core.people.model import Me
from core.progress.model import Gauge, Progress
from i18n.translator import Translator


def gauges(progress: Progress, tr: Translator, *, zone: str | None = None) -> Screen:
    """Where each needle stands, and the rank that the lowest allows; `zone` is the reader's, else the company's."""
    return Screen(
        lines(
            standing(progress, tr),
            outlook(progress, tr),
            "",
            *[line(gauge, progress, tr) for gauge in progress.gauges],
            *_brakes(progress, tr),
            *footer(progress, tr, zone),
        ),
        rows(
            grid(_behind(progress, tr)),
            (_way(progress, tr), menu_button(tr)),
        ),
        on_photo=True,
    )


def for_customers(me: Me, tr: Translator) -> Screen:
    """A customer asks after ranks or a team: that they are not for her, and what is."""
    return Screen(
        lines(tr("Gauges, ranks, and teams are for distributors."), own(me, tr)),
        home_rows(me, tr),
    )


def standing(progress: Progress, tr: Translator) -> str:
    """The rank to be paid by, now or for good."""
    rank = rank_name(progress, progress.paid_rank, tr)
    if not progress.estimate:
        return (
            tr("For this cycle, you're paid as {rank}.", rank=bold(rank))
            if rank
            else tr("This cycle closed without a rank.")
        )
    if not rank:
        return tr("If the cycle closed today, you wouldn't qualify for a rank.")
    return tr("If the cycle closed today, you'd be paid as {rank}.", rank=bold(rank))


def outlook(progress: Progress, tr: Translator) -> str:
    """What comes next, and how long there is for it."""
    target = rank_name(progress, progress.target, tr)
    sentences = [
        tr("Next rank: {rank}.", rank=bold(target)) if target else tr("That's the highest rank there is. Well done!")
    ]
    if not progress.cycle.closed:
        sentences.append(days_left(progress.cycle.days_left, tr))
    return " ".join(sentences)


def line(gauge: Gauge, progress: Progress, tr: Translator) -> str:
    """One gauge: its value, what the next rank asks, and the rank that it is enough for by itself.

    That rank is left out where it is said beside: the mark in front says it of the next one, the sentence above of the
    one that she is paid by.
    """
    rank = rank_name(progress, gauge.rank, tr)
    figures = _figures(gauge, progress, tr)
    # nothing at all is enough for a rank only because that rank asks nothing: not worth a word
    if not rank or not gauge.value or gauge.rank in (progress.target, progress.paid_rank):
        return figures
    return tr("{figures}, enough for {rank}", figures=figures, rank=rank)


def _figures(gauge: Gauge, progress: Progress, tr: Translator) -> str:
    """The mark, the value, and what the next rank asks of it."""
    label = tr.company(gauge.label)
    value = bold(amount(gauge.value, gauge.unit, progress.scale, tr))
    if gauge.needed is None:
        return "▫️ " + tr("{label}: {value}", label=label, value=value)
    needed = amount(gauge.needed, gauge.unit, progress.scale, tr)
    if not gauge.missing:
        return "✅ " + tr("{label}: {value} ({needed} needed)", label=label, value=value, needed=needed)
    return "🔸 " + tr.plural(
        "{label}: {value} of {needed} ({missing} to go)",
        "{label}: {value} of {needed} ({missing} to go)",
        count(gauge.missing, gauge.unit, progress.scale),
        label=label,
        value=value,
        needed=needed,
        missing=amount(gauge.missing, gauge.unit, progress.scale, tr),
    )


def footer(progress: Progress, tr: Translator, zone: str | None) -> list[str]:
    """That it is an estimate, as long as it is one; and of when it is, while newer figures are on their way."""
    told = [*as_of(progress, tr, zone)]
    if progress.estimate:
        told.append(tr("These figures are estimates until the cycle closes."))
    return ["", *told] if told else []


def as_of(progress: Progress, tr: Translator, zone: str | None) -> list[str]:
    """Of when the figures are, while newer ones are on their way."""
    if progress.as_of is None:
        return []
    at = tr.time(progress.as_of, zone or progress.cycle.time_zone)
    return [tr("As of {time}; newer figures are being worked out.", time=at)]


def _brakes(progress: Progress, tr: Translator) -> list[str]:
    labels = ["• " + tr.company(gauge.label) for gauge in progress.gauges if gauge.decides]
    if not labels or progress.target is None:
        return []
    return ["", tr("What's holding you back:"), *labels]


def _behind(progress: Progress, tr: Translator) -> list[Button | None]:
    """What stands behind the gauges: people, or her own orders."""
    doors = {
        "orders": orders_button(tr),
        "team": button(tr("👥 My team"), "l", "gaa0", 0),
        "customers": button(tr("🛒 My customers"), "l", "gca1", 0),
        "distributors": button(tr("🤝 My distributors"), "l", "gda1", 0),
    }
    asked = dict.fromkeys(gauge.drill_down for gauge in progress.gauges if gauge.drill_down)
    return [doors.get(kind) for kind in asked]


def _way(progress: Progress, tr: Translator) -> Button | None:
    if progress.target is None:
        return None
    return button(tr("🎯 Path to {rank}", rank=rank_name(progress, progress.target, tr)), "p", progress.target)
