"""Which ranks she was paid by in closed cycles."""

from collections.abc import Sequence

from bot.render.common import honoured, menu_button, paging, rank_of, rows, way_button
from bot.render.sums import cycle_name, cycle_title
from bot.screen import Screen, bold, lines
from core.kernel.words import CompanyText
from core.ranks.model import RankPeriod
from i18n.translator import Translator

PAGE = 12


def history(
    periods: Sequence[RankPeriod],
    tr: Translator,
    *,
    names: dict[str, CompanyText],
    asked: Sequence[RankPeriod] | None,
    page: int = 0,
) -> Screen:
    """The answer first: of the cycles asked for, or the highest ever and the first; then cycle by cycle.

    Args:
        periods: the latest first.
        names: of the ladder's ranks, lowest first.
        asked: those of the period that she named, the latest first; None where she named none.
    """
    onward = (way_button(tr), menu_button(tr))
    if not periods:
        return Screen(tr("No cycle has been closed yet, so there are no past ranks."), rows(onward))
    if asked is not None and not asked:
        lead = tr("There is no closed cycle in that time.")
    else:
        lead = _of(asked, names, tr) if asked is not None else _highest(periods, names, tr)
    start = page * PAGE
    shown = periods[start : start + PAGE]
    return Screen(
        lines(lead, "", *["• " + _period(one, names, tr) for one in shown]),
        rows(paging(tr, "rh", page=page, more=len(periods) > start + PAGE), onward),
    )


def _of(asked: Sequence[RankPeriod], names: dict[str, CompanyText], tr: Translator) -> str:
    if len(asked) == 1:
        [one] = asked
        rank = rank_of(names, one.paid_rank, tr)
        cycle = cycle_name(one.cycle, None, tr)
        if not rank:
            return tr("In {cycle} you had no rank.", cycle=cycle)
        told = tr("In {cycle} you were paid as {rank}.", cycle=cycle, rank=bold(rank))
        honour = rank_of(names, one.honorary_rank, tr)
        grace = tr("You kept it by grace: your own figures reached less.") if one.by_grace else ""
        return " ".join(filter(None, (told, grace, honoured(honour, tr) if honour else "")))
    return _highest(asked, names, tr)


def _highest(periods: Sequence[RankPeriod], names: dict[str, CompanyText], tr: Translator) -> str:
    ladder = list(names)
    paid = [one for one in periods if one.paid_rank in ladder]
    if not paid:
        return tr("You had no rank in these cycles.")
    best = max(ladder.index(str(one.paid_rank)) for one in paid)
    first = [one for one in paid if one.paid_rank == ladder[best]][-1]
    rank = bold(rank_of(names, ladder[best], tr))
    return tr("Your highest rank: {rank}, first in {cycle}.", rank=rank, cycle=cycle_name(first.cycle, None, tr))


def _period(one: RankPeriod, names: dict[str, CompanyText], tr: Translator) -> str:
    rank = rank_of(names, one.paid_rank, tr) or tr("no rank")
    rank_told = tr("{rank}, kept by grace", rank=rank) if one.by_grace else rank
    told = tr("{label}: {value}", label=cycle_title(one.cycle, None, tr), value=rank_told)
    title = rank_of(names, one.career_rank, tr)
    if title and title != rank:
        told = tr("{told} (title: {title})", told=told, title=title)
    honour = rank_of(names, one.honorary_rank, tr)
    return tr("{told} (honorary rank: {rank})", told=told, rank=honour) if honour else told
