"""What a company says about tickets: kinds, states, queues, and how quickly it wants to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from core.kernel.words import CompanyText
from core.plan.model.hours import WorkingHours


class Phase(StrEnum):
    """Where a ticket stands; a company's own states are each like one of these."""

    NEW = "new"
    OPEN = "open"
    """Somebody took it."""
    WAITING_PERSON = "waiting_person"
    WAITING_US = "waiting_us"
    SOLVED = "solved"
    CLOSED = "closed"
    REOPENED = "reopened"


GOING_ON = frozenset({Phase.OPEN, Phase.WAITING_PERSON, Phase.WAITING_US, Phase.SOLVED, Phase.CLOSED})
PHASE_MOVES: Mapping[Phase, frozenset[Phase]] = {
    Phase.NEW: GOING_ON,
    Phase.OPEN: GOING_ON,
    Phase.WAITING_PERSON: GOING_ON,
    Phase.WAITING_US: GOING_ON,
    Phase.REOPENED: GOING_ON,
    Phase.SOLVED: frozenset({Phase.SOLVED, Phase.CLOSED, Phase.REOPENED}),
    Phase.CLOSED: frozenset({Phase.CLOSED, Phase.REOPENED}),
}
"""Where staff may move a ticket by hand; to its own phase only where the company has several states like it."""


class Priority(StrEnum):
    """How much a ticket presses, from the least on."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Target(StrEnum):
    """What has a time to be done in."""

    FIRST_ANSWER = "first_answer"
    NEXT_ANSWER = "next_answer"
    """To each further word of hers."""
    SOLUTION = "solution"


Times = Mapping[Target, timedelta | None]
"""Working time by target: one that is absent is not said, and None is no target."""


@dataclass(frozen=True, slots=True)
class TypeSpec:
    """One type of ticket."""

    code: str
    name: CompanyText
    queue: str | None = None
    """Where it goes if that queue takes its language; None is the first queue that takes both."""
    priority: Priority = Priority.NORMAL
    times: Times = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StateSpec:
    """A state of the company's own, or the company's name for one of ours."""

    code: str
    name: CompanyText
    like: Phase


@dataclass(frozen=True, slots=True)
class QueueSpec:
    """Tickets that the same people look after."""

    code: str
    name: CompanyText
    types: tuple[str, ...] = ()
    """None is every type."""
    languages: tuple[str, ...] = ()
    """Tags; one without a region takes all its regions. None is every language."""


@dataclass(frozen=True, slots=True)
class EscalationSpec:
    """What happens by itself when so much of a target's time is gone."""

    share: Decimal
    """In percent of the time; 100 is the moment at which the target is missed."""
    target: Target | None = None
    """None is each of them."""
    queues: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    priorities: tuple[Priority, ...] = ()
    """A ticket must be in one of each of these three; none said is all."""
    set_priority: Priority | None = None
    """Never lowers one."""
    set_queue: str | None = None
    assignee: str | None = None
    """A name of staff."""
    alert: bool = True
    """Whether the staff's group is told."""


DEFAULT_TYPES = (
    TypeSpec("network", {"en": "Network", "es": "Red", "de": "Struktur", "pt-BR": "Rede", "fr": "Réseau"}),
    TypeSpec(
        "activation",
        {"en": "Activation", "es": "Activación", "de": "Aktivierung", "pt-BR": "Ativação", "fr": "Activation"},
    ),
    TypeSpec(
        "commissions",
        {"en": "Commissions", "es": "Comisiones", "de": "Provisionen", "pt-BR": "Comissões", "fr": "Commissions"},
    ),
    TypeSpec(
        "incentives",
        {"en": "Incentives", "es": "Incentivos", "de": "Wettbewerbe", "pt-BR": "Incentivos", "fr": "Challenges"},
    ),
    TypeSpec(
        "other",
        {"en": "Something else", "es": "Otra cosa", "de": "Etwas anderes", "pt-BR": "Outro assunto", "fr": "Autre"},
    ),
)
DEFAULT_QUEUES = (
    QueueSpec("general", {"en": "General", "es": "General", "de": "Allgemein", "pt-BR": "Geral", "fr": "Général"}),
)
OTHER = "other"
"""Every plan has this type: it is what a ticket is that nobody gave a type."""
HOUR = timedelta(hours=1)
DEFAULT_TIMES: Times = {Target.FIRST_ANSWER: 8 * HOUR, Target.NEXT_ANSWER: 8 * HOUR, Target.SOLUTION: 27 * HOUR}


@dataclass(frozen=True, slots=True)
class TicketsSpec:
    """All that a plan says about tickets; a plan without the section has what stands here."""

    hours: WorkingHours = field(default_factory=WorkingHours)
    times: Times = field(default_factory=lambda: dict(DEFAULT_TIMES))
    """Of normal priority; unless said, a low one has twice as long, a high one half, an urgent one a quarter."""
    priorities: Mapping[Priority, Times] = field(default_factory=dict)
    types: tuple[TypeSpec, ...] = DEFAULT_TYPES
    states: tuple[StateSpec, ...] = ()
    moves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """To which states staff may move a ticket from a state; a state that is absent may go wherever its phase may."""
    queues: tuple[QueueSpec, ...] = DEFAULT_QUEUES
    escalations: tuple[EscalationSpec, ...] = ()
    warn_at: Decimal = Decimal(80)
    """Staff are told when so much of a target's time, in percent, is gone."""
    close_after: timedelta = timedelta(days=5)
    """A solved ticket closes by itself when she says nothing for so long; by the calendar, not by working time."""
    reopen_within: timedelta = timedelta(days=30)
    """So long after closing her word reopens it; later it begins a new one."""
    file_megabytes: int = 20
    files: int = 10
    """With one message or draft, at most."""
    open_per_person: int = 30

    def type(self, code: str) -> TypeSpec:
        """That type; `other` for one that the plan no longer has."""
        known = {spec.code: spec for spec in self.types}
        return known.get(code) or known[OTHER]

    def state(self, code: str) -> StateSpec | None:
        """A state that the company named; None for ours that it left as they are, and for one that is gone."""
        return next((spec for spec in self.states if spec.code == code), None)

    def phase(self, state: str) -> Phase | None:
        """What a state is like; None for one that the plan no longer has."""
        spec = self.state(state)
        if spec is not None:
            return spec.like
        return Phase(state) if state in list(Phase) else None
