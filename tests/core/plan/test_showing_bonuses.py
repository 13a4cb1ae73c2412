"""What `plan show` tells of bonuses: every word that the plan says, and none that it does not."""

from core.plan.reading import check
from core.plan.showing_bonuses import bonus_lines
from i18n.translator import translator
from tests.core.plan.plans import SMALL

BONUSES = """
[[bonuses]]
code = "levels"
kind = "unilevel"
label = "Level bonus"
levels = ["5 %", "2.5 %"]
depth_by_rank = { RANK = 2 }
earner = [{ kpi = "KPI", minimum = 100 }]
orders = { only = "repeat", products = ["A", "B"] }
breakage_to = "pool"
paid_now = "75 %"
rest_in_cycles = [2, 3]

[[bonuses]]
code = "pool"
kind = "pool"
label = { en = "Pool", es = "Fondo" }
base = "qv"
share = "1 %"
division = "points"
shares_kpi = "KPI"

[[bonuses]]
code = "gift"
kind = "rule"
label = "Gift"
when = 'rank >= "RANK" and active'
pays = "prize"
prize = { en = "A pin", es = "Una insignia" }
"""


def test_every_word_that_is_said_is_shown() -> None:
    small, _ = check(SMALL)
    assert small is not None
    rank, kpi = small.ranks[0].code, small.kpis[0].code
    plan, problems = check(SMALL + BONUSES.replace("RANK", rank).replace("KPI", kpi))
    assert plan is not None, problems
    assert list(bonus_lines(plan, translator("es"))) == [
        f"  levels “Level bonus”: unilevel of cv along the sponsor tree, in {plan.currency}",
        f"    earner: {kpi} ≥ 100",
        "    orders: only repeat, products A, B",
        "    breakage_to: pool",
        "    paid_now: 75 %",
        "    rest_in_cycles: 2, 3",
        "    levels: 5 %, 2.5 %",
        f"    depth_by_rank: {rank} 2",
        f"  pool “Fondo”: pool of qv along the sponsor tree, in {plan.currency}",
        "    share: 1 %",
        "    division: points",
        f"    shares_kpi: {kpi}",
        "  gift “Gift”: rule of cv along the sponsor tree, in prize",
        "    prize: Una insignia",
        f'    when: rank >= "{rank}" and active',
    ]
