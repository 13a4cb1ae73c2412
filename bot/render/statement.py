"""Her released statements: one of them, and the list."""

from collections.abc import Sequence

from bot.render.common import earnings_button, menu_button, paging, rows
from bot.render.earnings import lines_button, payouts_button, why_not_button
from bot.render.payouts import reckoned, state_line
from bot.render.sums import bonus_line, cycle_name, cycle_title, headed, total
from bot.screen import Screen, bold, button, grid, lines
from core.earnings.model import Statement, StatementCard
from core.kernel.words import CompanyText
from i18n.translator import Translator

PAGE = 8
BONUSES_MAX = 12
SEAL_SHOWN = 12


def statement(found: Statement, tr: Translator, *, points: CompanyText | None, notice: str | None = None) -> Screen:
    """The sum first, then each bonus, where the money is, and the seal with what it is good for."""
    cycle = cycle_name(found.cycle, found.ends_on, tr)
    left = len(found.bonuses) - BONUSES_MAX
    return Screen(
        lines(
            notice,
            _sum(found, cycle, tr),
            tr("Paid as: {rank}", rank=tr.company(found.paid_rank)) if found.paid_rank else None,
            *(["", *[bonus_line(one, points, tr) for one in found.bonuses[:BONUSES_MAX]]] if found.bonuses else []),
            *([tr.plural("… and {n} more.", "… and {n} more.", left)] if left > 0 else []),
            "",
            *[line for one in found.payouts for line in reckoned(one, tr)],
            *[state_line(one, tr) for one in found.payouts],
            tr("Seal {seal}: it would no longer fit if anybody changed this statement.", seal=found.seal[:SEAL_SHOWN]),
        ),
        rows(
            grid([lines_button(one, found.cycle, tr) for one in found.bonuses[:BONUSES_MAX]]),
            (why_not_button(tr, found.cycle), payouts_button(tr)),
            (
                button(f"◀ {cycle_title(found.before, None, tr)}", "es", found.before) if found.before else None,
                button(f"{cycle_title(found.after, None, tr)} ▶", "es", found.after) if found.after else None,
            ),
            (earnings_button(tr), menu_button(tr)),
        ),
    )


def statements(cards: Sequence[StatementCard], tr: Translator, *, page: int, more: bool, notice: str | None) -> Screen:
    """One page of them, the latest first."""
    if not cards and not page:
        return none_yet(tr, notice)
    return Screen(
        lines(notice or bold(tr("Your statements")), "", *[_card(one, tr) for one in cards]),
        rows(
            grid([button(cycle_title(one.cycle, one.ends_on, tr), "es", one.cycle) for one in cards]),
            paging(tr, "ea", page=page, more=more),
            (earnings_button(tr), menu_button(tr)),
        ),
    )


def none_yet(tr: Translator, notice: str | None = None) -> Screen:
    """Nothing was released to her yet."""
    return Screen(
        lines(notice, tr("You don't have a statement yet. You'll get one when the company has closed a cycle.")),
        rows((earnings_button(tr), menu_button(tr))),
    )


def _sum(found: Statement, cycle: str, tr: Translator) -> str:
    if found.totals:
        return tr("{amount} for {cycle}.", amount=total(found.totals, tr), cycle=bold(cycle))
    return tr("{cycle}: nothing in money.", cycle=bold(headed(cycle)))


def _card(one: StatementCard, tr: Translator) -> str:
    worth = total(one.totals, tr) if one.totals else tr("nothing in money")
    return "• " + tr("{label}: {value}", label=cycle_title(one.cycle, one.ends_on, tr), value=worth)
