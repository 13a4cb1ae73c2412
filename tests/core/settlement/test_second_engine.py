"""Both engines over random plans, trees and orders: every line and every cent must agree."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from core.catalog.rules import RateTable
from core.plan.model import Bonus, Condition, Plan
from core.plan.model import terms as t
from core.plan.model.bonuses import OrderFilter
from core.plan.model.plan import RoundingSpec
from core.plan.reading import check
from core.settlement.figures import microseconds
from core.settlement.model import LINES, ORDERS, PEOPLE, Carried, Company, framed
from core.settlement.running import Outcome, Timings, run
from core.settlement.second.engine import Inputs, Paid, settle
from core.settlement.second.model import Figures, Order, Person
from tests.core.settlement.offline import HEAD, PERSONAL, ladder
from tests.support.plain import Human, Plain
from tests.support.plain import Order as Bought

GROUP = '\n[kpis.gv]\nlabel = "Group"\nmeasure = "qv"\nover = "line"\ninclude_self = true\n'
RULE = '\n[[bonuses]]\ncode = "b2"\nkind = "rule"\nlabel = "R"\nwhen = "referrals >= 2 or rank >= silver"\n'
TEXT = HEAD + PERSONAL + GROUP + ladder("bronze", "silver", "gold").replace("minimum = 3", "minimum = 40") + RULE
RANKS = ("bronze", "silver", "gold")
rates = st.sampled_from([Decimal(one) for one in ("2.5", "3.333", "7", "12.5", "1", "33.333333", "0")])
levels = st.lists(rates, min_size=2, max_size=4).map(tuple)
places = st.sampled_from([(), (Condition("pv", 100_000),)])


def by_rank(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.just({}) | st.dictionaries(st.sampled_from(RANKS), values, max_size=3)


unilevels = st.builds(
    t.Unilevel,
    levels=levels,
    levels_by_rank=by_rank(levels),
    depth_by_rank=by_rank(st.integers(0, 4)),
    compression=st.sampled_from(("none", "static", "dynamic", "roll_up", "run")),
    place=places,
    start_level=st.integers(1, 2),
    pair_rule=st.sampled_from(("earner", "lower_of_both")),
)
steps = st.lists(st.tuples(st.sampled_from((10, 40, 100, 400)), rates), min_size=1, max_size=4)
differentials = st.builds(
    t.Differential,
    schedule=steps.map(lambda found: tuple(t.Step(Decimal(start), rate) for start, rate in dict(found).items())),
    schedule_kpi=st.just("gv"),
    schedule_mode=st.sampled_from(("whole", "marginal")),
    of=st.sampled_from(("group", "own")),
    unqualified_between=st.sampled_from(("block", "transparent")),
) | st.builds(
    t.Differential,
    rate_by_rank=st.dictionaries(st.sampled_from(RANKS), rates, min_size=1, max_size=3),
    unqualified_between=st.sampled_from(("block", "transparent")),
    equal_rank=st.sampled_from((Decimal("0.7"), Decimal(0))),
)
starts = st.builds(t.FastStart, levels=levels, rolls_up=st.booleans())
firsts = st.builds(
    t.FirstOrder, levels=levels | st.just(()), amount=st.sampled_from((Decimal(0), Decimal("7.77"))),
    minimum_order=st.sampled_from((Decimal(0), Decimal(30))),
)  # fmt: skip
awards = st.builds(
    t.RankAward, amount_by_rank=st.dictionaries(st.sampled_from(RANKS), rates, max_size=3), once=st.booleans()
)
matches = st.builds(
    t.Matching,
    levels=levels,
    depth_by_rank=by_rank(st.integers(0, 4)),
    compression=st.sampled_from(("none", "static", "dynamic", "roll_up", "run")),
    place=places,
    matches=st.just(("b0",)),
    match_on=st.sampled_from(("gross", "capped")),
) | st.builds(
    t.Matching,
    leader_rank=st.sampled_from(("bronze", "silver", "same_as_earner")),
    boundary=st.sampled_from(("closer", "opener")),
    generations=levels,
    generations_by_rank=by_rank(levels),
    matches=st.just(("b0",)),
)
KINDS: dict[str, st.SearchStrategy[Any]] = {
    "matching": matches,
    "unilevel": unilevels,
    "differential": differentials,
    "fast_start": starts,
    "first_order": firsts,
    "rank_award": awards,
}


@st.composite
def bonuses(draw: st.DrawFn, code: str) -> Bonus:
    kind = draw(st.sampled_from([one for one in KINDS if one != "matching" or code != "b0"]))
    return Bonus(
        code=code,
        kind=kind,
        label={"en": code},
        terms=draw(KINDS[kind]),
        base="earnings" if kind == "matching" else "cv",
        minimum_rank=draw(st.sampled_from((None, None, None, "bronze", "silver"))),
        earner=draw(places) if draw(st.integers(0, 3)) == 0 else (),
        orders=OrderFilter(only=draw(st.sampled_from(("all", "all", "first", "repeat")))),
        excludes=("b1",) if code == "b0" and draw(st.booleans()) else (),
        cap=draw(st.sampled_from((None, None, None, Decimal(3)))),
        cap_by_rank=draw(by_rank(CAPS)) if draw(st.integers(0, 3)) == 0 else {},
        breakage_to=draw(st.sampled_from(("company", "company", "next_qualified"))),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    plan, problems = check(TEXT + f'rate = "{draw(rates)} %"\nper = "{draw(PER)}"\namount = 1.25\n')
    assert plan is not None, problems
    return replace(
        plan,
        bonuses=(draw(bonuses("b0")), draw(bonuses("b1")), *plan.bonuses),
        rounding=RoundingSpec(*(draw(st.sampled_from(words)) for words in ROUNDING)),
    )


CAPS = st.sampled_from((Decimal(1), Decimal("4.50")))
PER = st.sampled_from(("person", "order", "referral"))
ROUNDING = (("half_up", "down", "half_even"), ("line", "bonus", "payee"), ("company", "largest"))


ROLES = (("distributor", "active"),) * 6 + (("customer", "active"), ("distributor", "suspended"))


@st.composite
def companies(draw: st.DrawFn) -> Company:
    count = draw(st.integers(3, 9))
    rows = []
    for place in range(count):
        above = max(0, place - draw(st.sampled_from((1, 1, 1, 2, 3)))) if place and draw(st.integers(0, 9)) else -1
        kind, status = draw(st.sampled_from(ROLES))
        rows.append((f"p{place}", above, date(2026, 1, 1), kind, status, draw(st.none() | st.sampled_from(RANKS))))
    names = ("code", "sponsor", "joined_on", "kind", "status", "career_rank")
    people = framed(PEOPLE, dict(zip(names, zip(*rows, strict=True), strict=True)))
    volumes = st.sampled_from((333_333, 1_000_003, 15_000, 4_000_000, 0))
    kinds = st.sampled_from(("sale", "sale", "sale", "return"))
    drawn = draw(st.lists(st.tuples(st.integers(0, count - 1), volumes, volumes, kinds), min_size=2, max_size=12))
    noon = microseconds(datetime(2026, 10, 5, 12, tzinfo=UTC))
    bought = [
        (f"o{number:02}", person, kind, noon, noon, "USD", 0, _signed(cv, kind), _signed(qv, kind), 0, None)
        for number, (person, cv, qv, kind) in enumerate(drawn)
    ]
    return Company(people, pl.DataFrame(bought, schema=dict(ORDERS), orient="row"), framed(LINES, {}), {})


def _signed(volume: int, kind: str) -> int:
    return volume if kind == "sale" else -volume


def first_engine(plan: Plan, company: Company) -> Outcome:
    timings = Timings({}, lambda _line: None)
    return run(company, plan, RateTable(()), "2026-10", calendar=None, carried=Carried(), timings=timings)


def second_engine(plan: Plan, company: Company) -> list[Paid]:
    """From the same people and orders, with KPIs and ranks by the plain calculation of the tests."""
    members = list(company.people.iter_rows(named=True))
    codes = [member["code"] for member in members]
    number = {code: place for place, code in enumerate(codes)}
    humans = {
        place: Human(
            None if member["sponsor"] < 0 else member["sponsor"],
            member["kind"],
            suspended=member["status"] == "suspended",
            title=plan.rank_index(member["career_rank"]),
        )
        for place, member in enumerate(members)
    }
    rows = list(company.orders.iter_rows(named=True))
    for row in rows:
        bought = Bought(0, cv=row["cv"], qv=row["qv"], orders=int(row["kind"] == "sale"))
        humans[row["person"]].orders.append(bought)
    plain = Plain(plan, humans)
    paid = {code: plain.rank(place) for code, place in number.items()}
    before = {member["code"]: plan.rank_index(member["career_rank"]) for member in members}
    career = {code: max(paid[code], before[code]) for code in number}  # titles stay for ever here
    people = {
        code: Person(
            code,
            None if member["sponsor"] < 0 else codes[member["sponsor"]],
            (member["kind"], member["status"]) == ("distributor", "active"),
        )
        for code, member in zip(codes, members, strict=True)
    }
    figures = Figures(
        people,
        {"paid": paid, "career": career, "ever": career, "before": before},
        lambda person, kpi: Fraction(plain.kpi(number[person], kpi), 10**4),
        lambda person, condition: plain.counted(number[person], condition),
    )
    firsts: dict[int, int] = {}
    for at_, row in enumerate(rows):
        if row["kind"] == "sale":
            firsts.setdefault(row["person"], at_)
    everything = [
        Order(at_, f"p{row['person']}", Fraction(row["cv"], 10**4), firsts.get(row["person"]) == at_)
        for at_, row in enumerate(rows)
    ]

    def chosen(bonus: Bonus) -> list[Order]:
        only = bonus.orders.only
        return [one for one in everything if only == "all" or one.first == (only == "first")]

    def orders(bonus: Bonus) -> list[Order]:
        kept = {one.number for other in plan.bonuses if bonus.code in other.excludes for one in chosen(other)}
        return [one for one in chosen(bonus) if one.number not in kept]

    def own(bonus: Bonus) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for one in orders(bonus):
            sums[one.buyer] = sums.get(one.buyer, Fraction(0)) + one.base
        return sums

    def holds(_bonus: Bonus, person: str) -> bool:
        return sum(one.sponsor == person for one in people.values()) >= 2 or paid[person] >= 2

    hundred = Fraction(100)
    inputs = Inputs(plan, figures, orders, own, lambda _bonus: hundred, lambda _bonus: hundred, holds)
    return settle(inputs, plan.bonuses)


Told = tuple[str, str, int, str | None, int, Fraction, int]


def by_first(outcome: Outcome) -> Counter[Told]:
    codes = outcome.company.people["code"].gather(outcome.standings.place).to_list()
    found: Counter[Told] = Counter()
    for one in outcome.settled:
        lines = one.lines
        for at_ in range(lines.size):
            source, rate, level = int(lines.source[at_]), int(lines.rate[at_]), int(lines.level[at_])
            told = lines.rates[rate] if rate >= 0 else Fraction(0 if level < 0 else -1)
            whose = codes[source] if source >= 0 else None
            payee = codes[lines.payee[at_]]
            found[(one.bonus.code, payee, int(lines.order[at_]), whose, level, told, int(one.amount[at_]))] += 1
    return found


def by_second(paid: list[Paid]) -> Counter[Told]:
    return Counter(
        (one.bonus, one.line.payee, one.line.order, one.line.source, one.line.level, one.line.rate, one.amount)
        for one in paid
    )


@settings(deadline=None)
@given(plans(), companies())
def test_both_engines_agree_on_every_line_of_random_plans(plan: Plan, company: Company) -> None:
    assert by_first(first_engine(plan, company)) == by_second(second_engine(plan, company))
