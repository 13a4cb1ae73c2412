"""A run whose KPIs, activity and ranks are counted over the cycle of another calendar, through the command."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from core.plan.reading import check
from core.settlement.comparing import compare
from core.settlement.files.timing import silent
from core.settlement.model import Carried, Company
from core.settlement.past.handing_on import carried_out
from core.settlement.running import run
from tests.core.bonuses.placed import Placed
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL, Offline
from tests.core.settlement.random_earlier import by_week
from tests.core.settlement.random_people import RATES, companies
from tests.core.settlement.random_plans import plans
from tests.core.settlement.test_published_elsewhere import bonus

FUZZ = settings.get_current_profile_name() == "fuzz"
CALENDARS = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
BY_MONTH = CALENDARS + 'kpis_by = "month"\n'
TREE = '\n[trees.binary]\nspill = "manual"\n'
LEFT = '\n[kpis.left]\nlabel = "Left"\nmeasure = "qv"\nover = "left"\ntree = "binary"\n'
TWO = '\n[kpis.two]\nlabel = "Two"\nmeasure = "qv"\ncycles = 2\n'
GOLD = '\n[[ranks]]\ncode = "gold"\nname = "Gold"\nneeds = [{ kpi = "pv", minimum = 110 }]\n'
DOCUMENTED = [("2026-W40", 60, 60), ("2026-W41", 50, 110), ("2026-W43", 0, 110), ("2026-W44", 0, 0)]


def test_the_documented_table(tmp_path: Path) -> None:
    """Figures, ranks and whether somebody earns go by the month; what is paid is a share of the week's orders."""
    words = 'calendar = "week"\nrate = "10 %"\nwhen = "rank >= gold"'
    for number, calendars in enumerate((CALENDARS, BY_MONTH)):
        folder = tmp_path / str(number)
        folder.mkdir()
        company = Offline(folder, HEAD + calendars + PERSONAL + ONE_RANK + GOLD + bonus("rule", words))
        company.person("a")
        company.order("a", 60, on="2026-10-01")
        company.order("a", 50, on="2026-10-07")
        for week, *figures in DOCUMENTED:
            assert company.settle(week, "--calendar", "week", out=week) == 0
            assert company.kpi("a", "pv", out=week) == figures[number], week
            assert company.rows("ranks", out=week)[0]["paid_rank"] == ("gold" if figures[number] >= 110 else "member")
            paid = {"a": Decimal(5)} if (number, week) == (1, "2026-W41") else {}
            assert company.earned(out=week) == paid
        assert company.settle("2026-10") == 0
        assert company.kpi("a", "pv") == 110


def test_windows_activity_and_places_go_by_the_month_too(tmp_path: Path) -> None:
    """In week 45, which ends on the 8th of November: two months are October and the first eight days of November."""
    active = HEAD.replace("minimum = 0", "minimum = 30\ncycles = 2")
    words = 'calendar = "week"\npay = "percent"\nrate = "10 %"\npersonal_actives_each_side = 1'
    plan = active + BY_MONTH + PERSONAL + LEFT + TWO + ONE_RANK + TREE + bonus("binary", words)
    company = Placed(tmp_path, plan)
    company.person("top")
    for side in ("left", "right"):
        company.placed(side, "top", side)
        company.order(side, 30, on="2026-10-01")  # active in October and November
        company.order(side, 10, on="2026-11-01")  # the week before
        company.order(side, 7, on="2026-11-08")
        company.order(side, 100, on="2026-11-09")
    assert company.settle("2026-W45", "--calendar", "week") == 0
    assert [company.kpi("left", code) for code in ("pv", "two")] == [17, 47]
    assert company.kpi("top", "left") == 17
    assert company.earned() == {"top": Decimal("0.70")}


@settings(max_examples=1_000 if FUZZ else 4, phases=(Phase.explicit, Phase.generate))
@given(plans(), companies())
def test_both_engines_agree_on_random_plans_by_the_week(text: str, company: Company) -> None:
    weekly = by_week(text) + BY_MONTH
    plan, problems = check(weekly)
    assert plan is not None, problems
    month = carried_out(run(company, plan, RATES, "2026-09", calendar=None, carried=Carried(), timings=silent()))
    carried = replace(Carried(), ranks=month.ranks)
    for week in ("2026-W43", "2026-W44"):
        outcome = run(company, plan, RATES, week, calendar="week", carried=carried, timings=silent())
        assert [one.told for one in compare(outcome, weekly, RATES, carried)] == []
        carried = replace(carried_out(outcome), ranks=month.ranks)


@pytest.mark.parametrize(
    ("calendars", "code"),
    [
        (BY_MONTH.replace("[calendars.week]", "[calendars.a]").replace('"month"\n\n', '"month"\nkpis_by = "a"\n\n'),
         "plan_word_useless"),
        (BY_MONTH.replace('kpis_by = "month"', 'kpis_by = "week"'), "plan_name_unknown"),
        (BY_MONTH.replace('kpis_by = "month"', 'kpis_by = "mont"'), "plan_name_unknown_near"),
        (BY_MONTH + 'time_zone = "Asia/Tokyo"\n', "plan_value_wrong"),
    ],
)  # fmt: skip
def test_what_a_calendar_cannot_count_by(calendars: str, code: str) -> None:
    plan, problems = check(HEAD + calendars + PERSONAL + ONE_RANK)
    assert (plan, [problem.code for problem in problems]) == (None, [code])
