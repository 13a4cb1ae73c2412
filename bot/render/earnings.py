"""Her estimate for the open cycle."""

from bot.render.common import gauges_button, menu_button, rows
from bot.render.sums import WEEK, bonus_line, cycle_name, total
from bot.screen import Button, Screen, button, grid, lines
from core.earnings.model import BonusSum, Estimate, OpenCycle
from core.kernel.words import CompanyText
from i18n.translator import Translator

OPEN = "e"
"""Stands for the open cycle where a button names a cycle."""
BONUSES_MAX = 12


def open_of(calendar: str) -> str:
    """Stands for the open cycle of another calendar than the main one where a button names a cycle."""
    return f"{OPEN}.{calendar}"


def is_open(cycle: str) -> bool:
    """Whether a button that names a cycle means an open one."""
    return cycle.partition(".")[0] == OPEN


def estimate(
    found: Estimate,
    tr: Translator,
    *,
    zone: str,
    points: CompanyText | None,
    notice: str | None,
    customer: bool = False,
) -> Screen:
    """The sum first, then each bonus, then what else there is to earn.

    Args:
        zone: the reader's, for the time up to which orders are in it.
        notice: a sentence before everything else, such as that a cycle asked for is still open.
        customer: whether she has no gauges.
    """
    cycle = cycle_name(found.cycle, found.ends_on, tr)
    if not found.ready:
        return Screen(
            lines(notice, tr("I'm still working out {cycle}. Please ask again in a minute.", cycle=cycle)),
            rows((button(tr("🔄 Ask again"), "ee"), menu_button(tr))),
        )
    return Screen(
        lines(
            notice,
            _sum(found, cycle, tr) if found.pays or not found.beside else None,
            _until(found, tr, zone),
            *_bonuses(found.bonuses, points, tr),
            *[line for one in found.beside for line in _beside(one, points, tr)],
            *_raises(found, tr),
        ),
        rows(
            grid([lines_button(bonus, cycle, tr) for cycle, bonus in _sums_of(found)]),
            (why_not_button(tr, OPEN), statement_button(tr)),
            (payouts_button(tr), None if customer else gauges_button(tr)),
            (menu_button(tr),),
        ),
    )


def lines_button(one: BonusSum, cycle: str, tr: Translator) -> Button | None:
    """To the lines of one bonus, each with its why."""
    return button(tr.company(one.label), "el", cycle, 0, one.bonus)


def why_not_button(tr: Translator, cycle: str) -> Button | None:
    """To what keeps the other bonuses from her."""
    return button(tr("🤔 Why not more?"), "en", cycle)


def statement_button(tr: Translator) -> Button | None:
    """To the latest statement."""
    return button(tr("🧾 My statement"), "es", "latest")


def payouts_button(tr: Translator) -> Button | None:
    """To when and where the money comes."""
    return button(tr("💶 My payouts"), "ep")


def _sum(found: Estimate, cycle: str, tr: Translator) -> str:
    if found.totals:
        return tr("{amount} for {cycle}, if it closed now.", amount=total(found.totals, tr), cycle=cycle)
    if found.bonuses:
        return tr("For {cycle}, if it closed now:", cycle=cycle)
    return tr("Nothing yet for {cycle}.", cycle=cycle)


def _sums_of(found: Estimate) -> list[tuple[str, BonusSum]]:
    """The sums that are shown, each with what a button calls its cycle."""
    hers = [(OPEN, one) for one in found.bonuses[:BONUSES_MAX]]
    return hers + [(open_of(cycle.calendar), one) for cycle in found.beside for one in cycle.bonuses[:BONUSES_MAX]]


def _beside(found: OpenCycle, points: CompanyText | None, tr: Translator) -> list[str]:
    """The open cycle of another calendar, such as a week, with its sum and bonuses."""
    day = tr.day(found.ends_on)
    week = WEEK.fullmatch(found.cycle)
    if week:
        head = tr("Week {number}, until {day}", number=int(week[2]), day=day)
    else:
        head = tr("{cycle}, until {day}", cycle=found.cycle, day=day)
    if found.totals:
        head = tr("{label}: {value}", label=head, value=tr("{amount} so far", amount=total(found.totals, tr)))
    elif not found.bonuses:
        head = tr("{label}: {value}", label=head, value=tr("nothing so far"))
    return ["", head, *_bonuses(found.bonuses, points, tr)[1:]]


def _until(found: Estimate, tr: Translator, zone: str) -> str:
    day = tr.day(found.ends_on)
    time = tr.time(found.as_of, zone)
    if found.beside and not found.pays:
        return tr("It's an estimate with all orders up to {time}.", time=time)
    return tr("It's an estimate with all orders up to {time}. The cycle runs until {day}.", time=time, day=day)


def _bonuses(sums: tuple[BonusSum, ...], points: CompanyText | None, tr: Translator) -> list[str]:
    if not sums:
        return []
    left = len(sums) - BONUSES_MAX
    more = [tr.plural("… and {n} more.", "… and {n} more.", left)] if left > 0 else []
    return ["", *[bonus_line(one, points, tr) for one in sums[:BONUSES_MAX]], *more]


def _raises(found: Estimate, tr: Translator) -> list[str]:
    if not found.raises:
        return []
    told = ["• " + tr("{label}: {value}", label=tr.company(one.label), value=one.sentence) for one in found.raises]
    return ["", tr("What else you could earn:"), *told]
