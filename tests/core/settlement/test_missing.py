"""Why not? Making true what is named changes what she is paid, or what is named next."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest

from core.catalog.rules import RateTable
from core.plan.model import Bonus, Plan
from core.plan.reading import check
from core.settlement.cycle.figures import microseconds
from core.settlement.cycle.source import CycleSource
from core.settlement.cycle.standing_of import standing_of
from core.settlement.model import LINES, ORDERS, PAID, PEOPLE, Carried, Company, framed
from core.settlement.rules.lack import Lack, Missing
from core.settlement.rules.missing import missing
from core.settlement.running import Outcome, Timings, run
from core.settlement.telling.lacks import lack_sentence
from i18n.languages import LANGUAGES
from i18n.translator import translator
from tests.core.settlement.missing_plans import BONUSES, GROUP, HELD, PACKAGE
from tests.core.settlement.offline import HEAD, PERSONAL, ladder

NOON = microseconds(datetime(2026, 10, 5, 12, tzinfo=UTC))
PLENTY = 1_000 * 10_000
RANDOM_PAIRS = 100
PAIRS_EACH = 8


def plan() -> Plan:
    found, problems = check(HEAD + PERSONAL + GROUP + ladder("bronze", "silver", "gold") + PACKAGE + BONUSES)
    assert found is not None, problems
    return found


def drawn(random: Random) -> Company:
    """A dozen people and some orders."""
    count = 12
    people: dict[str, list[Any]] = {
        "code": [f"p{at:02}" for at in range(count)],
        "sponsor": [-1, *[random.randrange(at) for at in range(1, count)]],
        "joined_on": [date(2026, 1, 1)] * count,
        "kind": ["distributor", *random.choices(["distributor", "customer"], [5, 1], k=count - 1)],
        "status": random.choices(["active", "suspended"], [7, 1], k=count),
    }
    bought = [(random.randrange(count), random.choice([5, 40, 90, 300]) * 10_000) for _ in range(random.randrange(8))]
    orders = framed(ORDERS, {name: [] for name in ORDERS})
    company = Company(framed(PEOPLE, people), orders, framed(LINES, {}), {})
    for person, volume in bought:
        company = ordered(company, person, volume)
    return company


def ordered(company: Company, person: int, volume: int) -> Company:
    """One order more."""
    row = {
        "order_id": f"o{company.orders.height:03}", "person": person, "kind": "sale", "ordered_at": NOON,
        "paid_at": NOON, "currency": "USD", "amount_minor": volume // 100, "cv": volume, "qv": volume, "points": 0,
    }  # fmt: skip
    return replace(company, orders=pl.concat([company.orders, framed(ORDERS, {k: [v] for k, v in row.items()})]))


def newcomer(company: Company, sponsor: int, volume: int) -> Company:
    """Somebody who has just joined below, with an order."""
    row = {"code": "zz", "sponsor": sponsor, "joined_on": date(2026, 10, 1)}
    people = pl.concat([company.people, framed(PEOPLE, {k: [v] for k, v in row.items()})])
    return ordered(replace(company, people=people), company.people.height, volume)


def changed(company: Company, place: int, column: str, value: str) -> Company:
    there = pl.int_range(company.people.height) == place
    kind = company.people.schema[column]
    column_ = pl.when(there).then(pl.lit(value, dtype=kind)).otherwise(pl.col(column)).alias(column)
    return replace(company, people=company.people.with_columns(column_))


def settled(company: Company, read: Plan, carried: Carried | None = None) -> tuple[Outcome, CycleSource]:
    outcome = run(
        company,
        read,
        RateTable(()),
        "2026-10",
        calendar=None,
        carried=carried or Carried(),
        timings=Timings({}, lambda _line: None),
    )
    return outcome, CycleSource(company, outcome.standings, RateTable(()), tuple(read.bonuses))


def paid(outcome: Outcome, code: str, place: int) -> tuple[int, int]:
    """How many lines she has, and what they come to."""
    [one] = [one for one in outcome.settled if one.bonus.code == code]
    hers = outcome.standings.place[one.lines.payee] == place
    return int(hers.sum()), int(one.amount[hers].sum())


REMEDIES: dict[Lack, Callable[[Company, int, Missing], Company]] = {
    Lack.CUSTOMER: lambda company, place, _: changed(company, place, "kind", "distributor"),
    Lack.SUSPENDED: lambda company, place, _: changed(company, place, "status", "active"),
    Lack.RANK: lambda company, place, _: ordered(company, place, PLENTY),
    Lack.PACKAGE: lambda company, place, _: ordered(company, place, PLENTY),
    Lack.CONDITION: lambda company, place, lack: ordered(company, place, short(lack)),
    Lack.STEP: lambda company, place, lack: ordered(company, place, short(lack)),
    Lack.RULE: lambda company, place, _: ordered(company, place, PLENTY),
    Lack.NO_OWN: lambda company, place, _: ordered(company, place, PLENTY),
    Lack.NO_BELOW: lambda company, place, _: newcomer(company, place, 10_000_000),
    Lack.NO_DIFFERENCE: lambda company, place, _: newcomer(company, place, 400_000),
    Lack.NO_NEWCOMER: lambda company, place, _: newcomer(company, place, 400_000),
    Lack.NO_EARNINGS: lambda company, place, _: newcomer_earning(company, place),
    Lack.NOBODY_REACHED: lambda company, place, _: newcomer(company, place, PLENTY),
    Lack.AMOUNT: lambda company, place, _: ordered(company, place, PLENTY),
}
"""What makes true what is named."""


def newcomer_earning(company: Company, place: int) -> Company:
    """A new distributor of rank below her, with somebody who orders below that one."""
    first = newcomer(company, place, PLENTY)
    row = {"code": "zzz", "sponsor": company.people.height, "joined_on": date(2026, 10, 1)}
    people = pl.concat([first.people, framed(PEOPLE, {k: [v] for k, v in row.items()})])
    return ordered(replace(first, people=people), first.people.height, PLENTY)


def short(lack: Missing) -> int:
    """So much that the figure reaches exactly what is needed."""
    assert lack.needed is not None and lack.have is not None
    return int((lack.needed - lack.have) * 10_000)


def test_what_is_named_is_what_is_missing() -> None:
    read, random, seen = plan(), Random(7), Counter[Lack]()
    while seen.total() < RANDOM_PAIRS:
        company = drawn(random)
        outcome, source = settled(company, read)
        for _ in range(PAIRS_EACH):
            place, bonus = random.randrange(company.people.height), random.choice(read.bonuses)
            lack = missing(read, bonus, standing_of(outcome, source, place))
            before = paid(outcome, bonus.code, place)
            if before[0] or lack.lack is Lack.HAD:
                continue
            seen[lack.lack] += 1
            after, source_after = settled(REMEDIES[lack.lack](company, place, lack), read)
            if paid(after, bonus.code, place) == before:
                assert missing(read, bonus, standing_of(after, source_after, place)) != lack, (bonus.code, lack)
    assert len(seen) >= 10, seen


def test_what_earlier_cycles_lack_is_said_to_be_out_of_reach_and_pays_once_they_have_it() -> None:
    read, problems = check(HEAD + PERSONAL + GROUP + ladder("bronze", "silver", "gold") + HELD)
    assert read is not None, problems
    company = newcomer(ordered(drawn(Random(1)), 0, PLENTY), 0, PLENTY)
    [bonus] = read.bonuses

    def lack(*cycles: str) -> Missing | None:
        earlier = framed(
            PAID, {"cycle": list(cycles), "person_id": ["p00"] * len(cycles), "rank": ["silver"] * len(cycles)}
        )
        outcome, source = settled(company, read, Carried(paid=earlier))
        if paid(outcome, bonus.code, 0)[0]:
            return None
        return missing(read, bonus, standing_of(outcome, source, 0))

    once = lack("2026-09")
    assert once == Missing(Lack.CONDITION, kpi="kept", needed=Fraction(2), have=Fraction(1))
    assert "which this cycle cannot change" in lack_sentence(once, read, translator("en"))
    assert lack("2026-07", "2026-09") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lack_has_a_sentence_in_every_language(language: str) -> None:
    read, tr = plan(), translator(language)
    for lack in Lack:
        told = lack_sentence(
            Missing(lack, kpi="gv", needed=Fraction(60), have=Fraction(5, 2), rank="silver", rule="rank >= gold"),
            read,
            tr,
        )
        assert told
        if lack in (Lack.CONDITION, Lack.STEP):
            assert tr.number(Decimal("57.5")) in told


def test_of_conditions_of_which_one_is_enough_the_nearest_is_named() -> None:
    read = plan()
    company = ordered(drawn(Random(1)), 0, 0)
    company = replace(company, orders=company.orders.clear())
    company = ordered(company, 0, 70 * 10_000)
    outcome, source = settled(company, read)
    lack = missing(read, next(one for one in read.bonuses if one.code == "any"), standing_of(outcome, source, 0))
    assert lack == Missing(Lack.CONDITION, kpi="pv", needed=Fraction(80), have=Fraction(70))


RULED = """
[[bonuses]]
code = "both"
kind = "rule"
label = "Both"
when = "rank >= gold and (kpi.gv >= 1000 and (referrals >= 30 or not active))"
rate = "1 %"

