"""What of a rule's condition somebody lacks: of all that must hold, what does not.

| the rule asks                          | she is, has      | what is missing                              |
| -------------------------------------- | ---------------- | -------------------------------------------- |
| rank >= gold and kpi.gv >= 1000        | Gold, 600        | 1,000 in group volume; she has 600           |
| rank >= gold and kpi.gv >= 1000        | Silver, 600      | the rank Gold; and 1,000 in group volume     |
| rank >= gold and (active or referred)  | Gold             | that she is active or somebody brought her   |
| rank >= gold or kpi.gv >= 1000         | Silver, 600      | the rule as it stands: one of them is enough |
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from core.plan.expressions.members import members
from core.plan.expressions.syntax import Literal, Part, Row, Word, syntax
from core.plan.model import Bonus, Plan
from core.plan.model.terms import Conditional
from core.settlement.rules.lack import Lack, Missing

KPI = "kpi."
LADDERS = {"rank": (Lack.RANK, "paid"), "career_rank": (Lack.RANK, "career"), "package": (Lack.PACKAGE, "paid")}
LEAST = {">=": False, "<=": True}
"""The signs of a least, and whether it stands on the left."""


def unmet(
    plan: Plan, bonus: Bonus, failing: Sequence[int], *, kpi: Callable[[str], Fraction], customer: bool
) -> tuple[Missing, ...]:
    """What does not hold, in the rule's order.

    Args:
        failing: members of the rule's condition by number; none where it is not known which of them fail.
        kpi: her figure of a KPI in whole units.
        customer: customers hold no rank, so that they are told the rule as it stands.
    """
    terms = bonus.terms
    assert isinstance(terms, Conditional), "only rules have a condition"
    every = members(terms.when)
    asked = [every[number] for number in failing] or [terms.when]
    told = [Missing(Lack.RULE, rule=one.text) for one in asked]
    return tuple(told if customer else (next(_plain(plan, syntax(one.rule or ""), kpi), one) for one in told))


def _plain(plan: Plan, part: Part, kpi: Callable[[str], Fraction]) -> Iterator[Missing]:
    """A least that another sentence tells better, for it says where she stands."""
    if not isinstance(part, Row) or len(part.steps) != 1 or part.steps[0].sign not in LEAST:
        return
    pair = (part.first, part.steps[0].part)
    asked, least = reversed(pair) if LEAST[part.steps[0].sign] else pair
    if not isinstance(asked, Word):
        return
    if asked.name in LADDERS and isinstance(least, Word):
        lack, basis = LADDERS[asked.name]
        ladder = plan.packages if lack is Lack.PACKAGE else plan.ranks
        if any(rung.code == least.name for rung in ladder):
            yield Missing(lack, rank=least.name, basis=basis)
    elif asked.name.startswith(KPI) and isinstance(least, Literal) and isinstance(least.value, Fraction):
        code = asked.name.removeprefix(KPI)
        have = kpi(code)
        if have < least.value:
            yield Missing(Lack.STEP, kpi=code, needed=least.value, have=have)
