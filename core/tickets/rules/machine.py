"""Which moves a ticket has, and what words and deeds do to it.

Words and deeds move a ticket whatever the company's own states allow; its restrictions say what staff may choose by
hand, which is `core.plan.model.PHASE_MOVES` at most.

| phase          | she writes | an answer      | solved by an answer | taken |
| -------------- | ---------- | -------------- | ------------------- | ----- |
| new            |            | waiting_person | solved              | open  |
| open           |            | waiting_person | solved              |       |
| waiting_person | waiting_us |                | solved              |       |
| waiting_us     |            | waiting_person | solved              |       |
| reopened       |            | waiting_person | solved              |       |
| solved         | reopened   |                |                     |       |
| closed         | reopened   | refused        | refused             |       |
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.plan.model import PHASE_MOVES, Phase, StateSpec, TicketsSpec

P = Phase

HEARD = {P.WAITING_PERSON: P.WAITING_US, P.SOLVED: P.REOPENED, P.CLOSED: P.REOPENED}
ANSWERED = {
    P.NEW: P.WAITING_PERSON,
    P.OPEN: P.WAITING_PERSON,
    P.WAITING_US: P.WAITING_PERSON,
    P.REOPENED: P.WAITING_PERSON,
}


@dataclass(frozen=True, slots=True)
class Machine:
    """The moves of one company."""

    states: tuple[StateSpec, ...] = ()
    moves: Mapping[str, tuple[str, ...]] | None = None
    """To which states staff may go, by state; who is absent may go wherever its phase may."""

    @classmethod
    def of(cls, spec: TicketsSpec) -> "Machine":
        """That of a plan."""
        return cls(spec.states, spec.moves)

    def phase(self, state: str) -> Phase | None:
        """What a state is like; None for one that the company does not have."""
        return self._all().get(state)

    def known(self) -> tuple[str, ...]:
        """All states, ours first."""
        return tuple(self._all())

    def choices(self, state: str, phase: Phase) -> tuple[str, ...]:
        """The states that staff may choose for a ticket in this state.

        Args:
            phase: what the state is, or was while the company had it, like.
        """
        allowed = (self.moves or {}).get(state)
        return tuple(
            code
            for code, like in self._all().items()
            if code != state and like in PHASE_MOVES[phase] and (allowed is None or code in allowed)
        )

    def towards(self, state: str, phase: Phase) -> str:
        """The state that a word or deed leads to: the one like `phase` that may be chosen from here, else ours."""
        allowed = (self.moves or {}).get(state, ())
        return next((code for code in allowed if self.phase(code) is phase), phase.value)

    def _all(self) -> dict[str, Phase]:
        return {phase.value: phase for phase in Phase} | {spec.code: spec.like for spec in self.states}


def after_her_word(phase: Phase) -> Phase:
    """Where a ticket goes when she writes."""
    return HEARD.get(phase, phase)


def after_answer(phase: Phase, *, solves: bool) -> Phase:
    """Where a ticket that is not closed goes when staff answer."""
    if solves:
        return Phase.SOLVED
    return ANSWERED.get(phase, phase)


def after_taking(phase: Phase) -> Phase:
    """Where a ticket goes when somebody takes it."""
    return Phase.OPEN if phase is Phase.NEW else phase


def may_reopen(phase: Phase, ended_at: datetime | None, now: datetime, within: timedelta) -> bool:
    """Whether her word reopens a ticket: always while it is solved, for some time after it was closed."""
    if phase is Phase.CLOSED:
        return ended_at is not None and now <= ended_at + within
    return phase is Phase.SOLVED
