"""Whether what bonuses leave finds a pool that can pay it."""

from collections.abc import Sequence

from core.plan.language import kinds as k
from core.plan.language import values
from core.plan.language.table import COUNT_MAX, Table
from core.plan.model import Bonus
from core.plan.model.terms import Pool
from core.plan.model.top import Top
from core.plan.model.turn import pays_alike, pool_for
from i18n.translator import mark

TOP = mark('how many of the best, such as 10, or a percentage of them such as "2 %"')

HUNDRED = 100
SHARES = "shares"
"""What a bonus pays that counts in pools."""


def top(table: Table, word: str, _context: k.Context) -> Top | None:
    """So many of the best, or so many percent of all."""
    node = table.words[word]
    percent = values.as_percent(node) if isinstance(node.value, str) else None
    if percent is not None and 0 < percent <= HUNDRED:
        return Top(percent=percent)
    if isinstance(node.value, int) and not isinstance(node.value, bool) and 0 < node.value <= COUNT_MAX:
        return Top(count=node.value)
    table.wrong(word, node, TOP)
    return None


def tell_pools(read: Sequence[tuple[Bonus, Table]]) -> None:
    """A fault for each bonus whose rest or shares no pool can take, and for each name that is no such pool or bonus."""
    bonuses = [bonus for bonus, _ in read]
    known = {bonus.code: bonus for bonus in bonuses}
    for bonus, table in read:
        if bonus.on and bonus.breakage_to == "pool" and pool_for(bonus, bonuses) is None:
            table.findings.fault("plan_pool_missing", table.words["breakage_to"].place, bonus=bonus.code)
        if not isinstance(bonus.terms, Pool):
            continue
        for item in table.words["next_pool"].items or [] if table.has("next_pool") else []:
            other = known.get(str(item.value))
            if other is not None and not (isinstance(other.terms, Pool) and pays_alike(other, bonus)):
                table.findings.fault("plan_pool_unlike", item.place, other=other.code, bonus=bonus.code)
    _tell_shares(read)


def _tell_shares(read: Sequence[tuple[Bonus, Table]]) -> None:
    """Shares count in the pools that name their bonus, by the same calendar; elsewhere they are worth nothing."""
    known, used = {bonus.code: bonus for bonus, _ in read}, set[str]()
    for bonus, table in read:
        if not isinstance(bonus.terms, Pool):
            continue
        used |= set(bonus.terms.shares_from)
        for item in table.words["shares_from"].items or [] if table.has("shares_from") else []:
            other = known.get(str(item.value))
            if other is not None and (other.pays, other.calendar) != (SHARES, bonus.calendar):
                table.findings.fault("plan_shares_unlike", item.place, other=other.code, bonus=bonus.code)
    for bonus, table in read:
        if bonus.pays == SHARES and bonus.code not in used and not isinstance(bonus.terms, Pool):
            table.findings.fault("plan_shares_unused", table.words["pays"].place, bonus=bonus.code)
