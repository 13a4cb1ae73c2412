"""Her team at a glance, and when the cycle closes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.render.common import days_left, gauges_button, menu_button, orders_button, points_button, rows, way_button
from bot.screen import Screen, bold, button, cut, grid, lines
from core.calendar.model import CycleCard
from core.people.model import Team, TeamLevel
from i18n.translator import Translator

LEVELS_SHOWN = 6
MOVED_SHOWN = 5


def team(found: Team, tr: Translator) -> Screen:
    """How many there are, who is active, and the first levels."""
    if not found.people:
        return Screen(
            tr(
                "You don't have anyone on your team yet. Once someone joins through you, you'll see how they're "
                "doing here."
            ),
            rows((gauges_button(tr), menu_button(tr))),
        )
    levels = found.levels[:LEVELS_SHOWN]
    return Screen(
        lines(
            bold(tr.plural("{n} person on your team", "{n} people on your team", found.people)),
            tr("Distributors: {n}", n=found.distributors),
            tr("Customers: {n}", n=found.customers),
            tr("Active this cycle: {n}", n=found.active),
            "",
            *[_level(level, tr) for level in levels],
            tr("The line reaches down to level {level}.", level=found.deepest_level)
            if found.deepest_level > len(levels)
            else None,
            *_moved(found, tr),
        ),
        rows(
            grid([button(tr("Level {level}", level=one.level), "l", f"taa{one.level}", 0) for one in levels], 3),
            (
                button(tr("Inactive distributors"), "l", "tdi0", 0),
                button(tr("Inactive customers"), "l", "tci1", 0),
            ),
            (gauges_button(tr), menu_button(tr)),
        ),
    )


def cycle(card: CycleCard, tr: Translator, *, zone: str, customer: bool = False) -> Screen:
    """When the cycle closes, on her own clock; a customer is offered what is her own."""
    last = card.ends_at - timedelta(minutes=1)
    day, time = bold(tr.day(last.astimezone(ZoneInfo(zone)).date())), bold(tr.time(last, zone))
    place = tr.zone(zone)
    if card.closed:
        text = tr("The cycle closed on {day} at {time} ({zone} time).", day=day, time=time, zone=place)
    else:
        text = lines(
            tr("The cycle closes on {day} at {time} ({zone} time).", day=day, time=time, zone=place),
            days_left(card.days_left, tr),
        )
    onward = (points_button(tr), orders_button(tr)) if customer else (way_button(tr), gauges_button(tr))
    return Screen(text, rows(onward, (menu_button(tr),)))


def _level(one: TeamLevel, tr: Translator) -> str:
    return tr.plural(
        "Level {level}: {n} person, {active}",
        "Level {level}: {n} people, {active}",
        one.people,
        level=one.level,
        active=tr.plural("{n} active", "{n} active", one.active),
    )


def _moved(found: Team, tr: Translator) -> list[str]:
    names = [cut(person.name, 40) for person in found.moved_up[:MOVED_SHOWN]]
    return ["", tr("Moved up this cycle: {names}", names=tr.list(names))] if names else []
