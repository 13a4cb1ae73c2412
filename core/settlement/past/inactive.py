"""Distributors who are inactive cycle after cycle: how often in a row, whom to warn, and whose place is to end.

With `warn_after = 2` and `terminate_after = 3`:

| cycle | she is    | cycles | due  |
| ----- | --------- | ------ | ---- |
| 1     | inactive  | 1      |      |
| 2     | inactive  | 2      | warn |
| 3     | suspended | 2      |      |
| 4     | inactive  | 3      | end  |
| 5     | active    | 0      |      |
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from core.forest import program as p
from core.forest.ordering import in_turn
from core.kernel.errors import Problem, Severity
from core.plan.model import ActivitySpec
from core.settlement.cycle.figures import Standings
from core.settlement.model import END, INACTIVE, WARN, framed


def inactive(codes: pl.Series, standings: Standings, before: pl.DataFrame) -> pl.DataFrame:
    """Who has been inactive and for how long, in the order of people; of a plan that does not count it nobody.

    Args:
        codes: everybody's code by node.
        before: as the cycle before left it.
    """
    rule, network = standings.plan.activity, standings.network
    if not rule.counts_inactive:
        return framed(INACTIVE, {})
    was = codes.replace_strict(before["person_id"], before["cycles"], default=0, return_dtype=pl.Int64).to_numpy()
    idle = (standings.state.flags & p.AWAKE) == 0
    cycles = np.where(network.earns, np.where(idle, was + 1, 0), np.where(network.customer, 0, was))
    order = in_turn([network.place])
    order = order[cycles[order] > 0]
    due = [_due(rule, one) if counts else None for one, counts in zip(cycles[order], network.earns[order], strict=True)]
    return framed(INACTIVE, {"person_id": codes.gather(order), "cycles": cycles[order], "due": due})


def _due(rule: ActivitySpec, cycles: int) -> str | None:
    """Warned is once; whoever is to be ended stays so until she is, or is active again."""
    if rule.terminate_after is not None and cycles >= rule.terminate_after:
        return END
    return WARN if cycles == rule.warn_after else None


def numbers(rule: ActivitySpec, found: pl.DataFrame) -> Mapping[str, int]:
    """How many are inactive, to be warned and to be ended; nothing where the plan does not count it."""
    if not rule.counts_inactive:
        return {}
    due = {word: int((found["due"] == word).sum()) for word in (WARN, END)}
    return {"inactive": found.height, **due}


def notice(rule: ActivitySpec, found: pl.DataFrame) -> tuple[Problem, ...]:
    """What whoever settles should know: that somebody is to be warned or ended."""
    told = numbers(rule, found)
    if not (told.get(WARN) or told.get(END)):
        return ()
    return (Problem("settle_inactive", Severity.NOTICE, facts={"warned": told[WARN], "ended": told[END]}),)
