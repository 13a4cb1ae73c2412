"""What a plan is and by what it measures: plan, volume, activity, visibility, rounding."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.kernel.money import minor_digits
from core.kernel.volume import DEFAULT_SCALE, to_volume
from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.orders import DAYS_MAX, read_days, read_orders
from core.plan.language.source import Node
from core.plan.language.table import NUMBER_MAX, Shape, Table, exact
from core.plan.model import (
    ActivityMode,
    ActivitySpec,
    Bonus,
    DefaultVolume,
    DiscountAffects,
    Measure,
    RoundingSpec,
    Unit,
    Visibility,
    VolumeSpec,
)
from i18n.translator import mark

PLAN = Shape(
    "[plan]",
    ("code", "version", "name", "company", "language", "currency", "time_zone", "valid_from"),
    required=("code", "version", "name", "company", "currency", "time_zone"),
)
VOLUME = Shape("[volume]", ("currency", "scale", "cv", "qv", "discount_affects"))
ACTIVITY = Shape(
    "[activity]",
    (
        *("measure", "minimum", "cycles", "mode", "warn_after", "terminate_after"),
        *("days", "orders", "newcomer_days"),
    ),
    required=("measure", "minimum"),
)
VISIBILITY = Shape("[visibility]", ("figures_to_level", "orders_to_level", "contacts_to_level"))
ROUNDING = Shape("[rounding]", ("mode", "by", "residue_to", "unit"))
ACTIVITY_MEASURES = (Measure.CV, Measure.QV, Measure.ORDERS, Measure.POINTS)
CYCLES_MAX = 60
ONE_CYCLE = mark("a single cycle is looked at")
DAYS_SUMMED = mark("days are added up")
ENDED_BY_THEN = mark("whoever is inactive for so long is terminated by then")
STEP_EXPECTED = mark("an amount above 0 that is a multiple of {least} {currency}, such as {example}")
NOT_PAID_IN = mark("no bonus pays {currency}")
LEVEL_MAX = 1000
LEVEL_EXPECTED = mark('a level from 0 to {most}, or "all"')


def unit_of(measure: Measure) -> Unit:
    """In what a measure is counted."""
    counts = {
        Measure.ORDERS: Unit.ORDERS,
        Measure.POINTS: Unit.POINTS,
        Measure.HEADS: Unit.PEOPLE,
        Measure.LEGS: Unit.LEGS,
        Measure.HELD: Unit.CYCLES,
        Measure.REACHED: Unit.CYCLES,
    }
    return counts.get(measure, Unit.VOLUME)


def amount(table: Table, word: str, unit: Unit, scale: int) -> int | None:
    """A threshold: volume in whole units of the file as an integer at scale, anything else as a count.

    | unit   | scale | in the file | result  |
    | ------ | ----- | ----------- | ------- |
    | volume | 4     | 100         | 1000000 |
    | volume | 4     | 12.5        | 125000  |
    | people | 4     | 3           | 3       |
    """
    value = table.number(word, decimals=scale if unit is Unit.VOLUME else 0)
    if value is None:
        return None
    return to_volume(value, scale) if unit is Unit.VOLUME else int(value)


def read_scale(node: Node | None) -> int:
    """How many decimals volume has; every threshold of the file is read by it, so it is read first."""
    if node is None:
        return DEFAULT_SCALE
    return Table(node, VOLUME, Findings()).whole("scale", least=0, most=6, default=DEFAULT_SCALE)


def read_volume(node: Node | None, currency: str, findings: Findings) -> VolumeSpec:
    """How order lines become volume; without the section, volume is the price in the plan's currency."""
    if node is None:
        return VolumeSpec(currency=currency)
    table = Table(node, VOLUME, findings)
    return VolumeSpec(
        currency=values.currency(table, "currency", currency),
        scale=table.whole("scale", least=0, most=6, default=DEFAULT_SCALE),
        default_cv=table.choice("cv", DefaultVolume, DefaultVolume.PRICE),
        default_qv=table.choice("qv", DefaultVolume, DefaultVolume.PRICE),
        discount_affects=table.choice("discount_affects", DiscountAffects, DiscountAffects.BOTH),
    )


