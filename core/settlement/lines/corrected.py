"""Corrections as award lines: about an earlier cycle or ahead of one, so no bonus of this cycle has worked them out."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from core.forest.kernel import Indices, Ints
from core.settlement.lines.bonus import LINE
from core.settlement.model import framed
from core.settlement.rules.corrections import digits_of
from core.settlement.running import Outcome


@dataclass(frozen=True)
class CorrectionColumns:
    """The corrections of one run, which bring their reasons ready made."""

    outcome: Outcome

    @cached_property
    def places(self) -> Ints:
        """The payees' places; whom the company does not know any more comes after all, by her code."""
        codes, whom = self.outcome.company.people["code"], self.outcome.corrections["person_id"]
        unknown = whom.filter(~whom.is_in(codes.implode())).unique().sort()
        everybody = pl.concat([codes.alias("code"), unknown.alias("code")]).to_frame().with_row_index("place")
        found = whom.to_frame("code").join(everybody, on="code", how="left", maintain_order="left")
        return found["place"].to_numpy().astype(np.int64)

    @property
    def named(self) -> list[str]:
        """Each one's bonus."""
        return self.outcome.corrections["bonus"].to_list()

    def at(self, which: Indices) -> pl.DataFrame:
        """Some of them, with the columns of `LINE`."""
        rows = self.outcome.corrections.select(pl.all().gather(which))
        same = ("bonus", "unit", "amount_minor", "source_person_id", "source_order_id", "rate", "because")
        columns = {
            **{name: rows[name] for name in same},
            "payee_id": rows["person_id"],
            "digits": [digits_of(unit) for unit in rows["unit"].to_list()],
            "level": rows["level"].cast(pl.Int32).fill_null(0),
            "base_text": rows["base"],
        }
        return framed(LINE, columns)
