"""Plan texts put in force, what the API tells of them, and how they are refused."""

from datetime import datetime
from typing import ClassVar

from core.kernel.errors import DomainError, NotFound
from core.kernel.events import Event
from core.kernel.words import CompanyText, Model
from core.plan.model.kpis import Unit


class Version(Model):
    """A plan text that was put in force."""

    code: str
    version: str
    valid_from: datetime
    activated_at: datetime
    activated_by: str
    fingerprint: str
    """SHA-256 of the text, as hexadecimal."""


class RankWords(Model):
    """How people speak of a rank."""

    code: str
    name: CompanyText
    spoken: dict[str, tuple[str, ...]]
    """Further words people type for it, by language."""


class KpiWords(Model):
    """How a KPI is spoken of, and in what it is counted."""

    code: str
    label: CompanyText
    unit: Unit


class PlanWords(Model):
    """What a chat needs to know of the plan in force: its words, without thresholds."""

    company: CompanyText
    language: str
    """The company's own."""
    ranks: tuple[RankWords, ...]
    """Lowest first."""
    kpis: tuple[KpiWords, ...]
    """Only those that distributors may see."""
    gauges: tuple[str, ...]
    fingerprint: str


class PlanCard(Model):
    """A plan version as staff see it."""

    in_force: Version
    text: str
    versions: tuple[Version, ...]
    """All versions, the latest to begin first; those of the future too."""


class PlanMissing(NotFound):
    """No plan was ever put in force."""

    code: ClassVar[str] = "plan_missing"


class PlanFaulty(DomainError):
    """The text has faults, so it cannot be put in force. Facts: `faults`, how many."""

    code: ClassVar[str] = "plan_faulty"
    status: ClassVar[int] = 422


class PlanVersionTaken(DomainError):
    """This version of the plan was put in force with another text. Facts: `version`."""

    code: ClassVar[str] = "plan_version_taken"


class PlanStartTaken(DomainError):
    """Another text begins at that moment already. Facts: `start`."""

    code: ClassVar[str] = "plan_start_taken"


class PlanActivated(Event):
    """A version of the plan was put in force from `valid_from` (ISO) on."""

    kind: ClassVar[str] = "plan.activated"

    code: str
    version: str
    valid_from: str
