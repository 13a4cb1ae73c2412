"""Use cases: how close somebody is to a rank, the cheapest way there, and what-if."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from hashlib import blake2b

from core.catalog import service as catalog
from core.db.unit_of_work import UnitOfWork
from core.genealogy.model import NotInTree
from core.kernel.ids import PersonId
from core.kernel.volume import to_volume
from core.line import service as line
from core.live.graced import by_grace
from core.live.standing import Standing
from core.live.state import Change, State
from core.live.windows import day_of, last_day, latest
from core.orders import service as orders
from core.people import service as people
from core.people.model import Status
from core.plan.model import KpiSpec, RankSpec
from core.progress.engine import Suppositions
from core.progress.model import Counting, Progress, Step, VolumeInvalid, WayThere, WhatIf
from core.progress.rules.counting import explained, to_explain
from core.progress.rules.gauges import gauges, needs, target_of
from core.progress.rules.steps import activation, asks_for_ranks, kind_of_step
from core.progress.rules.way import Candidate, Way, cheapest_way
from core.ranks import service as ranks
from core.ranks.model import RankName, RankUnknown

CANDIDATES_MAX = 600
"""So many people are considered for the way there, the nearest first."""
DEPTH_WHERE_ALL_IS_SHOWN = 2
"""How deep people are considered for it where the policy shows contacts of the whole line."""
VOLUME_MAX = 10**9
VOLUME_DECIMALS_MAX = 20
"""What is finer is refused: exact arithmetic on 1e-99999999 would take minutes."""


async def progress(
    uow: UnitOfWork, state: State, person: PersonId, *, towards: str | None = None, supposed: Sequence[Change] = ()
) -> Progress:
    """Where each needle stands, what the target still asks for, and the cheapest way there.

    Args:
        towards: code of a rank; by default the next one.
        supposed: orders to calculate with as if they had been placed.

    Raises:
        RankUnknown: the plan has no such rank.
        AccountClosed, FiguresBehind: the person stands in no tree, or in none yet.
    """
    top = state.index_of(person)
    standing = state.suppose(supposed, top)
    plan = state.plan
    profile = await people.profile(uow, person)
    cycle = await line.cycle_card(uow, state)
    target = target_of(plan, standing, _named(state, towards))
    dials = gauges(plan, standing, target)
    asked = needs(plan, standing, target) if target else ()
    way = await _way_there(uow, state, top, target, standing, supposed)
    code = plan.ranks[standing.rank - 1].code if standing.rank else None
    title = max(standing.rank, plan.rank_index(profile.career_rank))
    answer = Progress(
        person_code=profile.code,
        name=profile.name,
        cycle=cycle,
        estimate=not cycle.closed,
        what_if=bool(supposed),
        scale=plan.volume.scale,
        volume_currency=plan.volume.currency,
        ladder=tuple(RankName(code=rank.code, name=rank.name) for rank in plan.ranks),
        paid_rank=code,
        career_rank=plan.ranks[title - 1].code if title else None,
        by_grace=by_grace(state, top, standing.rank, standing.counted),
        honorary_rank=(await ranks.honours(uow, plan, [person])).get(person),
        target=target.code if target else None,
        gauges=dials,
        needs=asked,
        counting=await _counting(uow, state, to_explain(plan, dials, asked)),
        way_there=way,
        fingerprint="",
        as_of=state.as_of,
    )
    return answer.model_copy(update={"fingerprint": _fingerprint(answer)})


async def progress_of(uow: UnitOfWork, state: State, code: str, *, towards: str | None = None) -> Progress:
    """`progress` of the person with this code, for staff.

    Raises:
        PersonUnknown: nobody has this code.
        NotInTree: she was terminated.
        RankUnknown: the plan has no such rank.
    """
    person = await people.person_id(uow, code)
    if state.find(person) is None and (await people.profile(uow, person)).status is Status.TERMINATED:
        raise NotInTree(person=code)
    return await progress(uow, state, person, towards=towards)


async def what_if(uow: UnitOfWork, state: State, person: PersonId, given: WhatIf) -> Progress:
    """`progress` as it would be if these people of her line, or she herself, ordered so much now. Nothing is stored.

    Raises:
        PersonUnknown: somebody is not in her line.
        VolumeInvalid: a volume is no number, not above zero, or beyond all measure.
    """
    supposed = []
    for order in given.orders:
        mine = order.person == "me"
        index = state.index_of(person) if mine else await line.index_in_line(uow, state, person, order.person)
        volume = _volume(order.volume, state.plan.volume.scale)
        supposed.append((index, volume, volume))
    return await progress(uow, state, person, towards=given.rank, supposed=supposed)


def _volume(text: str, scale: int) -> int:
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise VolumeInvalid(volume=text) from error
    if not amount.is_finite() or not 0 < amount <= VOLUME_MAX or amount.adjusted() < -VOLUME_DECIMALS_MAX:
        raise VolumeInvalid(volume=text)
    return to_volume(amount, scale)


def _named(state: State, towards: str | None) -> RankSpec | None:
    if towards is None:
        return None
    ranks = {rank.code: rank for rank in state.plan.ranks}
    if towards not in ranks:
        raise RankUnknown(rank=towards, known=list(ranks))
    return ranks[towards]


def _fingerprint(answer: Progress) -> str:
    """Changes when a picture of the answer would: all counts but the way there and the time, which no picture shows."""
    seen = answer.model_dump_json(exclude={"way_there": True, "counting": True, "as_of": True, "cycle": {"starts_at"}})
    return blake2b(seen.encode(), digest_size=12).hexdigest()


async def _counting(uow: UnitOfWork, state: State, kpis: Sequence[KpiSpec]) -> tuple[Counting, ...]:
    calendar = state.plan.calendar
    last = min(day_of(calendar, uow.now), last_day(calendar, state.cycle))
    skus = {sku for kpi in kpis for sku in (*kpi.orders.products, *kpi.orders.without_products)}
    names = {sku: one.words for sku, one in (await catalog.known_products(uow, skus)).items()} if skus else {}
    return tuple(explained(kpi, names, latest(kpi.since, last) if kpi.since else None) for kpi in kpis)


async def _way_there(
    uow: UnitOfWork,
    state: State,
    top: int,
    target: RankSpec | None,
    standing: Standing,
    supposed: Sequence[Change],
) -> WayThere | None:
    if target is None or standing.rank >= state.plan.rank_index(target.code):
        return None
    engine = Suppositions(state, top, target, supposed)
    candidates = await _candidates(uow, state, top, engine)
    way = cheapest_way(candidates, engine)
    if way is None:
        return WayThere(reaches=False, steps=(), volume=0)
    return WayThere(
        reaches=True,
        steps=await _steps(uow, engine, candidates, way),
        volume=sum(way.orders.values()),
        exact=way.exact,
    )


async def _candidates(uow: UnitOfWork, state: State, top: int, engine: Suppositions) -> list[Candidate]:
    """She herself and those of her line whom she may call and whose orders she is shown, each with a usual order."""
    policy = state.plan.visibility
    shown = [level for level in (policy.contacts_to_level, policy.orders_to_level) if level is not None]
    near = state.heads(top, max_level=min(shown, default=DEPTH_WHERE_ALL_IS_SHOWN))[:CANDIDATES_MAX]
    nearest = [top, *(int(index) for index in near)]
    usual = await orders.usual_order(uow, [state.person_of(index) for index in nearest])
    legs, rule = engine.legs_matter(), state.plan.activity
    figure = state.calculation.own[0]
    candidates = []
    for index in nearest:
        volume = usual.get(state.person_of(index), 0)
        if volume > 0:
            lack = activation(figure, rule.minimum, state.own_figure(index), volume) if state.wakeable(index) else 0
            group = (engine.leg_of(index),) if legs else ()
            candidates.append(Candidate(index, volume, activation=lack, group=group))
    return candidates


async def _steps(uow: UnitOfWork, engine: Suppositions, candidates: Sequence[Candidate], way: Way) -> tuple[Step, ...]:
    state, by_index = engine.state, {one.index: one for one in candidates}
    people_shown = await line.shown(uow, state, engine.top, way.orders)
    steps = []
    for (index, volume), who in zip(way.orders.items(), people_shown, strict=True):
        one = by_index[index]
        kind = kind_of_step(
            herself=index == engine.top,
            customer=state.is_customer(index),
            woken=0 < one.activation <= volume and not state.active(index),
            lifts_a_leg=_lifts_a_leg(engine, way, index),
        )
        steps.append(Step(person=who, kind=kind, volume=volume, usual=one.usual))
    return tuple(steps)


def _lifts_a_leg(engine: Suppositions, way: Way, index: int) -> bool:
    without = engine.missing({other: volume for other, volume in way.orders.items() if other != index})
    asked = zip(engine.asked, without, strict=True)
    return any(lack and asks_for_ranks(engine.state.plan, part.condition) for part, lack in asked)
