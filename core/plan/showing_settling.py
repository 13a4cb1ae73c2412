"""How a plan settles, as it was understood: trees, caps, payout, returns, runs and the like, word by word.

Of what the file says nothing about, nothing is told; `docs/plan-language.md` has what holds then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.plan.model import CapSpec, Plan
from core.plan.model.percents import number_text
from core.plan.model.trees import OPEN
from core.plan.showing_bonuses import called, needed

INDENT = "  "
PERCENTAGES = (
    "share", "share_by_rank", "recovery_max", "payout_ratio_max", "holdout", "reach", "credit", "fee_share", "charges",
)  # fmt: skip
UNTOLD = ("code", "by_package", "earner", "charge_labels")
TIMES = ("quiet", "month_end_at", "at")
"""Minutes of a day."""


def settling_lines(plan: Plan) -> Iterator[str]:
    """A line for each section that says anything."""
    sections: dict[str, Any] = {
        "trees.binary": plan.trees.binary,
        "trees.matrix": plan.trees.matrix,
        "placement": plan.placement,
        "termination": plan.termination,
        **{f"caps {cap.code}": cap for cap in plan.caps},
        "rounding": plan.rounding,
        "payout": plan.payout,
        "returns": plan.returns,
        "advances": plan.advances,
        "late_orders": plan.late_orders,
        **{f"runs.{run.code}": run for run in plan.runs},
        "notifications": plan.notifications,
    }
    always = ("trees.binary", "trees.matrix", "returns", "late_orders")
    for section, spec in sections.items():
        if spec is None:
            continue
        words = [_word(one, spec) for one in fields(spec) if one.name not in UNTOLD]
        words += [f"earner {needed(plan, part)}" for part in getattr(spec, "earner", ())]
        said = ", ".join(word for word in words if word)
        if said or section in always:
            yield f"{INDENT}{section}: {said or 'as it is unless said'}"


def _word(one: "Field[Any]", spec: Any) -> str:
    """A word and its value; nothing where it holds anyway."""
    value = getattr(spec, one.name)
    unless_said = one.default_factory() if one.default_factory is not MISSING else one.default
    assert not is_dataclass(value), "sections hold plain values"
    return "" if value == unless_said else f"{_called(one.name, spec)} {_told(one.name, value)}"


def _called(word: str, spec: Any) -> str:
    if word == "fee_share":
        return "fee"
    return called(word, spec) if isinstance(spec, CapSpec) else word


def _told(word: str, value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() if word in TIMES:
            return f"{value // 60:02}:{value % 60:02}"
        case int() if word == "width" and value == OPEN:
            value = "open"
        case Decimal() | Fraction():
            return number_text(value) + (" %" if word in PERCENTAGES else "")
        case Mapping():
            return "; ".join(f"{code} {_told(word, one)}" for code, one in value.items())
        case tuple():
            return "[" + ", ".join(_told(word, one) for one in value) + "]"
    return str(value)
