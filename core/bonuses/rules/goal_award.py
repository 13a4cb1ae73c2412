"""Goal awards: an amount or a prize for whoever reaches a figure of a KPI.

| figure | minimum | had it before | once | line   |
| ------ | ------- | ------------- | ---- | ------ |
| 20,000 | 20,000  | no            | yes  | yes    |
| 20,000 | 20,000  | yes           | yes  | -      |
| 20,000 | 20,000  | yes           | no   | yes    |
| 19,999 | 20,000  | no            | no   | -      |
"""

from decimal import Decimal

import numpy as np

from core.bonuses.arrays import After, Fact, Found, Ready
from core.bonuses.rules.amounts import given_lines
from core.bonuses.rules.facts import prize_fact
from core.bonuses.rules.ranked import kpi_decimals, reaching
from core.bonuses.rules.receiving import received
from core.plan.model.terms import GoalAward

GOAL = "goal"


def goal_award(ready: Ready) -> Found:
    """The lines of a goal award: one for everybody who reaches it, or who does so for the first time."""
    terms = ready.bonus.terms
    assert isinstance(terms, GoalAward) and terms.kpi is not None, "a goal is that of a KPI"
    figure = ready.figures[terms.kpi]
    there = np.asarray(figure >= reaching(ready.plan, terms.kpi, terms.minimum))
    had = ready.before.had.get(GOAL, np.zeros(ready.network.size, np.bool_)).copy()
    if terms.once:
        there &= ~had
    paid = received(ready, terms.to, there)
    had[paid.by] = True
    given = ready.bonus.pays in ("prize", "badge")
    figures = {"figure": Fact(figure[paid.by], "volume", kpi_decimals(ready.plan, terms.kpi))}
    lines = given_lines(
        paid,
        terms.amount or Decimal(int(given)),
        ready.unit,
        {**figures, **prize_fact(ready, len(paid.payee))},
    )
    return Found(lines, After(had={GOAL: had}) if terms.once else After())
