"""What is written on the picture of the gauges, in the reader's language. Pure: progress in, short lines out."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.calendar.model import CycleCard
from core.plan.model import Unit
from core.progress.model import Gauge, Progress
from i18n.translator import Translator


@dataclass(frozen=True, slots=True)
class RankLine:
    """A caption and the rank below it; `index` counts from the lowest of the ladder, None without a rank."""

    caption: str
    name: str
    index: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """Everything around the dials."""

    name: str
    cycle: str
    now: RankLine
    goal: RankLine | None
    foot: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one gauge; `enough` is None where nothing is asked."""

    text: str
    enough: bool | None


NOTHING = Verdict("", None)


def words(progress: Progress, tr: Translator) -> Words:
    """The head and the foot of the picture."""
    now = rank_line(tr("Rank today") if progress.estimate else tr("Rank"), progress.paid_rank, progress, tr)
    goal = rank_line(tr("On the way to"), progress.target, progress, tr) if progress.target else None
    return Words(name=progress.name, cycle=_cycle(progress.cycle, tr), now=now, goal=goal, foot=_foot(progress, tr))


def value(gauge: Gauge, progress: Progress, tr: Translator) -> str:
    """The gauge's own value."""
    return _amount(gauge.value, gauge, progress, tr)


def needed(gauge: Gauge, progress: Progress, tr: Translator) -> str | None:
    """What the goal asks of this gauge; None when it asks nothing."""
    return None if gauge.needed is None else _amount(gauge.needed, gauge, progress, tr)


def verdict(gauge: Gauge, progress: Progress, tr: Translator) -> Verdict:
    """What is missing on this gauge, or that it is enough; at the top of the ladder, what it is enough for."""
    if progress.target is None:
        return (
            Verdict(tr("enough for {rank}", rank=rank_name(gauge.rank, progress, tr)), True) if gauge.rank else NOTHING
        )
    goal = rank_name(progress.target, progress, tr)
    if gauge.needed is None:
        return Verdict(tr("not needed for {rank}", rank=goal), None)
    if gauge.missing > 0:
        missing = _amount(gauge.missing, gauge, progress, tr)
        return Verdict(tr("{amount} more for {rank}", amount=missing, rank=goal), False)
    return Verdict(tr("enough for {rank}", rank=goal), True)


def rank_name(code: str | None, progress: Progress, tr: Translator) -> str:
    """A rank of the ladder as the company calls it; empty for none."""
    return next((tr.company(rank.name) for rank in progress.ladder if rank.code == code), "")


def rank_line(caption: str, code: str | None, progress: Progress, tr: Translator) -> RankLine:
    """A rank under a caption, "none yet" where there is none."""
    index = next((place for place, rank in enumerate(progress.ladder) if rank.code == code), None)
    return RankLine(caption, rank_name(code, progress, tr) or tr("none yet"), index)


def _cycle(cycle: CycleCard, tr: Translator) -> str:
    last_moment = cycle.ends_at - timedelta(microseconds=1)
    last_day = tr.day(last_moment.astimezone(ZoneInfo(cycle.time_zone)).date())
    if cycle.closed:
        return tr("Closed on {day}", day=last_day)
    return tr.plural("{n} day left, until {day}", "{n} days left, until {day}", cycle.days_left, day=last_day)


def _foot(progress: Progress, tr: Translator) -> str:
    if progress.what_if:
        return tr("What if: nothing has been ordered yet.")
    if not progress.estimate:
        return tr("Final: the cycle is closed.")
    if not any(gauge.value for gauge in progress.gauges):
        return tr("Nothing here yet. The first order moves the needles.")
    return tr("An estimate until the cycle closes.")


def _amount(amount: int, gauge: Gauge, progress: Progress, tr: Translator) -> str:
    return tr.volume(amount, progress.scale) if gauge.unit is Unit.VOLUME else tr.number(amount)
