"""The sections `[trees]` and `[placement]`: placement trees and the holding tank."""

from collections.abc import Iterable

from core.plan.language import kinds as k
from core.plan.language.findings import Findings
from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model.trees import OPEN, BinaryTree, MatrixTree, PlacementSpec, TerminationSpec, TreesSpec
from i18n.translator import mark

WHO = ("all", "distributors")
SPILLS = ("bfs", "top", "balanced", "outer_left", "outer_right", "manual")
OPEN_SPILLS = ("bfs", "manual")
WIDTH_MAX = 100
WIDTH = mark('a whole number from {least} to {most}, or "open"')
ANY_NUMBER = mark("anybody can have any number of people right below her")
PASSED_MAX = 1000
PASSED = mark("how many of the first, or a list of rising whole numbers such as [2, 4, 6]")
PLACES_COUNTED = mark('people are passed up in a matrix with width = "open" only')
NOBODY_PLACED = mark('spill = "manual" places nobody')
OF_KIND = ("binary", "matrix")
"""Kinds of bonuses that stand on the tree of their own name."""
FULL = ("level_full", "matrix_full", "sponsor_full")
"""What a matrix pays when places are taken that a tree open in width has no end of."""


def _width(table: Table, word: str, _context: k.Context) -> int:
    """So many places, or any number."""
    node = table.words[word]
    if node.value == "open":
        return OPEN
    if isinstance(node.value, str):
        table.wrong(word, node, WIDTH, least=1, most=WIDTH_MAX)
        return 1
    return table.whole(word, least=1, default=1, most=WIDTH_MAX)


def _matrix(table: Table, word: str, context: k.Context) -> object:
    inner, found = k.read_table(table.words[word], "[trees.matrix]", MATRIX, context, ("width", "depth"))
    if found.get("width") == OPEN:
        if found.get("spill", "bfs") not in OPEN_SPILLS:
            inner.useless("spill", ANY_NUMBER)
        if found.get("on_leave") == "promote":
            inner.useless("on_leave", ANY_NUMBER)
        if found.get("spill") == "manual":
            _useless_passing(inner, NOBODY_PLACED)
    else:
        _useless_passing(inner, PLACES_COUNTED)
    if inner.has("passed_up_every") and not inner.has("passed_up"):
        inner.need("passed_up", when="passed_up_every")
    return k.made(MatrixTree, found)


def _useless_passing(table: Table, because: str) -> None:
    for word in ("passed_up", "passed_up_every"):
        table.useless(word, because)


def _passed_up(table: Table, word: str, _context: k.Context) -> tuple[int, ...]:
    """Which of those whom somebody brings are passed up; a bare number is the first so many."""
    node = table.words[word]
    if isinstance(node.value, int) and not isinstance(node.value, bool) and 1 <= node.value <= PASSED_MAX:
        return tuple(range(1, node.value + 1))
    listed = [item.value for item in table.items(word)] if isinstance(node.value, list) else []
    whole = [one for one in listed if isinstance(one, int) and not isinstance(one, bool) and 1 <= one <= PASSED_MAX]
    if not whole or len(whole) < len(listed) or whole != sorted(set(whole)):
        table.wrong(word, node, PASSED)
        return ()
    return tuple(whole)


MATRIX: k.Words = {
    "width": _width,
    "depth": k.whole(1, 1000),
    "spill": k.one_of(*SPILLS),
    "who": k.one_of(*WHO),
    "on_leave": k.one_of("hole", "promote"),
    "passed_up": _passed_up,
    "passed_up_every": k.whole(1, PASSED_MAX),
}
TREES: k.Words = {
    "binary": k.table_of("[trees.binary]", {"spill": k.one_of(*SPILLS, "weak"), "who": k.one_of(*WHO)}, BinaryTree),
    "matrix": _matrix,
}
PLACEMENT: k.Words = {
    "days_to_place": k.whole(0, 3660),
    "levels_down_max": k.whole(1, 1000),
    "moves_max": k.whole(0, 1000),
    "flush_at": k.one_of("cycle_end", "week_end", "day_end"),
    "flush_order": k.one_of("joined", "volume"),
    "default_side": k.one_of("left", "right", "weak", "sponsor_choice"),
    "volume_while_waiting": k.one_of("enroller", "nobody"),
}


TERMINATION: k.Words = {
    "line_goes_to": k.one_of("sponsor", "company"),
    "line_returns": k.flag,
    "rank_returns": k.flag,
}


def trees_of(found: k.Read) -> TreesSpec:
    """The trees that were read right."""
    return TreesSpec(**{name: tree for name, tree in found.items() if tree is not None})


def placement_of(found: k.Read) -> PlacementSpec:
    """The holding tank as it was read."""
    return PlacementSpec(**{word: value for word, value in found.items() if value is not None})


def termination_of(found: k.Read) -> TerminationSpec:
    """Leaving and coming back as they were read."""
    return TerminationSpec(**{word: value for word, value in found.items() if value is not None})


def own_tree(table: Table, kind: str, common: k.Read) -> None:
    """The kinds binary and matrix stand on the tree of that name, binary also on the sponsors'; others are faults."""
    if common.setdefault("tree", kind) not in (kind, *(("sponsor",) if kind == "binary" else ())):
        code = "plan_tree_unfit_binary" if kind == "binary" else "plan_tree_unfit"
        table.findings.fault(code, table.place("tree"), kind=kind)


def tell_missing(asked: Iterable[tuple[str, Node]], declared: TreesSpec, findings: Findings) -> None:
    """A fault for each bonus or KPI over a tree that the plan does not declare.

    Args:
        asked: what each names as its tree, and where.
    """
    for tree, node in asked:
        if tree in OF_KIND and declared.of(tree) is None:
            findings.fault("plan_tree_missing", node.place, tree=tree)


def tell_never_full(bonuses: Iterable[Node], declared: TreesSpec, findings: Findings) -> None:
    """A fault for what a matrix would pay for full levels where there is no end of places."""
    if declared.matrix is None or not declared.matrix.open:
        return
    for words in (node.table or {} for node in bonuses):
        if "kind" in words and words["kind"].value == "matrix":
            for word in (one for one in FULL if one in words):
                findings.fault("plan_word_useless", words[word].key, word=word, because=ANY_NUMBER)
