"""The differences of a preview from the one before it and from the cycle before, kept with it."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import polars as pl
from sqlalchemy import RowMapping

from core.db.database import Database
from core.db.unit_of_work import UnitOfWork
from core.runs.loading.gathering import Gathered
from core.runs.packing import frame_parts, opened, whole
from core.runs.ranked import by_rank
from core.runs.results import AWARDS, PAYOUTS, STANDINGS
from core.runs.rules.differences import Side, between_previews, since_last_cycle
from core.runs.store import parts
from core.runs.store.parts import Part
from core.runs.store.runs import released
from core.settlement.lines import bonus as bonus_lines

PREVIEW, CYCLE = "told/differences/preview", "told/differences/cycle"
LINE = {
    name: bonus_lines.LINE[name]
    for name in ("payee_id", "bonus", "unit", "amount_minor", "source_person_id", "source_order_id", "level")
}


async def difference_parts(database: Database, run: RowMapping, found: Gathered, results: Iterable[Part]) -> list[Part]:
    """Both lists, each where there is something to compare with."""
    made = {name: [part.body for part in results if part.name == name] for name in (AWARDS, STANDINGS, PAYOUTS)}
    async with database.read() as questions:
        preview = None if run["preview"] is None else await _side(questions, run["id"], run["preview"])
        last = [one for one in await released(questions, run["calendar"]) if one.ends_at == run["starts_at"]]
        cycle = None
        if last:
            attempt = await parts.published(questions, last[-1].number)
            cycle = await _side(questions, last[-1].number, attempt, version=last[-1].plan_version)
    ranked = by_rank(found.plan)
    now = replace(_sided(found.company.people, found.company.orders, made, found.plan_text), by_rank=ranked)
    told = []
    if preview is not None:
        told += list(frame_parts(PREVIEW, await asyncio.to_thread(between_previews, found.kind, now, preview)))
    if cycle is not None:
        by_version = replace(now, plan=found.plan.version)
        told += list(frame_parts(CYCLE, await asyncio.to_thread(since_last_cycle, found.kind, by_version, cycle)))
    return told


async def _side(uow: UnitOfWork, run: int, attempt: int, *, version: str | None = None) -> Side:
    async def bodies(name: str) -> list[bytes]:
        return await parts.bodies(uow, run, attempt, name)

    made = {name: await bodies(name) for name in (AWARDS, STANDINGS, PAYOUTS)}
    [text] = await bodies("input/plan")
    people, orders = whole(await bodies("input/people")), whole(await bodies("input/orders"))
    return _sided(people, orders, made, version or text.decode())


def _sided(people: pl.DataFrame, orders: pl.DataFrame, made: dict[str, list[bytes]], plan: str) -> Side:
    codes = people["code"]
    at = people["sponsor"]
    sponsors = codes.gather(at.clip(0)).zip_with(at >= 0, pl.Series([None], dtype=pl.String())) if len(at) else codes
    standings = pl.concat([opened(body, ("person_id", "paid_rank")) for body in made[STANDINGS]])
    return Side(
        lines=pl.concat([pl.DataFrame(schema=LINE), *(opened(body, tuple(LINE)) for body in made[AWARDS])]),
        orders=orders.filter(pl.col("paid_at").is_not_null()),
        sponsors=pl.DataFrame({"person": codes, "sponsor": sponsors}),
        ranks=standings.rename({"person_id": "person", "paid_rank": "rank"}),
        payouts=whole(made[PAYOUTS]).select("person_id", "currency", "carried_in", "adjustments"),
        plan=plan,
    )
