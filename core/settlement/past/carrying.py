"""What the next cycle needs of this one, as files: titles, missed cycles, the highest rank ever, balances, caps."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from core.calendar.model import Cycle
from core.calendar.rules import cycle_named, previous
from core.plan.model import CalendarSpec, Plan
from core.ranks.rules.earlier import cycles_back
from core.settlement.cycle.turns import so_far
from core.settlement.files.parquet import write_parquet
from core.settlement.lines.texts import money_texts
from core.settlement.model import (
    ADVANCED,
    CAPPED,
    DUE,
    HAD,
    INACTIVE,
    KPIS,
    LOTS,
    PAID,
    POOLS,
    POSTED,
    RANKS,
    SUMMARY,
    VOLUMES,
    Carried,
    CarryUnfit,
    RunUnreadable,
)
from core.settlement.past import history, part_columns
from core.settlement.past.handing_on import carried_out
from core.settlement.rules.corrections import digits_of
from core.settlement.rules.ever import shared, taken_from
from core.settlement.running import Outcome
from core.settlement.steps.advancing import advanced_cycle

BALANCES = "carry_balances.csv"
CAPS = "carry_caps.csv"
TITLES = "carry_ranks.csv"
FOUND = "carry_paid_ranks.csv"
FILES: Mapping[str, tuple[str, Mapping[str, pl.DataType]]] = {
    "ranks": (TITLES, RANKS),
    "balances": (BALANCES, LOTS),
    "capped": (CAPS, CAPPED),
    "posted": ("carry_awards.parquet", POSTED),
    "advanced": ("carry_advances.csv", ADVANCED),
    "had": ("carry_had.csv", HAD),
    "due": ("carry_due.csv", DUE),
    "pools": ("carry_pools.csv", POOLS),
    "kpis": ("carry_kpis.csv", KPIS),
    "paid": (FOUND, PAID),
    "volumes": ("carry_volume.csv", VOLUMES),
    "inactive": ("carry_inactive.csv", INACTIVE),
}
"""Where each part of `Carried` stands, and its columns; `amount_minor` is written as `amount`, with a point."""
PARQUET = ".parquet"
"""Where there can be millions of rows."""
MINOR, AMOUNT = "amount_minor", "amount"


def read(folder: Path, calendar: CalendarSpec, cycle: Cycle) -> Carried:
    """What the cycle before left in its output.

    Raises:
        CarryUnfit: it is the output of another cycle, or files of it are missing.
        RunUnreadable: it holds no run that was written to its end.
        OSError: it cannot be read.
    """
    _expect(folder, calendar, previous(calendar, cycle))
    return read_parts(folder)


def read_all(folders: Sequence[Path], plan: Plan, cycle: Cycle) -> Carried:
    """What several runs left: the cycle before, advances in this cycle, other calendars' balances.

    | the folder is of           | it gives                                                                |
    | -------------------------- | ----------------------------------------------------------------------- |
    | this run's calendar        | everything but titles of another one; it must be the cycle before       |
    | the calendar of advances   | in the main run: what was advanced in this cycle                        |
    | the main calendar          | titles: those of the last folder that ended before the cycle in which this one ends |
    |                            | in a run that pays advances: all else that the cycle before left too    |
    | the one that KPIs go by    | what earlier cycles found; the one before that which is counted         |
    | any, with `per = "total"`  | the balances, if no other one ended later; of equal ends that of the longer cycle |
    | any                        | likewise what was ever paid under caps over bonuses of several calendars |

    Args:
        plan: as it was read: its first calendar is the main one.

    Raises:
        CarryUnfit: a folder is of another cycle, or of no use, or files of it are missing.
        RunUnreadable: one holds no run that was written to its end.
        OSError: one cannot be read.
    """
    specs = {spec.code: spec for spec in plan.calendars}
    carried, ends, titles = Carried(), [], dict[datetime, pl.DataFrame]()
    for folder in folders:
        calendar, code = _of(folder)
        if calendar not in specs:
            raise CarryUnfit(found=f"{calendar} {code}", expected=", ".join(specs))
        theirs = cycle_named(specs[calendar], code)
        if calendar == cycle.calendar:
            _expect(folder, specs[calendar], previous(specs[calendar], cycle))
            parts = read_parts(folder)
            paid = _joined(parts.paid, carried.paid).unique(maintain_order=True)
            carried = replace(parts, main=carried.main, advanced=_joined(parts.advanced, carried.advanced), paid=paid)
        else:
            parts = read_parts(folder)
            carried = _other(carried, parts, plan, cycle, theirs)
            if _gives_titles(plan, cycle, theirs):
                titles[theirs.period.end] = parts.ranks
        ends.append((theirs.period.end, theirs.period.end - theirs.period.start, parts))
    last = max(ends, key=lambda one: one[:2])[2] if ends else Carried()
    if plan.payout.per == "total" and ends:
        carried = replace(carried, balances=last.balances)
    carried = with_capped(carried, last.capped, plan)
    if cycle.calendar != plan.calendar.code:
        carried = replace(carried, ranks=titles[max(titles)] if titles else Carried().ranks)
    return carried


def with_capped(carried: Carried, last: pl.DataFrame, plan: Plan) -> Carried:
    """With what was ever paid under caps of several calendars as the last run of any of them left it.

    Args:
        last: as `CAPPED` says.
    """
    caps = shared(plan)
    if not caps:
        return carried
    main = carried.main and replace(carried.main, capped=taken_from(carried.main.capped, last, caps))
    return replace(carried, capped=taken_from(carried.capped, last, caps), main=main)


def _gives_titles(plan: Plan, cycle: Cycle, theirs: Cycle) -> bool:
    """Whether it is a cycle of the main calendar that ended before the one in which another calendar's cycle ends.

    | the run    | ends on     | titles of                             |
    | ---------- | ----------- | ------------------------------------- |
    | 2026-W43   | 25 October  | 2026-09, or what was closed before it |
    | 2026-W44   | 1 November  | 2026-10, or what was closed before it |
    | 2026-10-B  | 31 October  | 2026-09, or what was closed before it |
    """
    main = plan.calendar
    if theirs.calendar != main.code or cycle.calendar == main.code:
        return False
    return theirs.period.end <= so_far(main, cycle).period.start


def _other(carried: Carried, parts: Carried, plan: Plan, cycle: Cycle, theirs: Cycle) -> Carried:
    """What a run of another calendar gives."""
    found, main = f"{theirs.calendar} {theirs.code}", plan.calendar
    advances, calendar = plan.advances, _spec(plan, cycle)
    expected, titles = previous(calendar, cycle), _gives_titles(plan, cycle, theirs)
    if calendar.kpis_by == theirs.calendar and cycles_back(plan):
        expected, titles = previous(_spec(plan, theirs), so_far(_spec(plan, theirs), cycle)), False
        if theirs.code == expected.code:
            carried = replace(carried, paid=_joined(carried.paid, parts.paid).unique(maintain_order=True))
    if advances is not None and theirs.calendar == advances.calendar and cycle.calendar == main.code:
        if advanced_cycle(plan, theirs).code != cycle.code:
            raise CarryUnfit(found=found, expected=f"{theirs.calendar} in {cycle.code}")
        return replace(carried, advanced=_joined(parts.advanced, carried.advanced))
    if advances is not None and theirs.calendar == main.code and cycle.calendar == advances.calendar:
        last = previous(main, advanced_cycle(plan, cycle))
        if theirs.code != last.code:
            raise CarryUnfit(found=found, expected=f"{main.code} {last.code}")
        return replace(carried, main=parts)
    common = plan.payout.per == "total" or bool(shared(plan))
    if not (titles or theirs == expected or (common and theirs.period.end <= cycle.period.end)):
        raise CarryUnfit(found=found, expected=f"{expected.calendar} {expected.code}")
    return carried


def _joined(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([one, other])


def _spec(plan: Plan, cycle: Cycle) -> CalendarSpec:
    return next(spec for spec in plan.calendars if spec.code == cycle.calendar)


def _of(folder: Path) -> tuple[str, str]:
    """Calendar and cycle of a run's output, which has its summary once all else is written."""
    if not (folder / SUMMARY).is_file():
        raise RunUnreadable(folder=str(folder))
    summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    return summary["calendar"], summary["cycle"]


