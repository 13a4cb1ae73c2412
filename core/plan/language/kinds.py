"""Readers of single words in the sections of settlement: each tells what is wrong, and gives the value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.kernel.words import CompanyText
from core.plan.expressions.model import Expression, Type, Vocabulary
from core.plan.expressions.vocabulary import amount_words, cycle_words, package_words
from core.plan.language import values
from core.plan.language.each import as_each, part
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names, reference
from core.plan.language.ranks import Needs
from core.plan.language.rules import NUMBER_OR_QUOTED, read_rule
from core.plan.language.source import Node
from core.plan.language.table import COUNT_MAX, NUMBER, Shape, Table, exact
from core.plan.model import KpiSpec, Requirement
from core.plan.model.percents import Percent
from i18n.translator import mark

MONEY_DECIMALS = 6
RATE_MAX = 1000
LATER, CYCLES_MAX = 2, 120
CYCLES_LISTED = mark("a list of rising whole numbers from 2 to {most} such as [10, 11, 12]")
FIGURES = ("cv", "qv", "price", "margin", "points", "orders", "pieces", "heads", "earnings")
"""What a bonus can be a share of without a KPI of its own."""
BY_RANK, BY_PACKAGE, PACKAGES = "_by_rank", "_by_package", "[[packages]]"
ONE_LADDER = mark("{other} decides here")
NOT_OFFLINE = ("ordered_cycles", "referrals_ordered")
"""What points rules may ask about a cycle, and bonuses may not."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may refer to."""

    names: Names
    kpis: Mapping[str, KpiSpec]
    bonuses: Sequence[str]
    calendars: Sequence[str]
    findings: Findings


Reader = Callable[[Table, str, Context], Any]
"""Reads one word; what is wrong is told, and something neutral or None comes back."""
Words = Mapping[str, Reader]
Read = dict[str, Any]
"""The words that a table has, each with its value; those that are wrong may be None."""


def read_table(
    node: Node, name: str, words: Words, context: Context, required: Sequence[str] = ()
) -> tuple[Table, Read]:
    """Reads every word that the table has."""
    table = Table(node, Shape(name, tuple(words), tuple(required)), context.findings)
    return table, {word: read(table, word, context) for word, read in words.items() if table.has(word)}


def text(table: Table, word: str, _context: Context) -> str:
    """A text."""
    return table.text(word)


def label(table: Table, word: str, _context: Context) -> CompanyText:
    """A text by language."""
    return values.company_text(table, word)


def code(table: Table, word: str, _context: Context) -> str:
    """A short code."""
    return values.code(table, word)


def flag(table: Table, word: str, _context: Context) -> bool:
    """Yes or no."""
    return table.flag(word, default=False)


def share(table: Table, word: str, _context: Context) -> Percent | None:
    """A percentage, also above a hundred."""
    return values.share(table, word, most=RATE_MAX)


def rate(table: Table, word: str, context: Context) -> Percent | None:
    """The same, or an amount for each of what is counted."""
    each = as_each(table.words[word])
    return share(table, word, context) if each is None else each


def percent(table: Table, word: str, _context: Context) -> Percent | None:
    """A percentage up to a hundred."""
    return values.share(table, word)


def amount(table: Table, word: str, _context: Context) -> Decimal | None:
    """An amount of money, volume or points."""
    return table.number(word, decimals=MONEY_DECIMALS)


def money(table: Table, word: str, _context: Context) -> str:
    """A currency."""
    return values.currency(table, word, "EUR")


def rank(table: Table, word: str, context: Context) -> str | None:
    """A rank of the ladder."""
    return reference(table, word, context.names.ranks, "rank")


def kpi(table: Table, word: str, context: Context) -> str | None:
    """A declared KPI that is on."""
    return _on(table, word, reference(table, word, context.names.kpis, "KPI"), context)


def figure(table: Table, word: str, context: Context) -> str | None:
    """A figure of orders or a declared KPI."""
    return _on(table, word, reference(table, word, [*FIGURES, *context.names.kpis], "figure or KPI"), context)


def _on(table: Table, word: str, found: str | None, context: Context) -> str | None:
    spec = context.kpis.get(found or "")
    if spec is not None and not spec.on:
        context.findings.fault("plan_kpi_off", table.place(word), kpi=spec.code)
    return found


def calendar(table: Table, word: str, context: Context) -> str | None:
    """A declared calendar."""
    return reference(table, word, context.calendars, "calendar")


def texts(table: Table, word: str, _context: Context) -> tuple[str, ...]:
    """A list of texts, such as product codes."""
    return table.texts(word)


def bonuses(table: Table, word: str, context: Context) -> tuple[str, ...]:
    """A list of bonuses of this plan."""
    found = [(item, str(item.value)) for item in table.items(word)]
    for item, name in found:
        if item.value not in context.bonuses:
            context.findings.unknown("plan_name_unknown", item.place, name, context.bonuses, what="bonus")
    return tuple(name for _, name in found)


def conditions(table: Table, word: str, context: Context) -> tuple[Requirement, ...]:
    """A list of conditions as ranks have them."""
    return Needs(context.names, context.kpis, context.findings).parts(table, word)


def whole(least: int, most: int = COUNT_MAX) -> Reader:
    """A whole number within limits."""
    return lambda table, word, _context: table.whole(word, least=least, most=most, default=least)


def one_of(*known: str) -> Reader:
    """One of a few words."""
    return lambda table, word, _context: table.one_of(word, known, known[0])


