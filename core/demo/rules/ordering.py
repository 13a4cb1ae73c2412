"""Who orders what and when: regulars, occasional buyers, and those who stopped."""

from collections.abc import Sequence

import numpy as np

from core.demo.model import Ints, Orders, Population, Product, Story
from core.demo.rules.population import CUSTOMERS, DISTRIBUTORS, TEAM

YEAR_DAYS = 365
DAY_MINUTES = 24 * 60
EARLY = 18 * 60
"""Orders of today fall in its first six hours, so that nobody meets one from the future."""
HABITS = np.array([0.10, 0.30, 0.25, 0.35])
"""Shares of regulars (monthly), occasional, stopped, and hardly ever."""
ORDERS_A_YEAR = np.array([13.0, 5.0, 8.0, 0.8])
RETURNED, UNPAID = 0.012, 0.004


def orders(
    people: Population, rng: np.random.Generator, goods: Sequence[Product], story: Story, open_days: int
) -> Orders:
    """A year of orders ending today.

    Args:
        open_days: how many days of the open cycle have passed, today included; the heroines' figures are made in them.
    """
    person, minute = _usual_orders(people, rng)
    told_person, told_minute, told_product, told_quantity = _told(people, rng, goods, story, open_days)
    lines = 1 + rng.choice(3, size=len(person), p=[0.55, 0.3, 0.15])
    weights = 1.0 / np.arange(1, len(goods) + 1) ** 0.6
    product = rng.choice(len(goods), size=int(lines.sum()), p=weights / weights.sum())
    quantity = 1 + (rng.random(len(product)) < 0.2).astype(np.int64)
    usual = len(person)
    person, minute = np.concatenate([person, told_person]), np.concatenate([minute, told_minute])
    lines = np.concatenate([lines, np.ones(len(told_person), dtype=np.int64)])
    product, quantity = np.concatenate([product, told_product]), np.concatenate([quantity, told_quantity])
    fate = rng.random(len(person))
    fate[usual:] = 1.0
    return _by_time(
        Orders(
            person=person,
            minute=minute,
            returned=fate < RETURNED,
            unpaid=(fate > 1 - UNPAID) & (fate < 1.0),  # a told order is always paid
            first_line=np.concatenate([[0], np.cumsum(lines)]),
            product=product,
            quantity=quantity,
        )
    )


def _usual_orders(people: Population, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Person and minute of everybody's orders but those in a heroine's line."""
    size = people.size
    habit = rng.choice(len(HABITS), size=size, p=HABITS)
    began = np.minimum(people.joined_day, YEAR_DAYS)
    ended = np.where(habit == 2, (began * rng.uniform(0.15, 0.8, size)).astype(np.int64), 0)
    rate = ORDERS_A_YEAR[habit] * (began - ended) / YEAR_DAYS
    rate[people.block >= 0] = 0.0
    count = rng.poisson(rate)
    person = np.repeat(np.arange(size), count)
    stretch = (began - ended)[person] * DAY_MINUTES
    minute = ended[person] * DAY_MINUTES + (rng.random(len(person)) * np.maximum(stretch, 1)).astype(np.int64)
    return person, np.where(minute < DAY_MINUTES, EARLY + minute * (DAY_MINUTES - EARLY) // DAY_MINUTES, minute)


def _told(
    people: Population, rng: np.random.Generator, goods: Sequence[Product], story: Story, open_days: int
) -> tuple[Ints, Ints, Ints, Ints]:
    """The heroines' own story: person, minute, product and quantity of one-line orders."""
    rows: list[tuple[int, int, int, int]] = []
    for start in people.heroines:
        line = _Line(start, rng, goods, open_days)
        line.past_habits(story.active_volume)
        line.this_cycle(story)
        rows += line.rows
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    return table[:, 0], table[:, 1], table[:, 2], table[:, 3]


class _Line:
    """Orders of one heroine and those below her."""

    def __init__(self, start: int, rng: np.random.Generator, goods: Sequence[Product], open_days: int) -> None:
        self.start, self.rng, self.goods, self.open_days = start, rng, goods, open_days
        self.rows: list[tuple[int, int, int, int]] = []
        self.volume = 0
        self.customers = [start + 1 + i for i in range(CUSTOMERS)]
        self.distributors = [start + 1 + CUSTOMERS + i * (1 + TEAM) for i in range(DISTRIBUTORS)]
        self.team = [head + 1 + i for head in self.distributors for i in range(TEAM)]

    def past_habits(self, enough: int) -> None:
        """Everybody bought about monthly, `enough` to be active; the silent ones stopped one to three cycles ago."""
        for number, who in enumerate([self.start, *self.customers, *self.distributors, *self.team]):
            favourite = (number * 5 + self.start) % (len(self.goods) - 1)
            usual = -(-(enough + number % 4 * 5) // self.goods[favourite].qv)
            silent = self.open_days + int(self.rng.integers(2, 70))
            for times in range(int(self.rng.integers(4, 9))):
                day = silent + times * 30 + int(self.rng.integers(0, 6))
                if day < YEAR_DAYS:
                    self._order(who, day, favourite, usual + (times % 3 == 2))

    def this_cycle(self, story: Story) -> None:
        """She and her group sell well; one customer and two distributors are active, who do well themselves."""
        self._until(self.start, story.own_volume, self.start)
        for who in [self.customers[3], self.distributors[1], self.distributors[4]]:
            self._until(who, story.active_volume + 40, who)
        for head in [self.distributors[1], self.distributors[4]]:
            for member in range(head + 1, head + 4):
                self._until(member, story.active_volume + 10, member)
        turn = 0
        while self.volume < story.group_volume:
            self._order(self.team[turn % len(self.team)], self._day(), turn % (len(self.goods) - 1), 1, counts=True)
            turn += 1

    def _until(self, who: int, volume: int, salt: int) -> None:
        bought = 0
        while bought < volume:
            product = (salt + bought) % (len(self.goods) - 1)
            self._order(who, self._day(), product, 1, counts=True)
            bought += self.goods[product].qv

    def _day(self) -> int:
        return int(self.rng.integers(0, max(1, self.open_days)))

    def _order(self, who: int, day: int, product: int, quantity: int, *, counts: bool = False) -> None:
        self.rows.append((who, day * DAY_MINUTES + int(self.rng.integers(EARLY, DAY_MINUTES)), product, quantity))
        if counts:
            self.volume += quantity * self.goods[product].qv


def _by_time(orders: Orders) -> Orders:
    """The same orders, oldest first, so that numbers rise with time."""
    by_age = np.argsort(-orders.minute, kind="stable")
    counts = np.diff(orders.first_line)
    picked = _lines_of(by_age, orders.first_line, counts)
    return Orders(
        person=orders.person[by_age],
        minute=orders.minute[by_age],
        returned=orders.returned[by_age],
        unpaid=orders.unpaid[by_age],
        first_line=np.concatenate([[0], np.cumsum(counts[by_age])]),
        product=orders.product[picked],
        quantity=orders.quantity[picked],
    )


def _lines_of(chosen: Ints, first_line: Ints, counts: Ints) -> Ints:
    """Line numbers of the chosen orders, order by order."""
    taken = counts[chosen]
    ends = np.cumsum(taken)
    return (
        np.arange(int(ends[-1]) if len(ends) else 0)
        - np.repeat(ends - taken, taken)
        + np.repeat(first_line[chosen], taken)
    )
