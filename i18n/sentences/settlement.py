"""Sentences about settling a cycle."""

from i18n.sentences import Counted, Sentences
from i18n.translator import mark, mark_plural

SENTENCES: Sentences = {
    "cycle_elsewhere": mark('The cycle "{cycle}" is one of the calendar "{calendar}": add --calendar {calendar}.'),
    "settle_carry_unfit": mark("What was carried over is of {found}, and {expected} is needed."),
    "settle_amount_wrong": mark(
        "“{value}” is not an amount. Expected a number such as -12.50, with no more decimals than its currency has."
    ),
    "settle_amount_zero": mark("An amount of 0 changes nothing. Give another, or leave the line out."),
    "settle_run_unreadable": mark("{folder} holds no settled run. Expected what `settle --out` wrote."),
    "settle_line_unknown": Counted(
        mark_plural(
            "{person} has {n} line there, and none of number {number}.",
            "{person} has {n} lines there, and none of number {number}.",
        ),
        "lines",
    ),
    "settle_person_unknown": mark("{folder} has nobody with the code {person}. Nearest: {nearest}."),
    "settle_person_unknown_far": mark("{folder} has nobody with the code {person}."),
    "settle_return_without_sale": mark(
        "Returns that name no sale count as volume with a minus and charge no award line back: {orders} ({count})."
    ),
    "settle_return_of_another": mark(
        "Returns that name another person's sale count as volume with a minus and charge no award line back: "
        "{orders} ({count})."
    ),
    "settle_return_unpaid": mark(
        "Returns of sales that were not paid, or too late, count nowhere: {orders} ({count})."
    ),
    "settle_return_too_late": mark(
        "Returns after the plan's window charge nothing back and count nowhere: {orders} ({count})."
    ),
    "settle_return_too_much": mark(
        "More came back than was sold; no more than the sale is charged back: {orders} ({count})."
    ),
    "settle_return_lines_unknown": mark(
        "Returns of sales from cycles that were not carried over charge nothing back: {orders} ({count})."
    ),
    "settle_no_orders": mark("Nobody ordered in the cycle {cycle}."),
    "settle_inactive": mark("Inactive for several cycles in a row. To be warned: {warned}; to be terminated: {ended}."),
    "settle_order_too_late": mark("Orders that were paid too late count nowhere: {orders} ({count})."),
}
