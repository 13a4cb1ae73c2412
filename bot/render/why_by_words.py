"""What is answered where she asks in words why an amount came, or why a bonus did not."""

from collections.abc import Sequence

from bot.render.common import human_button, menu_button, rows
from bot.render.sums import cycle_name, headed, unit_amount
from bot.render.why import BONUSES_MAX, NAME_MAX, back
from bot.screen import Screen, bold, button, cut, grid, lines
from core.earnings.model import AwardCard, WhyNot
from core.kernel.words import CompanyText
from i18n.translator import Translator

LABEL_MAX = 40


def bonus_missing(one: WhyNot, tr: Translator, *, cycle: str) -> Screen:
    """Why one bonus paid her nothing in a cycle; the company is one tap away, should she see it otherwise."""
    name = tr.company(one.label)
    return Screen(
        lines(
            tr("{bonus} paid you nothing in {cycle}.", bonus=bold(name), cycle=cycle_name(one.cycle, None, tr)),
            *[f"• {sentence}" for sentence in one.sentences],
        ),
        rows(
            (button(tr("🤔 Why not more?"), "en", cycle), human_button(tr)),
            (back(cycle, tr), menu_button(tr)),
        ),
    )


def which_bonus(named: Sequence[WhyNot], tr: Translator, *, cycle: str) -> Screen:
    """Several bonuses that she may mean, a button each."""
    return Screen(
        tr("Which of these bonuses do you mean?"),
        rows(
            *[(button(cut(tr.company(one.label), LABEL_MAX), "ew", cycle, one.bonus),) for one in named[:BONUSES_MAX]],
            (menu_button(tr),),
        ),
    )


def of_amount(
    cards: Sequence[AwardCard],
    more: int,
    tr: Translator,
    *,
    cycle: str,
    code: str,
    points: CompanyText | None,
    exact: bool,
) -> Screen:
    """Lines of the amount that she named, each with its why.

    Args:
        more: how many there are besides.
        cycle: as buttons name it.
        code: of the cycle that they are of.
        exact: whether they come to what she said to the cent.
    """
    told = [f"{tr.number(at)}. {_line(one, tr, points)}" for at, one in enumerate(cards, start=1)]
    whys = [button(tr("{number}. Why?", number=at), "ey", cycle, 0, one.award) for at, one in enumerate(cards, start=1)]
    return Screen(
        lines(
            bold(tr("These lines are of that amount") if exact else tr("These lines come near to that amount")),
            headed(cycle_name(code, None, tr)),
            "",
            *told,
            tr.plural("… and {n} more.", "… and {n} more.", more) if more else None,
        ),
        rows(grid(whys, 3), (back(cycle, tr), menu_button(tr))),
    )


def _line(one: AwardCard, tr: Translator, points: CompanyText | None) -> str:
    about = [cut(part, NAME_MAX) for part in (tr.company(one.label), one.person, one.order) if part]
    return " · ".join([bold(unit_amount(one.amount, one.unit, points, tr)), *about])
