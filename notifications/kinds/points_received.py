"""Somebody gave her points."""

from datetime import date

from i18n.translator import Translator
from notifications.kinds.kind import Facts, Kind


def text(facts: Facts, tr: Translator) -> str:
    """Who, how many, until when, and where to see them."""
    points = tr.filled("{n} {points}", {"n": facts["points"], "points": tr.company(facts["name"], facts["points"])})
    given = tr("{person} gave you {points}.", person=facts["from"], points=points)
    said = ["🎁 " + given, _until(facts.get("ends") or [], tr), tr("/points shows what you have now.")]
    return "\n".join(line for line in said if line)


def _until(ends: list[str | None], tr: Translator) -> str:
    """The day on which the gift ends, or the first part of it; nothing for points without an end.

    Args:
        ends: the last day of each part as ISO text, the first first; None is no end.
    """
    if not ends or ends[0] is None:
        return ""
    day = tr.date(date.fromisoformat(ends[0]))
    return tr("Can be used until {day}.", day=day) if len(ends) == 1 else tr("The first of it ends on {day}.", day=day)


KIND = Kind("points.received", text)