[[bonuses]]
code = "either"
kind = "rule"
label = "Either"
when = "rank >= gold or 1000 <= kpi.gv"
rate = "1 %"

[[bonuses]]
code = "theirs"
kind = "rule"
label = "Theirs"
who = "customers"
when = "500 <= kpi.gv"
rate = "1 %"
"""


def test_of_a_rule_only_what_does_not_hold_is_named() -> None:
    read, problems = check(HEAD + PERSONAL + GROUP + ladder("bronze", "silver", "gold") + RULED)
    assert read is not None, problems
    both, either, theirs = read.bonuses
    company = drawn(Random(1))
    company = ordered(replace(company, orders=company.orders.clear()), 0, 2 * 10_000)

    def lack(company: Company, bonus: Bonus) -> Missing:
        outcome, source = settled(company, read)
        return missing(read, bonus, standing_of(outcome, source, 0))

    rank = Missing(Lack.RANK, rank="gold")
    volume = Missing(Lack.STEP, kpi="gv", needed=Fraction(1000), have=Fraction(2))
    brought = Missing(Lack.RULE, rule="referrals >= 30 or not active")
    first, *others = lack(company, both).each
    assert (replace(first, also=()), others) == (rank, [volume, brought])
    assert [one.rule for one in lack(ordered(company, 0, PLENTY), both).each] == [brought.rule]
    assert [one.rule for one in lack(company, either).each] == ["rank >= gold or 1000 <= kpi.gv"]
    buyer = changed(company, 0, "kind", "customer")
    assert [one.rule for one in lack(buyer, theirs).each] == ["500 <= kpi.gv"]
