"""What a run reads, all in one view of the data: the first of its three beats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named
from core.catalog import service as catalog
from core.catalog.model import Product, Rate
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.genealogy import service as genealogy
from core.kernel.ids import PersonId
from core.kpis.rules import own_figures
from core.live.windows import begins
from core.placement import service as placement
from core.placement.model import TreeKind
from core.plan import service as plans
from core.plan.model import Plan, RunSpec, Step
from core.runs.loading.carried import balances_from, carried_from, common, sources
from core.runs.loading.lost import lost
from core.runs.loading.places import places
from core.runs.loading.titles import found_earlier, titles, titles_of, titles_stand
from core.runs.model import Finding, ReleasedRun, RunKindUnknown
from core.runs.rules import orders as order_rules
from core.runs.store import hands, loading, parts
from core.runs.store.hands import NOTES, VOLUMES
from core.runs.store.lost import last_order
from core.settlement.cycle.turns import counted_by
from core.settlement.model import ADJUSTMENTS, PAID, PEOPLE, Company, framed
from core.settlement.steps.calculating import by_calendar

LAST_MOMENT = timedelta(microseconds=1)
ENTRIES = "told/entries"
"""The part that says what had been entered by hand when a preview was made; not sealed, for the inputs hold it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a preview is made of."""

    plan: Plan
    plan_text: str
    kind: RunSpec
    cycle: Cycle
    company: Company
    rates: tuple[Rate, ...]
    known_until: datetime
    carried: Mapping[str, bytes] = field(default_factory=dict)
    """The files that runs before left, each as `calendar/name`, and what is `common`; empty for the very first run."""
    carried_from: tuple[int, ...] = ()
    """The numbers of these runs."""
    titles_of: str | None = None
    """The closed cycle of the main calendar whose titles people have at the cycle's beginning."""
    last_order: int = 0
    """The number of the order that was entered last."""
    ranks: pl.DataFrame | None = None
    """Titles as `core.runs.loading.titles` finds them; None where the run before left them."""
    earlier: pl.DataFrame = field(default_factory=lambda: framed(PAID, {}))
    """What closed cycles found, as `core.settlement.model.PAID` says; where a run left it too, that goes before."""
    findings: tuple[Finding, ...] = ()
    entries: tuple[str, ...] = ()
    """What was entered by hand and counts, by table and number."""


def kind_of(plan: Plan, name: str | None) -> RunSpec:
    """A kind of run by its name; None is that of the main calendar.

    Raises:
        RunKindUnknown: the plan has no such kind.
    """
    kinds = plan.kinds_of_runs
    for kind in kinds:
        if kind.code == name or (name is None and kind.calendar == plan.calendar.code):
            return kind
    raise RunKindUnknown(kind=name or plan.calendar.code, known=[kind.code for kind in kinds])


def cycle_of(plan: Plan, calendar: str, code: str) -> Cycle:
    """A cycle of one of the plan's calendars.

    Raises:
        CycleUnknown: the calendar has no such cycle.
        RunKindUnknown: the plan has no such calendar.
    """
    for spec in plan.calendars:
        if spec.code == calendar:
            return cycle_named(spec, code)
    raise RunKindUnknown(kind=calendar, known=[spec.code for spec in plan.calendars])


async def gather(uow: UnitOfWork, run: Mapping[Any, Any]) -> Gathered:
    """Everything that a run is calculated from, as it is known now.

    Raises:
        PlanMissing: no plan was ever put in force.
        RunKindUnknown: the plan has the run's kind no more.
    """
    plan, version = await plans.version_in_force(uow, run["ends_at"] - LAST_MOMENT)
    kind, cycle = kind_of(plan, run["kind"]), cycle_of(plan, run["calendar"], run["cycle"])
    people, ids = await _people(uow, plan, cycle)
    company = await _company(uow, plan, kind, cycle, people, ids)
    before = await sources(uow, plan, run)
    left = bool(before) and before[0].calendar == cycle.calendar
    codes = {PersonId(person): code for person, code in zip(ids.tolist(), people["code"].to_list(), strict=True)}
    return Gathered(
        plan=plan,
        plan_text=await plans.text_of(uow, version),
        kind=kind,
        cycle=cycle,
        company=company,
        rates=tuple(sorted(await catalog.all_rates(uow), key=lambda rate: (rate.source, rate.target, rate.since))),
        known_until=uow.now,
        carried=await _carried(uow, before) | await _balances(uow, plan),
        carried_from=tuple(await carried_from(uow, plan, run)),
        titles_of=await titles_of(uow, plan, cycle),
        last_order=await last_order(uow),
        ranks=await titles(uow, plan, cycle, codes, left=left),
        earlier=await found_earlier(uow, plan, cycle, codes),
        findings=(
            *(await _network(uow, plan) if Step.VERIFY_NETWORK in kind.steps else ()),
            *await lost(uow, plan, run),
        ),
        entries=tuple(await hands.entries(uow, cycle.calendar, cycle.code)),
    )


