"""What a fault is, and the plan in which it shows."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from tests.core.settlement.random_plans import HEAD, toml

PLAIN: dict[str, Any] = {
    "plan": HEAD,
    "activity": {"measure": "qv", "minimum": 0},
    "kpis": {
        "pv": {"label": "Own", "measure": "qv"},
        "gv": {"label": "Group", "measure": "qv", "over": "line", "include_self": True},
    },
    "ladder": {"gauges": ["pv"]},
    "ranks": [
        {"code": code, "name": code, "needs": [{"kpi": "pv", "minimum": least}]}
        for code, least in (("bronze", 1), ("silver", 20), ("gold", 60))
    ],
    "bonuses": [{"kind": "unilevel", "levels": ["2.5 %", "1 %"]}],
}
"""What a plan says where a fault names nothing else."""


@dataclass(frozen=True)
class Fault:
    """One place of one file, what somebody could have written there, and where that shows."""

    path: str
    there: str
    """Stands in the file once."""
    instead: str
    shows: str
    """Sections of a plan in place of those of `PLAIN`, KPIs beside its own, bonuses without code and label."""
    asks: str = ""
    """A word without which no plan shows it."""
    kinds: tuple[str, ...] = ()
    """Of which bonuses plans are drawn that are to show it, as `random_kinds` names them; all where none is named."""

    @cached_property
    def plan(self) -> str:
        """The smallest plan in which it shows, as a file."""
        words = tomllib.loads(self.shows, parse_float=Decimal)
        found = PLAIN | words | {"kpis": PLAIN["kpis"] | words.get("kpis", {})}
        named = ((f"b{place}", bonus) for place, bonus in enumerate(found["bonuses"]))
        found["bonuses"] = [{"code": code, "label": code, **bonus} for code, bonus in named]
        return toml(found)

    @property
    def name(self) -> str:
        """What it does to which file."""
        return f"{self.path}: {self.instead.strip()[:40]}"
