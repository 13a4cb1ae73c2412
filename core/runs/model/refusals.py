"""How runs are refused."""

from typing import ClassVar

from core.kernel.errors import DomainError, NotFound


class RunUnknown(NotFound):
    """There is no such run. Facts: `run`, as text, because it is a name."""

    code: ClassVar[str] = "run_unknown"


class RunKindUnknown(DomainError):
    """The plan has no such kind of run. Facts: `kind`, `known`."""

    code: ClassVar[str] = "run_kind_unknown"
    status: ClassVar[int] = 404


class RunExists(DomainError):
    """The cycle has a run of this kind. Facts: `run`, as text, `cycle`, `state`."""

    code: ClassVar[str] = "run_exists"


class RunOutOfTurn(DomainError):
    """The cycle before it has no released run of this calendar, and others have. Facts: `cycle`, `first`."""

    code: ClassVar[str] = "run_out_of_turn"


class RunInState(DomainError):
    """This cannot be done in the state that the run is in. Facts: `run`, as text, `state`, `wanted`."""

    code: ClassVar[str] = "run_in_state"


class RunNotLast(DomainError):
    """A later cycle's run was released, which knows more. Facts: `run` and `last`, as text."""

    code: ClassVar[str] = "run_not_last"


class RunBusy(DomainError):
    """Somebody is working on the run. Facts: `run`, as text, `work`."""

    code: ClassVar[str] = "run_busy"


class RunOvertaken(DomainError):
    """Another process took the run over, so this one stopped. Facts: `run`, as text."""

    code: ClassVar[str] = "run_overtaken"


class RunStepMissing(DomainError):
    """The kind of the run has no such step. Facts: `run`, as text, `step`."""

    code: ClassVar[str] = "run_step_missing"


class ApproverInvolved(DomainError):
    """Who started the run, or entered something by hand for it, cannot approve it. Facts: `run`, as text."""

    code: ClassVar[str] = "run_approver_involved"
    status: ClassVar[int] = 403


class ApproverNameless(DomainError):
    """Approvals are given by members of staff, each by her own name."""

    code: ClassVar[str] = "run_approver_nameless"
    status: ClassVar[int] = 403


class ApprovalLapsed(DomainError):
    """Too few of those who approved may approve today. Facts: `run`, as text."""

    code: ClassVar[str] = "run_approval_lapsed"


class CycleOfKind(DomainError):
    """The main calendar has no such cycle, but those of other kinds of runs have. Facts: `cycle`, `wanted`: kinds."""

    code: ClassVar[str] = "run_cycle_of_kind"
    status: ClassVar[int] = 404


class RunOutdated(DomainError):
    """Something was entered by hand that the preview does not know. Facts: `run`, as text, `count`."""

    code: ClassVar[str] = "run_outdated"


class RunDecided(DomainError):
    """The cycle's run is approved, so corrections go into the next cycle. Facts: `cycle`."""

    code: ClassVar[str] = "run_decided"


class NoteUnknown(NotFound):
    """There is no such entry by hand. Facts: `note`, as text."""

    code: ClassVar[str] = "run_note_unknown"


class NoteEmpty(DomainError):
    """A note of no money, or a correction of no volume, changes nothing."""

    code: ClassVar[str] = "run_note_empty"
    status: ClassVar[int] = 422


class NoteCurrencyUnknown(DomainError):
    """There is no such currency. Facts: `currency`."""

    code: ClassVar[str] = "run_note_currency"
    status: ClassVar[int] = 422


class HoldUnknown(NotFound):
    """Nothing of hers is held. Facts: `person`."""

    code: ClassVar[str] = "run_hold_unknown"


class RunNotPreviewed(DomainError):
    """There is no preview of the run yet. Facts: `run`, as text."""

    code: ClassVar[str] = "run_not_previewed"


class RunStale(DomainError):
    """Another run was released since the preview, which this one has to carry on from. Facts: `run`, as text."""

    code: ClassVar[str] = "run_stale"


class RunTitlesStale(DomainError):
    """Since the preview a cycle was closed whose titles the run begins with. Facts: `run`, as text, `cycle`."""

    code: ClassVar[str] = "run_titles_stale"


class RunDoubted(DomainError):
    """A released run is no longer as it was released, so nothing of it is paid. Facts: `run`, as text, `cycle`."""

    code: ClassVar[str] = "run_doubted"


class PayoutDoubted(DomainError):
    """What a released run pays somebody is not what was released. Facts: `run`, as text, `cycle`, `person`."""

    code: ClassVar[str] = "run_payout_doubted"


class RunStopped(DomainError):
    """The work on a run ended in the middle, by hand or by a mistake of ours. Facts: `run`, as text."""

    code: ClassVar[str] = "run_stopped"
