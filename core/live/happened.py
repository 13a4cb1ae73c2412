"""What has happened to a state since it was computed, and in whose answers it shows."""

import numpy as np

from core.forest.kernel import Indices
from core.forest.walk import any_below

REMEMBERED_MAX = 4096
"""So many events are told apart; to look through more would cost as much as working an answer out."""


class Happened:
    """Counts what may show in anybody's answers, and remembers what shows to one person and her upline alone."""

    def __init__(self) -> None:
        self.everywhere = 0
        """Grows with whatever may show in anybody's answers."""
        self.count = 0
        """Grows with every other event; begins anew when `everywhere` grows, which voids all answers anyway."""
        self._concerned = np.zeros(REMEMBERED_MAX, np.int32)

    def anywhere(self) -> None:
        """Something happened that may show in anybody's answers."""
        self.everywhere += 1
        self.count = 0

    def at(self, index: int) -> None:
        """Something happened that shows in the answers about this person, and about those above her, alone."""
        if self.count == REMEMBERED_MAX:
            self.anywhere()
            return
        self._concerned[self.count] = index
        self.count += 1

    def concerns(self, parent: Indices, top: int, since: int) -> bool:
        """Whether something happened to `top` or below her after `count` was `since`."""
        return bool(any_below(parent, top, self._concerned[since : self.count]))
