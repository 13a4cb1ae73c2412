"""From the database to a picture: people, links and own figures of one cycle, all of one moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from core.calendar.model import Cycle
from core.db.types import microseconds
from core.db.unit_of_work import UnitOfWork
from core.forest.kernel import Ints
from core.kpis.model import OwnFigure
from core.live.calculation import Calculation
from core.live.picture import Picture, flags_of, places
from core.plan.model import Measure

PEOPLE = """
    SELECT person.id, coalesce(link.sponsor_id, -1), person.kind, person.status, person.career_rank
    FROM person JOIN sponsor_link AS link ON link.person_id = person.id AND link.valid_to IS NULL
    WHERE person.status <> 'terminated' ORDER BY person.id
"""
SUMS = {
    Measure.CV: "CAST(sum(cv) AS BIGINT)",
    Measure.QV: "CAST(sum(qv) AS BIGINT)",
    Measure.POINTS: "CAST(sum(points) AS BIGINT)",
    Measure.ORDERS: "sum(CASE WHEN kind = 'sale' THEN 1 ELSE 0 END)",
}
FIGURES = """
    SELECT person_id, {sums} FROM customer_order
    WHERE paid_at IS NOT NULL AND ordered_at >= {start} AND ordered_at < {end} GROUP BY person_id
"""
BEGINNING = -(2**62)


async def load(uow: UnitOfWork, calculation: Calculation, cycle: Cycle, windows: Sequence[datetime | None]) -> Picture:
    """Everybody who stands in the tree, as `uow` sees it.

    Args:
        windows: when each own figure's window begins; all end with the cycle.
    """
    people = await _rows(uow, PEOPLE)
    persons = np.fromiter((row[0] for row in people), np.int32, len(people))
    ladder = {rank.code: place for place, rank in enumerate(calculation.plan.ranks, start=1)}
    titles = [ladder.get(row[4], 0) for row in people] if calculation.titled else []
    return Picture(
        persons=persons,
        sponsors=np.fromiter((row[1] for row in people), np.int32, len(people)),
        flags=np.fromiter((flags_of(row[2], row[3]) for row in people), np.uint8, len(people)),
        titles=np.array(titles, np.int8),
        own=await _own(uow, calculation.own, windows, cycle, places(persons), len(people)),
    )


async def _own(
    uow: UnitOfWork,
    figures: Sequence[OwnFigure],
    windows: Sequence[datetime | None],
    cycle: Cycle,
    place: "np.ndarray[tuple[int], np.dtype[np.int32]]",
    count: int,
) -> Ints:
    """`[own figure, person]`; figures of one window are summed in one pass."""
    own = np.zeros((len(figures), count), np.int64)
    for start in dict.fromkeys(windows):
        rows = [row for row, window in enumerate(windows) if window == start]
        sums = ", ".join(SUMS[figures[row].measure] for row in rows)
        begins = BEGINNING if start is None else microseconds(start)
        found = await _rows(uow, FIGURES.format(sums=sums, start=begins, end=microseconds(cycle.period.end)))
        table = np.array(found, np.int64).reshape(len(found), 1 + len(rows))
        known = table[table[:, 0] < len(place)]
        stands = place[known[:, 0]]
        for column, row in enumerate(rows, start=1):
            own[row, stands[stands >= 0]] = known[stands >= 0, column]
    return own


async def _rows(uow: UnitOfWork, sql: str) -> Sequence[Any]:
    """Rows straight from the driver: a million of them through SQLAlchemy would take as long as all the rest."""
    raw = (await uow.connection.get_raw_connection()).driver_connection
    assert raw is not None, "an open unit of work has a connection"
    if uow.dialect == "sqlite":
        found: Sequence[Any] = await raw.execute_fetchall(sql)
        return found
    fetched: Sequence[Any] = await raw.fetch(sql)
    return fetched
