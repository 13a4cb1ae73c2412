"""What the plan in force says of a placement tree."""

from core.placement.model import TreeUnknown
from core.plan.model import BinaryTree, MatrixTree, Plan


def spec_of(plan: Plan, tree: str) -> BinaryTree | MatrixTree:
    """The tree as the plan declares it.

    Raises:
        TreeUnknown: it does not.
    """
    found = plan.trees.of(tree)
    if found is None:
        raise TreeUnknown(tree=tree)
    return found
