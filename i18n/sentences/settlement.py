"""Sentences about settling a cycle."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "settle_not_calculated": mark(
        "The plan asks for what is not calculated yet: {words}. Nothing was settled, so that no money is left out."
    ),
    "settle_carry_unfit": mark("What was carried over is of {found}, and {expected} is needed."),
    "settle_amount_wrong": mark(
        "“{value}” is not an amount. Expected a number such as -12.50, with no more decimals than its currency has."
    ),
    "settle_run_unreadable": mark("{folder} holds no settled run. Expected what `settle --out` wrote."),
    "settle_line_unknown": mark("{person} has {lines} lines there, and none of number {number}."),
}
