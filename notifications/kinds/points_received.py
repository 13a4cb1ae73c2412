"""Somebody gave her points."""

from i18n.translator import Translator
from notifications.kinds.kind import Facts, Kind


def text(facts: Facts, tr: Translator) -> str:
    """Who, how many, and where to see them."""
    points = tr.filled("{n} {points}", {"n": facts["points"], "points": tr.company(facts["name"], facts["points"])})
    given = tr("{person} gave you {points}.", person=facts["from"], points=points)
    return "🎁 " + given + "\n" + tr("/points shows what you have now.")


KIND = Kind("points.received", text)
