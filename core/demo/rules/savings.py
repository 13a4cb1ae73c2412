"""Points of all the others, in one pass: what they brought from the books before, and what is pending still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from core.demo.model import Flags, Ints
from core.plan.model.points import PointsSpec
from core.points.rules import days as rules


class Day(NamedTuple):
    """A company day, and what the programme makes of points that an order of this day earned."""

    on: date
    last: date | None
    """The last day on which they can be spent."""
    safe_at: datetime
    """From when on they can be."""
    begins_at: datetime


@dataclass(frozen=True, slots=True)
class Earned:
    """Orders that earned, by parallel arrays; days count from the first one of `Savings.days`."""

    person: Ints
    ref: Ints
    day: Ints
    points: Ints

    def only(self, wanted: Flags) -> "Earned":
        """Some of them."""
        return Earned(self.person[wanted], self.ref[wanted], self.day[wanted], self.points[wanted])


@dataclass(frozen=True, slots=True)
class Savings:
    """What stands in the book of them.

    Attributes:
        opened_at: when the openings were brought in: before the first order that is pending still.
        opened: persons with an opening entry, rising, each once.
        opening: its points.
        holder: position in `opened` of each lot that the openings brought.
        earned_on, ends, held: of those lots: day of the latest order in it, place of its end in `ends_on`, points.
        pending: orders that are not safe yet.
    """

    days: Sequence[Day]
    ends_on: Sequence[date | None]
    opened_at: datetime
    opened: Ints
    opening: Ints
    holder: Ints
    earned_on: Ints
    ends: Ints
    held: Ints
    pending: Earned


def savings(earned: Earned, days: Sequence[Day], now: datetime) -> Savings:
    """Safe points of orders become lots by the day that they end on; those of the last days stay pending by order.

    Args:
        days: rising; the last one is today.
        now: what is safe by then is safe.
    """
    is_safe = np.array([day.safe_at <= now for day in days], dtype=np.bool_)
    safe, pending = earned.only(is_safe[earned.day]), earned.only(~is_safe[earned.day])
    ends_on = sorted({day.last for day in days}, key=lambda day: (day is None, day or date.max))
    end_of_day = np.array([ends_on.index(day.last) for day in days], dtype=np.int64)
    lots, at, held = _summed(safe.person * len(ends_on) + end_of_day[safe.day], safe.points)
    latest = np.zeros(len(lots), dtype=np.int64)
    np.maximum.at(latest, at, safe.day)
    opened, holder, opening = _summed(lots // len(ends_on), held)
    first_pending = next((day for day in days if day.safe_at > now), days[-1])
    return Savings(
        days=days,
        ends_on=ends_on,
        opened_at=first_pending.begins_at,
        opened=opened,
        opening=opening,
        holder=holder,
        earned_on=latest,
        ends=lots % len(ends_on),
        held=held,
        pending=pending,
    )


def _summed(group: Ints, points: Ints) -> tuple[Ints, Ints, Ints]:
    """The groups that occur, each member's place among them, and their sums."""
    groups, at = np.unique(group, return_inverse=True)
    sums = np.zeros(len(groups), dtype=np.int64)
    np.add.at(sums, at, points)
    return groups, at, sums


def company_days(spec: PointsSpec, zone: ZoneInfo, today: date, count: int) -> list[Day]:
    """So many days that end with today."""
    found = []
    for back in range(count - 1, -1, -1):
        on = today - timedelta(days=back)
        begins_at = rules.day_start(on, zone)
        found.append(Day(on, rules.last_day(spec, on), rules.safe_at(spec, on, zone) or begins_at, begins_at))
    return found
