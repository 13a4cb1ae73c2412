"""What she writes before she confirms it: parts, evidence, type. Sending it is `sending`."""

from collections.abc import Collection
from datetime import timedelta

from core.attachments import service as attachments
from core.attachments.model import Attachment, TooManyAttachments
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import service as people
from core.plan.model import TicketsSpec
from core.tickets.model import (
    TEXT_MAX,
    Draft,
    DraftChange,
    DraftGone,
    DraftPart,
    FileRefused,
    Link,
    TicketTextTooLong,
)
from core.tickets.rules.wording import units
from core.tickets.service import evidence, hearing
from core.tickets.service.evidence import Sources
from core.tickets.service.hand import PERSON, hand
from core.tickets.service.opening import known_type
from core.tickets.service.showing import link_of
from core.tickets.service.terms import terms
from core.tickets.service.wording import owner_of
from core.tickets.store import drafts as store
from core.tickets.store import messages as words
from core.tickets.store.rows import Row

LIFE = timedelta(hours=24)
"""A draft that she has not touched for so long is forgotten."""
WORDS_MAX = 5 * TEXT_MAX
"""Of all parts together, in units of UTF-16."""
PARTS_MAX = 100


async def draft(uow: UnitOfWork, me: PersonId) -> Draft | None:
    """What she is writing; None where she writes nothing, or left it lying too long."""
    found = await store.draft(uow, me, held=False)
    return None if found is None or is_over(uow, found[0]) else await _shown(uow, *found)


async def add(uow: UnitOfWork, me: PersonId, part: DraftPart, sources: Sources) -> Draft:
    """One more message; the first begins the draft. A part whose key is known changes nothing.

    Raises:
        AccountClosed: she has left.
        TicketUnknown, TicketMerged, TicketClosed: the ticket to add to is not hers, or takes no word of hers.
        TicketTextTooLong, TooManyAttachments, AttachmentUnknown: the message will not do.
        DraftGone: the part is one of a draft that is sent or forgotten.
    """
    await people.member(uow, me)
    current = await _current(uow, me)
    known = await store.part(uow, me, part.part)
    if known is not None:
        current = current or await _current(uow, me)  # a twin of this request may have begun the draft meanwhile
        if current is None or known["draft_id"] != current[0]["id"]:
            raise DraftGone
        return await _shown(uow, *current)
    row, parts = current or await _begun(uow, me, part)
    spec = await terms(uow)
    files = await attachments.owned(uow, owner_of(me), part.attachments) if part.attachments else ()
    _require_room(parts, part, files, spec)
    kept = await _keep(uow, me, row, part, files, spec)
    if kept is None:  # a twin of this request began the draft at the same moment
        return await _written(uow, me)
    new, row = kept
    found = await evidence.found(uow, me, part.wanted, sources) if part.wanted else []
    for link in found:
        await _name(uow, row["id"], new["id"], link)
    return await _shown(uow, {**row, "evidence": row["evidence"] or found}, [*parts, new], spec)


async def change(uow: UnitOfWork, me: PersonId, wish: DraftChange) -> Draft:
    """Choose a type or a ticket, drop evidence or parts. Dropping what is dropped already changes nothing.

    Raises:
        DraftGone: she writes nothing, or something else than she saw.
        TicketTypeUnknown: the company has no such type.
        TicketUnknown, TicketMerged, TicketClosed: the ticket to add to is not hers, or takes no word of hers.
    """
    current = await _current(uow, me)
    if current is None or current[0]["id"] != wish.draft:
        raise DraftGone
    row, parts = current
    values: dict[str, object] = {"touched_at": uow.now}
    if wish.type is not None:
        values["type"] = known_type(await terms(uow), wish.type)
    if wish.ticket is not None:
        values["ticket"] = await _ticket_to_add_to(uow, me, wish.ticket)
    if wish.drop_link is not None:
        await words.drop_link_of_draft(uow, row["id"], wish.drop_link)
    if wish.parts in (None, len(parts)):
        gone = parts[:-1] if wish.only_last else parts[-1:] if wish.drop_last else []
        await _drop(uow, gone, [part for part in parts if part not in gone])
    await store.change(uow, row["id"], values)
    return await _written(uow, me)


async def forget(uow: UnitOfWork, me: PersonId) -> None:
    """Forget what she is writing, its words and files with it; nothing there is fine too."""
    found = await store.draft(uow, me)
    if found is not None:
        await end(uow, found[0]["id"])


async def end(uow: UnitOfWork, number: int) -> None:
    """End a draft that will not be sent; nothing of it stays but that its parts were known."""
    files = await store.forget_words(uow, number)
    await store.change(uow, number, {"ended_at": uow.now})
    await attachments.forget(uow, await words.unused_files(uow, set(files)))


