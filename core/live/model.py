"""Words of live figures."""

from typing import ClassVar

from core.kernel.errors import DomainError


class TreeBroken(DomainError):
    """People stand in a circle of sponsors, so nothing can be calculated. Facts: `people`, how many hang in circles."""

    code: ClassVar[str] = "tree_broken"
    status: ClassVar[int] = 503


class FiguresBehind(DomainError):
    """Newer figures are being computed, and those so far do not know the caller; in a moment they will."""

    code: ClassVar[str] = "figures_behind"
    status: ClassVar[int] = 503
