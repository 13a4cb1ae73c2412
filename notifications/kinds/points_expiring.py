"""Points of hers end soon."""

from datetime import date

from i18n.translator import Translator
from notifications.kinds.kind import Facts, Kind


def text(facts: Facts, tr: Translator) -> str:
    """How many, the last day on which they can be used, and what for."""
    count = facts["points"]
    ending = tr.plural(
        "{points} expires at the end of {day}.",
        "{points} expire at the end of {day}.",
        count,
        points=tr.filled("{n} {points}", {"n": count, "points": tr.company(facts["name"], count)}),
        day=tr.date(date.fromisoformat(facts["on"])),
    )
    return "⏳ " + ending + "\n" + tr("/redeem shows what you can get until then.")


KIND = Kind("points.expiring", text)
