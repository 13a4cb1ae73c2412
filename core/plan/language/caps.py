"""`[[caps]]`: their words, and what only several of them tell."""

from collections.abc import Sequence

from core.plan.language import kinds as k
from core.plan.language.fitting import DECIDED
from core.plan.language.kpis import ONLY_WHERE
from core.plan.language.source import Node
from core.plan.language.table import Shape, Table
from core.plan.model import Bonus, CalendarSpec
from core.plan.model.settling import CapSpec
from i18n.translator import mark

CAP: k.Words = {
    "code": k.code,
    "bonuses": k.bonuses,
    "per": k.one_of("person", "company"),
    "calendar": k.calendar,
    "ever": k.flag,
    "amount": k.amount,
    **k.by_ladder("amount", k.amount),
    "at_least": k.amount,
    **k.by_ladder("at_least", k.amount),
    "earner": k.conditions,
    "share": k.share,
    **k.by_ladder("share", k.share),
    "share_of": k.figure,
    "keep": k.one_of("highest"),
}
ENOUGH_LONG = mark("a calendar whose cycles are as long as those of its bonuses, or longer")
TWO = 2
LONGEST = 366
KEEPING = 'keep = "highest"'
ALIKE = mark("bonuses that pay the same and are calculated by one calendar")
ONE_UNIT = mark("bonuses that pay the same")
TWO_TOGETHER = mark("two bonuses or more that pay the same and are calculated by one calendar")
COMES_FIRST = mark('a cap with keep = "highest" before all other caps of its bonuses')
NO_EARNINGS = mark('a figure of orders, "heads" or a KPI')
OF_EACH = mark("a KPI")
AMOUNTS = ("amount", "amount_by_rank")
SHARES = ("share", "share_by_rank")
LEAST = ("at_least", "at_least_by_rank")


def read_caps(
    root: Table, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec], context: k.Context
) -> tuple[CapSpec, ...]:
    """All caps, in the plan's order."""
    taken = {bonus.code for bonus in bonuses}
    caps: list[CapSpec] = []
    for node in root.items("caps"):
        cap = _cap(node, bonuses, calendars, taken, context)
        if cap is not None and cap.keep is not None:
            _tell_keeping(node, cap, caps, bonuses, context)
        caps += [] if cap is None else [cap]
    return tuple(caps)


def _cap(
    node: Node, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec], taken: set[str], context: k.Context
) -> CapSpec | None:
    table, read = k.read_table(node, "[[caps]]", CAP, context, ("code", "per"))
    code = table.text("code")
    if code in taken:
        context.findings.fault("plan_name_twice", table.place("code"), name=code, first=node.place.line)
    taken.add(code)
    read = k.read_by_package(table, read)
    _tell_unfit(table, read, context)
    if not all(read.get(word) for word in ("code", "per")):
        return None
    cap: CapSpec = k.made(CapSpec, read)
    if cap.calendar is not None:
        _tell_short(table, cap, bonuses, calendars)
    if cap.tops_up and cap.per == "person" and cap.keep is None:
        _tell_unlike(table, cap, bonuses, calendars[0].code)
    if cap.goes_by_figure:
        _tell_units(table, cap, bonuses)
    return cap


def _tell_unfit(table: Table, read: k.Read, context: k.Context) -> None:
    """What a cap of a person, or of the company, cannot do without, and what means nothing to it."""
    if read.get("per") == "company":
        table.need("share", when='per = "company"')
        for word in (*AMOUNTS, *LEAST, "share_by_rank", "ever", "earner", "keep"):
            table.useless(word, ONLY_WHERE, where='per = "person"')
        if read.get("share_of") == "earnings":
            table.wrong("share_of", table.words["share_of"], NO_EARNINGS)
        return
    least = next((word for word in LEAST if table.has(word)), None)
    share = next((word for word in SHARES if table.has(word)), None)
    if table.has("keep"):
        table.need("bonuses", when=KEEPING)
        _decided(table, "keep", *AMOUNTS, *LEAST, "earner", *SHARES, "share_of", "calendar", "ever")
        return
    if least is not None:
        _decided(table, least, *AMOUNTS, *SHARES, "share_of", "calendar", "ever")
        return
    table.useless("earner", ONLY_WHERE, where="at_least")
    if read.get("ever"):
        _decided(table, "ever", "calendar")
    if share is not None:
        _decided(table, share, *AMOUNTS)
        table.need("share_of", when=share)
        if table.has("share_of") and read.get("share_of") not in (None, *context.names.kpis):
            table.wrong("share_of", table.words["share_of"], OF_EACH)
        return
    table.useless("share_of", ONLY_WHERE, where="share")
    if not table.has("amount_by_rank"):
        table.need("amount", when='per = "person"')


def _decided(table: Table, other: str, *words: str) -> None:
    for word in words:
        table.useless(word, DECIDED, other=other)


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


def _under(cap: CapSpec, bonuses: Sequence[Bonus]) -> list[Bonus]:
    """The bonuses that it looks at, those that are switched off left out."""
    return [one for one in bonuses if one.on and (one.code in cap.bonuses if cap.bonuses else one.pays == "money")]


def _tell_unlike(table: Table, cap: CapSpec, bonuses: Sequence[Bonus], main: str) -> None:
    """What bonuses come to together is known where they pay the same, and in a run of them all."""
    if len({(one.calendar or main, one.pays, one.currency) for one in _under(cap, bonuses)}) > 1:
        if table.has("bonuses"):
            table.wrong("bonuses", table.words["bonuses"], ALIKE)
        else:
            table.need("bonuses", when="at_least")


def _tell_units(table: Table, cap: CapSpec, bonuses: Sequence[Bonus]) -> None:
    """A share of a figure in each of two currencies by itself would be twice the share."""
    if len({(one.pays, one.currency) for one in _under(cap, bonuses)}) > 1:
        if table.has("bonuses"):
            table.wrong("bonuses", table.words["bonuses"], ONE_UNIT)
        else:
            table.need("bonuses", when="share")


def _tell_short(table: Table, cap: CapSpec, bonuses: Sequence[Bonus], calendars: Sequence[CalendarSpec]) -> None:
    """A cap by a shorter calendar than that of its bonuses could never look at one of their cycles."""
    lengths = {calendar.code: calendar.length for calendar in calendars}
    under = [bonus.calendar or calendars[0].code for bonus in bonuses if bonus.code in cap.bonuses]
    if any(lengths.get(one, 0) > lengths.get(str(cap.calendar), LONGEST) for one in under):
        table.wrong("calendar", table.words["calendar"], ENOUGH_LONG)
