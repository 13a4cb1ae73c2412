"""Use cases about a line: who stands in it, and what of each may be shown."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

import numpy as np

from core.calendar import rules as calendars
from core.calendar import service as calendar
from core.calendar.model import CycleCard
from core.db.unit_of_work import UnitOfWork
from core.http.model import read_cursor, write_cursor
from core.kernel.ids import PersonId
from core.kernel.zones import zone_of
from core.line.model import LinePage, Sort
from core.line.rules import group_volume_kpi, own_volume_kpi, shown_at
from core.line.sorting import in_order
from core.live.graced import by_grace
from core.live.line import ACTIVE, CUSTOMER, DISTRIBUTOR, PERSON
from core.live.state import State
from core.orders import service as orders
from core.orders.model import Habit
from core.people import service as people
from core.people.model import Card, Kind, LinePerson, Me, OwnSettings, Person, PersonUnknown, Team, TeamLevel
from core.ranks import service as ranks

LEVELS_SHOWN = 10
MOVED_UP_SHOWN = 5
NAMED_ONE_BY_ONE = 5000
"""In a line of so many, names are looked for in the line; in a larger one among everybody."""


async def me(uow: UnitOfWork, state: State, person: PersonId) -> Me:
    """The caller herself: who she is, her ranks, and the words for them."""
    profile = await people.profile(uow, person)
    index = state.find(person)
    plan = state.plan
    return Me(
        code=profile.code,
        name=profile.name,
        kind=profile.kind,
        status=profile.status,
        country=profile.country,
        language=profile.language,
        language_chosen=profile.language_chosen,
        time_zone=zone_of(profile.time_zone, profile.country, plan.calendar.time_zone),
        currency=profile.currency or plan.currency,
        paid_rank=rank_code(state, index) if index is not None else None,
        career_rank=career_rank(state, index, profile),
        rank_names={rank.code: rank.name for rank in plan.ranks},
        sponsor_name=await _sponsor_name(uow, state, index),
        notifications=profile.notifications,
        company=plan.company,
        volume_scale=plan.volume.scale,
        points_name=plan.points.name if plan.points else None,
        pays_customers=plan.pays_customers,
    )


async def change_settings(uow: UnitOfWork, state: State, person: PersonId, settings: OwnSettings) -> Me:
    """Change what a person decides herself, and answer as `me` does.

    Raises:
        SettingInvalid: a language that we do not speak or a time zone that does not exist.
    """
    await people.change_settings(uow, person, settings)
    return await me(uow, state, person)


def rank_code(state: State, index: int) -> str | None:
    """The rank that somebody would be paid by, as the plan names it."""
    place = state.rank(index)
    return state.plan.ranks[place - 1].code if place else None


def career_rank(state: State, index: int | None, profile: Person) -> str | None:
    """Her title: the one recorded, or today's rank where that is higher."""
    recorded = state.plan.rank_index(profile.career_rank)
    place = max(recorded, state.rank(index) if index is not None else 0)
    return state.plan.ranks[place - 1].code if place else None


async def _sponsor_name(uow: UnitOfWork, state: State, index: int | None) -> str | None:
    above = state.parent(index) if index is not None else None
    if above is None or state.is_company(above):
        return None
    sponsor = state.person_of(above)
    return (await people.cards(uow, [sponsor]))[sponsor].name


async def cycle_card(uow: UnitOfWork, state: State) -> CycleCard:
    """The cycle that the figures belong to, and how long it still runs."""
    running = uow.now < state.cycle.period.end  # and what is running cannot be closed
    closed = not running and await calendar.closed_cycle(uow, state.cycle) is not None
    return CycleCard(
        code=state.cycle.code,
        starts_at=state.cycle.period.start,
        ends_at=state.cycle.period.end,
        days_left=calendars.days_left(state.plan.calendar, state.cycle, uow.now),
        closed=closed,
        time_zone=state.plan.calendar.time_zone,
    )


