"""Whether what a run pays is what was released, as payments ask before they take it over.

Cheaper than `verify`: the seal is made anew from the stated digests, of the parts only those that say what is paid are
read, and payouts are held against them some at a time.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from core.db.unit_of_work import UnitOfWork
from core.people import service as people
from core.runs.model import PayoutDoubted, RunDoubted, RunPayout
from core.runs.packing import whole
from core.runs.results import PAYOUTS
from core.runs.rules.seal import seal
from core.runs.service import states
from core.runs.service.announced import deeds, told, told_otherwise
from core.runs.store import hands, parts

COLUMNS = (
    "person_id", "currency", "earned", "carried_in", "adjustments", "to_credit", "paid", "carried_out", "charges",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trusted:
    """A run that is as it was released, with what everybody has by it."""

    run: int
    cycle: str
    sealed: pl.DataFrame

    async def require(self, uow: UnitOfWork, payouts: Sequence[RunPayout]) -> None:
        """That these payouts are what was released.

        Raises:
            PayoutDoubted: somebody's is not.
        """
        cards = await people.cards(uow, [one.person for one in payouts])
        rows = [
            (
                cards[one.person].code,
                one.currency,
                one.earned,
                one.carried_in,
                one.adjustments,
                one.to_credit,
                one.paid,
                one.carried_out,
                one.charges,
            )
            for one in payouts
        ]
        given = pl.DataFrame(rows, schema=self.sealed.schema, orient="row")
        same = self.sealed.join(given, on=COLUMNS, how="semi")
        if same.height != given.height:
            [wrong, *_] = given.join(same, on=COLUMNS, how="anti")["person_id"].sort().to_list()
            raise PayoutDoubted(run=str(self.run), cycle=self.cycle, person=wrong)


async def trusted(uow: UnitOfWork, number: int) -> Trusted:
    """What a released run pays, if it still is as it was released.

    Raises:
        RunUnknown: there is no such run.
        RunDoubted: its seal, its approvals or what it pays are others now.
    """
    run = await states.known(uow, number)
    known, approvals = await told(uow), await hands.approvals(uow, number, run["preview"])
    digests = await parts.digests(uow, number, run["preview"])
    made = seal(digests, run["seal_before"], deeds(run, approvals, run["released_by"]))
    stated = [digest for name, _, digest in digests if name == PAYOUTS]
    bodies = await parts.bodies(uow, number, run["preview"], PAYOUTS)
    same = {made} == {run["seal"], known.seal_of(run)} and not any(told_otherwise(run, approvals, known))
    sealed = await asyncio.to_thread(_opened, bodies, stated) if same else None
    if sealed is None:
        raise RunDoubted(run=str(number), cycle=run["cycle"])
    return Trusted(number, run["cycle"], sealed)


def _opened(bodies: Sequence[bytes], stated: Sequence[str]) -> pl.DataFrame | None:
    """What everybody has; None where the bytes are others than stated."""
    if not bodies or [sha256(body).hexdigest() for body in bodies] != list(stated):
        return None
    return whole(bodies).select(COLUMNS)