async def _current(uow: UnitOfWork, me: PersonId) -> tuple[Row, list[Row]] | None:
    """Her draft, held; one that she left lying too long is forgotten first."""
    found = await store.draft(uow, me)
    if found is not None and is_over(uow, found[0]):
        await end(uow, found[0]["id"])
        return None
    return found


async def _begun(uow: UnitOfWork, me: PersonId, part: DraftPart) -> tuple[Row, list[Row]]:
    ticket = None if part.ticket is None else await _ticket_to_add_to(uow, me, part.ticket)
    begun = await store.begin(uow, {"person_id": me, "ticket": ticket, "touched_at": uow.now})
    found = (begun, []) if begun is not None else await store.draft(uow, me)
    assert found is not None, "it was begun just now, here or elsewhere"
    return found


async def _ticket_to_add_to(uow: UnitOfWork, me: PersonId, number: int) -> int | None:
    if number == 0:
        return None
    held = await hand(uow, number, PERSON, of=me)
    held.require_whole()
    hearing.require_open_to_her(held)
    return number


def _require_room(parts: list[Row], part: DraftPart, files: Collection[Attachment], spec: TicketsSpec) -> None:
    length = units(part.text)
    if length > TEXT_MAX:
        raise TicketTextTooLong(length=length, most=TEXT_MAX)
    whole = length + sum(units(one["text"]) for one in parts)
    if whole > WORDS_MAX or len(parts) >= PARTS_MAX:
        raise TicketTextTooLong(length=whole, most=WORDS_MAX)
    if len(files) + sum(len(one["attachments"]) for one in parts) > spec.files:
        raise TooManyAttachments(most=spec.files)


async def _keep(
    uow: UnitOfWork, me: PersonId, row: Row, part: DraftPart, files: Collection[Attachment], spec: TicketsSpec
) -> tuple[Row, Row] | None:
    """Write a part; it, and the draft with it. None where it is written already."""
    new = {
        "person_id": me,
        "part": part.part,
        "draft_id": row["id"],
        "text": part.text,
        "attachments": [file.model_dump() for file in files],
        "refused": [file.model_dump() for file in part.refused],
        "type": part.type if part.type in {one.code for one in spec.types} else None,
    }
    number = await store.add_part(uow, new)
    if number is None:
        return None
    values: dict[str, object] = {"touched_at": uow.now}
    if row["language"] is None and part.language is not None:
        values["language"] = part.language
    await store.change(uow, row["id"], values)
    return {**new, "id": number}, {**row, **values}


async def _name(uow: UnitOfWork, draft: int, part: int, link: Link) -> None:
    """Write evidence that a part names; what the draft has already goes with this part from now on."""
    values = {"kind": link.kind.value, "thing": link.id, "title": link.title, "facts": link.facts}
    if await words.add_link(uow, {**values, "draft_id": draft, "part_id": part}) is None:
        await words.name_again(uow, draft, link.kind, link.id, part)


async def _drop(uow: UnitOfWork, gone: list[Row], kept: list[Row]) -> None:
    if not gone:
        return
    await store.drop_parts(uow, [part["id"] for part in gone])
    still = {file["id"] for part in kept for file in part["attachments"]}
    files = {int(file["id"]) for part in gone for file in part["attachments"]} - still
    if files:
        await attachments.forget(uow, await words.unused_files(uow, files))


async def _written(uow: UnitOfWork, me: PersonId) -> Draft:
    found = await store.draft(uow, me)
    assert found is not None, "it is held by this transaction"
    return await _shown(uow, *found)


async def _shown(uow: UnitOfWork, row: Row, parts: list[Row], spec: TicketsSpec | None = None) -> Draft:
    spec, kind = spec or await terms(uow), type_of(row, parts)
    return Draft(
        id=row["id"],
        words=tuple(part["text"] for part in parts if part["text"]),
        attachments=tuple(Attachment(**file) for part in parts for file in part["attachments"]),
        type=kind,
        type_name=None if kind is None else spec.type(kind).name,
        links=tuple(link_of(link) for link in await words.links_of_draft(uow, row["id"])) if row["evidence"] else (),
        ticket=row["ticket"],
        refused=tuple(FileRefused(**file) for part in parts for file in part["refused"]),
        touched_at=row["touched_at"],
        parts=len(parts),
    )


def type_of(row: Row, parts: list[Row]) -> str | None:
    """What she chose, else the first that was proposed for what is still there."""
    return next((str(one["type"]) for one in (row, *parts) if one["type"] is not None), None)


def is_over(uow: UnitOfWork, row: Row) -> bool:
    """Whether she left a draft lying too long."""
    return bool(uow.now - row["touched_at"] > LIFE)
