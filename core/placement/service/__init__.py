"""Use cases on placement trees: giving places, the holding tank and its flush, chosen sides, verification."""

from core.placement.service.choosing import choose_side
from core.placement.service.flushing import flush
from core.placement.service.placing import place, place_own
from core.placement.service.questions import places_of, waiting
from core.placement.service.recorded import Recorded, recorded
from core.placement.service.verifying import verify
from core.placement.store import places_at, sides_at

__all__ = [
    "Recorded",
    "choose_side",
    "flush",
    "place",
    "place_own",
    "places_at",
    "places_of",
    "recorded",
    "sides_at",
    "verify",
    "waiting",
]