def read_activity(node: Node, scale: int, findings: Findings) -> ActivitySpec:
    """Who counts as active."""
    table = Table(node, ACTIVITY, findings)
    known = [str(measure) for measure in ACTIVITY_MEASURES]
    measure = Measure(table.one_of("measure", known, Measure.QV))
    mode = table.choice("mode", ActivityMode, ActivityMode.SUM)
    cycles = table.whole("cycles", least=1, default=1, most=CYCLES_MAX)
    days = read_days(table)
    if days and mode is not ActivityMode.SUM:
        table.useless("mode", DAYS_SUMMED)
    elif cycles == 1 and mode is not ActivityMode.SUM:
        table.useless("mode", ONE_CYCLE)
    warn_after, terminate_after = (_inactive_cycles(table, word) for word in ("warn_after", "terminate_after"))
    if warn_after is not None and terminate_after is not None and warn_after >= terminate_after:
        table.useless("warn_after", ENDED_BY_THEN)
    return ActivitySpec(
        measure=measure,
        minimum=amount(table, "minimum", unit_of(measure), scale) or 0,
        cycles=cycles,
        mode=mode,
        warn_after=warn_after,
        terminate_after=terminate_after,
        days=days,
        orders=read_orders(table, scale),
        newcomer_days=_newcomer_days(table),
    )


def _newcomer_days(table: Table) -> int:
    """So many days from joining on; 0 where the plan does not say."""
    word = "newcomer_days"
    return table.whole(word, least=1, default=1, most=DAYS_MAX) if table.has(word) else 0


def _inactive_cycles(table: Table, word: str) -> int | None:
    """So many cycles in a row; None where the plan does not say."""
    return table.whole(word, least=1, default=1, most=CYCLES_MAX) if table.has(word) else None


def read_visibility(node: Node | None, findings: Findings) -> Visibility:
    """What distributors see of their line."""
    if node is None:
        return Visibility()
    table = Table(node, VISIBILITY, findings)
    usual = Visibility()
    return Visibility(
        figures_to_level=_level(table, "figures_to_level", usual.figures_to_level),
        orders_to_level=_level(table, "orders_to_level", usual.orders_to_level),
        contacts_to_level=_level(table, "contacts_to_level", usual.contacts_to_level),
    )


def _level(table: Table, word: str, default: int | None) -> int | None:
    node = table.words.get(word)
    if node is None:
        return default
    if node.value == "all":
        return None
    good = isinstance(node.value, int) and not isinstance(node.value, bool) and 0 <= node.value <= LEVEL_MAX
    if not good:
        table.wrong(word, node, LEVEL_EXPECTED, most=LEVEL_MAX)
    return node.value if good and isinstance(node.value, int) else default


def read_rounding(node: Node | None, currency: str, bonuses: Sequence[Bonus], findings: Findings) -> RoundingSpec:
    """How and where settlement rounds.

    Args:
        currency: the plan's, of which a bare `unit` is.
        bonuses: those of the plan, whose currencies are the ones to be named.
    """
    if node is None:
        return RoundingSpec()
    table = Table(node, ROUNDING, findings)
    return RoundingSpec(
        mode=table.one_of("mode", ("half_up", "down", "half_even"), "half_up"),
        by=table.one_of("by", ("line", "bonus", "payee"), "line"),
        residue_to=table.one_of("residue_to", ("company", "largest"), "company"),
        unit=dict(_steps(table, currency, {one.currency or currency for one in bonuses if one.pays == "money"})),
    )


def _steps(table: Table, currency: str, paid_in: set[str]) -> Iterator[tuple[str, Decimal]]:
    """By currency, of what its amounts are whole multiples."""
    node = table.words.get("unit")
    if node is None:
        return
    for code, one in ({currency: node} if node.table is None else node.table).items():
        if not values.is_currency(code):
            table.wrong("unit", Node(code, one.key, one.key), values.CURRENCY_EXPECTED)
            continue
        value, least = exact(one), Decimal(1).scaleb(-minor_digits(code))
        if value is None or not 0 < value <= NUMBER_MAX or value % least:
            table.wrong("unit", one, STEP_EXPECTED, least=f"{least:f}", currency=code, example=f"{least * 10:f}")
        elif paid_in and code not in paid_in:
            table.useless("unit", NOT_PAID_IN, currency=code)
        else:
            yield code, value
