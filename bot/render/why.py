"""Under each amount a why: a bonus's lines, the chain of one of them, and what keeps other bonuses from her."""

from collections.abc import Sequence

from bot.render.common import menu_button, paging, rows
from bot.render.earnings import is_open
from bot.render.sums import cycle_title, unit_amount
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.earnings.model import AwardCard, Why, WhyNot
from core.kernel.words import CompanyText
from i18n.translator import Translator

PAGE = 6
NAME_MAX = 30
BONUSES_MAX = 8


def award_lines(
    cards: Sequence[AwardCard],
    tr: Translator,
    *,
    cycle: str,
    bonus: str,
    page: int,
    more: bool,
    points: CompanyText | None,
) -> Screen:
    """One page of a bonus's lines, the largest first; each has its why as a button.

    Args:
        cycle: the code of a released cycle, or what stands for an open one.
    """
    if not cards:
        return Screen(tr("There is nothing under this bonus any more."), rows((back(cycle, tr), menu_button(tr))))
    first = page * PAGE + 1
    told = [f"{tr.number(first + at)}. {_line(one, tr, points)}" for at, one in enumerate(cards)]
    whys = [
        button(tr("{number}. Why?", number=first + at), "ey", cycle, page, one.award) for at, one in enumerate(cards)
    ]
    return Screen(
        lines(bold(tr.company(cards[0].label)), "", *told),
        rows(
            grid(whys, 3),
            paging(tr, "el", cycle, page=page, more=more, tail=(bonus,)),
            (back(cycle, tr), menu_button(tr)),
        ),
    )


def why(
    found: Why, tr: Translator, *, cycle: str, page: int, points: CompanyText | None, alone: bool = False
) -> Screen:
    """The amount, then its chain, one sentence a link.

    Args:
        alone: it is the bonus's only line, so that the way back leads to the sums.
    """
    to_lines = button(tr("‹ Back"), "el", cycle, page, found.line.bonus)
    worth = bold(unit_amount(found.line.amount, found.line.unit, points, tr))
    return Screen(
        lines(
            tr("{label}: {value}", label=tr.company(found.line.label), value=worth),
            cycle_title(found.cycle, None, tr),
            "",
            *[f"{tr.number(number)}. {sentence}" for number, sentence in enumerate(found.sentences, start=1)],
        ),
        rows(
            (button(tr("🎫 Ask about this"), "tdw", found.line.award),),
            (back(cycle, tr) if alone else to_lines, menu_button(tr)),
        ),
    )


def why_not(found: Sequence[WhyNot], tr: Translator, *, cycle: str) -> Screen:
    """Bonus by bonus, what is missing."""
    missed = [one for one in found if not one.earned]
    if not missed:
        text = tr("You get every bonus that the plan has.")
        return Screen(text, rows((back(cycle, tr), menu_button(tr))))
    left = len(missed) - BONUSES_MAX
    return Screen(
        lines(
            bold(tr("What keeps the other bonuses from you")),
            *[part for one in missed[:BONUSES_MAX] for part in _missed(one, tr)],
            *(["", tr.plural("… and {n} more.", "… and {n} more.", left)] if left > 0 else []),
        ),
        rows((back(cycle, tr), menu_button(tr))),
    )


def back(cycle: str, tr: Translator) -> Button | None:
    """To the sums that the lines are part of."""
    return button(tr("‹ Back"), "ee") if is_open(cycle) else button(tr("‹ Back"), "es", cycle)


def _line(one: AwardCard, tr: Translator, points: CompanyText | None) -> str:
    worth = unit_amount(one.amount, one.unit, points, tr)
    rank = None if one.rank is None else tr.company(one.rank)
    about = [cut(part, NAME_MAX) for part in (one.person, one.order, rank) if part]
    return " · ".join([bold(worth), *about])


def _missed(one: WhyNot, tr: Translator) -> list[str]:
    return ["", bold(tr.company(one.label)), *[f"• {sentence}" for sentence in one.sentences]]
