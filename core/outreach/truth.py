"""Whether what waits to be said is still so, and how it stands now."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from core.db.unit_of_work import UnitOfWork
from core.kernel.errors import DomainError
from core.kernel.logs import logger
from core.live.state import State
from core.messaging.model import Json
from core.messaging.model.waiting import Waiting

Truth = Callable[[UnitOfWork, State, Sequence[Waiting]], Awaitable[Mapping[int, Json | None]]]
"""For messages of one kind: by number the facts as they are now, None where there is nothing to say any more."""

Facts = Json | None
"""What a message says, as it is now; None where it has become untrue."""

NO_FIGURES = "no_figures"
"""Why a message waits while there are no live figures to tell whether it is true."""


class Truths:
    """By kind, who knows whether a message of it is still true; of any other kind a message is true as it stands."""

    def __init__(self, by_kind: Mapping[str, Truth]) -> None:
        self._by_kind = by_kind

    async def now(self, uow: UnitOfWork, state: State | None, waiting: Sequence[Waiting]) -> dict[int, Json | None]:
        """The facts of each message as they are now, by its number; None where it has become untrue.

        Args:
            state: the live figures; without them whatever depends on them is left out of the answer.
        """
        facts: dict[int, Json | None] = {}
        by_kind: dict[str, list[Waiting]] = {}
        for one in waiting:
            by_kind.setdefault(one.kind, []).append(one)
        for kind, messages in by_kind.items():
            truth = self._by_kind.get(kind)
            if truth is None:
                facts.update({one.id: one.facts for one in messages})
            elif state is not None:
                facts.update(await _told(truth, uow, state, messages))
        return facts


async def _told(truth: Truth, uow: UnitOfWork, state: State, messages: Sequence[Waiting]) -> Mapping[int, Facts]:
    """What a truth says; where it is refused an answer nobody knows, and others' messages go on."""
    try:
        return await truth(uow, state, messages)
    except DomainError as refused:
        logger().warning("truth refused", kind=messages[0].kind, code=refused.code)
        return {}


def each(now: Callable[[UnitOfWork, State, Waiting], Awaitable[Facts]]) -> Truth:
    """A truth that asks about one message after the other; of whoever has left the tree nothing is true any more.

    Whom newer figures, which are being computed, may know is asked about again later.
    """

    async def one_by_one(uow: UnitOfWork, state: State, messages: Sequence[Waiting]) -> dict[int, Facts]:
        return {message.id: await now(uow, state, message) for message in messages}

    async def truth(uow: UnitOfWork, state: State, waiting: Sequence[Waiting]) -> dict[int, Facts]:
        facts: dict[int, Facts] = {}
        for message in waiting:
            if message.person is not None and state.find(message.person) is not None:
                facts.update(await _told(one_by_one, uow, state, [message]))
            elif state.as_of is None:
                facts[message.id] = None
        return facts

    return truth
