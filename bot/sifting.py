"""Finding out which part of a request it is that core refuses, so that one bad update does not hold up all others."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from core.client import CoreClient
from core.kernel.errors import CoreAway, Refused
from core.kernel.logs import logger
from core.messaging.model import Exchange, Incoming

CONTROL = Incoming(update_id=-1, chat_id=0, body={"update_id": -1})
"""An update that nobody could mind and that asks for nothing. Where core refuses even this, no update is to blame."""
PAUSES_S = (0.2, 0.6)
"""Before each further try of the parts that were refused."""


class Part(NamedTuple):
    """One thing to tell: its kind, the update that it is about, and itself as a field of `Exchange`."""

    what: str
    update_id: int | None
    told: dict[str, object]


async def sift(core: CoreClient, wish: Exchange) -> None:
    """Tell core each part of a refused request by itself, and set aside what it refuses each time.

    What is set aside is lost, so it is said loudly: as an error in the log, with numbers, without anything personal.

    Args:
        wish: may have been told already in part; telling it again changes nothing.

    Raises:
        CoreAway: core did not take it all in, or refuses everything, so that it is not about any of the parts.
    """
    bare = wish.model_copy(update={"updates": (), "sent": (), "files": (), "done": (), "chats_max": 0})
    refused = await _round(core, bare, _parts(wish))
    for pause in PAUSES_S:
        if refused:
            await asyncio.sleep(pause)
            refused = await _round(core, bare, [part for part, _ in refused])
    for part, code in refused:
        logger().error("set_aside", what=part.what, update_id=part.update_id, code=code)


async def _round(core: CoreClient, bare: Exchange, parts: Sequence[Part]) -> list[tuple[Part, str]]:
    """Tell each part once; those that were refused, each with the code of its refusal."""
    try:
        await core.exchange(bare.model_copy(update={"updates": (CONTROL,)}))
    except Refused as refusal:
        raise CoreAway from refusal
    refused = []
    for part in parts:
        try:
            await core.exchange(bare.model_copy(update=part.told))
        except Refused as refusal:
            refused.append((part, refusal.code))
    return refused


def _parts(wish: Exchange) -> list[Part]:
    """First what came, last what is done."""
    return [
        *(Part("update", update.update_id, {"updates": (update,)}) for update in wish.updates),
        *(Part("sent", step.update_id, {"sent": (step,)}) for step in wish.sent),
        *(Part("file", None, {"files": (file,)}) for file in wish.files),
        *(Part("done", number, {"done": (number,)}) for number in wish.done),
    ]
