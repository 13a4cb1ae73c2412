"""`[[caps]]`, `[payout]`, `[returns]`, `[advances]` and `[late_orders]`: their words, and what only several tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from core.plan.language import kinds as k
from core.plan.language import values
from core.plan.language.caps import read_caps
from core.plan.language.kpis import ONLY_WHERE
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.language.values import says_percent
from core.plan.model import Bonus, CalendarSpec
from core.plan.model.settling import AdvancesSpec, CapSpec, LateOrdersSpec, PayoutSpec, ReturnsSpec
from i18n.translator import mark

SOMETHING_LEFT = mark("a percentage that comes to less than 100 together with credit")
LEFT_FOR_FEE = mark("a percentage below 100, because the fee is taken from what is left")
AMOUNT_OR_PERCENT = mark('an amount such as 1.50, or a percentage such as "15 %"')


def _percent(table: Table, word: str, _context: k.Context) -> Decimal | None:
    return values.percent(table, word)


CHARGE: k.Words = {"label": k.label, "rate": _percent}


def _charges(table: Table, word: str, context: k.Context) -> Mapping[str, k.Read]:
    """Charges by their codes: each a percentage, or a section with its label."""
    found: dict[str, k.Read] = {}
    for code, node in table.each(word):
        name = f"[payout.charges.{code}]"
        if not values.is_code(table, node, code):
            continue
        if node.table is None:
            alone = Table(Node({"rate": node}, node.place, node.key), Shape(name, ("rate",)), context.findings)
            found[code] = {"label": {"en": code}, "rate": values.percent(alone, "rate")}
        else:
            _, found[code] = k.read_table(node, name, CHARGE, context, tuple(CHARGE))
    return {code: read for code, read in found.items() if read.get("rate") is not None and read.get("label")}


def _fee(table: Table, word: str, context: k.Context) -> Decimal | None:
    """An amount, or a percentage up to a hundred where the sign stands beside it."""
    node = table.words[word]
    if says_percent(node):
        return values.percent(table, word)
    if isinstance(node.value, str):
        table.wrong(word, node, AMOUNT_OR_PERCENT)
        return None
    return k.amount(table, word, context)


PAYOUT: k.Words = {
    "minimum": k.amount,
    "currency": k.money,
    "per": k.one_of("total", "schedule"),
    "expires_after": k.whole(1, 120),
    "fee": _fee,
    "fee_from": k.amount,
    "credit": k.percent,
    "charges": _charges,
}
RETURNS: k.Words = {
    "within_days": k.whole(0, 3660),
    "volume_in": k.one_of("refund_period", "original_period"),
    "rank_again": k.flag,
    "amount": k.one_of("original_lines", "average_percent", "recompute"),
    "recovery_max": k.percent,
}
ADVANCES: k.Words = {"calendar": k.calendar, "share": k.percent, "bonuses": k.bonuses}
LATE_ORDERS: k.Words = {
    "settled_in": k.one_of("own_period", "payment_period", "nowhere"),
    "cut_off_days": k.whole(0, 366),
    "change_rank": k.flag,
    "change_others": k.flag,
    "rebuild_carry": k.flag,
}
SECTIONS: dict[str, k.Words] = {
    "payout": PAYOUT,
    "returns": RETURNS,
    "advances": ADVANCES,
    "late_orders": LATE_ORDERS,
}
ADVANCE = "advance"
"""The code under which the lines of advances stand."""
HUNDRED = 100
SHORTER = mark("a calendar whose cycles are shorter than those of the main one")
OF_MAIN = mark("bonuses that pay money and are calculated by the main calendar")


@dataclass(slots=True)
class Paying:
    """What a plan says about paying."""

    caps: tuple[CapSpec, ...] = ()
    payout: PayoutSpec = field(default_factory=PayoutSpec)
    returns: ReturnsSpec | None = None
    advances: AdvancesSpec | None = None
    late_orders: LateOrdersSpec | None = None


def read_paying(root: Table, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec], context: k.Context) -> Paying:
    """Reads the five sections; a word that can have no effect beside the others is a fault."""
    found = Paying(read_caps(root, bonuses, calendars, context))
    if root.has("payout"):
        table, read = k.read_table(root.words["payout"], "[payout]", PAYOUT, context)
        _beside(table, "fee_from", "fee")
        if table.has("fee") and says_percent(table.words["fee"]):
            read["fee_share"] = read.pop("fee")
        charges = read.pop("charges", {})
        read["charges"] = {code: one["rate"] for code, one in charges.items()}
        read["charge_labels"] = {code: one["label"] for code, one in charges.items()}
        _tell_nothing_left(table, read)
        found.payout = k.made(PayoutSpec, read)
    if root.has("returns"):
        found.returns = _returns(root.words["returns"], context)
    if root.has("advances"):
        found.advances = _advances(root.words["advances"], bonuses, calendars, context)
    if root.has("late_orders"):
        found.late_orders = _late_orders(root.words["late_orders"], context)
    return found


def _returns(node: Node, context: k.Context) -> ReturnsSpec:
    table, read = k.read_table(node, "[returns]", RETURNS, context)
    if read.get("volume_in") != "original_period":
        where = 'volume_in = "original_period"'
        if read.get("amount") == "recompute":
            table.need("volume_in", when='amount = "recompute"')
            table.useless("volume_in", ONLY_WHERE, where='amount = "original_lines" or "average_percent"')
        if read.get("rank_again"):
            table.useless("rank_again", ONLY_WHERE, where=where)
    made: ReturnsSpec = k.made(ReturnsSpec, read)
    return made


def _advances(
    node: Node, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec], context: k.Context
) -> AdvancesSpec | None:
    table, read = k.read_table(node, "[advances]", ADVANCES, context, ("calendar", "share"))
    lengths = {calendar.code: calendar.length for calendar in calendars}
    main = calendars[0].code if calendars else ""
    chosen = read.get("calendar")
    if chosen in lengths and lengths[chosen] >= lengths[main]:
        table.wrong("calendar", table.words["calendar"], SHORTER)
    fitting = {one.code for one in bonuses if one.pays == "money" and (one.calendar or main) == main}
    known = {one.code for one in bonuses}
    if ADVANCE in known:
        context.findings.fault("plan_name_twice", node.key, name=ADVANCE, first=node.place.line)
    if any(code in known - fitting for code in read.get("bonuses", ())):
        table.wrong("bonuses", table.words["bonuses"], OF_MAIN)
    if read.get("calendar") is None or read.get("share") is None:
        return None
    made: AdvancesSpec = k.made(AdvancesSpec, read)
    return made


def _late_orders(node: Node, context: k.Context) -> LateOrdersSpec:
    table, read = k.read_table(node, "[late_orders]", LATE_ORDERS, context)
    if read.get("rebuild_carry") and read.get("change_others") is False:
        table.useless("rebuild_carry", ONLY_WHERE, where="change_others = true")
    made: LateOrdersSpec = k.made(LateOrdersSpec, read)
    return made


def _tell_nothing_left(table: Table, read: k.Read) -> None:
    """What is taken off must leave something of what is due, or nothing were ever paid; all may become credit alone."""
    share, charges = read.get("fee_share") or 0, read["charges"].values()
    credit = Fraction(read.get("credit") or 0)
    off = sum(map(Fraction, charges), Fraction(share))
    if off and off + credit >= HUNDRED:
        word = "fee" if share else "charges"
        table.wrong(word, table.words[word], SOMETHING_LEFT)
    elif credit >= HUNDRED and read.get("fee") and not table.has("fee_from"):
        table.wrong("credit", table.words["credit"], LEFT_FOR_FEE)


def _beside(table: Table, word: str, needed: str) -> None:
    if table.has(word):
        table.need(needed, when=word)
