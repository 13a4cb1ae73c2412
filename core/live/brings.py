"""What an order brings to the own figures of whoever places it.

Of a supposed order only CV and QV are known. It is placed on the last day that is looked at, is somebody's first where
she has had no sale yet, and has the products that a figure counts.

| figure counts                 | she had a sale | joined, today  | a supposed order counts |
| ----------------------------- | -------------- | -------------- | ----------------------- |
| first orders                  | no             |                | yes                     |
| first orders                  | yes            |                | no                      |
| repeated orders               | no             |                | no                      |
| orders within 30 days         |                | 5 Oct, 3 Nov   | yes                     |
| orders within 30 days         |                | 5 Oct, 4 Nov   | no                      |
| orders of, or without, a SKU  |                |                | yes                     |
| orders of 50 or more          |                |                | where it has 50 QV      |
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from core.forest.kernel import Indices, Ints
from core.forest.program import SECOND_KIND, Nodes
from core.forest.sweep import sweep
from core.kpis.model import EVER_SOLD, OwnFigure
from core.kpis.rules import of_customers
from core.live.calculation import Calculation
from core.live.joining import Joining
from core.orders.model import VolumeChanged
from core.plan.model import EVERY_ORDER, Measure


def part(measure: Measure, cv: int, qv: int) -> int:
    """What a supposed order adds to one measure; its points are not known."""
    return {Measure.CV: cv, Measure.QV: qv, Measure.ORDERS: 1}.get(measure, 0)


def of_event(
    calculation: Calculation, nodes: Nodes, windows: Sequence[datetime | None], index: int, event: VolumeChanged
) -> list[int]:
    """What a paid order or a return adds to each own row; 0 where it must be looked up, as where it falls outside."""
    parts = {
        Measure.CV: event.cv,
        Measure.QV: event.qv,
        Measure.ORDERS: event.orders,
        Measure.POINTS: event.points,
        Measure.HEADS: 0,
    }
    return [
        _shared(figure, nodes, index, parts[figure.measure])
        if figure.grows and not figure.looked_up and (start is None or event.at >= start)
        else 0
        for figure, start in zip(calculation.own, windows, strict=True)
    ]


def of_supposed(
    calculation: Calculation, nodes: Nodes, joining: Joining, index: int, cv: int, qv: int, *, undone: bool = False
) -> list[int]:
    """What a supposed order adds to each own row.

    Args:
        undone: it has been worked in already, and is to be taken back.
    """
    return [
        _supposed(calculation, nodes, joining, figure, index, part(figure.measure, cv, qv), undone)
        if figure.grows and not 0 <= qv < figure.orders.minimum
        else 0
        for figure in calculation.own
    ]


def order_all(calculation: Calculation, nodes: Nodes, joining: Joining, indices: Indices, volumes: Ints) -> None:
    """What these nodes, each of them once, have with one order each that brings so much CV and as much QV."""
    ever = _ever(calculation, nodes, indices)
    for row, figure in enumerate(calculation.own):
        if figure.grows and part(figure.measure, 1, 1):
            amounts = np.ones_like(volumes) if figure.measure is Measure.ORDERS else volumes
            amounts = _counted(joining, figure, indices, amounts, ever)
            amounts = np.where(volumes < figure.orders.minimum, 0, amounts) if figure.orders.minimum else amounts
            if figure.customer_share is not None:
                customers = (nodes.flags[indices] & SECOND_KIND) != 0
                amounts = np.where(customers, of_customers(amounts, figure.customer_share), amounts)
            nodes.figures[row, indices] += amounts
    sweep(calculation.program, nodes)


def _supposed(
    calculation: Calculation, nodes: Nodes, joining: Joining, figure: OwnFigure, index: int, amount: int, undone: bool
) -> int:
    if figure.orders is EVERY_ORDER:
        return _shared(figure, nodes, index, amount)
    indices = np.array([index], np.int64)
    ever = _ever(calculation, nodes, indices) - int(undone)
    [counted] = _counted(joining, figure, indices, np.array([amount], np.int64), ever).tolist()
    return _shared(figure, nodes, index, counted)


def _ever(calculation: Calculation, nodes: Nodes, indices: Indices | Ints) -> Ints:
    """How many sales these people ever had; nothing is known where no figure asks."""
    if EVER_SOLD not in calculation.own:
        return np.zeros(len(indices), np.int64)
    return np.asarray(nodes.figures[calculation.own.index(EVER_SOLD), indices])


def _counted(joining: Joining, figure: OwnFigure, indices: Indices | Ints, amounts: Ints, ever: Ints) -> Ints:
    orders = figure.orders
    if orders.only != "all":
        amounts = np.where((ever <= 0) == (orders.only == "first"), amounts, 0)
    if orders.within_days is not None:
        amounts = np.where(joining.within(indices, orders.within_days), amounts, 0)
    return amounts


def _shared(figure: OwnFigure, nodes: Nodes, index: int, amount: int) -> int:
    """Of a customer's order the part that counts."""
    if figure.customer_share is None or not nodes.flags[index] & SECOND_KIND:
        return amount
    return int(of_customers(np.array([amount], np.int64), figure.customer_share)[0])
