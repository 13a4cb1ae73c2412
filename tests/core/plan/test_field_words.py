"""Words of the field lead to ours, wherever ours can stand."""

import pytest

from core.kernel.errors import Severity
from core.plan.reading import check
from core.plan.telling import located
from i18n.translator import translator
from tests.core.bonuses.plans import bonus
from tests.core.settlement.offline import HEAD, ONE_RANK, PERSONAL


@pytest.mark.parametrize(
    ("text", "found", "ours"),
    [
        (bonus("unilevel", 'levels = ["5 %"]\ndepth = 5'), "depth", "depth_by_rank"),
        (bonus("unilevel", 'levels = ["5 %"]\nrank = "member"'), "rank", "minimum_rank"),
        (bonus("unilevel", 'levels = ["5 %"]\nactive = true'), "active", "earner"),
        (bonus("unilevel", 'rates = ["5 %"]'), "rates", "levels"),
        (bonus("rank_award", "amount = 100"), "amount", "amount_by_rank"),
        ('\n[kpis.gv]\nlabel = "G"\nmeasure = "qv"\nover = "downline"\n', "downline", "line"),
        ('\n[calendars.c]\nkind = "campaign"\n', "campaign", "period"),
        ('\n[[ranks]]\ncode = "gold"\nname = "Gold"\nneeds = [{ kpi = "pv", min = 5 }]\n', "min", "minimum"),
        ('\n[[ranks]]\ncode = "gold"\nname = "Gold"\nrequirements = []\n', "requirements", "needs"),
        ('\n[kpis.gv]\nlabel = "G"\nmeasure = "pv"\n', "pv", "qv"),
        ('\n[kpis.gv]\nlabel = "G"\nmeasure = "heads"\nrank = "member"\n', "rank", "with_rank"),
        ('\n[kpis.ytd]\nlabel = "Y"\nmeasure = "qv"\nytd = true\n', "ytd", "since"),
        ('\n[kpis.q]\nlabel = "Q"\nmeasure = "qv"\nquarter = 1\n', "quarter", "since"),
        (bonus("unilevel", "percent = 5"), "percent", "levels"),
        (bonus("pool", "percent = 5"), "percent", "share"),
        (bonus("matching", 'of = "a"\nlevels = [5]'), "of", "matches"),
        (bonus("differential", "steps = []"), "steps", "schedule"),
        (bonus("binary", "rate = 5\nmax = 5"), "max", "cap"),
        (bonus("binary", "rate = 5\ncarry_forward = true"), "carry_forward", "carry"),
        ("\n[payout]\ntds = 5\n", "tds", "charges"),
        ("\n[trees.matrix]\nwidth = 3\nlevels = 5\n", "levels", "depth"),
        ('\n[trees.matrix]\nwidth = 3\ndepth = 5\nspill = "global"\n', "global", "top"),
        (bonus("binary", 'rate = 5\ncarry = "forward"'), "forward", "keep"),
        (bonus("unilevel", 'levels = [5]\nadvance = "75 %"'), "advance", "paid_now"),
        (bonus("pool", "pot = 50000"), "pot", "share"),
        (bonus("pool", 'share = 5\ndivision = "equal"'), "equal", "shares"),
        (bonus("differential", 'rate_by_rank = { member = 5 }\nof = "downline"'), "downline", "below"),
        (bonus("hostess", "rate = 10"), "hostess", "rule"),
    ],
)
def test_a_word_of_the_field_leads_to_ours(text: str, found: str, ours: str) -> None:
    told = [located(one, "plan", translator("en")) for one in check(HEAD + PERSONAL + ONE_RANK + text)[1]]
    assert any(f'"{found}" is not a' in one and f'did you mean "{ours}"?' in one for one in told), told


def test_conditions_that_are_no_list_are_told_once_with_what_a_list_looks_like() -> None:
    text = HEAD + PERSONAL + ONE_RANK + '\n[[ranks]]\ncode = "gold"\nname = "Gold"\nneeds = { pv = 100 }\n'
    told = [located(one, "plan", translator("en")) for one in check(text)[1] if one.severity is Severity.FAULT]
    expected = '"needs" must be a list in square brackets such as [{ kpi = "pv", minimum = 100 }]; {…} stands here.'
    assert [one.split(": ", 1)[1] for one in told] == [expected]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("{ pv = 100 }", 'A condition names its KPI and how much it takes: { kpi = "pv", minimum = … }.'),
        ('{ rank = "member", legs = 2 }', "Legs and people with a rank are counted by a KPI, by its leg_with_rank or"),
    ],
)
def test_a_condition_without_its_kpi_is_told_with_what_it_needs(condition: str, said: str) -> None:
    text = HEAD + PERSONAL + ONE_RANK + f'\n[[ranks]]\ncode = "gold"\nname = "Gold"\nneeds = [{condition}]\n'
    told = [located(one, "plan", translator("en")) for one in check(text)[1] if one.severity is Severity.FAULT]
    assert len(told) == 1
    assert said in told[0]


@pytest.mark.parametrize(
    ("bonuses", "said"),
    [
        ("", '"teams" is not declared in this plan (bonus), which declares none.'),
        (
            bonus("unilevel", 'levels = [5]\ncalendar = "week"', "teams"),
            "calculated by the main calendar; teams stands",
        ),
    ],
)
def test_what_a_bonus_earned_is_asked_of_one_of_the_main_calendar(bonuses: str, said: str) -> None:
    weeks = '\n[calendars.month]\nkind = "month"\n\n[calendars.week]\nkind = "week"\n'
    kpi = '\n[kpis.income]\nlabel = "Income"\nmeasure = "earned"\nbonuses = ["teams"]\npast_cycles = 1\n'
    told = [
        located(one, "plan", translator("en")) for one in check(HEAD + weeks + kpi + PERSONAL + ONE_RANK + bonuses)[1]
    ]
    assert any(said in one for one in told), told


def test_a_word_of_the_field_leads_nowhere_where_ours_cannot_stand() -> None:
    text = HEAD + PERSONAL + ONE_RANK + bonus("goal_award", 'kpi = "pv"\nminimum = 1\namount = 5\ndepth = 5')
    told = [located(one, "plan", translator("en")) for one in check(text)[1]]
    assert any('"depth" is not a word' in one and "did you mean" not in one for one in told), told
