"""Supposed orders of many people at once: added to their own rows, then one pass over everybody."""

import numpy as np

from core.forest.kernel import Indices, Ints
from core.forest.program import SECOND_KIND, Nodes
from core.forest.sweep import sweep
from core.kpis.rules import of_customers
from core.live.calculation import Calculation
from core.plan.model import Measure


def part(measure: Measure, cv: int, qv: int) -> int:
    """What a supposed order adds to one measure; its points are not known."""
    return {Measure.CV: cv, Measure.QV: qv, Measure.ORDERS: 1}.get(measure, 0)


def order_all(calculation: Calculation, nodes: Nodes, indices: Indices, volumes: Ints) -> None:
    """What these nodes, each of them once, have with one order each that brings so much CV and as much QV."""
    customers = (nodes.flags[indices] & SECOND_KIND) != 0
    for row, figure in enumerate(calculation.own):
        if figure.grows:
            amounts = np.ones_like(volumes) if figure.measure is Measure.ORDERS else volumes
            if figure.customer_share is not None:
                amounts = np.where(customers, of_customers(amounts, figure.customer_share), amounts)
            if part(figure.measure, 1, 1):
                nodes.figures[row, indices] += amounts
    sweep(calculation.program, nodes)
