"""Settlement runs in a member's private chat: the list, one with its figures, what it found, and what may be done."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.render.common import rows
from bot.screen import Button, Screen, bold, button, cut, grid, lines
from core.access.model import Member, Permission
from core.kernel.money import minor_digits
from core.runs.model import APPROVALS, WORKS_IN, Finding, RunCard, RunState, Work
from i18n.errors import sentence
from i18n.translator import Translator, mark

LISTED = 6
FOUND_MAX = 12
FOUND_LENGTH_MAX = 240
STATES = {
    RunState.DRAFT: mark("draft"),
    RunState.PREVIEWED: mark("previewed"),
    RunState.VALIDATED: mark("validated"),
    RunState.APPROVED: mark("approved"),
    RunState.RELEASED: mark("released"),
    RunState.PAID: mark("paid out"),
    RunState.CANCELLED: mark("called off"),
}
WORKS = {
    Work.PREVIEW: mark("Being previewed"),
    Work.VALIDATE: mark("Being validated"),
    Work.RELEASE: mark("Being released"),
}
SUMS = {
    "earned": mark("Earned"),
    "to_credit": mark("Account credit"),
    "paid": mark("Paid out"),
    "carried_out": mark("Carried over"),
}
UNLESS_NOTHING = ("to_credit",)


def runs(cards: Sequence[RunCard], member: Member, tr: Translator) -> Screen:
    """The last ones, the newest first."""
    told = [f"{bold(str(one.run))} · {one.cycle} · {_state(one, tr)}" for one in cards[:LISTED]]
    start = button(tr("➕ Start a run"), "srn") if Permission.RUN_SETTLEMENT in member.permissions else None
    return Screen(
        lines(bold(tr("Settlement runs")), "", *(told or [tr("No run was ever started.")])),
        rows(
            grid([button(f"{one.run} · {one.cycle}", "sro", one.run) for one in cards[:LISTED]]),
            (start, button(tr("‹ Desk"), "sdk")),
        ),
    )


def which_cycle(codes: Sequence[str], tr: Translator) -> Screen:
    """Which cycle is to be settled."""
    told = tr("Which cycle?") if codes else tr("No cycle has ended that is still to be settled.")
    return Screen(told, rows(grid([button(code, "srs", code) for code in codes]), (_to_list(tr),)))


def run(
    card: RunCard, member: Member, names: Mapping[str, str], tr: Translator, *, notice: str | None = None
) -> Screen:
    """One with its figures, who did what, and what may be done next."""
    return Screen(
        lines(
            *((notice, "") if notice else ()),
            bold(tr("Run {run} of {cycle}", run=str(card.run), cycle=card.cycle)),
            _state(card, tr),
            *_progress(card, tr),
            *_figures(card, tr),
            tr("Started by {name}", name=_name(card.started_by, names, tr)),
            *[tr("Approved by {name}", name=_name(one.by, names, tr)) for one in card.approvals],
        ),
        rows(grid(_acts(card, member, tr)), (_to_list(tr),)),
    )


def approving(card: RunCard, tr: Translator) -> Screen:
    """What her approval means, before it is given; going back comes first."""
    left = APPROVALS - len(card.approvals)
    return Screen(
        lines(
            bold(tr("Approve run {run} of {cycle}?", run=str(card.run), cycle=card.cycle)),
            *_figures(card, tr),
            "",
            tr.plural(
                "With your approval it has all it needs, and it can be released and paid out.",
                "It needs {n} approvals of different people; yours is one of them.",
                left,
            ),
        ),
        rows((button(tr("‹ Back"), "sro", card.run), button(tr("✅ Approve"), "sray", card.run, danger=True))),
    )


def found(card: RunCard, findings: Sequence[Finding], tr: Translator) -> Screen:
    """What the last preview and its validation found; faults first."""
    ordered = sorted(findings, key=lambda one: one.severity != "fault")
    told = [f"{'⛔' if one.severity == 'fault' else '•'} {_finding(one, tr)}" for one in ordered[:FOUND_MAX]]
    more = len(ordered) - len(told)
    return Screen(
        lines(
            bold(tr("Run {run} of {cycle}", run=str(card.run), cycle=card.cycle)),
            *(told or [tr("Nothing was found.")]),
            tr.plural("And {n} more.", "And {n} more.", more) if more else None,
        ),
        rows((button(tr("‹ Back"), "sro", card.run),)),
    )


def _acts(card: RunCard, member: Member, tr: Translator) -> list[Button | None]:
    """What the run's state and her role let her do; core decides again."""
    refresh = button(tr("↻ Refresh"), "sro", card.run)
    findings = button(tr("🔎 Findings: {n}", n=card.faults + card.notices), "srf", card.run)
    if card.progress is not None:
        return [refresh]
    may = set(member.permissions)
    runs_it, approves = Permission.RUN_SETTLEMENT in may, Permission.APPROVE_SETTLEMENT in may
    return [
        button(tr("▶ Preview"), "srp", card.run) if runs_it and card.state in WORKS_IN[Work.PREVIEW] else None,
        button(tr("✔ Validate"), "srv", card.run) if runs_it and card.state in WORKS_IN[Work.VALIDATE] else None,
        button(tr("✅ Approve…"), "sra", card.run, danger=True)
        if approves and card.state is RunState.VALIDATED
        else None,
        findings if card.faults + card.notices else None,
        refresh,
    ]


def _state(card: RunCard, tr: Translator) -> str:
    return tr(WORKS[card.progress.work]) if card.progress is not None else tr(STATES[card.state])


def _progress(card: RunCard, tr: Translator) -> list[str]:
    told = []
    if card.progress is not None and card.progress.total:
        told.append(tr("{done} of {total}", done=card.progress.done, total=card.progress.total))
    if card.failed is not None:
        told.append(f"⛔ {_finding(card.failed, tr)}")
    if card.faults:
        told.append(tr.plural("⛔ {n} fault blocks the approval.", "⛔ {n} faults block the approval.", card.faults))
    return told


def _figures(card: RunCard, tr: Translator) -> list[str]:
    totals = card.totals or {}
    counts = totals.get("counts") or {}
    people = counts.get("payouts")
    told = [tr.plural("{n} payee", "{n} payees", people)] if isinstance(people, int) else []
    for currency, sums in (totals.get("payouts") or {}).items():
        for word, label in SUMS.items():
            if word in sums:
                amount = int(Decimal(str(sums[word])).scaleb(minor_digits(currency)))
                if amount or word not in UNLESS_NOTHING:
                    told.append(tr("{label}: {value}", label=tr(label), value=tr.money(amount, currency)))
    return told


def _finding(one: Finding, tr: Translator) -> str:
    return cut(sentence(one.code, one.facts, tr), FOUND_LENGTH_MAX)


def _name(actor: str, names: Mapping[str, str], tr: Translator) -> str:
    return names.get(actor) or (tr("a former colleague") if actor.startswith("staff:") else actor)


def _to_list(tr: Translator) -> Button | None:
    return button(tr("‹ All runs"), "sr")