def _expect(folder: Path, calendar: CalendarSpec, cycle: Cycle) -> None:
    found = _of(folder)
    if found != (calendar.code, cycle.code):
        raise CarryUnfit(found=" ".join(found), expected=f"{calendar.code} {cycle.code}")


def read_parts(folder: Path) -> Carried:
    """All parts that `write` wrote.

    Raises:
        CarryUnfit: files are missing, or hold something else.
    """
    missing = [name for name, _ in FILES.values() if not (folder / name).is_file()]
    if missing:
        raise CarryUnfit(found=folder.name, expected=", ".join(missing))
    parts: dict[str, Any] = {part: _read(folder / name, schema) for part, (name, schema) in FILES.items()}
    if not parts["due"].is_empty():
        part_columns.expect(folder / FILES["posted"][0])
    return replace(Carried(), **parts, past=history.read(folder, read_parts))


def read_balances(folder: Path) -> pl.DataFrame:
    """The balances alone."""
    return _read(folder / BALANCES, LOTS)


def read_capped(folder: Path) -> pl.DataFrame:
    """What was paid under caps alone."""
    return _read(folder / CAPS, CAPPED)


def titles_in(body: bytes) -> pl.DataFrame:
    """Titles and highest ranks from the content of their file."""
    return pl.read_csv(body, columns=list(RANKS), schema_overrides=RANKS).select(list(RANKS))


