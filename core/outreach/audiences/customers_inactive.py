"""Customers who used to buy and stopped, told to their sponsor once a week with what each usually orders."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.line import service as line
from core.live.line import CUSTOMER
from core.live.state import State
from core.messaging.model.waiting import Waiting
from core.orders import service as orders
from core.outreach import columns
from core.outreach.audience import Audience, Found, Ground, Look, When
from core.outreach.groups import still_hers, told_above
from core.outreach.rules.habits import Sales, fallen_silent, usual_orders
from core.outreach.rules.slots import TUESDAY, Weekly
from core.outreach.truth import Facts, each
from core.people.model import Kind, LinePerson
from core.plan.model import NotificationsSpec


@dataclass(frozen=True)
class Loaded:
    """Sales of customers, and which of them fell silent."""

    ground: Ground
    sales: Sales

    @cached_property
    def silent(self) -> tuple[Ints, Ints]:
        """Indices of customers who stopped, and what each usually orders."""
        state, sales = self.ground.state, self.sales.in_order()
        if not len(sales.at):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        days = columns.midnights(state.plan.calendar, int(sales.at.min()), self.ground.at)
        today = int(np.searchsorted(days, microseconds(self.ground.at), side="right"))
        persons, _ = fallen_silent(sales, days, today)
        size = 1 + int(max(state.persons.max(initial=0), sales.buyer.max()))
        gone, usual = np.zeros(size, np.bool_), usual_orders(sales, size)
        gone[persons] = True
        index = np.flatnonzero(gone[state.persons] & ((state.flags & CUSTOMER) != 0))
        return index, usual[state.persons[index]]


def when(spec: NotificationsSpec) -> tuple[When, ...]:
    """Tuesdays."""
    return (Weekly(TUESDAY, spec.at),)


async def load(uow: UnitOfWork, ground: Ground, _cause: str) -> Loaded:
    """All that customers ever bought."""
    return Loaded(ground, await columns.sales(uow, ground.at, of=[Kind.CUSTOMER.value]))


def find(look: Look) -> Found:
    """Sponsors of such customers; those who usually order most are named."""
    index, usual = look.loaded.silent
    return told_above(look, index, -usual)


async def now(uow: UnitOfWork, state: State, message: Waiting) -> Facts:
    """Those named who are still hers and have not bought since; nothing where none of them is left."""
    assert message.person is not None, "a sponsor is somebody"
    top, planned = state.index_of(message.person), message.facts
    hers = [one for one in still_hers(state, top, planned["people"]) if state.is_customer(one)]
    habits = await orders.habits(uow, [state.person_of(one) for one in hers])
    seen = datetime.fromisoformat(planned["seen"])
    silent = [one for one in hers if (habit := habits.get(state.person_of(one))) is None or habit.last < seen]
    if not silent:
        return None
    return {
        "count": planned["count"] - len(planned["people"]) + len(silent),
        "customers": [_card(one) for one in await line.shown(uow, state, top, silent)],
        "scale": state.plan.volume.scale,
        "volume_currency": state.plan.volume.currency,
    }


def _card(one: LinePerson) -> dict[str, str | int | None]:
    """Her orders are told as far as the sponsor is shown them."""
    last = one.last_order_on
    return {
        "code": one.code,
        "name": one.name,
        "last_order_on": None if last is None else last.isoformat(),
        "usual_order": one.usual_order,
    }


AUDIENCE = Audience("customers.inactive", when, timedelta(days=1), find, load=load, truth=each(now))
