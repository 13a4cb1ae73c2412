"""Which words of a bonus fit together: what one cannot do without, and what can have no effect beside the others."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from core.kernel.errors import Fact
from core.plan.language.buyers import tell_buyers
from core.plan.language.fitting_places import tell_binary, tell_matrix
from core.plan.language.kpis import ONLY_WHERE
from core.plan.language.moving import MOVING
from core.plan.language.table import AT_LEAST, Table
from core.plan.model import Bonus
from core.plan.model import terms as m
from i18n.translator import mark

OF_ORDERS = ("cv", "qv", "price", "margin", "points", "orders", "pieces")
"""Bases that every order has."""
ALONE = ("rank_award", "goal_award")
"""Kinds that are a share of nothing."""
GIVING = (*ALONE, "first_order", "rule", "matrix")
"""Kinds that name amounts, so that they can give prizes and badges too."""
LEVELED = ("unilevel", "matching", "fast_start", "first_order", "matrix")
BY_GENERATION = ("leader_rank", "boundary", "include_leader_own", "compress_unqualified")
BY_LEVEL = (
    *("levels", "levels_kpi", "levels_steps", "levels_by_rank", "depth_by_rank"),
    *("compression", "place", "pair_rule"),
)
ASKING = ("static", "dynamic", "run")
"""Compressions that ask who holds a place."""
BY_PERSON = {"who", "with_rank", "below_rank", "with_package", "below_package", "brought_from", "brought_to"}
"""What `orders` can ask of whoever brought a figure that is no order."""
WITH_CUSTOMERS = ("all", "customers")
HUNDRED = 100

NO_BASE = mark("it is a share of nothing here")
NO_ORDERS = mark("no orders are looked at here")
WHOLE_PIECES = mark("prizes and badges are given in whole pieces")
DECIDED = mark("{other} decides here")
PAID_HELD = mark("hold_cycles counts the cycles in which a rank was paid")
ONE_ONLY = mark("one percentage, because there is a guarantee")
SUM_MOST = mark("percentages that come to 100 at most")
BELOW_HUNDRED = mark("a percentage above 0 and below 100")
ABOVE_NOTHING = mark("a number above 0")
COUNTED_AS_ONE = mark(
    "1 at most, because each order counts as 1 here; orders = {{ minimum = … }} asks how large one is"
)
NOT_BEYOND = mark("a level that is at most the one after start_after_level")


def tell_unfit(bonus: Bonus, table: Table) -> None:
    """A fault for every word that the others leave without effect, or that they cannot do without."""
    _base(bonus, table)
    if bonus.kind not in ALONE:
        _orders(bonus, table)
    _pays(bonus, table)
    _instalments(bonus, table)
    if bonus.breakage_to != "company" and bonus.kind not in LEVELED:
        table.useless("breakage_to", ONLY_WHERE, where=_either("kind", LEVELED))
    if isinstance(bonus.terms, m.Compressed) and bonus.terms.compression not in ASKING:
        table.useless("place", ONLY_WHERE, where=_either("compression", ASKING))
    if isinstance(bonus.terms, m.Leveled):
        _level_steps(table)
    check = _OF_KIND.get(bonus.kind)
    if check is not None:
        check(bonus, table)


def _either(word: str, values: Sequence[str]) -> str:
    return " / ".join(f'{word} = "{value}"' for value in values)


def _base(bonus: Bonus, table: Table) -> None:
    if bonus.kind in ALONE:
        table.useless("base", NO_BASE)
    fit = {"matching": ("earnings",), "first_order": OF_ORDERS, "fast_start": OF_ORDERS}.get(bonus.kind)
    if (bonus.base == "earnings" and fit is None) or (fit is not None and bonus.base not in fit):
        place = table.words["base"].place if table.has("base") else table.node.place
        table.findings.fault("plan_base_unfit", place, kind=bonus.kind, base=bonus.base)
    if bonus.kind in ALONE or bonus.base not in OF_ORDERS:
        table.useless("excludes", NO_ORDERS)
    if bonus.kind in ALONE:
        table.useless("orders", NO_ORDERS)


def _level_steps(table: Table) -> None:
    """Rates come by a figure or by rank, not by both."""
    if table.has("levels_steps"):
        table.need("levels_kpi", when="levels_steps")
        table.useless("levels_by_rank", DECIDED, other="levels_steps")
    else:
        table.useless("levels_kpi", ONLY_WHERE, where="levels_steps")


def _orders(bonus: Bonus, table: Table) -> None:
    """Figures of people can be chosen by the people alone; customers' orders count as others' only where they count."""
    said = table.words["orders"].table or {} if table.has("orders") else {}
    facts: dict[str, Fact] = {"word": "customers_as", "because": ONLY_WHERE, "where": _either("who", WITH_CUSTOMERS)}
    if "customers_as" in said and bonus.orders.who not in WITH_CUSTOMERS:
        table.findings.fault("plan_word_useless", said["customers_as"].key, **facts)
    tell_buyers(bonus, said, table.findings)
    for word in said.keys() - BY_PERSON if bonus.base not in OF_ORDERS else ():
        table.findings.fault("plan_word_useless", said[word].key, word=word, because=NO_ORDERS)


def _pays(bonus: Bonus, table: Table) -> None:
    if bonus.pays != "money":
        table.useless("currency", ONLY_WHERE, where='pays = "money"')
    if bonus.pays == "shares" and bonus.kind == "pool":
        table.findings.fault("plan_pays_unfit", table.words["pays"].place, kind=bonus.kind, pays=bonus.pays)
    if bonus.pays not in ("prize", "badge"):
        for word in ("prize", "prize_by_rank"):
            table.useless(word, ONLY_WHERE, where=_either("pays", ("prize", "badge")))
        return
    if bonus.kind not in GIVING:
        table.findings.fault("plan_pays_unfit", table.words["pays"].place, kind=bonus.kind, pays=bonus.pays)
        return
    if bonus.pays == "prize" and not table.has("prize_by_rank"):
        table.need("prize", when='pays = "prize"')
    for word in ("levels", "rate"):
        table.useless(word, WHOLE_PIECES)
    amount = getattr(bonus.terms, "amount", Decimal(0))
    numbered = table.has("amount") and not isinstance(table.words["amount"].value, str)
    if numbered and (amount < 1 or amount != int(amount)):
        table.wrong("amount", table.words["amount"], AT_LEAST, least=1)


def _instalments(bonus: Bonus, table: Table) -> None:
    if table.has("paid_now"):
        table.need("rest_in_cycles", when="paid_now")
        if not 0 < bonus.paid_now < HUNDRED:
            table.wrong("paid_now", table.words["paid_now"], BELOW_HUNDRED)
    if table.has("rest_in_cycles"):
        table.need("paid_now", when="rest_in_cycles")
    else:
        table.useless("rest_to_earners", ONLY_WHERE, where="rest_in_cycles")
    if bonus.pays != "money":
        for word in ("paid_now", "rest_in_cycles", "rest_to_earners"):
            table.useless(word, ONLY_WHERE, where='pays = "money"')


def _differential(bonus: Bonus, table: Table) -> None:
    terms = bonus.terms
    assert isinstance(terms, m.Differential), "terms are those of the kind"
    if not table.has("rate_by_rank"):
        table.need("schedule", when='kind = "differential"')
    if table.has("schedule"):
        table.need("schedule_kpi", when="schedule")
        table.useless("rate_by_rank", DECIDED, other="schedule")
    else:
        for word in ("schedule_kpi", "schedule_mode"):
            table.useless(word, ONLY_WHERE, where="schedule")
    if terms.schedule_mode == "rising" and terms.of != "own":
        table.useless("schedule_mode", ONLY_WHERE, where='of = "own"')
    if terms.schedule_mode in ("marginal", *MOVING):
        table.useless("equal_rank", ONLY_WHERE, where='schedule_mode = "whole"')
    if terms.of == "own":
        for word in ("equal_rank", "unqualified_between"):
            table.useless(word, ONLY_WHERE, where='of = "group" / of = "below"')


def _breakaway(bonus: Bonus, table: Table) -> None:
    terms = bonus.terms
    assert isinstance(terms, m.Breakaway), "terms are those of the kind"
    table.need("leader_rank", when='kind = "breakaway"')
    if terms.guarantee or not table.has("generations_by_rank"):
        table.need("generations", when='kind = "breakaway"')
    if table.has("own_group_kpi"):
        table.need("own_group_minimum", when="own_group_kpi")
    for word in ("own_group_minimum", "minimum_waived_from_legs"):
        if not table.has("own_group_kpi"):
            table.useless(word, ONLY_WHERE, where="own_group_kpi")
    if terms.guarantee:
        if len(terms.generations) != 1 and table.has("generations"):
            table.wrong("generations", table.words["generations"], ONE_ONLY)
        for word in ("generations_by_rank", "pass_up_unqualified"):
            table.useless(word, DECIDED, other="guarantee")


def _leveled(bonus: Bonus, table: Table) -> None:
    if not (table.has("levels_by_rank") or table.has("levels_steps")):
        table.need("levels", when=f'kind = "{bonus.kind}"')


def _generation(bonus: Bonus, table: Table) -> None:
    if not table.has("generations_by_rank"):
        table.need("generations", when=f'kind = "{bonus.kind}"')


def _matching(_bonus: Bonus, table: Table) -> None:
    table.need("matches", when='kind = "matching"')
    if table.has("generations") or table.has("generations_by_rank"):
        for word in BY_LEVEL:
            table.useless(word, DECIDED, other="generations")
        return
    for word in BY_GENERATION:
        table.useless(word, ONLY_WHERE, where="generations")
    if not (table.has("levels_by_rank") or table.has("levels_steps")):
        table.need("levels", when='kind = "matching"')


def _infinity(bonus: Bonus, table: Table) -> None:
    terms = bonus.terms
    assert isinstance(terms, m.Infinity), "terms are those of the kind"
    if not terms.differential:
        table.useless("counts_from_level", ONLY_WHERE, where="differential = true")
    if (terms.counts_from_level or 1) > terms.start_after_level + 1:
        table.wrong("counts_from_level", table.words["counts_from_level"], NOT_BEYOND)
    if not table.has("rate_by_rank"):
        table.need("rate", when='kind = "infinity"')
    if terms.order_max is not None:
        for word in ("stop_rank", "differential"):
            table.useless(word, DECIDED, other="order_max")
    if not table.has("stop_rank"):
        table.useless("stop_offset_levels", ONLY_WHERE, where="stop_rank")


def _pool(bonus: Bonus, table: Table) -> None:
    terms = bonus.terms
    assert isinstance(terms, m.Pool), "terms are those of the kind"
    table.need("share", when='kind = "pool"')
    needs = _OF_DIVISION[terms.division]
    table.need(*needs, when=f'division = "{terms.division}"')
    for word in ("groups", "top"):
        if table.has(word):
            table.need("shares_kpi", when=word)
    if terms.division == "position":
        table.useless("top", DECIDED, other="positions")
    for word in {word for words in _OF_DIVISION.values() for word in words} - set(needs):
        if not (word == "shares_kpi" and (table.has("groups") or table.has("top"))):
            divisions = [name for name, words in _OF_DIVISION.items() if word in words]
            table.useless(word, ONLY_WHERE, where=_either("division", divisions))
    for word, rates in (("positions", terms.positions), ("groups", terms.groups)):
        if sum(Fraction(rate) for rate in rates) > HUNDRED:
            table.wrong(word, table.words[word], SUM_MOST)
    if terms.growth_step == 0:
        table.wrong("growth_step", table.words["growth_step"], ABOVE_NOTHING)
    if terms.if_nobody == "next_pool":
        table.need("next_pool", when='if_nobody = "next_pool"')
    else:
        table.useless("next_pool", ONLY_WHERE, where='if_nobody = "next_pool"')


_OF_DIVISION: dict[str, tuple[str, ...]] = {
    "shares": ("shares_by_rank",),
    "schedule": ("shares_by_rank",),
    "points": ("shares_kpi",),
    "volume": ("shares_kpi",),
    "growth": ("growth_kpi", "growth_step"),
    "position": ("shares_kpi", "positions"),
    "earned": ("shares_from",),
}


def _first_order(bonus: Bonus, table: Table) -> None:
    if bonus.base == "orders" and isinstance(bonus.terms, m.FirstOrder) and bonus.terms.minimum_order > 1:
        table.wrong("minimum_order", table.words["minimum_order"], COUNTED_AS_ONE)


def _rank_award(bonus: Bonus, table: Table) -> None:
    terms = bonus.terms
    assert isinstance(terms, m.RankAward), "terms are those of the kind"
    if bonus.pays not in ("prize", "badge") or not table.has("prize_by_rank"):
        table.need("amount_by_rank", when='kind = "rank_award"')
    if terms.hold_cycles > 1 and bonus.rank_basis != "paid":
        table.useless("rank_basis", PAID_HELD)


def _rule(bonus: Bonus, table: Table) -> None:
    if bonus.pays not in ("prize", "badge") and not table.has("amount"):
        table.need("rate", when='kind = "rule"')


def _goal_award(bonus: Bonus, table: Table) -> None:
    table.need("kpi", when='kind = "goal_award"')
    if bonus.pays not in ("prize", "badge"):
        table.need("amount", when='kind = "goal_award"')


_OF_KIND: dict[str, Callable[[Bonus, Table], None]] = {
    "unilevel": _leveled,
    "fast_start": _leveled,
    "first_order": _first_order,
    "differential": _differential,
    "binary": tell_binary,
    "matrix": tell_matrix,
    "breakaway": _breakaway,
    "generation": _generation,
    "matching": _matching,
    "infinity": _infinity,
    "pool": _pool,
    "rank_award": _rank_award,
    "goal_award": _goal_award,
    "rule": _rule,
}
