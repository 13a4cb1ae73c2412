"""A company that pays by the week and ranks by the month, from files and by runs of the service."""

from collections.abc import Sequence
from pathlib import Path

from core.calendar.rules import cycle_named
from core.plan.model import CalendarSpec
from core.runs.results import left_by
from core.settlement.past.carrying import read_all
from core.settlement.past.handing_on import carried_out
from core.settlement.running import Outcome
from tests.core.runs.outcomes import told, unlike
from tests.core.runs.three_ways import MOMENT, STAFF_GRACE, Both

CALENDARS = """
[calendars.month]
kind = "month"

[calendars.week]
kind = "week"
"""
TURNS = ("2026-W43", "2026-10", "2026-W44", "2026-W45")
"""As they are released; week 44 ends on 1 November, when October is closed."""


async def week_differences(both: Both, turns: Sequence[str]) -> list[str]:
    """What files and runs tell otherwise over cycles of the two calendars, in the order in which they are released."""
    month, week = both.plan.calendars
    folders, found = dict[CalendarSpec, Path](), list[str]()
    await both.found(cycle_named(month, "2026-10").period.start)
    for code in turns:
        calendar = week if "W" in code else month
        cycle = cycle_named(calendar, code)
        given = read_all([folders[one] for one in _asked(both, calendar) if one in folders], both.plan, cycle)
        was_open, at = both.clock.moment < cycle.period.end, cycle.period.end - MOMENT
        await both.joined(max(both.clock.moment, at))
        if was_open and (calendar == month or both.plan.bonuses):
            await both.until(at)
            then, open_ = both.by_files(calendar, code, given), await both.estimated(calendar)
            found += [f"{code} estimate: {one}" for one in unlike(told(then), told(open_))]
        await both.until(cycle.period.end + STAFF_GRACE)
        ours = both.by_files(calendar, code, given, noted=True)
        theirs = await both.by_run(calendar.code, code)
        found += [f"{code} run: {one}" for one in unlike(told(ours), told(theirs))]
        folders[calendar] = _written(both.folder / code, ours)
        if calendar == month:
            both.titles |= dict(carried_out(ours).ranks.select("person_id", "career_rank").iter_rows())
    return found + await both.unsound()


def _asked(both: Both, calendar: CalendarSpec) -> Sequence[CalendarSpec]:
    """Whose folders are of use: its own, the months' for titles, and all where balances are common."""
    everything = both.plan.payout.per == "total" or calendar != both.plan.calendar
    return both.plan.calendars if everything else [calendar]


def _written(folder: Path, outcome: Outcome) -> Path:
    for name, content in left_by(outcome).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
