"""Companies of any size and shape, as arrays: people in any order, orders as they come."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.calendar.model import Cycle
from core.calendar.rules import cycle_at
from core.demo.catalogue import countries
from core.demo.rules.population import population
from core.forest.kernel import Flags, Grades, Indices, Ints
from core.forest.sweep import add_figures, sweep
from core.live.building import build
from core.live.calculation import Calculation, compiled
from core.live.picture import Picture, flags_of
from core.live.state import State
from core.live.windows import windows_of
from core.plan.reading import check, example

WHOLE = 10_000


@dataclass
class Company:
    """People are numbered from 1; `sponsor` 0 is nobody. Orders name a person and her QV at scale."""

    sponsor: Indices
    distributor: NDArray[np.bool_]
    buyer: Indices
    qv: Ints


def company(people: int, orders: int, *, shape: str = "bush", seed: int = 7) -> Company:
    """Three in ten are customers and hang below distributors; in a bush, as companies have it, the young are leaves.

    In a bush people are shuffled, as ids of a real company say nothing about places in the tree.
    """
    draw = np.random.default_rng(seed)
    number = np.arange(people)
    distributor = draw.random(people) >= 0.3
    distributor[0] = True
    if shape == "chain":
        above = number - 1
    elif shape == "star":
        above = np.where(number == 0, -1, 0)
    else:
        above = np.concatenate([[-1], (draw.random(people - 1) * number[1:]).astype(np.int64)])
        places = np.flatnonzero(distributor)
        above[1:] = places[np.searchsorted(places, above[1:], side="right") - 1]
    name = draw.permutation(people) if shape == "bush" else number
    sponsor = np.zeros(people, np.int32)
    sponsor[name] = np.where(above < 0, 0, name[above] + 1)
    kinds = np.zeros(people, np.bool_)
    kinds[name] = distributor
    buyer = draw.integers(1, people + 1, orders).astype(np.int32)
    return Company(sponsor, kinds, buyer, draw.integers(10, 200, orders) * WHOLE)


def demo_company(people: int, orders: int) -> Company:
    """The demo's own network, with orders from anybody."""
    draw = np.random.default_rng(7)
    network = population(people, draw, countries())
    buyer = draw.integers(1, people + 1, orders).astype(np.int32)
    qv = draw.integers(10, 200, orders) * WHOLE
    return Company((network.sponsor + 1).astype(np.int32), network.distributor, buyer, qv)


def calculation(plan_name: str) -> Calculation:
    plan, _ = check(example(plan_name))
    assert plan is not None, f"{plan_name} is one of our own examples"
    return compiled(plan)


def own_figures(whose: Company, figures: int) -> Ints:
    """Orders added up by buyer, once for each own figure that the plan wants."""
    own = np.zeros((figures, len(whose.sponsor)), np.int64)
    for row in range(figures):
        add_figures(own, row, whose.buyer - 1, whose.qv)
    return own


def flags(whose: Company) -> Flags:
    kinds = [flags_of("customer", "active"), flags_of("distributor", "active")]
    return np.array(kinds, np.uint8)[whose.distributor.astype(np.int64)]


def cycle_of(made: Calculation) -> Cycle:

    return cycle_at(made.plan.calendar, datetime(2026, 10, 15, tzinfo=UTC))


def state_of(whose: Company, made: Calculation) -> State:
    """Everything from nothing: own figures, layout, columns, ranks."""
    picture = Picture(
        persons=np.arange(1, len(whose.sponsor) + 1, dtype=np.int32),
        sponsors=np.where(whose.sponsor == 0, -1, whose.sponsor).astype(np.int32),
        flags=flags(whose),
        titles=_no_titles(),
        own=own_figures(whose, len(made.own)),
    )
    cycle = cycle_of(made)
    return build(made, cycle, windows_of(made, cycle), picture)


def recompute(whose: Company, made: Calculation, state: State) -> None:
    """New orders on the layout that there is, by our engine."""
    own = own_figures(whose, len(made.own))
    for row, figures in enumerate(own):
        np.take(figures, state.persons - 1, out=state.nodes.figures[row, : state.count])
    sweep(made.program, state.nodes)


def _no_titles() -> Grades:
    return np.zeros(0, np.int8)
