"""Which words of a bonus along places fit together: binary and matrix."""

from core.plan.language.kpis import ONLY_WHERE
from core.plan.language.table import Table
from core.plan.model import Bonus
from core.plan.model import terms as m
from i18n.translator import mark

TWO_SIDES = 'tree = "binary"'
OWN_ON_LEGS = mark('along sponsors her own volume joins "none" or the "others"')
OWN_ON_SIDES = mark('only along sponsors there are others: tree = "sponsor"')
LEVELS_ALONG_PLACES = mark('only in the tree "binary" do levels have a left and a right side')
LEVELS_KEEP = mark('of levels that have not been paid yet either all is kept ("keep") or nothing ("flush")')
NOT_BEFORE = mark("a whole number that is not below from_level, {least}")
ABOVE_NOTHING = mark("a number above 0")
DECIDED = mark("{other} decides here")
PAYS_NOTHING = mark("at least one of levels, level_full, matrix_full and sponsor_full")
OF_PAY: dict[str, tuple[str, ...]] = {
    "rate": ("percent", "levels"),
    "rate_by_rank": ("percent", "levels"),
    "rate_steps": ("percent", "levels"),
    "rate_kpi": ("percent", "levels"),
    "matched_min": ("percent", "levels"),
    "matched_max": ("percent", "levels"),
    "tiers": ("tiers",),
    "tiers_in_turn": ("tiers",),
    "cycle_left": ("cycles", "pairs"),
    "cycle_right": ("cycles", "pairs"),
    "value": ("cycles", "pairs", "levels"),
    "value_by_rank": ("cycles", "pairs", "levels"),
    "to_level": ("levels",),
    "either_side": ("cycles",),
    "first_pair": ("pairs",),
}
"""With which `pay` each word means anything."""


def tell_binary(bonus: Bonus, table: Table) -> None:
    """Words of another way of paying, and words that this one cannot do without."""
    terms = bonus.terms
    assert isinstance(terms, m.Binary), "terms are those of the kind"
    for word, ways in OF_PAY.items():
        if terms.pay not in ways:
            table.useless(word, ONLY_WHERE, where=" / ".join(f'pay = "{way}"' for way in ways))
    _needs(terms, table)
    if terms.carry == "flush":
        for word in ("carry_max", "carry_cycles", "carry_when_inactive"):
            table.useless(word, DECIDED, other='carry = "flush"')
    _sides(bonus, terms, table)
    if bonus.cap is None and not bonus.cap_by_rank:
        table.useless("cap_uses_volume", ONLY_WHERE, where="cap / cap_by_rank")
        if terms.carry == "flush_at_cap":
            table.need("cap", when='carry = "flush_at_cap"')


def _sides(bonus: Bonus, terms: m.Binary, table: Table) -> None:
    """Words that only two sides, or only legs along sponsors, have."""
    legs = bonus.tree == "sponsor"
    if legs and terms.pay == "levels":
        table.useless("pay", LEVELS_ALONG_PLACES)
    if legs:
        table.useless("personal_actives_each_side", ONLY_WHERE, where=TWO_SIDES)
    if terms.own_volume_to == "none":
        where = '"others"' if legs else '"weak" / "chosen"'
        table.useless("own_volume_above", ONLY_WHERE, where=f"own_volume_to = {where}")
    elif legs != (terms.own_volume_to == "others"):
        table.useless("own_volume_to", OWN_ON_LEGS if legs else OWN_ON_SIDES)


def _needs(terms: m.Binary, table: Table) -> None:
    if terms.pay == "percent":
        _percent(terms.pay, table)
    elif terms.pay == "levels":
        _levels(terms, table)
    elif terms.pay == "tiers":
        table.need("tiers", when='pay = "tiers"')
        if terms.tiers_in_turn and any(tier.start == 0 for tier in terms.tiers):
            table.wrong("tiers", table.words["tiers"], ABOVE_NOTHING)
    elif not table.has("value_by_rank"):
        table.need("value", when=f'pay = "{terms.pay}"')
    if terms.pay == "cycles":
        table.need("cycle_left", "cycle_right", when='pay = "cycles"')
    for word in ("cycle_left", "cycle_right"):
        if getattr(terms, word) == 0:
            table.wrong(word, table.words[word], ABOVE_NOTHING)


def _levels(terms: m.Binary, table: Table) -> None:
    """Each level pays a percentage or an amount, once."""
    table.need("to_level", when='pay = "levels"')
    if table.has("to_level") and terms.to_level < terms.from_level:
        table.wrong("to_level", table.words["to_level"], NOT_BEFORE, least=terms.from_level)
    if terms.value or terms.value_by_rank:
        for word in ("rate", "rate_by_rank", "rate_steps", "rate_kpi", "matched_max"):
            table.useless(word, DECIDED, other="value")
    else:
        _percent(terms.pay, table)
    for word in ("carry_max", "carry_cycles", "own_volume_to", "own_volume_above", "cap_uses_volume"):
        table.useless(word, DECIDED, other='pay = "levels"')
    if terms.carry not in ("keep", "flush"):
        table.useless("carry", LEVELS_KEEP)


def _percent(pay: str, table: Table) -> None:
    if table.has("rate_steps"):
        table.need("rate_kpi", when="rate_steps")
        for word in ("rate", "rate_by_rank"):
            table.useless(word, DECIDED, other="rate_steps")
    else:
        if not table.has("rate_by_rank"):
            table.need("rate", when=f'pay = "{pay}"')
        table.useless("rate_kpi", ONLY_WHERE, where="rate_steps")


def tell_matrix(bonus: Bonus, table: Table) -> None:
    """A matrix that pays nothing at all."""
    terms = bonus.terms
    assert isinstance(terms, m.Matrix), "terms are those of the kind"
    full = (*terms.level_full, terms.matrix_full, terms.sponsor_full)
    if not (terms.levels or terms.levels_by_rank or terms.levels_steps or any(full)):
        table.wrong("kind", table.words["kind"], PAYS_NOTHING)
