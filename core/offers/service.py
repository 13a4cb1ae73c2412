"""Use cases about offers: make one, take one, and say what it came to."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.kernel.words import Model
from core.offers import store
from core.offers.model import OfferChanged, OfferGone, OfferId

LIFE = timedelta(minutes=15)
ID_BYTES = 16

Words = TypeVar("Words", bound=Model)


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer that its person takes. With a `result` it was done before, and that is the answer."""

    id: OfferId
    wish: dict[str, Any]
    effect: dict[str, Any]
    result: dict[str, Any] | None

    def wished(self, kind: type[Words]) -> Words:
        """What was asked for."""
        return kind.model_validate(self.wish)

    def done(self, kind: type[Words]) -> Words | None:
        """What it came to, or None while it is to be done."""
        return None if self.result is None else kind.model_validate(self.result)

    def require_same(self, effect: Model) -> None:
        """Compare what it would do now with what was shown.

        Raises:
            OfferChanged: they differ.
        """
        if _without_id(effect) != self.effect:
            raise OfferChanged


async def make(
    uow: UnitOfWork, person: PersonId, kind: str, wish: Model, effect: Model, *, life: timedelta = LIFE
) -> OfferId:
    """Write down what `person` is shown.

    Args:
        effect: the model that is shown; a field `offer` in it is left out, because it is not known yet.

    Returns:
        The offer's id, 22 letters.
    """
    offer = OfferId(secrets.token_urlsafe(ID_BYTES))
    values = {
        "id": offer,
        "person_id": person,
        "kind": kind,
        "wish": wish.model_dump(mode="json"),
        "effect": _without_id(effect),
        "made_at": uow.now,
        "expires_at": uow.now + life,
    }
    await store.add(uow, values)
    return offer


async def take(uow: UnitOfWork, person: PersonId, offer: str, kind: str) -> Offer:
    """The offer, held until the transaction ends, so that whoever takes it at the same time waits.

    One that is done answers for as long as it is kept, also after its time.

    Raises:
        OfferGone: it was never made, is somebody else's or of another kind, or its time is over.
    """
    row = await store.locked(uow, OfferId(offer))
    if row is None or row["person_id"] != person or row["kind"] != kind:
        raise OfferGone
    if row["done_at"] is None and row["expires_at"] <= uow.now:
        raise OfferGone
    return Offer(id=OfferId(row["id"]), wish=row["wish"], effect=row["effect"], result=row["result"])


async def done(uow: UnitOfWork, offer: Offer, result: Model) -> None:
    """Keep what the offer came to, which is the answer to whoever takes it again."""
    was_open = await store.finish(uow, offer.id, uow.now, result.model_dump(mode="json"))
    assert was_open, "an offer that was taken is held, so nobody else can have done it"


async def forget_before(uow: UnitOfWork, moment: datetime) -> None:
    """Delete what was offered before `moment`; nobody taps so late."""
    await store.forget_before(uow, moment)


def _without_id(effect: Model) -> dict[str, Any]:
    return effect.model_dump(mode="json", exclude={"offer"})
