"""The `[points]` section: the company's points programme."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from core.plan.expressions.evaluation import value
from core.plan.expressions.model import Expression, Type
from core.plan.expressions.vocabulary import cycle_words, order_words
from core.plan.language import values
from core.plan.language.findings import Findings
from core.plan.language.kpis import Names
from core.plan.language.rules import read_rule
from core.plan.language.source import Node, Place
from core.plan.language.table import Shape, Table
from core.plan.model import (
    Converting,
    ExpireAt,
    KpiSpec,
    Limits,
    Occasion,
    PointsRule,
    PointsSpec,
    Receiver,
    Redeeming,
    Tier,
    Transferring,
    TransferTo,
)
from core.plan.model.points import DEFAULT_NAME
from i18n.translator import mark

POINTS = Shape(
    "[points]",
    (
        *("name", "since", "safe_after_days", "expire", "expire_after_months", "expire_at", "warn_days"),
        *("may_go_negative", "redeem", "transfer", "convert", "rules", "tiers", "tier_months"),
    ),
)
LIMITS = ("least", "most", "daily")
REDEEM = Shape("[points.redeem]", ("mixed", "points_share_least", "quantity_most", "daily", "earns"))
TRANSFER = Shape("[points.transfer]", ("to", *LIMITS))
GIVES = ("to_credit", "to_commissions")
COSTS = ("from_credit", "from_commissions")
CONVERT = Shape("[points.convert]", (*GIVES, *COSTS, *LIMITS))
RULE_WORDS = ("code", "label", "on", "when", "points", "to", "once")
RULE = Shape("[[points.rules]]", RULE_WORDS, required=RULE_WORDS[:5])
TIER = Shape("[[points.tiers]]", ("code", "label", "earned"), required=("code", "label", "earned"))
DAYS_MAX = 3660
WARN_MAX = 366
MONTHS_MAX = 120
RATE_DECIMALS = 6
NEVER = mark("points never expire here")
ONLY_WHERE = mark("it is read only where the plan says {where}")
DAYS_LISTED = mark("a list of whole numbers from 1 to {most}, each once, such as [30, 7, 1]")
MORE_THAN_ZERO = mark("a number above 0")
NOT_NEGATIVE = mark("0 or more: a rule gives points, and never takes any")


def read_points(node: Node | None, names: Names, kpis: Sequence[KpiSpec], findings: Findings) -> PointsSpec | None:
    """The whole programme; None when the plan has none."""
    if node is None:
        return None
    table = Table(node, POINTS, findings)
    usual = PointsSpec()
    tiers = _tiers(table)
    if not table.items("tiers"):
        table.useless("tier_months", ONLY_WHERE, where="[[points.tiers]]")
    return PointsSpec(
        name=values.company_text(table, "name") or dict(DEFAULT_NAME),
        since=table.day("since"),
        safe_after_days=table.whole("safe_after_days", least=0, most=DAYS_MAX, default=usual.safe_after_days),
        expire_after_months=_expire(table, usual),
        expire_at=table.choice("expire_at", ExpireAt, usual.expire_at),
        may_go_negative=table.flag("may_go_negative", default=usual.may_go_negative),
        warn_days=_warn_days(table, usual.warn_days),
        rules=_rules(table, names, kpis),
        tiers=tiers,
        tier_months=table.whole("tier_months", least=1, most=MONTHS_MAX, default=usual.tier_months),
        redeem=_redeem(table),
        transfer=_transfer(table),
        convert=_convert(table),
    )


def _expire(table: Table, usual: PointsSpec) -> int | None:
    if not table.has("expire"):
        default = usual.expire_after_months
        assert default is not None, "points expire unless the plan says otherwise"
        return table.whole("expire_after_months", least=1, most=MONTHS_MAX, default=default)
    table.one_of("expire", ("never",), "never")
    for word in ("expire_after_months", "expire_at", "warn_days"):
        table.useless(word, NEVER)
    return None


def _warn_days(table: Table, default: tuple[int, ...]) -> tuple[int, ...]:
    if not table.has("warn_days"):
        return default
    days = [item.value for item in table.items("warn_days")]
    whole = [day for day in days if isinstance(day, int) and not isinstance(day, bool) and 1 <= day <= WARN_MAX]
    if len(set(whole)) < len(days):
        table.wrong("warn_days", table.words["warn_days"], DAYS_LISTED, most=WARN_MAX)
    return tuple(sorted(whole, reverse=True))


def _section(table: Table, word: str, shape: Shape) -> Table | None:
    return Table(table.words[word], shape, table.findings) if table.has(word) else None


def _limits(table: Table) -> Limits:
    """The least, the most at once, and the most in a day, none below the least."""
    least = table.whole("least", least=1, default=1)
    return Limits(least, _most(table, "most", least), _most(table, "daily", least))


def _most(table: Table, word: str, least: int = 1) -> int | None:
    return table.whole(word, least=least, default=least) if table.has(word) else None


def _redeem(points: Table) -> Redeeming | None:
    table = _section(points, "redeem", REDEEM)
    if table is None:
        return None
    mixed = table.flag("mixed", default=False)
    if not mixed:
        table.useless("points_share_least", ONLY_WHERE, where="mixed = true")
    share = values.percent(table, "points_share_least")
    return Redeeming(
        mixed=mixed,
        points_share_least=(share or Decimal(0)) / 100,
        quantity_most=table.whole("quantity_most", least=1, default=Redeeming().quantity_most),
        daily=_most(table, "daily"),
        earns=table.flag("earns", default=False),
    )


def _transfer(points: Table) -> Transferring | None:
    table = _section(points, "transfer", TRANSFER)
    if table is None:
        return None
    return Transferring(_limits(table), table.choice("to", TransferTo, TransferTo.LINE))


def _convert(points: Table) -> Converting | None:
    """The ways and their rates; no two of them may gain by going there and back."""
    table = _section(points, "convert", CONVERT)
    if table is None:
        return None
    rates = {word: _rate(table, word) for word in (*GIVES, *COSTS)}
    for cost in COSTS:
        for gift in GIVES:
            low, high = rates[cost], rates[gift]
            if low is not None and high is not None and low < high:
                facts = {"word": cost, "found": f"{low:f}", "other": gift, "value": f"{high:f}"}
                table.findings.fault("plan_points_gain", table.place(cost), **facts)
    return Converting(**rates, limits=_limits(table))


def _rate(table: Table, word: str) -> Decimal | None:
    rate = table.number(word, decimals=RATE_DECIMALS)
    if rate == 0:
        table.wrong(word, table.words[word], MORE_THAN_ZERO)
    return rate


def _tiers(points: Table) -> tuple[Tier, ...]:
    """The tiers, each asking for more than the one before."""
    tiers: list[Tier] = []
    first: dict[str, Place] = {}
    for node in points.items("tiers"):
        table = Table(node, TIER, points.findings)
        least = tiers[-1].earned + 1 if tiers else 0
        code = _new_code(table, first)
        tiers.append(Tier(code, values.company_text(table, "label"), table.whole("earned", least=least, default=least)))
    return tuple(tiers)


def _new_code(table: Table, first: dict[str, Place]) -> str:
    """A code that none before has."""
    code = values.code(table, "code")
    if code in first:
        table.findings.fault("plan_name_twice", table.place("code"), name=code, first=first[code].line)
    elif code:
        first[code] = table.place("code")
    return code


def _rules(points: Table, names: Names, kpis: Sequence[KpiSpec]) -> tuple[PointsRule, ...]:
    words = {
        Occasion.ORDER: order_words(kpis, names.scale),
        Occasion.CYCLE: cycle_words(kpis, names.scale),
    }
    first: dict[str, Place] = {}
    found = []
    for node in points.items("rules"):
        table = Table(node, RULE, points.findings)
        code = _new_code(table, first)
        occasion = table.choice("on", Occasion, Occasion.ORDER)
        when = read_rule(table, "when", Type.TRUTH, words[occasion], names)
        gift = read_rule(table, "points", Type.NUMBER, words[occasion], names)
        if gift is not None and _takes(gift):
            table.wrong("points", table.words["points"], NOT_NEGATIVE)
        to = table.choice("to", Receiver, Receiver.PERSON)
        once, label = table.flag("once", default=False), values.company_text(table, "label")
        if when and gift:
            found.append(PointsRule(code, label, occasion, when, gift, to, once))
    return tuple(found)


def _takes(gift: Expression) -> bool:
    """Whether it gives less than nothing whatever it is asked about, because it asks for nothing."""
    number = 0 if gift.names else value(gift, {})
    return isinstance(number, int | Fraction) and number < 0
