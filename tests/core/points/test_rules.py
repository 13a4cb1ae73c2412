"""The arithmetic of points: tables of numbers, and what holds for any numbers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kernel.ids import PersonId
from core.kernel.words import CompanyText
from core.plan.model.points import Converting, ExpireAt, Limits, PointsSpec, Tier
from core.points.model import MovementKind, Purse
from core.points.rules import conversion, days, lots, returns, search, tiers
from core.points.rules.lots import Lot, LotState, Settled, Use

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")


def lot(
    number: int,
    points: int,
    ends: date | None = None,
    *,
    state: LotState = LotState.AVAILABLE,
    safe_at: datetime | None = None,
) -> Lot:
    return Lot(number, PersonId(1), MovementKind.EARNED, state, TODAY, ends, safe_at, points, points)


NOV, DEC = date(2026, 11, 30), date(2026, 12, 31)
LOTS = st.lists(
    st.builds(
        lot,
        st.just(0),
        st.integers(1, 1000),
        st.none() | st.dates(TODAY - timedelta(days=9), TODAY + timedelta(days=9)),
        state=st.sampled_from([LotState.AVAILABLE, LotState.PENDING]),
        safe_at=st.integers(-20, 10).map(lambda later: NOW + timedelta(days=later)),
    ),
    max_size=8,
).map(lambda found: [Lot(n, *[getattr(one, name) for name in one.__slots__[1:]]) for n, one in enumerate(found, 1)])


@pytest.mark.parametrize(
    ("held", "asked", "taken"),
    [
        ([lot(1, 30, NOV), lot(2, 50, DEC)], 60, [(1, -30), (2, -30)]),
        ([lot(1, 30), lot(2, 50, DEC)], 60, [(2, -50), (1, -10)]),
        ([lot(1, 50, DEC)], 60, [(1, -50)]),
        ([lot(2, 5, DEC), lot(1, 5, DEC)], 6, [(1, -5), (2, -1)]),
    ],
)
def test_what_ends_first_is_spent_first(held: list[Lot], asked: int, taken: list[tuple[int, int]]) -> None:
    assert lots.take(held, asked) == taken


@given(LOTS, st.integers(0, 3000))
def test_no_more_is_taken_than_is_asked_or_there(held: list[Lot], asked: int) -> None:
    uses = lots.take(held, asked)
    assert lots.taken(uses) == min(asked, sum(one.remaining for one in held))
    holds = {one.id: one.remaining for one in held}
    assert all(0 < -use.points <= holds[use.lot] for use in uses)


@given(LOTS, st.integers(0, 500))
def test_time_makes_and_loses_no_points(held: list[Lot], debt: int) -> None:
    in_hand = sum(one.remaining for one in held if one.state is LotState.AVAILABLE)
    available = in_hand or -debt
    pending = sum(one.remaining for one in held if one.state is LotState.PENDING)
    after = lots.settle(held, available, pending, NOW, TODAY)
    gone = sum(one.points for one in after.ended)
    assert after.available + after.pending + gone == available + pending
    assert sum(one.remaining for one in after.spendable) == max(0, after.available)
    assert sum(one.remaining for one in after.lots if one.state is LotState.PENDING) == after.pending
    assert not any(one.ended(TODAY) for one in after.spendable)
    again = lots.settle(after.lots, after.available, after.pending, NOW, TODAY)
    assert (again.safe, again.ended, again.lots) == ((), (), after.lots)


@given(LOTS, st.data())
def test_what_a_receiver_gets_ends_when_it_would_have_ended(held: list[Lot], data: st.DataObject) -> None:
    there = sum(one.remaining for one in held)
    points = data.draw(st.integers(0, there))
    parts = lots.parts_by_end(held, lots.take(held, points))
    assert sum(part for _, part in parts) == points
    assert {end for end, _ in parts} <= {one.expires_on for one in held}


@pytest.mark.parametrize(
    ("taken", "points", "back"),
    [
        ([(Use(1, -30), 0), (Use(2, -30), 0)], 60, [(2, 30), (1, 30)]),
        ([(Use(1, -30), 0), (Use(2, -30), 10)], 25, [(2, 20), (1, 5)]),
    ],
)
def test_what_was_taken_last_goes_back_first(
    taken: list[tuple[Use, int]], points: int, back: list[tuple[int, int]]
) -> None:
    assert lots.give_back(taken, points) == back


@pytest.mark.parametrize(
    ("earned", "before", "returned", "worth", "due"),
    [(100, 0, 30, 90, 33), (100, 33, 60, 90, 34), (100, 67, 90, 90, 33), (100, 100, 95, 90, 0), (7, 0, 0, 0, 7)],
)
def test_a_return_takes_back_its_share(earned: int, before: int, returned: int, worth: int, due: int) -> None:
    assert returns.share_due(earned, before, returned, worth) == due


@given(st.integers(1, 10**6), st.lists(st.integers(0, 500), min_size=1, max_size=6))
def test_partial_returns_take_in_all_what_was_earned(earned: int, parts: list[int]) -> None:
    worth, back, so_far = sum(parts), 0, 0
    for part in parts:
        so_far += part
        back += returns.share_due(earned, back, so_far, worth)
        assert back <= earned
    assert back == earned


@pytest.mark.parametrize(
    ("asked", "may_owe", "uses", "debt"),
    [
        (100, True, [(1, -40), (2, -50)], 10),
        (100, False, [(1, -40), (2, -50)], 0),
        (30, True, [(1, -30)], 0),
    ],
)
def test_an_orders_own_lot_pays_for_its_return_first(
    asked: int, may_owe: bool, uses: list[tuple[int, int]], debt: int
) -> None:
    own, other = lot(1, 40, DEC), lot(2, 50, NOV)
    hand = Settled(lots=(own, other), available=90, pending=0)
    found = returns.taking(asked, own, hand, may_owe=may_owe)
    assert (list(found.uses), found.debt) == (uses, debt)


@pytest.mark.parametrize(
    ("paid_on", "after", "safe"),
    [(date(2026, 11, 8), 14, "2026-11-22T00:00:00+01:00"), (date(2026, 11, 8), 0, None)],
)
def test_points_are_safe_at_midnight_of_the_company(paid_on: date, after: int, safe: str | None) -> None:
    moment = days.safe_at(PointsSpec(safe_after_days=after), paid_on, MADRID)
    assert (moment and moment.isoformat()) == safe


@pytest.mark.parametrize(
    ("earned_on", "months", "put_off", "last"),
    [
        (date(2026, 1, 31), 1, ExpireAt.DAY, date(2026, 2, 28)),
        (date(2026, 1, 10), 12, ExpireAt.MONTH_END, date(2027, 1, 31)),
        (date(2026, 1, 10), 12, ExpireAt.YEAR_END, date(2027, 12, 31)),
        (date(2026, 1, 10), None, ExpireAt.DAY, None),
        (date(9999, 6, 1), 12, ExpireAt.DAY, date.max),
    ],
)
def test_the_last_day_of_points(earned_on: date, months: int | None, put_off: ExpireAt, last: date | None) -> None:
    assert days.last_day(PointsSpec(expire_after_months=months, expire_at=put_off), earned_on) == last


def test_a_tier_looks_back_over_whole_months() -> None:
    assert days.tier_since(PointsSpec(tier_months=12), TODAY) == date(2025, 11, 23)
    bronze, gold = Tier("bronze", {"en": "Bronze"}, 100), Tier("gold", {"en": "Gold"}, 1000)
    assert tiers.standing((), 500) is None
    found = [tiers.standing((bronze, gold), earned) for earned in (99, 100, 1000)]
    assert [(one.code, one.to_go) for one in found if one] == [(None, 1), ("bronze", 900), ("gold", 0)]


@pytest.mark.parametrize(
    ("give", "units", "gets", "gives_up"),
    [
        (1550, Fraction(1, 100), 15, 1500),
        (1000, Fraction(1, 2), 500, 1000),
        (999, Fraction(1, 2), 499, 998),
        (99, Fraction(1, 100), 0, 0),
    ],
)
def test_fractions_are_the_companys(give: int, units: Fraction, gets: int, gives_up: int) -> None:
    assert conversion.exchange(give, units) == conversion.Exchange(gives_up, gets)


PRICES = st.decimals("0.0001", "5", places=4)
RATES = st.decimals("0.0001", "500", places=4)
CURRENCIES = ("EUR", "USD", "JPY", "KWD")


@st.composite
def offices(draw: st.DrawFn) -> tuple[Converting, dict[str, conversion.Quote]]:
    """Terms that the plan allows, and rates that know nothing of each other."""
    to_credit, to_commissions = draw(PRICES), draw(PRICES)
    dearest = max(to_credit, to_commissions)
    terms = Converting(
        to_credit=to_credit,
        to_commissions=to_commissions,
        from_credit=dearest + draw(st.sampled_from([Decimal(0), Decimal("0.01")])),
        from_commissions=dearest + draw(st.sampled_from([Decimal(0), Decimal("0.01")])),
    )
    quotes = {unit: conversion.quote(draw(RATES), draw(RATES)) for unit in CURRENCIES[1:]}
    return terms, {"EUR": conversion.quote(Decimal(1), Decimal(1)), **quotes}


@given(
    offices(),
    st.lists(st.tuples(st.sampled_from([Purse.CREDIT, Purse.COMMISSIONS, Purse.POINTS]), st.sampled_from(CURRENCIES))),
    st.integers(1, 10**9),
)
def test_no_way_through_purses_and_currencies_gains(
    office: tuple[Converting, dict[str, conversion.Quote]], way: list[tuple[Purse, str]], start: int
) -> None:
    terms, quotes = office
    purse, unit, has = Purse.POINTS, "points", start
    for target, currency in [*way, (Purse.POINTS, "points")]:
        to = "points" if target is Purse.POINTS else currency
        nothing = conversion.Quote(None, None)
        rate = conversion.rate(terms, purse, target, quotes.get(unit, nothing), quotes.get(to, nothing))
        if rate is None:
            continue
        done = conversion.exchange(has, conversion.in_units(rate, unit, to))
        assert 0 <= done.give <= has
        purse, unit, has = target, to, done.get
    assert unit != "points" or has <= start


@pytest.mark.parametrize(
    ("limits", "moved", "found"),
    [
        (Limits(), 500, (1, None)),
        (Limits(least=10, most=50), 500, (10, 50)),
        (Limits(most=50, daily=100), 70, (1, 30)),
        (Limits(daily=100), 170, (1, 0)),
    ],
)
def test_limits_of_a_day_count_what_moved_already(limits: Limits, moved: int, found: tuple[int, int | None]) -> None:
    assert conversion.bounds(limits, moved) == found


def test_rates_and_amounts_are_told_exactly() -> None:
    assert [conversion.exact(Fraction(1, 25)), conversion.exact(Fraction(1, 3))] == ["0.04", "0.333333333333"]
    assert [conversion.told(5, "points"), conversion.told(1234, "EUR"), conversion.told(7, "JPY")] == [
        "5",
        "12.34 EUR",
        "7 JPY",
    ]


def test_names_are_found_however_they_are_typed() -> None:
    words: CompanyText = {"en": "Blender Pro", "es": "Licuadora Pro", "fr": {"one": "Mixeur", "other": "Mixeurs"}}

    def fit(text: str) -> int:
        return search.fit(search.folded(text), "BL-100", words)

    assert [fit(text) for text in ("bl-100", "LICUADORA PRO", "licuadora", "cuado")] == [100, 100, 95, 90]
    assert fit("lisuadora") >= search.NEAR
    assert fit("mixeurs") == 100
    assert [fit(text) for text in ("xyz", "tea", "ab")] == [0, 0, 0]
