"""Past cycles as files, `history/CYCLE/` beside the results: plan, people, orders, sums, and what each began with."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from core.settlement.files.parquet import write_parquet
from core.settlement.model import DUE, KNOWN, PEOPLE, SUMS, Carried, CarryUnfit, Past, framed

FOLDER = "history"
PLAN, PEOPLE_FILE, ORDERS_FILE, SUMS_FILE = "plan.toml", "people.parquet", "orders.parquet", "sums.parquet"
PARTS_FILE, IN_PARTS = "parts.parquet", "rest_in_cycles"


def write(folder: Path, past: tuple[Past, ...], write_parts: Callable[[Path, Carried], None]) -> None:
    """Each cycle in a folder of its own; what an earlier run wrote there is no more."""
    if (folder / FOLDER).exists():
        shutil.rmtree(folder / FOLDER)
    for one in past:
        its = folder / FOLDER / one.cycle
        its.mkdir(parents=True)
        (its / PLAN).write_text(one.plan, encoding="utf-8")
        frames = {PEOPLE_FILE: one.people, ORDERS_FILE: one.orders, SUMS_FILE: one.posted, PARTS_FILE: one.parts}
        for name, frame in frames.items():
            write_parquet(frame, its / name)
        write_parts(its, one.carried)


def read(folder: Path, read_parts: Callable[[Path], Carried]) -> tuple[Past, ...]:
    """The cycles that `write` wrote, the oldest first."""
    root = folder / FOLDER
    cycles = sorted(one.name for one in root.iterdir()) if root.is_dir() else []
    return tuple(_past(root / cycle, read_parts) for cycle in cycles)


def _past(folder: Path, read_parts: Callable[[Path], Carried]) -> Past:
    """A cycle; one that an earlier version wrote does not tell its parts, of which there are none by most plans.

    Raises:
        CarryUnfit: its plan pays in parts, and what it left for later cycles is not told.
    """
    plan = (folder / PLAN).read_text(encoding="utf-8")
    told = (folder / PARTS_FILE).is_file()
    if IN_PARTS in plan and not told:
        raise CarryUnfit(found=f"{FOLDER}/{folder.name}", expected=PARTS_FILE)
    return Past(
        cycle=folder.name,
        plan=plan,
        people=_frame(folder / PEOPLE_FILE, PEOPLE),
        carried=read_parts(folder),
        orders=_frame(folder / ORDERS_FILE, KNOWN),
        posted=_frame(folder / SUMS_FILE, SUMS),
        parts=_frame(folder / PARTS_FILE, DUE) if told else framed(DUE, {}),
    )


def _frame(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.read_parquet(path).select(pl.col(name).cast(kind) for name, kind in schema.items())
