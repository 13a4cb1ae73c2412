"""What events mean for a state: worked in, or a reason to compute everything anew."""

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import select
from sqlmodel import SQLModel

from core.calendar.model import CycleClosed
from core.db.events import StoredEvent
from core.db.unit_of_work import UnitOfWork
from core.exchange.model import Published
from core.forest.program import AWAKE
from core.genealogy.model import GenealogyChanged
from core.kernel.events import OF_ONE_LINE
from core.kernel.ids import PersonId
from core.live.joining import day_numbered
from core.live.load import joining
from core.live.own_rows import Crowd, own_figure
from core.live.picture import flags_of, places
from core.live.state import Full, State
from core.orders.model import VolumeChanged
from core.people.model import Kind, PersonChanged, PersonEnrolled, Status
from core.people.tables import PersonRow
from core.plan.model import PlanActivated

PEOPLE = SQLModel.metadata.tables[str(PersonRow.__tablename__)]

ANEW = frozenset({GenealogyChanged.kind, PlanActivated.kind, Published.kind})
"""What increments cannot follow."""
OF_OWN_FIGURES = frozenset({VolumeChanged.kind, PersonEnrolled.kind, PersonChanged.kind})
"""After what somebody's own figures may be others in a way that the event does not tell."""


def take_note(state: State, events: Iterable[StoredEvent]) -> None:
    """Let finished answers know what has happened, before any of it is worked in."""
    for event in events:
        index = state.find(PersonId(event.facts["person_id"])) if event.kind in OF_ONE_LINE else None
        concerned = None if index is None else state.concerned(index)
        if concerned is None:
            state.happened.anywhere()
        else:
            for one in concerned:
                state.happened.at(one)


def work_in(state: State, events: Iterable[StoredEvent]) -> bool:
    """Apply what can be applied, in order; returns whether something calls for computing anew."""
    anew = False
    for event in events:
        anew = not _worked_in(state, event) or anew
    return anew


def changed_people(events: Iterable[StoredEvent]) -> list[PersonId]:
    """Of whom something changed that the event does not tell."""
    return [PersonId(event.facts["person_id"]) for event in events if event.kind == PersonChanged.kind]


def to_look_up(state: State, events: Iterable[StoredEvent]) -> list[PersonId]:
    """Of whom own figures must be looked up again."""
    if not state.looked_up:
        return []
    return list(dict.fromkeys(PersonId(one.facts["person_id"]) for one in events if one.kind in OF_OWN_FIGURES))


async def work_in_own(uow: UnitOfWork, state: State, people: Sequence[PersonId]) -> None:
    """Look up what these people's own figures come to by now, where events do not tell it."""
    plan, persons = state.plan, np.array(people, np.int32)
    place = places(persons)
    known = [state.find(one) for one in people]
    customers = [one is not None and state.is_customer(one) for one in known]
    asks = state.calculation.by_joining
    joined = await joining(uow, place, len(people), people) if asks else np.zeros(len(people), np.int64)
    crowd = Crowd(persons, place, np.array(customers, np.uint8), joined, few=True)
    day = day_numbered(state.joining.today)
    found = {one: await own_figure(uow, plan, one, state.cycle, crowd, day) for one in state.looked_up}
    for at, person in enumerate(people):
        figures = {figure: int(values[at]) for figure, values in found.items()}
        state.apply_own(person, figures, int(joined[at]) if asks else None)


async def work_in_people(uow: UnitOfWork, state: State, people: Sequence[PersonId]) -> bool:
    """Look up these people's kind and status and apply them; returns whether all must be computed anew."""
    asked = select(PEOPLE.c.id, PEOPLE.c.kind, PEOPLE.c.status).where(PEOPLE.c.id.in_(people))
    gone = False
    for person, kind, status in await uow.connection.execute(asked):
        index, flags = state.find(PersonId(person)), flags_of(kind, status)
        if index is None:
            continue
        gone = gone or status == Status.TERMINATED
        if int(state.flags[index]) & ~AWAKE != flags:
            gone = gone or (state.shares and state.is_customer(index) != (kind == Kind.CUSTOMER))
            state.apply_flags(index, flags)
    return gone


def _worked_in(state: State, event: StoredEvent) -> bool:
    """Apply one event; False when that cannot be done."""
    if event.kind == VolumeChanged.kind:
        changed = VolumeChanged.model_validate(event.facts)
        if state.calculation.judged and changed.at < state.cycle.period.start:
            return False  # an earlier cycle may be judged otherwise
        state.apply_volume(changed)
        return True
    if event.kind == PersonEnrolled.kind:
        return _enrolled(state, PersonEnrolled.model_validate(event.facts))
    if event.kind == CycleClosed.kind:
        return not (state.titled or state.calculation.remembers)  # closing changes titles, grace and what was found
    return event.kind not in ANEW


def _enrolled(state: State, event: PersonEnrolled) -> bool:
    try:
        state.apply_enrolment(event.person_id, event.sponsor_id, flags_of(event.person_kind, event.status))
    except Full:
        return False
    return True
