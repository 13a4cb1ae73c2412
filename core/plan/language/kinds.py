"""Checks of single words in the sections that settlement will calculate by: each tells what is wrong, and no more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names, reference
from core.plan.language.ranks import Needs
from core.plan.language.source import Node
from core.plan.language.table import COUNT_MAX, NUMBER, Shape, Table, exact
from core.plan.model import KpiSpec

MONEY_DECIMALS = 6
RATE_MAX = 1000
FIGURES = ("cv", "qv", "price", "points", "orders", "heads", "earnings")
"""What a bonus can be a share of without a KPI of its own."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may refer to."""

    names: Names
    kpis: Mapping[str, KpiSpec]
    bonuses: Sequence[str]
    calendars: Sequence[str]
    findings: Findings


Check = Callable[[Table, str, Context], object]
Words = Mapping[str, Check]


def check_table(node: Node, name: str, words: Words, context: Context, required: Sequence[str] = ()) -> Table:
    """Reads a table only for what is wrong with it."""
    table = Table(node, Shape(name, tuple(words), tuple(required)), context.findings)
    for word, check in words.items():
        if table.has(word):
            check(table, word, context)
    return table


def text(table: Table, word: str, _context: Context) -> None:
    """A text."""
    table.text(word)


def label(table: Table, word: str, _context: Context) -> None:
    """A text by language."""
    values.company_text(table, word)


def code(table: Table, word: str, _context: Context) -> None:
    """A short code."""
    values.code(table, word)


def flag(table: Table, word: str, _context: Context) -> None:
    """Yes or no."""
    table.flag(word, default=False)


def share(table: Table, word: str, _context: Context) -> None:
    """A percentage, also above a hundred."""
    values.percent(table, word, most=RATE_MAX)


def amount(table: Table, word: str, _context: Context) -> None:
    """An amount of money, volume or points."""
    table.number(word, decimals=MONEY_DECIMALS)


def money(table: Table, word: str, _context: Context) -> None:
    """A currency."""
    values.currency(table, word, "EUR")


def rank(table: Table, word: str, context: Context) -> None:
    """A rank of the ladder."""
    reference(table, word, context.names.ranks, "rank")


def kpi(table: Table, word: str, context: Context) -> None:
    """A declared KPI."""
    reference(table, word, context.names.kpis, "KPI")


def figure(table: Table, word: str, context: Context) -> None:
    """A figure of orders or a declared KPI."""
    reference(table, word, [*FIGURES, *context.names.kpis], "figure or KPI")


def calendar(table: Table, word: str, context: Context) -> None:
    """A declared calendar."""
    reference(table, word, context.calendars, "calendar")


def texts(table: Table, word: str, _context: Context) -> None:
    """A list of texts, such as product codes."""
    table.texts(word)


def bonuses(table: Table, word: str, context: Context) -> None:
    """A list of bonuses of this plan."""
    for item in table.items(word):
        if item.value not in context.bonuses:
            found = str(item.value)
            context.findings.unknown("plan_name_unknown", item.place, found, context.bonuses, what="bonus")


def conditions(table: Table, word: str, context: Context) -> None:
    """A list of conditions as ranks have them."""
    Needs(context.names, context.kpis, context.findings).parts(table, word)


def whole(least: int, most: int = COUNT_MAX) -> Check:
    """A whole number within limits."""

    def check(table: Table, word: str, _context: Context) -> None:
        table.whole(word, least=least, most=most, default=least)

    return check


def one_of(*known: str) -> Check:
    """One of a few words."""

    def check(table: Table, word: str, _context: Context) -> None:
        table.one_of(word, known, known[0])

    return check


def rank_or(*others: str) -> Check:
    """A rank, or one of a few words that stand for one."""

    def check(table: Table, word: str, context: Context) -> None:
        reference(table, word, [*context.names.ranks, *others], "rank")

    return check


def table_of(name: str, words: Words, required: Sequence[str] = ()) -> Check:
    """A table of its own."""

    def check(table: Table, word: str, context: Context) -> None:
        check_table(table.words[word], name, words, context, required)

    return check


def list_of(name: str, words: Words, required: Sequence[str]) -> Check:
    """A list of tables, such as the steps of a schedule."""

    def check(table: Table, word: str, context: Context) -> None:
        for item in table.items(word):
            check_table(item, name, words, context, required)

    return check


def rates(table: Table, word: str, _context: Context) -> None:
    """A list of percentages, one a level, generation or place."""
    for item in table.items(word):
        _rate(table, word, item)


def _rate(table: Table, word: str, node: Node) -> None:
    value = values.as_percent(node)
    if value is None or not 0 <= value <= RATE_MAX:
        table.wrong(word, node, values.PERCENT_EXPECTED, most=RATE_MAX)


def amounts(table: Table, word: str, _context: Context) -> None:
    """A list of amounts."""
    for item in table.items(word):
        value = exact(item)
        if value is None or value < 0:
            table.wrong(word, item, NUMBER)


def by_rank(each: Check) -> Check:
    """A table with one entry a rank."""

    def check(table: Table, word: str, context: Context) -> None:
        node = table.words[word]
        for name, entry in table.each(word):
            if name not in context.names.ranks:
                context.findings.unknown("plan_name_unknown", entry.key, name, context.names.ranks, what="rank")
            else:
                each(
                    Table(Node({name: entry}, node.place, node.key), Shape(word, (name,)), context.findings),
                    name,
                    context,
                )

    return check
