"""Sentences about runs: how they are refused, and what their previews and validations find."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "run_unknown": mark("There is no run {run}."),
    "run_kind_unknown": mark('The plan has no run or calendar "{kind}". It has {known}.'),
    "run_exists": mark("The cycle {cycle} has a run of this kind: run {run}, which is {state}."),
    "run_out_of_turn": mark("The run of {first} comes before that of {cycle}: each carries on what the last one left."),
    "run_in_state": mark("Run {run} is {state}; this can be done while it is {wanted}."),
    "run_not_last": mark("Run {last} of a later cycle is released. It knows who has been active since run {run}."),
    "run_busy": mark("Somebody is working on run {run} ({work}). Try again when that is done."),
    "run_overtaken": mark("Another process has taken run {run} over, so this one stopped."),
    "run_step_missing": mark('Runs of the kind of run {run} have no step "{step}".'),
    "run_approver_involved": mark(
        "You started run {run} or entered something by hand for it, so somebody else must approve it."
    ),
    "run_approver_nameless": mark("Approvals are given by members of staff, each by her own name."),
    "run_approval_lapsed": mark(
        "Somebody who approved run {run} may approve no more, so somebody else must approve it as well."
    ),
    "run_cycle_of_kind": mark(
        'The main calendar has no cycle "{cycle}". Name the kind of run that has it as well: {wanted}.'
    ),
    "run_outdated": mark("Since the preview of run {run}, something was entered by hand ({count}). Preview it again."),
    "run_stopped": mark("The work on run {run} was stopped in the middle. It can be begun again."),
    "run_stale": mark(
        "Since the preview of run {run} another run was released, and this one carries on from it. Preview it again, "
        "or cancel it and start anew if it is approved."
    ),
    "run_titles_stale": mark(
        "Since the preview of run {run} the cycle {cycle} was closed, and people begin with the titles that it gave "
        "them. Preview the run again, or cancel it and start anew if it is approved."
    ),
    "run_orders_lost": mark(
        "Orders and returns dated in released cycles came after their previews, and no run pays or takes anything for "
        "them: {orders} ({count}). Enter by hand what is to count; with [late_orders] and [returns] in the plan, later "
        "runs settle what comes late."
    ),
    "run_decided": mark("The run of {cycle} is approved; enter this for the next cycle."),
    "run_note_empty": mark("A note of 0 changes nothing. Give an amount or a volume."),
    "run_note_currency": mark('"{currency}" is no currency. Give its three letters, such as EUR.'),
    "run_note_unknown": mark("There is no entry {note}."),
    "run_hold_unknown": mark("Nothing of {person} is held."),
    "run_not_previewed": mark("There is no preview of run {run} yet."),
    "run_over_ceiling": mark("{person} earns {amount}, and the most that somebody may earn is {limit}."),
    "run_over_ceiling_more": mark("{count} more people earn more than somebody may earn."),
    "run_over_ratio": mark("All together earn {earned}, which is more than {limit} % of the cycle's sales of {sales}."),
    "run_jump": mark("{person} earns {amount}; in the cycle before it was {before}."),
    "run_jump_more": mark("{count} more people earn far more than in the cycle before."),
    "run_engines_differ": mark(
        'The second engine disagrees about {person}, {bonus} {line}: the first says "{ours}", the second "{theirs}".'
    ),
    "run_not_repeatable": mark("The same inputs gave another result this time: {part}."),
    "run_findings_more": mark("{count} more findings of this kind are not listed."),
    "run_part_changed": mark("Run {run} of {cycle}: the stored part {part} is no longer what was released."),
    "run_seal_broken": mark("Run {run} of {cycle}: its seal does not fit what is stored."),
    "run_chain_broken": mark("Run {run} of {cycle}: its seal does not follow that of the run before."),
    "run_doubted": mark(
        "Run {run} of {cycle} is no longer as it was released, so it is not paid. `verify` tells what differs."
    ),
    "run_payout_doubted": mark(
        "What run {run} of {cycle} pays {person} is not what was released, so the run is not paid any further. "
        "`verify` tells what differs."
    ),
    "run_gone": mark("Run {run} of {cycle} was released with the seal {seal}… and is there no more."),
    "run_booked_without": mark("The book has earnings in {currency} of a run that there is not."),
    "run_book_differs": mark("Run {run} of {cycle}: the book and the payouts in {currency} differ."),
}
