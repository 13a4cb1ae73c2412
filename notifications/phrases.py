"""Phrases that texts of several kinds share: amounts, names, deadlines, gaps and the way to a rank. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.kernel.words import CompanyText
from core.messaging.kinds import Screen
from core.plan.model import Unit
from core.progress.model import StepKind
from i18n.translator import Translator
from notifications.message import Action, Facts

NAME_MAX = 40
STEPS_MAX = 5
GAUGES_MAX = 8
MONTH = re.compile(r"\d{4}-\d{2}")


def short(text: str, length: int = NAME_MAX) -> str:
    """A name or title as it was given, on one line, ended by "…" where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def points_of(n: int, name: CompanyText, tr: Translator) -> str:
    """So many points in the company's own word: "1,500 stars"."""
    return tr.filled("{n} {points}", {"n": n, "points": tr.company(name, n)})


def day(text: str, tr: Translator) -> str:
    """A day given as ISO text, with its year."""
    return tr.date(date.fromisoformat(text[:10]))


def cycle_name(code: str, tr: Translator) -> str:
    """A month by its name, every other cycle by its code."""
    if not MONTH.fullmatch(code):
        return code
    year, month = code.split("-")
    return tr.month(date(int(year), int(month), 1))


def total(sums: Sequence[Mapping[str, Any]], tr: Translator) -> str:
    """All currencies of a sum, joined as the reader joins things."""
    return tr.list([tr.money(one["amount"], one["currency"]) for one in sums])


def more(left: int, tr: Translator) -> str:
    """How many of a list are not named; nothing for none."""
    return tr.plural("… and {n} more.", "… and {n} more.", left) if left > 0 else ""


def days_left(n: int, tr: Translator) -> str:
    """How long the cycle is open; today is one of the days."""
    if n <= 1:
        return tr("Today is the last day.")
    return tr.plural("{n} day left, including today.", "{n} days left, including today.", n)


def deadline(facts: Facts, tr: Translator) -> str:
    """When the cycle closes, on the reader's own clock, and which clock that is.

    | closes (UTC)     | her zone      | sentence                                                |
    | ---------------- | ------------- | ------------------------------------------------------- |
    | 2026-11-30 23:00 | Europe/Madrid | The cycle closes at the end of November 30 (Madrid time). |
    | 2026-11-30 23:00 | Asia/Tokyo    | The cycle closes on December 1 at 8:00 AM (Tokyo time). |
    """
    if not facts.get("closes_at"):
        return days_left(facts["days_left"], tr)
    zone = facts.get("time_zone") or "UTC"
    moment = datetime.fromisoformat(facts["closes_at"])
    there = moment.astimezone(ZoneInfo(zone))
    if there.time() == time():
        last = tr.day(there.date() - timedelta(days=1))
        return tr("The cycle closes at the end of {day} ({city} time).", day=last, city=tr.zone(zone))
    return tr(
        "The cycle closes on {day} at {time} ({city} time).",
        day=tr.day(there.date()),
        time=tr.time(moment, zone),
        city=tr.zone(zone),
    )


def standing(facts: Facts, tr: Translator) -> str:
    """The rank that she would be paid by."""
    if not facts.get("rank"):
        return tr("If the cycle closed today, you wouldn't qualify for a rank.")
    return tr("If the cycle closed today, you'd be paid as {rank}.", rank=tr.company(facts["rank"]))


def still_needed(facts: Facts, tr: Translator) -> str:
    """How much the next rank still asks, as a number of things; nothing where there is no next rank or no gap."""
    if not facts.get("target") or not facts["gaps"]:
        return ""
    rank = tr.company(facts["target"])
    return tr.plural(
        "You still need {n} thing to reach {rank}.",
        "You still need {n} things to reach {rank}.",
        len(facts["gaps"]),
        rank=rank,
    )


def gauges(facts: Facts, tr: Translator) -> list[str]:
    """A line for each needle."""
    shown = facts["gauges"][:GAUGES_MAX]
    return [_needle(one, facts["scale"], tr) for one in shown]


def gaps(facts: Facts, tr: Translator) -> list[str]:
    """A line for everything that is missing."""
    return [_needle(one, facts["scale"], tr) for one in facts["gaps"][:GAUGES_MAX]]


def _needle(one: Facts, scale: int, tr: Translator) -> str:
    label, unit = tr.company(one["label"]), Unit(one["unit"])
    value = _amount(one["value"], unit, scale, tr)
    if one.get("needed") is None:
        return "▫️ " + tr("{label}: {value}", label=label, value=value)
    needed, missing = _amount(one["needed"], unit, scale, tr), _amount(one["missing"], unit, scale, tr)
    if not one["missing"]:
        return "✅ " + tr("{label}: {value} ({needed} needed)", label=label, value=value, needed=needed)
    return "🔸 " + tr.plural(
        "{label}: {value} of {needed} ({missing} to go)",
        "{label}: {value} of {needed} ({missing} to go)",
        _count(one["missing"], unit, scale),
        label=label,
        value=value,
        needed=needed,
        missing=missing,
    )


def _amount(value: int, unit: Unit, scale: int, tr: Translator) -> str:
    return tr.volume(value, scale) if unit is Unit.VOLUME else tr.number(value)


def _count(value: int, unit: Unit, scale: int) -> int:
    """The number by which the words about a value bend; a broken volume bends them as several do."""
    if unit is not Unit.VOLUME:
        return value
    whole, broken = divmod(value, 10**scale)
    return 2 if broken else whole


def way(facts: Facts, tr: Translator) -> list[str]:
    """The cheapest way to the rank, step by step; nothing where usual orders do not lead there."""
    found = facts.get("way")
    if not found or not found["reaches"] or not found["steps"]:
        return []
    steps = found["steps"]
    head = tr.plural("One order is enough:", "The quickest way there is {n} orders:", len(steps))
    told = [f"{number}. {_step(step, facts['scale'], tr)}" for number, step in enumerate(steps[:STEPS_MAX], start=1)]
    return [head, *told, more(len(steps) - STEPS_MAX, tr)]


def _step(step: Facts, scale: int, tr: Translator) -> str:
    volume = tr.volume(step["volume"], scale)
    if step["kind"] == StepKind.OWN_ORDER.value:
        return tr("You: {volume} in volume", volume=volume)
    return tr("{name}: {volume} in volume", name=short(step["name"]), volume=volume)


def gauges_action(tr: Translator) -> Action:
    """To the gauges."""
    return Action(tr("📊 My gauges"), Screen.GAUGES)


def progress_action(facts: Facts, tr: Translator) -> Action:
    """To what the rank that the message speaks of still asks."""
    return Action(tr("🎯 My next rank"), Screen.PROGRESS, facts.get("towards") or "")


def points_action(name: CompanyText, tr: Translator) -> Action:
    """To the points at a glance, by the company's word for them."""
    return Action(tr("⭐ My {points}", points=tr.company(name, 2)), Screen.POINTS)
