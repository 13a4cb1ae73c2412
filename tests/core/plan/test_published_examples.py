"""Worked examples that others published, on the example plans that come with the product.

Sources: the vendor's blog of 2013-01-21 on its gas gauge view; Be Infinity's plan document, "RRC - Example 3"; a
distributor's page on Forever's personal bonus; the Spanish list of requirements on commissionable volume.
The fifth case about ranks and genealogy, Juan's leaving, is in tests/core/genealogy.
"""

from decimal import Decimal

from core.kernel.ids import PersonId
from core.orders.model import OrderKind
from core.orders.rules import Figures, Terms, line_figures
from core.plan.model import Condition, Plan
from core.plan.reading import example
from core.plan.service import parsed
from core.ranks.rules import allowed_rank
from tests.core.plan.plans import SMALL
from tests.support.engine import state_of
from tests.support.plain import Human, Order, Plain

YOU = PersonId(1)


def rank_of(plan: Plan, people: dict[int, Human], person: PersonId = YOU) -> str | None:
    """The paid rank by the engine, which must agree with the plain calculation."""
    state = state_of(plan, people)
    rank = state.rank(state.index_of(person))
    assert rank == Plain(plan, people).rank(person)
    return plan.ranks[rank - 1].code if rank else None


def bought(plan: Plan, volume: str, age: int = 0) -> list[Order]:
    return [Order(age=age, qv=int(Decimal(volume).scaleb(plan.volume.scale)))]


def test_the_gas_gauges_at_se_diamond_gold_and_gold_pay_as_gold() -> None:
    plan = parsed(example("inspetta"))
    people: dict[int, Human] = {YOU: Human(None, orders=bought(plan, "180"))}
    for customer in range(10, 19):
        people[customer] = Human(YOU, "customer", orders=bought(plan, "80") if customer == 10 else [])
    for distributor in range(20, 27):
        people[distributor] = Human(YOU, orders=bought(plan, "2500") if distributor < 22 else [])

    assert rank_of(plan, people) == "GLD"
    state = state_of(plan, people)
    standing = state.standing(state.index_of(YOU))
    needles = {kpi: plan.ranks[allowed_rank(plan.ranks, kpi, standing.counted) - 1].code for kpi in plan.gauges}
    assert needles == {
        "personal_sales": "SE",
        "group_sales": "DMND",
        "active_personal_customers": "GLD",
        "active_personal_distributors": "GLD",
    }


def test_eighty_percent_of_the_requirement_counts_of_the_largest_leg() -> None:
    plan = parsed(example("be_infinity"))
    people: dict[int, Human] = {YOU: Human(None, orders=bought(plan, "4800"))}
    for leg, volume in enumerate(("600", "19000", "1200", "1800"), start=10):
        people[leg] = Human(YOU, orders=bought(plan, volume))

    assert rank_of(plan, people) == "saphire"
    state = state_of(plan, people)
    [saphire] = plan.ranks[1].needs.parts
    assert isinstance(saphire, Condition)
    you = state.index_of(YOU)
    assert (state.kpi(you, "volume"), state.counted(you, saphire)) == (27_400_00, 24_400_00)


def test_two_case_credits_within_two_months_make_an_assistant_supervisor() -> None:
    plan = parsed(example("two_months"))
    january: dict[int, Human] = {YOU: Human(None, orders=bought(plan, "1"))}
    february: dict[int, Human] = {YOU: Human(None, orders=[*bought(plan, "1", age=1), *bought(plan, "1")])}
    march: dict[int, Human] = {YOU: Human(None, orders=[*bought(plan, "1", age=2), *bought(plan, "1", age=1)])}
    ranks = [rank_of(plan, people) for people in (january, february, march)]
    assert ranks == [None, "assistant_supervisor", None]


def test_one_product_carries_price_commissionable_and_qualifying_volume() -> None:
    terms = Terms(Decimal(20), "EUR", cv=Decimal(15), qv=Decimal(50))
    figures = line_figures(terms, 1, kind=OrderKind.SALE, volume=parsed(SMALL).volume, rate=Decimal(1))
    assert figures == Figures(amount_minor=20_00, cv=15_0000, qv=50_0000, points=0)
