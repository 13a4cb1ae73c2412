"""The staff's groups: what the bot asks for itself and in the name of a member, and the worker's watch pass."""

from urllib.parse import quote

from core.client.calls import Calls
from core.support.model import DeskTerms, GroupWish, Moved, PreviewPlace, StaffGroup, TopicWish, Watched


class SupportCalls(Calls):
    """Operations for bot and worker. All may be repeated after `CoreAway`."""

    async def staff_group(self, chat: int) -> StaffGroup:
        """A group in which staff work; refused as `staff_group_unknown`."""
        return await self._get(f"/v1/support/groups/{chat}", StaffGroup)

    async def move_staff_group(self, chat: int, to: int) -> None:
        """A group goes on under another number."""
        await self._call("POST", f"/v1/support/groups/{chat}/moved", body=Moved(to=to))

    async def watch_tickets(self) -> Watched:
        """Have the staff's groups told what is new."""
        return await self._post("/v1/support/watch", Watched)


class MemberSupportCalls(Calls):
    """Operations of a member of staff; each is refused as `permission_missing` where her role does not hold it."""

    async def desk_terms(self) -> DeskTerms:
        """The company's words for types, states and queues of tickets."""
        return await self._get("/v1/support/terms", DeskTerms)

    async def staff_groups(self) -> list[StaffGroup]:
        """The groups in which staff work."""
        return await self._get("/v1/support/groups", list[StaffGroup])

    async def register_group(self, chat: int, wish: GroupWish, *, idempotency_key: str | None = None) -> StaffGroup:
        """Let staff work in a group from now on; again is fine."""
        return await self._put(f"/v1/support/groups/{chat}", StaffGroup, wish, idempotency_key=idempotency_key)

    async def leave_group(self, chat: int, *, idempotency_key: str | None = None) -> None:
        """Staff work there no more."""
        await self._delete(f"/v1/support/groups/{chat}", idempotency_key=idempotency_key)

    async def set_topic(self, chat: int, queue: str, thread: int, *, idempotency_key: str | None = None) -> StaffGroup:
        """Tell of a queue in a topic of the group; refused as `staff_group_unknown`, `staff_queue_unknown`."""
        path = f"/v1/support/groups/{chat}/topics/{quote(queue, safe='')}"
        return await self._put(path, StaffGroup, TopicWish(thread=thread), idempotency_key=idempotency_key)

    async def previewed(self, place: PreviewPlace, *, idempotency_key: str | None = None) -> None:
        """Say which message shows an answer, so that it says later what became of it."""
        await self._call("POST", "/v1/support/previews", body=place, idempotency_key=idempotency_key)
