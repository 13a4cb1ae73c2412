"""What has become untrue before its turn is not said; what nobody can tell waits; what is true is told as it is now."""

from collections.abc import Mapping, Sequence

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.live.model import TreeBroken
from core.live.state import State
from core.messaging import outbox
from core.messaging.model import Json, OutgoingClaim
from core.messaging.model.waiting import Waiting
from core.outreach import claiming
from core.outreach.claiming import NO_FIGURES_WAIT
from core.outreach.truth import Truths
from tests.core.outreach.desk import AFTER_LEASE, Desk

CHAT = 500
pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)


async def now(_uow: UnitOfWork, _state: State, waiting: Sequence[Waiting]) -> Mapping[int, Json | None]:
    """Whoever is told `key` "untrue" ordered meanwhile; of "unknown" nobody knows."""
    answers = {"untrue": None, "true": {"key": "as it is now"}}
    return {one.id: answers[one.facts["key"]] for one in waiting if one.facts["key"] in answers}


async def refused(_uow: UnitOfWork, _state: State, _waiting: Sequence[Waiting]) -> Mapping[int, Json | None]:
    raise TreeBroken(people=2)


@pytest.fixture
def desk(uow: UnitOfWork) -> Desk:
    return Desk(uow, truths={"month_end": now, "rank.promotion": refused}, state=object())


@pytest.fixture
async def ana(desk: Desk) -> PersonId:
    return await desk.person("ana", CHAT)


async def test_a_digest_goes_without_what_has_become_untrue(desk: Desk, ana: PersonId) -> None:
    for key in ("untrue", "true"):
        await desk.say(ana, "month_end", key=key)
    await desk.say(ana, "points.earned")
    message = await desk.deliver()
    assert [part.facts["key"] for part in message.parts] == ["as it is now", "points.earned"]
    assert message.id == message.parts[0].id
    assert await desk.told(ana) == ["dropped: untrue", "sent", "sent"]


async def test_where_nothing_of_it_is_true_any_more_nothing_goes_and_no_turn_is_lost(desk: Desk, ana: PersonId) -> None:
    luis = await desk.person("luis", CHAT + 1)
    await desk.say(ana, "month_end", key="untrue")
    await desk.say(luis, "points.earned")
    assert [(one.chat_id, one.send_in_s) for one in await desk.claim()] == [(CHAT + 1, 0.0)]


@pytest.mark.parametrize("kind", ["month_end", "rank.promotion"])
async def test_what_nobody_can_tell_waits_and_holds_up_nobody(desk: Desk, ana: PersonId, kind: str) -> None:
    await desk.say(ana, kind, key="unknown")
    await desk.say(ana, "points.earned")
    assert await desk.keys() == ["points.earned"]
    assert await desk.told(ana) == ["waiting: no_figures", "waiting"]
    desk.pass_time(AFTER_LEASE)
    desk.truths = {}
    assert desk.real >= desk.uow.now - NO_FIGURES_WAIT
    [again] = await desk.claim()
    assert ([part.kind for part in again.parts], again.attempt) == ([kind, "points.earned"], 1)


async def test_what_staff_take_back_while_it_is_checked_does_not_go(desk: Desk, ana: PersonId) -> None:
    luis = await desk.person("luis", CHAT + 1)
    await desk.say(ana, "points.earned", key="stays")
    await desk.say(ana, "announcement", key="goes", occasion="campaign:1")
    await desk.say(luis, "announcement", key="his", occasion="campaign:2")
    one = await claiming.choose(desk.uow, OutgoingClaim(holder="w"), desk.settings, desk.real)
    await claiming.check(desk.uow, one, Truths({}), None)
    assert await outbox.cancel(desk.uow, "campaign:1") == 1
    batch = await claiming.hand_out(desk.uow, one)
    assert [(message.chat_id, message.send_in_s) for message in batch.messages] == [(CHAT + 1, 0.0)]
    assert await desk.told(ana) == ["waiting: digest_broken", "cancelled: cancelled"]
    assert await desk.keys() == ["stays"]


async def test_without_figures_only_what_needs_them_waits(desk: Desk, ana: PersonId) -> None:
    desk.state = None
    await desk.say(ana, "month_end", key="true")
    await desk.say(ana, "points.earned")
    assert await desk.keys() == ["points.earned"]
    assert await desk.told(ana) == ["waiting: no_figures", "waiting"]
