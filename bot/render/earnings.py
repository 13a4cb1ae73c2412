"""Her estimate for the open cycle."""

from bot.render.common import gauges_button, menu_button, rows
from bot.render.sums import bonus_line, cycle_name, total
from bot.screen import Button, Screen, button, grid, lines
from core.earnings.model import BonusSum, Estimate
from core.kernel.words import CompanyText
from i18n.translator import Translator

OPEN = "e"
"""Stands for the open cycle where a button names a cycle."""
BONUSES_MAX = 12


def estimate(
    found: Estimate,
    tr: Translator,
    *,
    zone: str,
    points: CompanyText | None,
    notice: str | None,
    customer: bool = False,
) -> Screen:
    """The sum first, then each bonus, then what would raise it.

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
            _sum(found, cycle, tr),
            _until(found, tr, zone),
            *_bonuses(found.bonuses, points, tr),
            *_raises(found, tr),
        ),
        rows(
            grid([lines_button(one, OPEN, tr) for one in found.bonuses[:BONUSES_MAX]]),
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


def _until(found: Estimate, tr: Translator, zone: str) -> str:
    day = tr.day(found.ends_on)
    time = tr.time(found.as_of, zone)
    return tr("It's an estimate until the end of {day}, with all orders up to {time}.", day=day, time=time)


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
    return ["", tr("What would raise it:"), *told]
