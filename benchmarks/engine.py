"""The engine on a million people and three million orders, beside the same plan written out by hand.

Both start from people in any order and from orders as they come; "layout kept" is what each does when only orders are
new. Every figure stands beside a check that both came to the same numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from benchmarks.figures import Figure
from benchmarks.support import by_hand
from benchmarks.support.shapes import WHOLE, Company, calculation, company, demo_company, recompute, state_of
from benchmarks.support.timing import cpu_s
from core.forest.climb import NO_VALUES, ROOT, SAME, change
from core.forest.kernel import Grades, Indices, Ints
from core.forest.notes import new_notes
from core.forest.sweep import sweep
from core.kernel.ids import PersonId
from core.live.calculation import Calculation, compiled
from core.live.state import State
from core.plan.model import Measure

PEOPLE = 1_000_000
ORDERS = 3_000_000
TRIED = 20_000


def figures() -> Iterator[Figure]:
    """Measure the pass over everybody, one change, and memory."""
    made = calculation("benchmark")
    bush = company(PEOPLE, ORDERS)
    state = state_of(bush, made)
    hand = ByHand.of(bush)
    yield from _checked(state, hand)
    yield from _passes(bush, made, hand)
    yield from _shapes(made, bush)
    yield from _changes()
    yield from _memory(made, state)


@dataclass
class ByHand:
    """The hand-written engine's arrays."""

    order: Indices
    above: Indices
    group: Ints
    heads: Ints
    levels: Ints
    rank: Grades

    @classmethod
    def of(cls, whose: Company) -> "ByHand":
        """Laid out, computed once so that everything is compiled."""
        order = by_hand.depth_first(whose.sponsor)
        count = len(order)
        made = cls(
            order=order,
            above=by_hand.laid_out(whose.sponsor, order),
            group=np.zeros(count, np.int64),
            heads=np.zeros(count, np.int64),
            levels=np.zeros((count, by_hand.LEVELS), np.int64),
            rank=np.zeros(count, np.int8),
        )
        made.compute(whose)
        return made

    def compute(self, whose: Company) -> None:
        """New orders on the layout that there is."""
        own = by_hand.own_volumes(whose.buyer, whose.qv, len(self.order))[self.order]
        kinds = whose.distributor[self.order].astype(np.uint8)
        outputs = (self.group, self.heads, self.levels, self.rank)
        by_hand.figures_and_ranks(self.above, own, kinds, by_hand.LADDER, *outputs)


def _checked(state: State, hand: ByHand) -> Iterator[Figure]:
    """How many of all figures and ranks differ from the hand-written engine's."""
    ours = np.empty(state.count, np.int64)
    wrong = 0
    levels = {f"level_{level + 1}": hand.levels[:, level] for level in range(by_hand.LEVELS)}
    for code, theirs in {"gv": hand.group, "heads": hand.heads, **levels}.items():
        ours[state.persons - 1] = state.column(code)
        wrong += int((ours[hand.order] != theirs).sum())
    ours[state.persons - 1] = state.ranks
    wrong += int((ours[hand.order] != hand.rank).sum())
    yield Figure("figures and ranks that differ from the hand-written pass", wrong, "", at_most=0)


def _passes(whose: Company, made: Calculation, hand: ByHand) -> Iterator[Figure]:
    nothing_by_hand = cpu_s(lambda: ByHand.of(whose), repeat=3)
    nothing = cpu_s(lambda: state_of(whose, made), repeat=3)
    yield Figure("from nothing: by hand", nothing_by_hand * 1000, "ms")
    yield Figure("from nothing: ours", nothing * 1000, "ms")
    yield Figure("from nothing: ours / by hand", nothing / nothing_by_hand, "x", at_most=2)
    state = state_of(whose, made)
    kept_by_hand = cpu_s(lambda: hand.compute(whose))
    kept = cpu_s(lambda: recompute(whose, made, state))
    yield Figure("layout kept: by hand", kept_by_hand * 1000, "ms")
    yield Figure("layout kept: ours", kept * 1000, "ms")
    yield Figure("layout kept: ours / by hand", kept / kept_by_hand, "x", at_most=2)


def _shapes(made: Calculation, bush: Company) -> Iterator[Figure]:
    times = {}
    for shape in ("bush", "chain", "star"):
        whose = bush if shape == "bush" else company(PEOPLE, ORDERS, shape=shape)
        state = state_of(whose, made)
        times[shape] = cpu_s(partial(recompute, whose, made, state))
        if shape == "chain":
            yield from _on_a_chain(made, state)
    for shape in ("chain", "star"):
        yield Figure(f"{shape} / bush", times[shape] / times["bush"], "x", at_most=1.25)


