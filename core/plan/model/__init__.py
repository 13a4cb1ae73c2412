"""A compensation plan as read from its file: frozen words, every number already exact and at scale.

The file's language is explained in `docs/plan-language.md`. Volumes stand here as integers at scale,
percentages as `Decimal`, texts of the company as `{language: text}`. `Plan.volume.scale` is the scale of them all.
"""

from core.plan.model.kpis import KpiSpec, Measure, Over, RankBasis, Unit, Who, Window
from core.plan.model.plan import (
    ActivitySpec,
    CalendarKind,
    CalendarSpec,
    DefaultVolume,
    Plan,
    RoundingSpec,
    Visibility,
    VolumeSpec,
)
from core.plan.model.ranks import AllOf, AnyOf, CapBase, Condition, LegCap, RankSpec, Requirement, TitleKeep
from core.plan.model.versions import (
    KpiWords,
    PlanActivated,
    PlanCard,
    PlanFaulty,
    PlanMissing,
    PlanStartTaken,
    PlanVersionTaken,
    PlanWords,
    RankWords,
    Version,
)

__all__ = [
    "ActivitySpec",
    "AllOf",
    "AnyOf",
    "CalendarKind",
    "CalendarSpec",
    "CapBase",
    "Condition",
    "DefaultVolume",
    "KpiSpec",
    "KpiWords",
    "LegCap",
    "Measure",
    "Over",
    "Plan",
    "PlanActivated",
    "PlanCard",
    "PlanFaulty",
    "PlanMissing",
    "PlanStartTaken",
    "PlanVersionTaken",
    "PlanWords",
    "RankBasis",
    "RankSpec",
    "RankWords",
    "Requirement",
    "RoundingSpec",
    "TitleKeep",
    "Unit",
    "Version",
    "Visibility",
    "VolumeSpec",
    "Who",
    "Window",
]
