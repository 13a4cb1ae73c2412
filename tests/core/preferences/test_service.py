"""What people want to hear, and the buttons under messages to them."""

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging.kinds import Topic
from core.messaging.model import MessageUnknown
from core.people.model import SettingInvalid
from core.preferences import heeding, service
from core.preferences.model import (
    Defaults,
    Heeded,
    Level,
    Preferences,
    PreferenceWish,
    QuietHours,
    Summary,
    TokenUnknown,
)
from tests.core.outreach.desk import Desk

CHAT = 500
NIGHT = (21 * 60, 8 * 60)
USUAL = Defaults("America/New_York", NIGHT)


@pytest.fixture
def desk(uow: UnitOfWork) -> Desk:
    return Desk(uow)


@pytest.fixture
async def ana(desk: Desk) -> PersonId:
    return await desk.person("ana", CHAT)


async def seen(desk: Desk, person: PersonId) -> Preferences:
    return await service.preferences(desk.uow, person, USUAL)


async def told(desk: Desk, person: PersonId, *kinds: str) -> int:
    """The number of a message that went out, with all of `kinds` in it."""
    for number, kind in enumerate(kinds):
        await desk.say(person, kind, key=f"{kind}-{number}")
    return (await desk.deliver()).id


async def test_who_said_nothing_hears_of_everything_in_the_companys_hours(desk: Desk, ana: PersonId) -> None:
    hers = await seen(desk, ana)
    assert hers.on and hers.levels == dict.fromkeys(Topic, Level.ALL)
    assert (hers.quiet, hers.quiet_chosen) == (QuietHours(begins=21 * 60, ends=8 * 60), False)
    assert (hers.time_zone, hers.time_zone_chosen) == ("Europe/Madrid", False)
    assert hers.zones == ("Europe/Madrid", "Atlantic/Canary")
    assert hers.summary is Summary.WEEKLY


async def test_a_wish_changes_what_it_names_and_nothing_else(desk: Desk, ana: PersonId) -> None:
    wish = PreferenceWish(levels={Topic.POINTS: Level.OFF}, quiet=QuietHours(begins=1290, ends=420))
    await service.change(desk.uow, ana, wish)
    await service.change(desk.uow, ana, PreferenceWish(levels={Topic.TICKETS: Level.LESS}, summary=Summary.MONTHLY))
    await service.change(desk.uow, ana, PreferenceWish(time_zone="Atlantic/Canary", levels={Topic.POINTS: Level.LESS}))
    hers = await seen(desk, ana)
    chosen = {topic: level for topic, level in hers.levels.items() if level is not Level.ALL}
    assert chosen == {Topic.POINTS: Level.LESS, Topic.TICKETS: Level.LESS}
    assert (hers.quiet.begins, hers.quiet.ends, hers.quiet_chosen) == (1290, 420, True)
    assert (hers.time_zone, hers.time_zone_chosen, hers.summary) == ("Atlantic/Canary", True, Summary.MONTHLY)
    assert hers.on


async def test_quiet_hours_may_be_none_or_the_companys_again(desk: Desk, ana: PersonId) -> None:
    await service.change(desk.uow, ana, PreferenceWish(quiet=QuietHours(begins=0, ends=0)))
    hers = await seen(desk, ana)
    assert hers.quiet.never and hers.quiet_chosen
    await service.change(desk.uow, ana, PreferenceWish(usual_quiet=True))
    hers = await seen(desk, ana)
    assert (hers.quiet, hers.quiet_chosen) == (hers.usual_quiet, False)


async def test_a_zone_that_does_not_exist_is_refused(desk: Desk, ana: PersonId) -> None:
    with pytest.raises(SettingInvalid):
        await service.change(desk.uow, ana, PreferenceWish(time_zone="Mars/Base"))


async def test_a_message_is_turned_down_and_that_is_undone(desk: Desk, ana: PersonId) -> None:
    message = await told(desk, ana, "points.received")
    for _ in range(2):
        less = await heeding.turn_down(desk.uow, ana, message, Level.LESS)
        assert less == Heeded(topics=(Topic.POINTS,), level=Level.LESS)
    assert (await heeding.turn_down(desk.uow, ana, message, Level.OFF)).level is Level.OFF
    assert (await seen(desk, ana)).levels[Topic.POINTS] is Level.OFF
    for _ in range(2):
        assert await heeding.undo(desk.uow, ana, message) == Heeded(topics=(Topic.POINTS,), level=None)
        assert (await seen(desk, ana)).levels[Topic.POINTS] is Level.ALL


async def test_an_undo_leaves_alone_what_she_chose_since(desk: Desk, ana: PersonId) -> None:
    message = await told(desk, ana, "points.received")
    await heeding.turn_down(desk.uow, ana, message, Level.OFF)
    await service.change(desk.uow, ana, PreferenceWish(levels={Topic.POINTS: Level.LESS}))
    await heeding.undo(desk.uow, ana, message)
    assert (await seen(desk, ana)).levels[Topic.POINTS] is Level.LESS


async def test_to_mute_a_digest_is_to_mute_everything(desk: Desk, ana: PersonId) -> None:
    message = await told(desk, ana, "month_end", "points.expiring")
    assert await heeding.turn_down(desk.uow, ana, message, Level.OFF) == Heeded(topics=(), level=Level.OFF)
    assert not (await seen(desk, ana)).on
    assert await heeding.undo(desk.uow, ana, message) == Heeded(topics=(), level=None)
    assert (await seen(desk, ana)).on


async def test_less_of_a_digest_is_less_of_all_that_it_held(desk: Desk, ana: PersonId) -> None:
    message = await told(desk, ana, "month_end", "points.expiring")
    less = await heeding.turn_down(desk.uow, ana, message, Level.LESS)
    assert less.topics == (Topic.MONTH_END, Topic.POINTS)


async def test_nobody_speaks_of_anothers_message_nor_of_one_that_did_not_go(desk: Desk, ana: PersonId) -> None:
    eva = await desk.person("eva", CHAT + 1)
    message = await told(desk, ana, "points.received")
    safety = await told(desk, ana, "access.chat_moved")
    for person, number in ((eva, message), (ana, 10**9), (ana, -1), (ana, safety)):
        with pytest.raises(MessageUnknown):
            await heeding.turn_down(desk.uow, person, number, Level.OFF)
        with pytest.raises(MessageUnknown):
            await heeding.undo(desk.uow, person, number)
    assert (await seen(desk, ana)).levels == (await seen(desk, eva)).levels


async def test_the_link_of_an_e_mail_turns_off_what_it_stands_for(desk: Desk, ana: PersonId) -> None:
    points = await service.unsubscribe_token(desk.uow, ana, Topic.POINTS)
    assert points == await service.unsubscribe_token(desk.uow, ana, Topic.POINTS)
    everything = await service.unsubscribe_token(desk.uow, ana, None)
    for _ in range(2):
        assert await service.unsubscribe(desk.uow, points) == (ana, Topic.POINTS)
    hers = await seen(desk, ana)
    assert hers.levels[Topic.POINTS] is Level.OFF and hers.on
    assert await service.unsubscribe(desk.uow, everything) == (ana, None)
    assert not (await seen(desk, ana)).on
    with pytest.raises(TokenUnknown):
        await service.unsubscribe(desk.uow, points[:-1])
