"""What returns take out of lots, gathered for many and written at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.ledger import service as ledger
from core.ledger.model import Line, Posting, Purpose
from core.orders.model import OrderKind
from core.points.rules import lots as lot_rules
from core.points.rules import returns as rules
from core.points.rules.lots import Lot, Use
from core.points.service.holding import Hands, moved
from core.points.service.programme import TAKEN_BACK, Programme, available, company, line, pending, posting
from core.points.store import lots as store
from core.points.store.facts import OrderFacts


@dataclass(slots=True)
class Taken:
    """What one return takes, before it is posted."""

    lines: list[Line] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    points: int = 0
    borne: int = 0
    """What the company bears because nobody may owe it."""


@dataclass(slots=True)
class Basket:
    """What returns take one after the other: each finds what those before it have left.

    Attributes:
        hands: what those have from whom something may be taken, held.
    """

    programme: Programme
    hands: Hands
    points: int = 0
    _lots: dict[int, Lot] = field(default_factory=dict)
    _postings: list[tuple[Posting, list[Use]]] = field(default_factory=list)
    _returned: dict[int, int] = field(default_factory=dict)
    _people: set[PersonId] = field(default_factory=set)

    def now(self, lot: Lot) -> Lot:
        """A lot as those before have left it, as far as taking back goes."""
        return replace(lot, returned=lot.returned + self._returned.get(lot.id, 0))

    def take(self, order: OrderFacts, reason: str, due: Sequence[tuple[Lot, int]]) -> int:
        """Take what is due of these lots, and no more than can be taken of each; how much that was."""
        taken = Taken()
        for lot, points in due:
            self._take_of(taken, lot, min(points, rules.takeable(self.now(lot))))
        self._people |= {lot.person for lot, _ in due if taken.points}
        if taken.points:
            self._postings.append((_posting(order, reason, taken), lot_rules.merged(taken.uses)))
        self.points += taken.points
        return taken.points

    def _take_of(self, taken: Taken, lot: Lot, points: int) -> None:
        if points <= 0:
            return
        hand = self.hands[lot.person]
        own = next((one for one in hand.lots if one.id == lot.id), None)
        part = rules.taking(points, own, hand, may_owe=self.programme.spec.may_go_negative)
        from_available = part.available + part.debt
        taken.lines += [
            line(pending(lot.person), -part.pending),
            line(available(lot.person), -from_available, may_owe=True),
        ]
        taken.uses += part.uses
        taken.points += part.points
        taken.borne += points - part.points
        self._returned[lot.id] = self._returned.get(lot.id, 0) + points
        self.hands[lot.person] = lot_rules.after(hand, part.uses, available=-from_available, pending=-part.pending)

    async def write(self, uow: UnitOfWork) -> None:
        """Post what was taken, an entry for each return, and bring the lots to it."""
        posted = await ledger.post_all(uow, [one for one, _ in self._postings])
        assert all(one.is_new for one in posted), "whoever cancels holds the order, and a return is claimed"
        uses: Iterable[Sequence[Use]] = [one for _, one in self._postings]
        entries = zip(posted, uses, strict=True)
        await store.use_all(uow, [(one.entry, use) for one, some in entries for use in some])
        await store.take_back(uow, self._returned)
        await moved(uow, self._people)


def _posting(order: OrderFacts, reason: str, taken: Taken) -> Posting:
    told = f"{reason}, {taken.borne} borne by the company" if taken.borne else reason
    lines = [*taken.lines, line(company(Purpose.POINTS_ISSUED), taken.points)]
    kind = "return" if order.kind is OrderKind.RETURN else "order"
    return posting(TAKEN_BACK, f"{TAKEN_BACK}:{order.ref}", told, (kind, order.order_id), lines)
