"""What a return takes back of what an order earned. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.kernel.money import round_half_up
from core.points.rules.lots import Lot, LotState, Settled, Use, take, taken


@dataclass(frozen=True, slots=True)
class Taking:
    """How a return is paid: from pending points, from available ones, and what becomes a debt."""

    pending: int
    available: int
    debt: int
    uses: tuple[Use, ...]

    @property
    def points(self) -> int:
        """In all."""
        return self.pending + self.available + self.debt


def share_due(amount: int, before: int, returned_minor: int, worth_minor: int) -> int:
    """What is still to be taken back of points that an order as a whole earned.

    Args:
        amount: what it earned.
        before: what was taken back already.
        returned_minor: the value of all that was returned so far, this time included.
        worth_minor: the order's value; one that cost nothing is returned as a whole.

    | earned | before | returned of 90.00 | due |
    | -----: | -----: | ----------------: | --: |
    |    100 |      0 |             30.00 |  33 |
    |    100 |     33 |             60.00 |  34 |
    |    100 |     67 |             90.00 |  33 |
    |    100 |    100 |             95.00 |   0 |
    """
    whole = worth_minor <= 0 or returned_minor >= worth_minor
    target = amount if whole else round_half_up(Fraction(amount * returned_minor, worth_minor))
    return max(0, target - before)


def own_due(amount: int, before: int, points: int, *, whole: bool) -> int:
    """What is to be taken back of catalogue points: the returned lines' own, all when everything came back."""
    left = amount - before
    return left if whole else min(left, points)


def takeable(lot: Lot) -> int:
    """What of a lot can be taken back: what expired unused was never of any use to her."""
    return lot.amount - lot.returned - lot.expired


def taking(points: int, own: Lot | None, hand: Settled, *, may_owe: bool) -> Taking:
    """From where points that an order earned come back.

    First from the lot that it earned, pending or not; then from others that can be spent, the first to end first; what
    is then left becomes a debt where the company's policy is so, else the company bears it.

    Args:
        own: the lot that it earned, as it is now; None where that is not known.
        hand: all that she has.

    | to take | own lot  | others | may owe | from own | from others | debt |
    | ------: | -------: | -----: | ------- | -------: | ----------: | ---: |
    |     100 |      100 |     50 | yes     |      100 |           0 |    0 |
    |     100 |       40 |     50 | yes     |       40 |          50 |   10 |
    |     100 |       40 |     50 | no      |       40 |          50 |    0 |
    """
    from_own = take([own], points) if own is not None else []
    waiting = taken(from_own) if own is not None and own.state is LotState.PENDING else 0
    others = [lot for lot in hand.spendable if own is None or lot.id != own.id]
    from_others = take(others, points - taken(from_own))
    uses = (*from_own, *from_others)
    return Taking(
        pending=waiting,
        available=taken(uses) - waiting,
        debt=points - taken(uses) if may_owe else 0,
        uses=uses,
    )


def off_the_earned(lots: Sequence[Lot], points: int) -> Iterable[tuple[int, int]]:
    """Which lots given by hand count less towards a tier when points are taken by hand: the latest ones first."""
    for lot in reversed(lots):
        part = min(points, lot.amount - lot.returned)
        if part > 0:
            yield lot.id, part
            points -= part
