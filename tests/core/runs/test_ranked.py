"""Which bonuses look at ranks."""

import pytest

from core.plan.reading import check
from core.runs.ranked import by_rank
from tests.core.bonuses.plans import GROUP, RANKS, bonus
from tests.core.settlement.offline import HEAD, PERSONAL

HELD = '\n[kpis.gold]\nlabel = "Gold"\nmeasure = "held"\nheld_rank = "gold"\npast_cycles = 3\n'
CAP = '\n[[caps]]\ncode = "most"\nper = "person"\nbonuses = ["it"]\n'
PACKAGE = '\n[[packages]]\ncode = "kit"\nname = "Kit"\nneeds = [{ kpi = "pv", minimum = 1 }]\n'


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        (bonus("unilevel", 'levels = ["5 %"]'), ""),
        (bonus("unilevel", 'levels = ["5 %"]\nearner = [{ kpi = "pv", minimum = 1 }]'), ""),
        (bonus("unilevel", 'levels = ["5 %"]\nearner = [{ any = [{ kpi = "gold", minimum = 1 }] }]'), "it"),
        (bonus("unilevel", 'levels = ["5 %"]\nminimum_rank = "gold"'), "it"),
        (bonus("unilevel", 'levels = ["5 %"]\norders = { with_rank = "gold" }'), "it"),
        (bonus("unilevel", 'levels = ["5 %"]\ncap_by_rank = { gold = 9 }'), "it"),
        (bonus("unilevel", 'levels_by_rank = { gold = ["5 %"] }'), "it"),
        (bonus("unilevel", 'levels_by_package = { kit = ["5 %"] }') + PACKAGE, ""),
        (bonus("differential", 'schedule_kpi = "gv"\nschedule = [{ from = 0, rate = "5 %" }]'), ""),
        (bonus("differential", 'rate_by_rank = { gold = "5 %" }'), "it"),
        (bonus("generation", 'leader_rank = "gold"\ngenerations = ["5 %"]'), "it"),
        (bonus("rank_award", "amount_by_rank = { gold = 9 }"), "it"),
        (bonus("goal_award", 'kpi = "gold"\nminimum = 1\namount = 9'), "it"),
        (bonus("rule", 'rate = "5 %"\nwhen = "rank >= gold"'), "it"),
        (bonus("rule", 'rate = "5 %"\nwhen = "kpi.gold >= 1"'), "it"),
        (bonus("rule", 'rate = "5 %"\nwhen = "kpi.pv >= 1"'), ""),
        (bonus("unilevel", 'levels = ["5 %"]') + CAP + "amount = 9\n", ""),
        (bonus("unilevel", 'levels = ["5 %"]') + CAP + "amount_by_rank = { gold = 9 }\n", "it most"),
    ],
)
def test_ranks_are_looked_at_in_tables_conditions_and_boundaries(words: str, looks: str) -> None:
    plan, problems = check(HEAD + PERSONAL + GROUP + HELD + RANKS + words)
    assert plan is not None, problems
    assert " ".join(sorted(by_rank(plan))) == looks
