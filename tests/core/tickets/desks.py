"""A small company with a desk: María asks, Ana stands below her and Otto elsewhere; two of staff answer."""

from dataclasses import dataclass
from uuid import uuid4

from core.kernel.ids import PersonId
from tests.core.plan.plans import SMALL
from tests.support.api import Api, Asker

DESK_PLAN = (
    SMALL
    + """
[tickets]
close_after = "5d"
reopen_within = "30d"

[[tickets.states]]
code = "at_warehouse"
name = { en = "At the warehouse", es = "En almacén" }
like = "waiting_us"
"""
)
TREE = """
    maria
      ana
    otto
"""


@dataclass(slots=True)
class Desk:
    """Everybody who has to do with a desk."""

    api: Api
    people: dict[str, PersonId]
    maria: Asker
    otto: Asker
    sam: Asker
    """Support: sees no payouts."""
    cora: Asker
    """Commissions: sees them."""


async def asked(who: Asker, *words: str, **more: object) -> int:
    """A ticket of hers with these words, by way of a draft; its number."""
    for place, text in enumerate(words):
        part = {"part": str(uuid4()), "text": text, **(more if place == 0 else {})}
        draft = (await who.post("/v1/me/draft", part)).body
    reply = await who.post("/v1/me/draft/send", {"draft": draft["id"]})
    assert reply.status == 200, reply.body
    return int(reply.body["number"])


async def file_of(who: Asker, name: str = "photo.png", *, path: str = "/v1/me/attachments") -> int:
    """A picture that she sent ahead."""
    headers = {"Content-Type": "application/octet-stream"}
    reply = await who.call("POST", path, data=PNG + name.encode(), params={"name": name}, headers=headers)
    assert reply.status == 201, reply.body
    return int(reply.body["id"])


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d4944415478da63fcffff3f0300050001ff"
    "a5f64540000000"
    "0049454e44ae426082"
)
