"""What rules about orders ask for, loaded for many orders at once and only as far as they ask."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.kernel.money import minor_digits
from core.live.state import State
from core.plan.expressions.vocabulary import AMOUNT_DECIMALS
from core.plan.model import Measure, Plan
from core.points.rules import days
from core.points.service.programme import Programme
from core.points.store import facts as store
from core.points.store.facts import OrderFacts, PersonFacts

PERSON_WORDS = frozenset({"person.kind", "person.country", "person.language", "person.status", "person.joined_days"})
STANDING_WORDS = frozenset({"rank", "active", "referrals_active"})
TITLE_WORDS = frozenset({"career_rank"})


def needs_state(names: frozenset[str]) -> bool:
    """Whether words are asked that only the live figures know."""
    return any(name in STANDING_WORDS or name.startswith("kpi.") for name in names)


@dataclass(slots=True)
class Sources:
    """What was loaded; what no rule asks for stays empty."""

    people: dict[PersonId, PersonFacts] = field(default_factory=dict)
    bought: dict[int, Counter[str]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    referrers: dict[PersonId, PersonId] = field(default_factory=dict)
    brought: dict[PersonId, list[PersonId]] = field(default_factory=dict)


async def load(uow: UnitOfWork, names: frozenset[str], orders: Sequence[OrderFacts]) -> Sources:
    """Everything that these words need about these orders and their buyers."""
    refs, buyers = [order.ref for order in orders], {order.person for order in orders}
    loaded = Sources()
    if names & (PERSON_WORDS | TITLE_WORDS):
        loaded.people = await store.people(uow, buyers)
    if "bought" in names:
        loaded.bought = await store.bought(uow, refs)
    if names & {"order.first", "order.count"}:
        loaded.counts = await store.counts(uow, refs)
    if "referred" in names:
        loaded.referrers = await store.referrers(uow, buyers)
    if names & {"referrals", "referrals_active"}:
        loaded.brought = await store.brought(uow, buyers)
    return loaded


def case(
    order: OrderFacts, programme: Programme, names: frozenset[str], loaded: Sources, state: State | None, *, new: bool
) -> dict[str, Any]:
    """The values of the words about one order.

    Args:
        state: the live figures; None where no word needs them.
        new: the figures do not count the order yet, so that the rank is the one that it makes.
    """
    values = _of_order(order, loaded) if any(not name.startswith("kpi.") for name in names) else {}
    if order.person in loaded.people:
        values |= _of_person(loaded.people[order.person], order, programme)
    values["referred"] = order.person in loaded.referrers
    values["referrals"] = len(loaded.brought.get(order.person, ()))
    if state is not None:
        values |= standing(state, programme.plan, order, names, new=new)
        brought = [state.find(one) for one in loaded.brought.get(order.person, ())]
        values["referrals_active"] = sum(state.active(one) for one in brought if one is not None)
    return values


def _of_order(order: OrderFacts, loaded: Sources) -> dict[str, Any]:
    count = loaded.counts.get(order.ref, 0)
    return {
        "order.amount": order.amount_minor * 10 ** (AMOUNT_DECIMALS - minor_digits(order.currency)),
        "order.currency": order.currency,
        "order.cv": order.cv,
        "order.qv": order.qv,
        "order.points": order.points,
        "order.lines": order.line_count,
        "order.first": count == 1,
        "order.count": count,
        "bought": loaded.bought.get(order.ref, Counter()),
    }


def _of_person(person: PersonFacts, order: OrderFacts, programme: Programme) -> dict[str, Any]:
    day = days.company_day(order.ordered_at, programme.zone)
    return {
        "person.kind": person.kind,
        "person.country": person.country,
        "person.language": person.language,
        "person.status": person.status,
        "person.joined_days": max(0, (day - person.joined_on).days),
        "career_rank": rung(programme.plan, person.career_rank),
    }


def rung(plan: Plan, code: str | None) -> int:
    """The rung of a rank in the plan, 0 for none and for one that the ladder does not have."""
    return plan.rank_index(code) if code in {rank.code for rank in plan.ranks} else 0


def standing(
    state: State, plan: Plan, order: OrderFacts, names: frozenset[str], *, new: bool
) -> Mapping[str, int | bool]:
    """Rank, activity and KPIs of the buyer, with an order that the figures do not count yet counted in."""
    asked = [name.removeprefix("kpi.") for name in names if name.startswith("kpi.")]
    index = state.find(order.person)
    if index is None:
        return {"rank": 0, "active": False, **{f"kpi.{code}": 0 for code in asked}}
    counts = new and order.ordered_at in state.cycle.period
    has = state.suppose([(index, order.cv, order.qv)] if counts else (), index)
    code = state.plan.ranks[has.rank - 1].code if has.rank else None
    known = state.calculation.values
    return {
        "rank": rung(plan, code),
        "active": state.active(index) or (counts and _wakes(state, index, order)),
        **{f"kpi.{code}": has.kpi(code) if code in known else 0 for code in asked},
    }


def _wakes(state: State, index: int, order: OrderFacts) -> bool:
    rule = state.plan.activity
    part = {Measure.CV: order.cv, Measure.QV: order.qv, Measure.ORDERS: 1, Measure.POINTS: order.points}
    return state.wakeable(index) and state.own_figure(index) + part.get(rule.measure, 0) >= rule.minimum
