"""What a run is calculated from, as parts: kept with a preview, so that validation calculates from the very same."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from core.calendar.model import Cycle
from core.catalog.model import Product, Rate
from core.catalog.rules import RateTable
from core.plan.model import Plan, RunSpec
from core.plan.service import parsed
from core.runs.loading.gathering import ENTRIES, Gathered, cycle_of, kind_of
from core.runs.packing import file_part, frame_parts, json_part, text_part, whole
from core.runs.store.parts import Part
from core.settlement.model import SUMMARY, Carried, Company
from core.settlement.past import carrying
from core.settlement.past.carrying import BALANCES, CAPS

Bodies = Callable[[str], Awaitable[list[bytes]]]
"""The parts of a name, in order."""
FRAMES = ("people", "orders", "lines", "adjustments")
CARRY = "input/carry/"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the engine takes."""

    plan: Plan
    plan_text: str
    kind: RunSpec
    cycle: Cycle
    company: Company
    rates: RateTable
    carried: Carried


def input_parts(found: Gathered) -> Iterator[Part]:
    """Everything that was gathered."""
    told = {"kind": found.kind.code, "calendar": found.cycle.calendar, "cycle": found.cycle.code}
    yield json_part("input/run", told)
    yield text_part("input/plan", found.plan_text)
    yield json_part(ENTRIES, found.entries)
    for name in FRAMES:
        yield from frame_parts(f"input/{name}", getattr(found.company, name))
    products = [found.company.products[sku].model_dump(mode="json") for sku in sorted(found.company.products)]
    yield json_part("input/products", products)
    rates = [[one.since.isoformat(), one.source, one.target, str(one.rate)] for one in found.rates]
    yield json_part("input/rates", rates)
    if found.ranks is not None:
        yield from frame_parts("input/ranks", found.ranks)
    if not found.earlier.is_empty():
        yield from frame_parts("input/earlier", found.earlier)
    for name in sorted(found.carried):
        yield file_part(CARRY + name, found.carried[name])


def inputs(found: Gathered) -> Inputs:
    """What was gathered, as the engine takes it.

    Raises:
        CarryUnfit: the run before was not of the cycle before.
    """
    return Inputs(
        plan=found.plan,
        plan_text=found.plan_text,
        kind=found.kind,
        cycle=found.cycle,
        company=found.company,
        rates=RateTable(found.rates),
        carried=_carried(found.plan, found.cycle, found.carried, found.ranks, found.earlier),
    )


async def stored_inputs(bodies: Bodies, carry: Mapping[str, bytes]) -> Inputs:
    """The same from what was kept.

    Args:
        carry: the files of the run before, by name.
    """
    [run], [text] = await bodies("input/run"), await bodies("input/plan")
    told, plan = json.loads(run), parsed(text.decode())
    cycle = cycle_of(plan, told["calendar"], told["cycle"])
    [products], [rates], ranks, earlier = (
        await bodies("input/products"),
        await bodies("input/rates"),
        await bodies("input/ranks"),
        await bodies("input/earlier"),
    )
    known = [Product.model_validate(one) for one in json.loads(products)]
    frames: dict[str, Any] = {name: whole(await bodies(f"input/{name}")) for name in FRAMES}
    return Inputs(
        plan=plan,
        plan_text=text.decode(),
        kind=kind_of(plan, told["kind"]),
        cycle=cycle,
        company=Company(**frames, products={one.sku: one for one in known}, places_whole=True),
        rates=RateTable(_rate(*one) for one in json.loads(rates)),
        carried=_carried(plan, cycle, carry, whole(ranks) if ranks else None, whole(earlier) if earlier else None),
    )


def _rate(since: str, source: str, target: str, rate: str) -> Rate:
    return Rate(since=date.fromisoformat(since), source=source, target=target, rate=Decimal(rate))


def _carried(
    plan: Plan,
    cycle: Cycle,
    files: Mapping[str, bytes],
    ranks: pl.DataFrame | None,
    earlier: pl.DataFrame | None,
) -> Carried:
    """What came before, with titles and findings of cycles that were closed without a run where no run has any."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        names = {name.split("/", maxsplit=1)[0] for name in files if "/" in name}
        calendars = sorted(names, key=lambda one: one != cycle.calendar)
        carried = carrying.read_all([Path(folder, calendar) for calendar in calendars], plan, cycle)
        if BALANCES in files:
            carried = replace(carried, balances=carrying.read_balances(Path(folder)))
        if CAPS in files:
            carried = carrying.with_capped(carried, carrying.read_capped(Path(folder)), plan)
    if ranks is not None:
        pays_ahead = plan.advances is not None and cycle.calendar == plan.advances.calendar
        main = Carried(ranks=ranks) if pays_ahead and carried.main is None else carried.main
        carried = replace(carried, ranks=ranks, main=main)
    if earlier is None:
        return carried
    main = None if carried.main is None else _with(carried.main, earlier)
    return replace(_with(carried, earlier), main=main)


def _with(carried: Carried, earlier: pl.DataFrame) -> Carried:
    """With what was found in cycles of which nothing was carried over."""
    missing = earlier.filter(~pl.col("cycle").is_in(carried.paid["cycle"].unique().implode()))
    return replace(carried, paid=pl.concat([carried.paid, missing]))


def carry_files(write: Callable[[Path], None], told: Mapping[str, str]) -> dict[str, bytes]:
    """What `write` writes into a folder, by name, with the summary that the next run is recognized by."""
    with TemporaryDirectory() as folder:
        write(Path(folder))
        Path(folder, SUMMARY).write_text(json.dumps(told, sort_keys=True), encoding="utf-8")
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
