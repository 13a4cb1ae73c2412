"""What a run leaves to the next one of its calendar, taken from its outcome; `carrying` keeps it in files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from core.forest.ordering import in_turn
from core.ranks.rules import grace
from core.settlement.model import RANKS, Carried, framed
from core.settlement.steps.calculating import Calculated

if TYPE_CHECKING:
    from core.settlement.running import Outcome


def carried_out(outcome: "Outcome") -> Carried:
    """Everything that the next cycle needs of this one."""
    return replace(handed_on(outcome), balances=outcome.lots, past=outcome.past)


def handed_on(outcome: "Outcome | Calculated") -> Carried:
    """What the next cycle is calculated with."""
    frames: Mapping[str, Any] = outcome.remembered
    return replace(
        Carried(),
        ranks=ranks(outcome),
        capped=outcome.capped,
        posted=outcome.posted,
        **frames,
    )


def ranks(outcome: "Outcome | Calculated") -> pl.DataFrame:
    """Whoever holds a rank or a title, or held one ever; nobody where titles are those of another calendar."""
    if outcome.plan.takes_titles:
        return framed(RANKS, {})
    network, misses = outcome.standings.network, outcome.standings.misses
    order = in_turn([network.place])
    order = order[network.ever[order] > 0]
    held = (network.paid > 0) | (network.career > 0)
    codes = pl.Series([None, *(rank.code for rank in outcome.plan.ranks)], dtype=pl.String)
    columns = {
        "person_id": outcome.company.people["code"].gather(network.place[order]),
        "career_rank": codes.gather(network.career[order]),
        "misses": np.where(held, misses, 0)[order],
        "highest_rank": codes.gather(network.ever[order]),
        "grace": pl.Series(grace.told(outcome.plan, outcome.standings.grace[:, order]), dtype=pl.String),
        "honorary_rank": codes.gather(outcome.standings.honorary[order]),
    }
    return framed(RANKS, columns)