async def team(uow: UnitOfWork, state: State, person: PersonId) -> Team:
    """Her line at a glance, with whoever in her frontline holds a higher rank today than her recorded title."""
    top = state.index_of(person)
    words = TeamLevel.model_fields
    levels = [TeamLevel(**{word: getattr(count, word) for word in words}) for count in state.level_counts(top)]
    return Team(
        people=sum(level.people for level in levels),
        distributors=sum(level.distributors for level in levels),
        customers=sum(level.customers for level in levels),
        active=sum(level.active for level in levels),
        deepest_level=len(levels),
        levels=tuple(levels[:LEVELS_SHOWN]),
        moved_up=await _moved_up(uow, state, top),
        as_of=state.as_of or uow.now,
    )


async def _moved_up(uow: UnitOfWork, state: State, top: int) -> tuple[LinePerson, ...]:
    ranked = [int(one) for one in state.children(top) if state.rank(int(one))]
    ids = {state.person_of(one): one for one in ranked}
    titles = await people.career_ranks(uow, list(ids))
    risen = [one for who, one in ids.items() if state.rank(one) > state.plan.rank_index(titles.get(who))]
    risen.sort(key=lambda one: -state.rank(one))
    return tuple(await shown(uow, state, top, risen[:MOVED_UP_SHOWN]))


async def page(
    uow: UnitOfWork,
    state: State,
    person: PersonId,
    *,
    level: int | None,
    kind: Kind | None,
    active: bool | None,
    name: str | None,
    sort: Sort,
    cursor: str | None,
    limit: int,
) -> LinePage:
    """Some of her line: by level, kind, activity or part of a name.

    Raises:
        CursorInvalid: the cursor is none of ours.
    """
    top = state.index_of(person)
    found = await _matching(uow, state, top, level=level, kind=kind, active=active, name=name)
    as_found = Sort.LEVEL if name is None else Sort.NAME
    found, sort = await in_order(uow, state, top, found, sort, as_found=as_found)
    [start] = read_cursor(cursor, int) if cursor else [0]
    assert isinstance(start, int)
    chosen = found[max(0, start) : max(0, start) + limit]
    after = max(0, start) + len(chosen)
    return LinePage(
        items=await shown(uow, state, top, chosen),
        next=write_cursor(after) if after < len(found) else None,
        sort=sort,
    )


async def _matching(
    uow: UnitOfWork,
    state: State,
    top: int,
    *,
    level: int | None,
    kind: Kind | None,
    active: bool | None,
    name: str | None,
) -> list[int]:
    """Indices in her line; those of a name are looked up first, for they are few."""
    wanted = PERSON | (ACTIVE if active else 0)
    if kind is not None:
        wanted |= CUSTOMER if kind is Kind.CUSTOMER else DISTRIBUTOR
    unwanted = ACTIVE if active is False else 0
    figures = state.plan.visibility.figures_to_level
    deepest = level if active is None or figures is None else min(figures, level or figures)
    if name is not None:
        of_name = await _named(uow, state, top, name, deepest=deepest, wanted=wanted, unwanted=unwanted)
        return [one for one in of_name if level in (None, state.level_between(top, one))]
    if level is not None and deepest != level:
        return []  # whether they are active is not shown
    found = state.heads(top, wanted=wanted, unwanted=unwanted, max_level=deepest)
    if level is not None and level > 1:
        found = found[len(state.heads(top, wanted=wanted, unwanted=unwanted, max_level=level - 1)) :]
    return [int(one) for one in found]


async def _named(
    uow: UnitOfWork, state: State, top: int, name: str, *, deepest: int | None, wanted: int, unwanted: int
) -> list[int]:
    """By name or code alone: whoever could look for an e-mail or a number would learn those that she is not shown."""
    line = state.heads(top, wanted=wanted, unwanted=unwanted, max_level=deepest)
    if len(line) <= NAMED_ONE_BY_ONE:
        found = await people.named(uow, name, [state.person_of(int(one)) for one in line])
    else:
        found = await people.named(uow, name)
    inside = np.zeros(state.count, np.bool_)
    inside[line] = True
    return [index for who in found if (index := state.find(who)) is not None and inside[index]]