def write(folder: Path, outcome: Outcome) -> None:
    """Beside the results."""
    carried = carried_out(outcome)
    write_parts(folder, carried)
    history.write(folder, carried.past, write_parts)


def write_parts(folder: Path, carried: Carried) -> None:
    """Each part in a file of its own."""
    for part, (name, _) in FILES.items():
        frame = _texts(getattr(carried, part))
        if name.endswith(PARQUET):
            write_parquet(part_columns.trimmed(frame, carried.due), folder / name)
        else:
            frame.write_csv(folder / name)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    if MINOR not in frame.columns:
        return frame
    unit = _unit(frame.columns)
    digits = {code: digits_of(code) for code in frame[unit].unique().sort()}
    texts = money_texts(pl.col(MINOR), pl.col(unit), digits)
    return frame.with_columns(texts.alias(MINOR)).rename({MINOR: AMOUNT})


def _read(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """A file that `_texts` was written to; an empty field is null.

    Raises:
        CarryUnfit: it holds something else.
    """
    try:
        return _parsed(path, schema)
    except (pl.exceptions.PolarsError, ArithmeticError) as error:
        raise CarryUnfit(found=path.name, expected=", ".join(schema)) from error


def _parsed(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    if path.name.endswith(PARQUET):
        return part_columns.filled(pl.read_parquet(path)).select(list(schema))
    kinds = {AMOUNT if name == MINOR else name: pl.String() if name == MINOR else kind for name, kind in schema.items()}
    frame = pl.read_csv(path, columns=list(kinds), schema_overrides=kinds)
    if MINOR in schema:
        pairs = frame.select(AMOUNT, _unit(schema)).iter_rows()
        minor = [int(Decimal(amount).scaleb(digits_of(unit))) for amount, unit in pairs]
        frame = frame.with_columns(pl.Series(MINOR, minor, dtype=pl.Int64))
    return frame.select(list(schema))


def _unit(columns: Collection[str]) -> str:
    """The column that says in what amounts are."""
    return "currency" if "currency" in columns else "unit"
