"""What counts for a KPI that does not take in every order."""

from core.progress.model import Counting, Progress
from i18n.translator import Translator


def counting(answer: Progress, tr: Translator) -> list[str]:
    """A line for everything that whoever orders for a missing KPI should know."""
    return [line for one in answer.counting for line in _of(one, answer.scale, tr)]


def _of(one: Counting, scale: int, tr: Translator) -> list[str]:
    label = tr.company(one.label)
    told = []
    if one.only == "first":
        told.append(tr("{label}: only someone's first order counts.", label=label))
    if one.only == "repeat":
        told.append(tr("{label}: someone's first order doesn't count.", label=label))
    if one.products:
        products = tr.list([tr.company(name) for name in one.products])
        told.append(tr("{label}: only these products count: {products}.", label=label, products=products))
    if one.without_products:
        products = tr.list([tr.company(name) for name in one.without_products])
        told.append(tr("{label}: these products don't count: {products}.", label=label, products=products))
    if one.within_days is not None:
        told.append(
            tr.plural(
                "{label}: only orders placed on the day of joining count.",
                "{label}: only orders placed in the first {n} days after joining count.",
                one.within_days,
                label=label,
            )
        )
    if one.minimum:
        volume = tr.volume(one.minimum, scale)
        told.append(tr("{label}: only single orders of at least {volume} in volume count.", label=label, volume=volume))
    if one.days:
        told.append(
            tr.plural("{label}: only today counts.", "{label}: only the last {n} days count.", one.days, label=label)
        )
    if one.since is not None:
        told.append(tr("{label}: only orders from {day} on count.", label=label, day=tr.date(one.since)))
    return [f"ℹ️ {line}" for line in told]