def rank_or(*others: str) -> Reader:
    """A rank, or one of a few words that stand for one."""
    return lambda table, word, context: reference(table, word, [*context.names.ranks, *others], "rank")


def rule(table: Table, word: str, context: Context) -> Expression | None:
    """An expression about a person and her cycle that gives yes or no."""
    return read_rule(table, word, Type.TRUTH, _told_offline(context), context.names)


def amount_or_rule(table: Table, word: str, context: Context) -> Decimal | Expression | None:
    """An amount, or in quotes an expression that comes to one."""
    node = table.words[word]
    if not isinstance(node.value, str):
        return amount(table, word, context)
    if "%" in node.value and values.as_percent(node) is not None:  # alone, and no amount: 25 % would be 0.25
        table.wrong(word, node, NUMBER_OR_QUOTED)
        return None
    return read_rule(table, word, Type.NUMBER, {**_told_offline(context), **amount_words()}, context.names)


def _told_offline(context: Context) -> Vocabulary:
    words = cycle_words(tuple(context.kpis.values()), context.names.scale)
    words = {**words, **(package_words() if context.names.packages else {})}
    return {name: what for name, what in words.items() if name not in NOT_OFFLINE}


def table_of(name: str, words: Words, make: Callable[..., object], required: Sequence[str] = ()) -> Reader:
    """A table of its own, put into what `make` makes of its words."""

    def read(table: Table, word: str, context: Context) -> object:
        _, found = read_table(table.words[word], name, words, context, required)
        return made(make, found)

    return read


def list_of(name: str, words: Words, make: Callable[..., object], required: Sequence[str]) -> Reader:
    """A list of tables, such as the steps of a schedule."""

    def read(table: Table, word: str, context: Context) -> tuple[object, ...]:
        found = [read_table(item, name, words, context, required) for item in table.items(word)]
        whole = [read for one, read in found if all(one.has(need) for need in required)]
        return tuple(made(make, read) for read in whole)

    return read


def made(make: Callable[..., object], found: Read) -> Any:
    """What `make` makes of the words that are right; TOML's `from` is `start` to us."""
    return make(**{"start" if word == "from" else word: value for word, value in found.items() if value is not None})


def rates(table: Table, word: str, _context: Context) -> tuple[Percent, ...]:
    """A list of percentages or amounts, one a level or generation."""
    found = (part(table, word, item, RATE_MAX, amounts=True) for item in table.items(word))
    return tuple(rate for rate in found if rate is not None)


def parts(table: Table, word: str, _context: Context) -> tuple[Percent, ...]:
    """A list of percentages, one a place or group."""
    found = (part(table, word, item, RATE_MAX, amounts=False) for item in table.items(word))
    return tuple(share for share in found if share is not None)


def amounts(table: Table, word: str, _context: Context) -> tuple[Decimal, ...]:
    """A list of amounts."""
    found = []
    for item in table.items(word):
        value = exact(item)
        if value is None or value < 0:
            table.wrong(word, item, NUMBER)
        else:
            found.append(value)
    return tuple(found)


def cycles(table: Table, word: str, _context: Context) -> tuple[int, ...]:
    """A list of later cycles, counted from the bonus's own, which is 1."""
    found = [item.value for item in table.items(word)]
    whole = [one for one in found if isinstance(one, int) and not isinstance(one, bool) and LATER <= one <= CYCLES_MAX]
    if not whole or len(whole) < len(found) or whole != sorted(set(whole)):
        table.wrong(word, table.words[word], CYCLES_LISTED, most=CYCLES_MAX)
        return ()
    return tuple(whole)


def by_rank(each: Reader) -> Reader:
    """A table with one entry a rank."""
    return _by_rung(each, lambda names: names.ranks, "rank")


def by_ladder(word: str, each: Reader) -> Words:
    """Two words for one table: with one entry a rank, or with one a package."""

    def packages(table: Table, word: str, context: Context) -> Read:
        if not context.names.packages:
            table.need(PACKAGES, when=word)
            return {}
        found: Read = _by_rung(each, lambda names: names.packages, "package")(table, word, context)
        return found

    return {word + BY_RANK: by_rank(each), word + BY_PACKAGE: packages}


def read_by_package(table: Table, found: Read) -> Read:
    """What was read, with tables by package under the words of those by rank, and `by_package` that names these."""
    packaged: list[str] = []
    for word in [one for one in found if one.endswith(BY_PACKAGE)]:
        ranked = word.removesuffix(BY_PACKAGE) + BY_RANK
        value = found.pop(word)
        packaged.append(ranked)
        if ranked in found:
            table.useless(word, ONE_LADDER, other=ranked)
        else:
            table.stand_for(ranked, word)
            found[ranked] = value
    return found | ({"by_package": tuple(packaged)} if packaged else {})


def _by_rung(each: Reader, known: Callable[[Names], Sequence[str]], what: str) -> Reader:
    def read(table: Table, word: str, context: Context) -> Read:
        found: Read = {}
        node, rungs = table.words[word], known(context.names)
        for name, entry in table.each(word):
            if name not in rungs:
                context.findings.unknown("plan_name_unknown", entry.key, name, rungs, what=what)
                continue
            alone = Node({name: entry}, node.place, node.key)
            value = each(Table(alone, Shape(word, (name,)), context.findings), name, context)
            if value is not None:
                found[name] = value
        return found

    return read
