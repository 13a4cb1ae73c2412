"""What workers report: went out, did not, or nobody knows; and what becomes of chats and addresses."""

from datetime import timedelta

import pytest

from core.access.model import Link
from core.access.store import add_link, link_of_person, remove_link
from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox, pace, reports, rules
from core.messaging.model import Delivered, MessageUnknown, NotDelivered, Sending, Unsure
from core.outreach import reporting
from tests.core.messaging.desk import ask, update
from tests.core.outreach.desk import AFTER_LEASE, SECOND, Desk

CHAT = 500


@pytest.fixture
def desk(uow: UnitOfWork) -> Desk:
    return Desk(uow)


@pytest.fixture
async def ana(desk: Desk) -> PersonId:
    return await desk.person("ana", CHAT, email="ana@example.com")


async def fail(desk: Desk, message: int, *, permanent: bool = False, **more: object) -> None:
    report = NotDelivered.model_validate({"holder": "w", "reason": "it failed", "permanent": permanent, **more})
    await reporting.not_delivered(desk.uow, message, report, desk.real)


async def test_only_the_holder_may_speak_of_a_message_and_only_once(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    message = await desk.one()
    for report in (Delivered(holder="other", message_id=9), Delivered(holder="w", message_id=9)):
        if report.holder == "w":
            assert await reports.delivered(desk.uow, message.id, report) == [("month_end", "sent")]
        with pytest.raises(MessageUnknown):
            await reports.delivered(desk.uow, message.id, report)
    assert await desk.told(ana) == ["sent"]


async def test_another_try_waits_longer_each_time_and_the_last_is_the_last(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "access.chat_moved")
    for attempt in (1, 2, rules.TRIES_MAX):
        await desk.uow.connection.exec_driver_sql(f"UPDATE outbox SET attempts = {attempt - 1}")
        message = await desk.one()
        assert message.attempt == attempt
        await fail(desk, message.id)
        wait = timedelta(seconds=rules.pause_s(message.id, attempt))
        desk.pass_time(wait - SECOND)
        assert await desk.keys() == []
        desk.pass_time(SECOND)
    assert await desk.told(ana) == ["failed: it failed"]


async def test_what_no_other_try_can_help_ends(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    await fail(desk, (await desk.one()).id, permanent=True)
    assert await desk.told(ana) == ["failed: it failed"]


async def test_too_many_requests_make_everybody_wait_and_count_as_no_try(desk: Desk, ana: PersonId) -> None:
    luis = await desk.person("luis", CHAT + 1)
    await desk.say(ana)
    await fail(desk, (await desk.one()).id, pause_all_s=7)
    await desk.say(luis, key="luis")
    desk.pass_time(4 * SECOND)
    assert await desk.keys() == []
    desk.pass_time(3 * SECOND)
    assert [(one.attempt, one.chat_id) for one in await desk.claim()] == [(1, CHAT), (1, CHAT + 1)]


async def test_who_blocked_us_gets_nothing_unasked_until_she_writes_again(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    await fail(desk, (await desk.one()).id, permanent=True, chat_gone=True, reason="blocked")
    desk.pass_time(2 * SECOND)
    assert await desk.keys() == []
    assert await desk.told(ana) == ["unwanted: blocked"]
    await ask(desk.uow, "bot", updates=[update(1, chat_id=CHAT)])
    await desk.say(ana, key="again")
    assert (await desk.one()).chat_id == CHAT


async def test_when_her_chat_is_gone_the_message_goes_by_mail_and_then_nowhere(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    await fail(desk, (await desk.one()).id, permanent=True, chat_gone=True, reason="deactivated")
    message = await desk.one()
    assert (message.chat_id, message.email, message.attempt) == (None, "ana@example.com", 1)
    await fail(desk, message.id, permanent=True, chat_gone=True, reason="no such mailbox")
    assert await desk.keys() == []
    assert await desk.told(ana) == ["unwanted: no_address"]


async def test_a_group_that_moved_is_followed_wherever_its_number_stands(desk: Desk, ana: PersonId) -> None:
    group, new = -77, -100_077
    luis = await desk.person("luis", group)
    await desk.say(luis)
    await desk.say(None, "access.chat_moved", chat_id=group, not_before=desk.uow.now + SECOND)
    await fail(desk, (await desk.one()).id, migrated_to=new)
    link = await link_of_person(desk.uow, luis)
    assert link is not None
    assert link.chat == new
    desk.pass_time(4 * SECOND)
    assert [one.chat_id for one in await desk.claim()] == [new], "one of the two: the group's pace is its own"
    desk.pass_time(4 * SECOND)
    assert [one.chat_id for one in await desk.claim()] == [new]
    assert set(await pace.chats_free(desk.uow, [group, new])) == {new}


@pytest.mark.parametrize(
    ("kind", "is_marked", "told"),
    [
        ("payout.made", True, "sent twice"),
        ("month_end", True, "unsure: worker_lost"),
        ("month_end", False, "sent twice"),
    ],
)
async def test_what_a_lost_worker_had_begun_to_send_goes_again_if_its_kind_says_so(
    desk: Desk, ana: PersonId, kind: str, is_marked: bool, told: str
) -> None:
    await desk.say(ana, kind)
    message = await desk.one()
    if is_marked:
        await reports.sending(desk.uow, message.id, Sending(holder="w"), desk.real)
    desk.pass_time(AFTER_LEASE)
    again = await desk.keys("other")
    assert ("sent twice" if again else (await desk.told(ana))[0]) == told


async def test_who_is_not_sure_of_a_digest_repeats_those_parts_whose_kinds_say_so(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "month_end")
    await desk.say(ana, "rank.promotion")
    digest = await desk.one()
    assert (digest.doubt.value, [part.kind for part in digest.parts]) == ("leave", ["month_end", "rank.promotion"])
    outcomes = await reports.unsure(desk.uow, digest.id, Unsure(holder="w", reason="connection lost"), desk.real)
    assert outcomes == [("month_end", "unsure"), ("rank.promotion", "retried")]
    assert await desk.told(ana) == ["unsure: connection lost", "waiting: connection lost"]
    desk.pass_time(10 * SECOND)
    assert await desk.keys() == ["rank.promotion"]


async def test_a_message_that_is_closed_or_in_other_hands_must_not_be_sent(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    message = await desk.one("a")
    desk.pass_time(AFTER_LEASE)
    await desk.claim("b")
    with pytest.raises(MessageUnknown):
        await reports.sending(desk.uow, message.id, Sending(holder="a"), desk.real)


@pytest.mark.parametrize("kind", ["month_end", "payout.made"])
async def test_whose_chat_became_somebody_elses_is_not_told_there(desk: Desk, ana: PersonId, kind: str) -> None:
    async def moves() -> None:
        await remove_link(desk.uow, CHAT)
        assert await add_link(desk.uow, Link(person=luis, chat=CHAT, linked_at=desk.uow.now))

    luis = await desk.person("luis")
    await desk.say(ana, kind)
    desk.meanwhile = moves
    assert await desk.claim() == [], "it moved while the message was looked at"
    desk.meanwhile = None
    message = await desk.one()
    assert (message.chat_id, message.email) == (None, "ana@example.com")


async def test_a_chat_that_moved_at_the_last_moment_gets_nothing(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    message = await desk.one()
    await remove_link(desk.uow, CHAT)
    with pytest.raises(MessageUnknown):
        await reports.sending(desk.uow, message.id, Sending(holder="w"), desk.real)
    desk.pass_time(AFTER_LEASE)
    assert (await desk.one()).email == "ana@example.com"


async def test_what_a_worker_is_sending_is_not_taken_back(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "announcement", occasion="campaign:1")
    message = await desk.one()
    await reports.sending(desk.uow, message.id, Sending(holder="w"), desk.real)
    assert await outbox.cancel(desk.uow, "campaign:1") == 0
    await reports.delivered(desk.uow, message.id, Delivered(holder="w", message_id=1))
    assert await desk.told(ana) == ["sent"]


async def test_what_was_taken_back_in_a_workers_hands_must_not_be_sent(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "announcement", occasion="campaign:1")
    message = await desk.one()
    assert await outbox.cancel(desk.uow, "campaign:1") == 1
    with pytest.raises(MessageUnknown):
        await reports.sending(desk.uow, message.id, Sending(holder="w"), desk.real)
    assert await desk.told(ana) == ["cancelled: cancelled"]


async def test_an_older_message_that_failed_does_not_take_the_place_of_a_newer_one(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "order.updated", key="paid", subject="order:S1")
    await fail(desk, (await desk.one()).id)
    await desk.say(ana, "order.updated", key="shipped", subject="order:S1")
    desk.pass_time(2 * SECOND)
    assert (await desk.deliver()).parts[0].facts == {"key": "shipped"}
    desk.pass_time(10 * SECOND)
    assert await desk.keys() == []
    assert await desk.told(ana) == ["dropped: newer", "sent"]


async def test_a_chat_that_is_said_to_move_to_itself_waits_as_after_any_failure(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    message = await desk.one()
    await fail(desk, message.id, migrated_to=CHAT)
    desk.pass_time(4 * SECOND)
    assert await desk.keys() == []
    desk.pass_time(3 * SECOND)
    assert (await desk.one()).attempt == 2