async def one(uow: UnitOfWork, state: State, person: PersonId, code: str) -> LinePerson:
    """One person of the caller's line.

    Raises:
        PersonUnknown: nobody has this code, or she does not stand in the caller's line.
    """
    [found] = await shown(uow, state, state.index_of(person), [await index_in_line(uow, state, person, code)])
    return found


async def index_in_line(uow: UnitOfWork, state: State, person: PersonId, code: str) -> int:
    """Where the person with this code stands.

    Raises:
        PersonUnknown: nobody has this code, or she does not stand in the caller's line.
    """
    number = (await people.ids_of(uow, [code])).get(code)
    index = state.find(number) if number is not None else None
    if index is None or not state.is_below(state.index_of(person), index):
        raise PersonUnknown(person=code)
    return index


async def require_orders_shown(uow: UnitOfWork, state: State, person: PersonId, code: str) -> PersonId:
    """The person whose orders the caller may look at.

    Raises:
        PersonUnknown: she is not in the caller's line, or the policy does not show orders of her level.
    """
    index = await index_in_line(uow, state, person, code)
    level = state.level_between(state.index_of(person), index) or 0
    if not shown_at(level, state.plan.visibility.orders_to_level):
        raise PersonUnknown(person=code)
    return state.person_of(index)


async def shown(uow: UnitOfWork, state: State, top: int, indices: Iterable[int]) -> list[LinePerson]:
    """People of a line as the policy shows them, in the order given; days are those of the reader's time zone.

    Args:
        top: whose line it is; her own index may be among `indices`.
    """
    reader = await people.profile(uow, state.person_of(top))
    zone = ZoneInfo(reader.time_zone or state.plan.calendar.time_zone)
    chosen = list(indices)
    ids = [state.person_of(index) for index in chosen]
    cards = await people.cards(uow, ids)
    habits = await orders.habits(uow, ids)
    pairs = [(index, cards[who]) for index, who in zip(chosen, ids, strict=True) if who in cards]
    honours = await ranks.honours(uow, state.plan, ids)
    return [_shown(state, top, index, card, habits.get(card.person_id), zone, honours) for index, card in pairs]


def _shown(
    state: State,
    top: int,
    index: int,
    card: Card,
    habit: Habit | None,
    zone: ZoneInfo,
    honours: Mapping[PersonId, str],
) -> LinePerson:
    plan, level = state.plan, state.level_between(top, index) or 0
    policy = plan.visibility
    answer = LinePerson(
        code=card.code,
        name=card.name,
        kind=card.kind,
        level=level,
        active=None,
        joined_on=card.joined_on,
        country=card.country,
        town=card.town,
        frontline_count=len(state.children(index)),
        orders_shown=shown_at(level, policy.orders_to_level),
    )
    extra: dict[str, object] = {}
    if shown_at(level, policy.figures_to_level):
        extra |= _figures(state, index) | {"honorary_rank": honours.get(card.person_id)}
    if answer.orders_shown and habit is not None:
        extra |= {"usual_order": habit.usual, "last_order_on": habit.last.astimezone(zone).date()}
    if shown_at(level, policy.contacts_to_level):
        extra |= {"email": card.email, "phone": card.phone}
    return answer.model_copy(update=extra)


def _figures(state: State, index: int) -> dict[str, object]:
    own, group = own_volume_kpi(state.plan), group_volume_kpi(state.plan)
    return {
        "active": state.active(index),
        "paid_rank": rank_code(state, index),
        "by_grace": by_grace(state, index, state.rank(index), lambda part: state.counted(index, part)),
        "own_volume": state.kpi(index, own.code) if own else None,
        "group_volume": state.kpi(index, group.code) if group else None,
    }