def _on_a_chain(made: Calculation, state: State) -> Iterator[Figure]:
    last = state.index_of(PersonId(PEOPLE))
    standing = state.nodes.figures[: len(made.own), last].copy()
    calls, notes = np.array([last, last], np.int64), new_notes(made.rows)
    for name, amount in (("an order", 60 * WHOLE), ("an order that wakes her", 60 * WHOLE)):
        before = 100 * WHOLE - standing if name == "an order" else -standing
        change(made.program, state.nodes, notes, calls[:1], before[None, :], SAME, ROOT, NO_VALUES)
        there_and_back = np.full((2, len(made.own)), amount, np.int64) * np.array([[1], [-1]])
        both = cpu_s(
            partial(change, made.program, state.nodes, notes, calls, there_and_back, SAME, ROOT, NO_VALUES), repeat=20
        )
        yield Figure(f"{name}, at the end of a chain of a million", both / 2 * 1000, "ms", at_most=2)
        change(made.program, state.nodes, notes, calls[:1], there_and_back[:1], SAME, ROOT, NO_VALUES)
        yield Figure("figures that it left other than all anew", _other_than_anew(made, state), "", at_most=0)
        change(
            made.program, state.nodes, notes, calls[:1], -before[None, :] - there_and_back[:1], SAME, ROOT, NO_VALUES
        )


def _changes() -> Iterator[Figure]:
    """Orders in the demo's company: everybody's figures kept true, beside computing all anew."""
    made = calculation("demo")
    whose = demo_company(PEOPLE, ORDERS)
    state = state_of(whose, made)
    draw = np.random.default_rng(1)
    nodes = draw.integers(0, state.count, TRIED)
    amounts = np.repeat(draw.integers(10, 200, TRIED)[:, None] * WHOLE, len(made.own), axis=1)
    amounts[:, [figure.measure is Measure.ORDERS for figure in made.own]] = 1
    nothing = cpu_s(lambda: recompute(whose, made, state), repeat=3)
    notes = new_notes(made.rows)
    change(made.program, state.nodes, notes, nodes[:1], amounts[:1], SAME, ROOT, NO_VALUES)
    change(made.program, state.nodes, notes, nodes[:1], -amounts[:1], SAME, ROOT, NO_VALUES)
    one = (
        cpu_s(lambda: change(made.program, state.nodes, notes, nodes, amounts, SAME, ROOT, NO_VALUES), repeat=1) / TRIED
    )
    wrong = _other_than_anew(made, state)
    yield Figure("the demo at a million: all anew, layout kept", nothing * 1000, "ms")
    yield Figure("the demo at a million: one order, all ancestors", one * 1e6, "us")
    yield Figure("all anew / one order", nothing / one, "x", at_least=20_000)
    yield Figure(f"figures that {TRIED} orders left other than all anew", wrong, "", at_most=0)
    yield from _suppositions(state)


def _other_than_anew(made: Calculation, state: State) -> int:
    """How many figures and ranks are not what the pass over everybody makes of the same orders."""
    kept = {kpi.code: state.column(kpi.code) for kpi in made.plan.kpis}
    ranks = state.ranks.copy()
    sweep(made.program, state.nodes)
    return sum(int((kept[code] != state.column(code)).sum()) for code in kept) + int((ranks != state.ranks).sum())


def _suppositions(state: State) -> Iterator[Figure]:
    top = int(state.children(0)[0])
    below = [index for _, index in zip(range(400), (one for _, one in state.descendants(top)), strict=False)]

    def ask() -> None:
        for index in below:
            state.suppose([(index, 50 * WHOLE, 50 * WHOLE)], top)

    yield Figure("one supposition, call from Python included", cpu_s(ask) / len(below) * 1e6, "us", at_most=30)


def _memory(made: Calculation, state: State) -> Iterator[Figure]:
    plan = replace(made.plan, kpis=(*made.plan.kpis, replace(made.plan.kpi("heads"), code="more", active_only=False)))
    more = state_of(company(PEOPLE, 0), compiled(plan))
    yield Figure("live state with the benchmark plan, a person", state.bytes_per_person(), "bytes", at_most=120)
    places = state.nodes.parent.size
    further = round((more.bytes_per_person() - state.bytes_per_person()) * state.count / places, 6)
    yield Figure("one further KPI, a place for a person", further, "bytes", at_most=8)
    yield Figure("places kept free for newcomers, of a hundred", 100 * (places - state.count) / places, "%")
