"""A company of some hundred people as companies have it: a bush, customers, newcomers, orders of a season, returns."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from core.settlement.cycle.figures import microseconds
from core.settlement.model import LINES, ORDERS, PEOPLE, Company, framed

FIRST, LAST = date(2026, 8, 1), date(2026, 10, 31)
"""The days on which there are orders."""
FOUNDED = date(2025, 1, 1)
REACH = 12
"""Newcomers join one of so many who joined a while before them, those who brought many rather than others."""


def lifelike(size: int, currency: str, scale: int, seed: int = 3) -> Company:
    """People and three months of orders, the same for the same arguments.

    A third are customers. Half of the newcomers join somebody's sponsor's line of the same few, so that some have many
    and most have nobody. Nine in ten are there from before August, and one in fifty orders comes back.
    """
    draw = np.random.default_rng(seed)
    return Company(
        framed(PEOPLE, _people(size, draw)),
        orders := _orders(size, currency, scale, draw),
        orders.with_columns(pl.lit("A").alias("sku"), pl.col("cv").sign().alias("pieces")).select(*LINES),
        {},
    )


def _people(size: int, draw: np.random.Generator) -> dict[str, Any]:
    customer = draw.random(size) < 0.33
    customer[:4] = False
    sellers: list[int] = []
    sponsor: list[int] = []
    for place in range(size):
        above = -1
        if sellers:
            older = sellers[int(draw.integers(0, len(sellers)))]
            popular = max(0, sponsor[older]) if draw.random() < 0.4 else older
            above = popular
        sponsor.append(above)
        if not customer[place]:
            sellers.append(place)
    before = (FIRST - FOUNDED).days
    late = (LAST - FIRST).days
    days = np.sort(
        np.where(draw.random(size) < 0.85, draw.integers(0, before, size), before + draw.integers(0, late, size))
    )
    days[0] = 0
    gone = draw.random(size)
    gone[:4] = 0
    return {
        "code": [f"P{place:04}" for place in range(size)],
        "sponsor": sponsor,
        "joined_on": [FOUNDED + timedelta(days=int(day)) for day in days],
        "kind": np.where(customer, "customer", "distributor"),
        "status": np.select([gone > 0.985, gone > 0.97], ["terminated", "suspended"], "active"),
        "country": ["ES"] * size,
        "language": ["es"] * size,
    }


def _orders(size: int, currency: str, scale: int, draw: np.random.Generator) -> pl.DataFrame:
    """Eight in ten order about once a month; a return gives half of its sale back within three weeks."""
    found: list[dict[str, Any]] = []
    habit = np.where(draw.random(size) < 0.8, 1.0, 0.15)
    habit[:4] = 2.0
    for day in range((LAST - FIRST).days + 1):
        for place in np.flatnonzero(draw.random(size) < habit / 24).tolist():
            at = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC) + timedelta(hours=12)
            volume = int(draw.integers(30, 220))
            found.append(_order(f"S{len(found):05}", place, at, volume, currency, scale))
            if draw.random() < 0.02:
                back = at + timedelta(days=int(draw.integers(1, 21)))
                told = {"kind": "return", "returns_order_id": found[-1]["order_id"]}
                found.append(_order(f"R{len(found):05}", place, back, -volume // 2, currency, scale) | told)
    rows = sorted(found, key=lambda row: (row["ordered_at"], row["order_id"]))
    return framed(ORDERS, {name: [row[name] for row in rows] for name in ORDERS})


def _order(code: str, place: int, at: datetime, volume: int, currency: str, scale: int) -> dict[str, Any]:
    figure = volume * 10**scale
    moment = microseconds(at)
    return {
        "order_id": code, "person": place, "kind": "sale", "ordered_at": moment, "paid_at": moment,
        "currency": currency, "amount_minor": volume * 100, "margin_minor": volume * 20,
        "cv": figure, "qv": figure, "points": volume, "returns_order_id": None,
    }  # fmt: skip
