"""Which words of a bonus are understood but not calculated yet; settlement refuses a plan that has any of them."""

from collections.abc import Callable, Iterator

from core.plan.language.table import Table
from core.plan.model import Bonus
from core.plan.model import terms as m

ENGINES = ("unilevel", "differential", "matching", "fast_start", "first_order", "rank_award", "rule")
"""The kinds that are calculated."""
OF_ORDERS = ("cv", "qv", "price", "points", "orders")
"""Bases that every order has."""


def tell_not_calculated(bonus: Bonus, table: Table) -> None:
    """A notice for the bonus where its kind is not calculated yet, else for each word of it that is not."""
    if bonus.kind not in ENGINES:
        table.findings.notice("plan_not_calculated", table.node.place, word=f"[[bonuses]] {bonus.code}")
        return
    for word in dict.fromkeys(_words(bonus)):
        place = table.words[word].key if table.has(word) else table.node.place
        table.findings.notice("plan_not_calculated", place, word=f"{word} ([[bonuses]] {bonus.code})")


def _words(bonus: Bonus) -> Iterator[str]:
    yield from _OF_KIND[bonus.kind](bonus)
    if bonus.tree != "sponsor":
        yield "tree"
    if bonus.breakage_to == "pool":
        yield "breakage_to"
    if bonus.kind != "rank_award" and bonus.pays in ("prize", "badge"):
        yield "pays"


def _of_orders(bonus: Bonus) -> Iterator[str]:
    if bonus.base not in OF_ORDERS:
        yield "base"


def _differential(bonus: Bonus) -> Iterator[str]:
    terms = bonus.terms
    assert isinstance(terms, m.Differential), "terms are those of the kind"
    if bonus.base not in OF_ORDERS and (terms.of == "group" or bonus.base in ("heads", "earnings")):
        yield "base"
    if terms.schedule and terms.schedule_kpi is None:
        yield "schedule"
    if any(step.amount is not None for step in terms.schedule):
        yield "schedule"
    if terms.schedule_mode == "marginal" and (terms.equal_rank or terms.rate_by_rank):
        yield "schedule_mode"


def _matching(bonus: Bonus) -> Iterator[str]:
    terms = bonus.terms
    assert isinstance(terms, m.Matching), "terms are those of the kind"
    if bonus.base != "earnings":
        yield "base"
    if terms.boundary == "enrollee":
        yield "boundary"
    if terms.compress_unqualified:
        yield "compress_unqualified"
    if not terms.include_leader_own:
        yield "include_leader_own"


def _fast_start(bonus: Bonus) -> Iterator[str]:
    terms = bonus.terms
    assert isinstance(terms, m.FastStart), "terms are those of the kind"
    yield from _of_orders(bonus)
    yield from (word for word in ("once", "pays_newcomer") if getattr(terms, word))


def _rank_award(bonus: Bonus) -> Iterator[str]:
    terms = bonus.terms
    assert isinstance(terms, m.RankAward), "terms are those of the kind"
    if terms.hold_cycles > 1:
        yield "hold_cycles"
    if terms.instalments:
        yield "instalments"


_OF_KIND: dict[str, Callable[[Bonus], Iterator[str]]] = {
    "unilevel": _of_orders,
    "differential": _differential,
    "matching": _matching,
    "fast_start": _fast_start,
    "first_order": _of_orders,
    "rank_award": _rank_award,
    "rule": _of_orders,
}
