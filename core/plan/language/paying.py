"""`[[caps]]`, `[payout]`, `[returns]`, `[advances]` and `[late_orders]`: their words, and what only several tell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from core.plan.language import kinds as k
from core.plan.language import values
from core.plan.language.fitting import DECIDED
from core.plan.language.kpis import ONLY_WHERE
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.language.values import says_percent
from core.plan.model import Bonus, CalendarSpec
from core.plan.model.settling import AdvancesSpec, CapSpec, LateOrdersSpec, PayoutSpec, ReturnsSpec
from i18n.translator import mark

SOMETHING_LEFT = mark("a percentage that comes to less than 100 together with credit")
AMOUNT_OR_PERCENT = mark('an amount such as 1.50, or a percentage such as "15 %"')


def _fee(table: Table, word: str, context: k.Context) -> Decimal | None:
    """An amount, or a percentage up to a hundred where the sign stands beside it."""
    node = table.words[word]
    if says_percent(node):
        return values.percent(table, word)
    if isinstance(node.value, str):
        table.wrong(word, node, AMOUNT_OR_PERCENT)
        return None
    return k.amount(table, word, context)


CAP: k.Words = {
    "code": k.code,
    "bonuses": k.bonuses,
    "per": k.one_of("person", "company"),
    "calendar": k.calendar,
    "amount": k.amount,
    **k.by_ladder("amount", k.amount),
    "at_least": k.amount,
    **k.by_ladder("at_least", k.amount),
    "earner": k.conditions,
    "share": k.share,
    "share_of": k.figure,
    "keep": k.one_of("highest"),
}
PAYOUT: k.Words = {
    "minimum": k.amount,
    "currency": k.money,
    "per": k.one_of("total", "schedule"),
    "expires_after": k.whole(1, 120),
    "fee": _fee,
    "fee_from": k.amount,
    "credit": k.percent,
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
ENOUGH_LONG = mark("a calendar whose cycles are as long as those of its bonuses, or longer")
TWO = 2
LONGEST = 366
HUNDRED = 100
SHORTER = mark("a calendar whose cycles are shorter than those of the main one")
OF_MAIN = mark("bonuses that pay money and are calculated by the main calendar")
KEEPING = 'keep = "highest"'
ALIKE = mark("bonuses that pay the same and are calculated by one calendar")
TWO_TOGETHER = mark("two bonuses or more that pay the same and are calculated by one calendar")
COMES_FIRST = mark('a cap with keep = "highest" before all other caps of its bonuses')
NO_EARNINGS = mark('a figure of orders, "heads" or a KPI')


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
    found = Paying()
    taken = {bonus.code for bonus in bonuses}
    caps: list[CapSpec] = []
    for node in root.items("caps"):
        cap = _cap(node, bonuses, calendars, taken, context)
        if cap is not None and cap.keep is not None:
            _tell_keeping(node, cap, caps, bonuses, context)
        caps += [] if cap is None else [cap]
    found.caps = tuple(caps)
    if root.has("payout"):
        table, read = k.read_table(root.words["payout"], "[payout]", PAYOUT, context)
        _beside(table, "fee_from", "fee")
        if table.has("fee") and says_percent(table.words["fee"]):
            read["fee_share"] = read.pop("fee")
            _tell_nothing_left(table, read)
        found.payout = k.made(PayoutSpec, read)
    if root.has("returns"):
        found.returns = _returns(root.words["returns"], context)
    if root.has("advances"):
        found.advances = _advances(root.words["advances"], bonuses, calendars, context)
    if root.has("late_orders"):
        found.late_orders = _late_orders(root.words["late_orders"], context)
    return found


def _cap(
    node: Node, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec], taken: set[str], context: k.Context
) -> CapSpec | None:
    table, read = k.read_table(node, "[[caps]]", CAP, context, ("code", "per"))
    code = table.text("code")
    if code in taken:
        context.findings.fault("plan_name_twice", table.place("code"), name=code, first=node.place.line)
    taken.add(code)
    read = k.read_by_package(table, read)
    _tell_unfit(table, read)
    if not all(read.get(word) for word in ("code", "per")):
        return None
    cap: CapSpec = k.made(CapSpec, read)
    if cap.calendar is not None:
        _tell_short(table, cap, bonuses, calendars)
    if cap.tops_up and cap.per == "person" and cap.keep is None:
        _tell_unlike(table, cap, bonuses, calendars[0].code)
    return cap


def _tell_unfit(table: Table, read: k.Read) -> None:
    """What a cap of a person, or of the company, cannot do without, and what means nothing to it."""
    if read.get("per") == "company":
        table.need("share", when='per = "company"')
        for word in ("amount", "amount_by_rank", "at_least", "at_least_by_rank", "earner", "keep"):
            table.useless(word, ONLY_WHERE, where='per = "person"')
        if read.get("share_of") == "earnings":
            table.wrong("share_of", table.words["share_of"], NO_EARNINGS)
        return
    for word in ("share", "share_of"):
        table.useless(word, ONLY_WHERE, where='per = "company"')
    least = next((word for word in ("at_least", "at_least_by_rank") if table.has(word)), None)
    if table.has("keep"):
        table.need("bonuses", when=KEEPING)
        for word in ("amount", "amount_by_rank", "at_least", "at_least_by_rank", "earner", "calendar"):
            table.useless(word, DECIDED, other="keep")
    elif least is not None:
        for word in ("amount", "amount_by_rank", "calendar"):
            table.useless(word, DECIDED, other=least)
    else:
        table.useless("earner", ONLY_WHERE, where="at_least")
        if not table.has("amount_by_rank"):
            table.need("amount", when='per = "person"')


def _tell_keeping(
    node: Node, cap: CapSpec, before: Sequence[CapSpec], bonuses: Sequence[Bonus], context: k.Context
) -> None:
    """What is kept of several bonuses is decided by what they come to, before anything is taken off."""
    table = Table(node, Shape("[[caps]]", tuple(CAP)), context.findings)
    named = [bonus for bonus in bonuses if bonus.code in cap.bonuses]
    alike = {(bonus.calendar or context.calendars[0], bonus.pays, bonus.currency) for bonus in named}
    if table.has("bonuses") and (len(set(cap.bonuses)) < TWO or len(alike) > 1):
        table.wrong("bonuses", table.words["bonuses"], TWO_TOGETHER)
    paying = {bonus.code for bonus in bonuses if bonus.pays == "money"}
    if any(set(cap.bonuses) & (set(one.bonuses) or paying) for one in before):
        table.wrong("keep", table.words["keep"], COMES_FIRST)


def _tell_unlike(table: Table, cap: CapSpec, bonuses: Sequence[Bonus], main: str) -> None:
    """What bonuses come to together is known where they pay the same, and in a run of them all."""
    under = [one for one in bonuses if one.on and (one.code in cap.bonuses if cap.bonuses else one.pays == "money")]
    if len({(one.calendar or main, one.pays, one.currency) for one in under}) > 1:
        if table.has("bonuses"):
            table.wrong("bonuses", table.words["bonuses"], ALIKE)
        else:
            table.need("bonuses", when="at_least")


def _tell_short(table: Table, cap: CapSpec, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec]) -> None:
    """A cap by a shorter calendar than that of its bonuses could never look at one of their cycles."""
    lengths = {calendar.code: calendar.length for calendar in calendars}
    under = [bonus.calendar or calendars[0].code for bonus in bonuses if bonus.code in cap.bonuses]
    if any(lengths.get(one, 0) > lengths.get(str(cap.calendar), LONGEST) for one in under):
        table.wrong("calendar", table.words["calendar"], ENOUGH_LONG)


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
    """A fee and credit that come to all that is due would leave nothing to be paid, so that nothing ever were."""
    if Fraction(read["fee_share"] or 0) + Fraction(read.get("credit") or 0) >= HUNDRED:
        table.wrong("fee", table.words["fee"], SOMETHING_LEFT)


def _beside(table: Table, word: str, needed: str) -> None:
    if table.has(word):
        table.need(needed, when=word)
