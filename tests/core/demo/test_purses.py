"""The demo's purses do what the programme does, and the others' savings are the sums of their orders."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from core.demo.rules.purses import Happening, Purses, Reason, company
from core.demo.rules.savings import Earned, company_days, savings
from core.ledger.model import Purpose
from core.plan.model.points import PointsSpec

ZONE = ZoneInfo("Europe/Madrid")
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WHY = Reason("1", "a test", ("test", "1"))
SPEC = PointsSpec()


def spend(purses: Purses, person: int, points: int) -> None:
    sides = [(company(Purpose.POINTS_REDEEMED), points)]
    purses.spend(NOON, person, points, Happening.REDEEMED, WHY, sides)


def test_what_an_order_earns_waits_and_then_ends_when_the_programme_says() -> None:
    purses = Purses(SPEC, ZONE)
    lot = purses.earn(NOON, 1, 80, order=(1, "SO-1"), rule=None, about=1)
    assert purses.available(1) == 0
    purses.run(NOON + timedelta(days=14))
    assert (purses.available(1), lot.expires_on) == (80, date(2027, 3, 31))
    purses.run(NOON + timedelta(days=500))
    assert (purses.available(1), lot.expired) == (0, 80)
    assert [entry.what for entry in purses.entries] == [Happening.EARNED, Happening.SAFE, Happening.EXPIRED]


def test_what_ends_first_is_spent_first_and_the_rest_is_owed() -> None:
    purses = Purses(SPEC, ZONE)
    late = purses.give(NOON, 1, 50, WHY)
    soon = purses.give(NOON, 1, 30, WHY, ends=date(2026, 4, 1))
    spend(purses, 1, 40)
    assert (soon.remaining, late.remaining) == (0, 40)
    spend(purses, 1, 60)
    assert (late.remaining, purses.available(1)) == (0, -20)
    assert [part.least for part in purses.entries[-1].parts] == [None, None]


def test_points_that_are_passed_on_end_when_they_would_have_ended() -> None:
    purses = Purses(SPEC, ZONE)
    purses.give(NOON, 1, 30, WHY, ends=date(2026, 4, 1))
    purses.give(NOON, 1, 50, WHY)
    purses.pass_on(NOON, 1, 2, 40, WHY)
    assert [(lot.expires_on, lot.remaining) for lot in purses.held[2]] == [
        (date(2026, 4, 1), 30),
        (date(2027, 3, 31), 10),
    ]


def test_savings_are_lots_by_their_end_and_pending_orders() -> None:
    days = company_days(SPEC, ZONE, date(2026, 3, 20), 40)  # the 9th of February until the 20th of March
    orders = [(7, 1, 0, 10), (7, 2, 5, 20), (7, 3, 24, 40), (9, 4, 26, 80), (9, 5, 39, 160)]
    earned = Earned(*(np.array(column, dtype=np.int64) for column in zip(*orders, strict=True)))
    saved = savings(earned, days, days[-1].begins_at)
    assert dict(zip(saved.opened.tolist(), saved.opening.tolist(), strict=True)) == {7: 70}
    lots = zip(saved.holder.tolist(), saved.ends.tolist(), saved.held.tolist(), strict=True)
    assert [(place, saved.ends_on[end], points) for place, end, points in lots] == [
        (0, date(2027, 2, 28), 30),
        (0, date(2027, 3, 31), 40),
    ]
    assert saved.pending.ref.tolist() == [4, 5]
