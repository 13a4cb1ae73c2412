"""Tiers: by what was earned, never by what is left."""

from collections.abc import Sequence

from core.plan.model.points import Tier
from core.points.model import TierStanding


def standing(tiers: Sequence[Tier], earned: int) -> TierStanding | None:
    """Her tier and the next one; None where the company has no tiers.

    Args:
        tiers: rising.
        earned: points that count for a tier today.
    """
    if not tiers:
        return None
    reached = [tier for tier in tiers if tier.earned <= earned]
    ahead = [tier for tier in tiers if tier.earned > earned]
    following = ahead[0] if ahead else None
    return TierStanding(
        code=reached[-1].code if reached else None,
        label=reached[-1].label if reached else {},
        earned=earned,
        next_label=following.label if following else None,
        to_go=following.earned - earned if following else 0,
    )
