"""The sections `[trees]` and `[placement]`: placement trees and the holding tank."""

from collections.abc import Iterable

from core.plan.language import kinds as k
from core.plan.language.findings import Findings
from core.plan.language.source import Node
from core.plan.language.table import Table
from core.plan.model.trees import BinaryTree, MatrixTree, PlacementSpec, TerminationSpec, TreesSpec

WHO = ("all", "distributors")
SPILLS = ("bfs", "balanced", "outer_left", "outer_right", "manual")
WIDTH_MAX = 100
OF_KIND = ("binary", "matrix")
"""Kinds of bonuses that stand on the tree of their own name."""
TREES: k.Words = {
    "binary": k.table_of("[trees.binary]", {"spill": k.one_of(*SPILLS, "weak"), "who": k.one_of(*WHO)}, BinaryTree),
    "matrix": k.table_of(
        "[trees.matrix]",
        {
            "width": k.whole(1, WIDTH_MAX),
            "depth": k.whole(1, 1000),
            "spill": k.one_of(*SPILLS),
            "who": k.one_of(*WHO),
            "on_leave": k.one_of("hole", "promote"),
        },
        MatrixTree,
        ("width", "depth"),
    ),
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
    """The kinds binary and matrix stand on the tree of that name; another one is a fault."""
    if common.setdefault("tree", kind) != kind:
        table.findings.fault("plan_tree_unfit", table.place("tree"), kind=kind)


def tell_missing(asked: Iterable[tuple[str, Node]], declared: TreesSpec, findings: Findings) -> None:
    """A fault for each bonus or KPI over a tree that the plan does not declare.

    Args:
        asked: what each names as its tree, and where.
    """
    for tree, node in asked:
        if tree in OF_KIND and declared.of(tree) is None:
            findings.fault("plan_tree_missing", node.place, tree=tree)
