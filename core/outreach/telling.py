"""How close somebody is to a rank, as facts of a message: small, and complete for its text."""

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.state import State
from core.messaging.model import Json
from core.plan.model import Plan
from core.progress import service as progress
from core.progress.model import Gauge, Need, Progress, Step, WayThere


async def standing(uow: UnitOfWork, state: State, person: PersonId, *, towards: str | None = None) -> Json:
    """Where each needle stands, what the next rank (or `towards`) still asks for, and the cheapest way there.

    Returns:
        `cycle`, `days_left` and `closes_at`; `rank` and `target`, texts by language or None; `gauges` and `gaps` with
        label, unit, value, needed and missing (volumes at `scale`, in `volume_currency`); `way` as None or with
        `reaches`, `volume` and `steps` of name, kind and volume.

    Raises:
        AccountClosed, FiguresBehind: the person stands in no tree, or in none yet.
    """
    found = await progress.progress(uow, state, person, towards=towards)
    names = rank_names(state.plan)
    return {
        "cycle": found.cycle.code,
        "days_left": found.cycle.days_left,
        "closes_at": found.cycle.ends_at.isoformat(),
        "scale": found.scale,
        "volume_currency": found.volume_currency,
        "rank": names.get(found.paid_rank or ""),
        "target": names.get(found.target or ""),
        "gauges": [_needle(one) | {"rank": names.get(one.rank or "")} for one in found.gauges],
        "gaps": [_needle(one) for one in _missing(found)],
        "way": _way(found.way_there),
    }


def rank_names(plan: Plan) -> Json:
    """What the company calls its ranks, by code."""
    return {rank.code: dict(rank.name) for rank in plan.ranks}


def place_of(plan: Plan, code: str) -> int:
    """A rank's place on the ladder from 1; 0 for one that the plan no longer has."""
    return next((place for place, rank in enumerate(plan.ranks, start=1) if rank.code == code), 0)


def _missing(found: Progress) -> list[Gauge | Need]:
    """What is missing in any case; of conditions that can stand in for each other nothing is sure to be."""
    sure = [need for need in found.needs if need.group is None]
    every: list[Gauge | Need] = [*found.gauges, *sure]
    return [one for one in every if one.missing]


def _needle(one: Gauge | Need) -> Json:
    return {
        "label": dict(one.label),
        "unit": one.unit.value,
        "value": one.value,
        "needed": one.needed,
        "missing": one.missing,
    }


def _way(way: WayThere | None) -> Json | None:
    if way is None:
        return None
    return {"reaches": way.reaches, "volume": way.volume, "steps": [_step(step) for step in way.steps]}


def _step(step: Step) -> Json:
    return {"name": step.person.name, "kind": step.kind.value, "volume": step.volume}