async def _people(uow: UnitOfWork, plan: Plan, cycle: Cycle) -> tuple[pl.DataFrame, Ints]:
    """Everybody by joining and code, and their row numbers."""
    found = (await loading.people(uow, cycle)).sort("joined_on", "code")
    if not await titles_stand(uow, plan, cycle):
        found = found.with_columns(pl.lit(None, pl.String()).alias("career_rank"))
    ids = found["id"].to_numpy()
    sponsor = order_rules.places(ids, found["sponsor_id"].fill_null(-1).to_numpy())
    columns = {name: found[name] for name in PEOPLE if name in found.columns}
    placed = await places(uow, plan, cycle, ids)
    return framed(PEOPLE, {**columns, **placed, "sponsor": sponsor}), ids


async def _company(
    uow: UnitOfWork, plan: Plan, kind: RunSpec, cycle: Cycle, people: pl.DataFrame, ids: Ints
) -> Company:
    window = loading.Window(since(plan, cycle), cycle.period.end, uow.now)
    volumes = await hands.counting(uow, VOLUMES, cycle.calendar, cycle.code) if Step.INTEGRATE in kind.steps else ()
    at = microseconds(cycle.period.end - LAST_MOMENT)
    orders = order_rules.with_corrections(await loading.orders(uow, window), volumes, at, plan.currency)
    notes = await hands.counting(uow, NOTES, cycle.calendar, cycle.code) if Step.RETURNS in kind.steps else ()
    codes = dict(zip(ids.tolist(), people["code"].to_list(), strict=True))
    return Company(
        people=people,
        orders=order_rules.placed(orders, ids),
        lines=order_rules.in_order(await loading.lines(uow, window)),
        places_whole=True,
        products={sku: _lasting(one) for sku, one in (await catalog.all_products(uow)).items()},
        adjustments=framed(
            ADJUSTMENTS,
            {
                "person_id": [codes[one["person_id"]] for one in notes],
                "currency": [one["currency"] for one in notes],
                "amount_minor": [one["amount_minor"] for one in notes],
                "reason": [one["reason"] for one in notes],
            },
        ),
    )


def since(plan: Plan, cycle: Cycle) -> datetime | None:
    """From when on orders matter to a cycle; None where its first sale, whenever that was, does."""
    chosen, span = counted_by(by_calendar(plan, cycle.calendar)[0], cycle)
    starts = [begins(figure, chosen.calendar, span) for figure in own_figures(plan)]
    earlier = bool(plan.returns or plan.late_orders or plan.advances or plan.caps)
    asks = any(order_rules.asks_for_the_past(bonus) for bonus in plan.bonuses if bonus.on)
    if earlier or asks or None in starts:
        return None
    return min([cycle.period.start, *(start for start in starts if start is not None)])


def _lasting(product: Product) -> Product:
    """Without what changes while a run is previewed, and changes no amount."""
    return product.model_copy(update={"stock": None})


async def _carried(uow: UnitOfWork, before: Sequence[ReleasedRun]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for one in before:
        attempt = await parts.published(uow, one.number)
        for name in await parts.names(uow, one.number, attempt, "carry/"):
            body = b"".join(await parts.bodies(uow, one.number, attempt, name))
            files[f"{one.calendar}/{name.removeprefix('carry/')}"] = body
    return files


async def _balances(uow: UnitOfWork, plan: Plan) -> dict[str, bytes]:
    last = await balances_from(uow, plan)
    if last is None:
        return {}
    attempt = await parts.published(uow, last.number)
    files = {name: await parts.bodies(uow, last.number, attempt, f"carry/{name}") for name in common(plan)}
    return {name: b"".join(bodies) for name, bodies in files.items()}


async def _network(uow: UnitOfWork, plan: Plan) -> tuple[Finding, ...]:
    found = [*(await genealogy.verify(uow)).findings]
    trees = [
        tree for tree, spec in ((TreeKind.BINARY, plan.trees.binary), (TreeKind.MATRIX, plan.trees.matrix)) if spec
    ]
    placed = [one for tree in trees for one in (await placement.verify(uow, tree)).findings]
    return tuple(Finding(code=one.code, severity="fault", facts=dict(one.facts)) for one in [*found, *placed])
