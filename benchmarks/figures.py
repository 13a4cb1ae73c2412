"""Figures and the bars they are held against."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured; with neither bar it is only told."""

    name: str
    value: float
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether it does not come up to its bar."""
        low = self.at_least is not None and self.value < self.at_least
        return low or (self.at_most is not None and self.value > self.at_most)

    @property
    def bar(self) -> str:
        """The bar in words."""
        if self.at_least is not None:
            return f"at least {self.at_least:,g}"
        return "" if self.at_most is None else f"at most {self.at_most:,g}"

    @property
    def verdict(self) -> str:
        """Whether the bar is met; nothing where there is none."""
        return "MISSED" if self.missed else "met" if self.bar else ""


def show(name: str, figures: Iterable[Figure]) -> list[Figure]:
    """Print one benchmark's figures as they come; returns those that missed their bar."""
    began = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    load = os.getloadavg()[0]
    print(f"\n{name}: {began}, {os.cpu_count()} cores, load {load:.1f} before, Python {platform.python_version()}")
    missed = []
    for one in figures:
        line = f"  {one.name:<66} {one.value:>11,.4g} {one.unit:<8} {one.bar:<18} {one.verdict:<7}{one.note}"
        print(line.rstrip(), flush=True)
        if one.missed:
            missed.append(one)
    return missed
