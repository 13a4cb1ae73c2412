"""Claims: who gets what, by which way, in which order, and what becomes of the rest."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.messaging import outbox, reports, service
from core.messaging.kinds import Doubt, Priority, Topic
from core.messaging.model import Channel, ChatState, NotDelivered, Ready
from core.messaging.store.addresses import silence_chat, silence_mail
from core.outreach.rules.judging import Budget
from core.outreach.settings import Settings
from core.preferences import service as preferences
from core.preferences.model import Defaults
from core.preferences.tables import PreferenceRow, WakingRow
from tests.core.outreach.desk import AFTER_LEASE, SECOND, Desk

CHAT = 500
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(uow: UnitOfWork) -> Desk:
    return Desk(uow)


@pytest.fixture
async def ana(desk: Desk) -> PersonId:
    return await desk.person("ana", CHAT)


async def test_a_message_goes_to_her_chat_in_her_language_with_its_turn(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "month_end", lapses_at=desk.uow.now + HOUR)
    message = await desk.one()
    assert (message.chat_id, message.email, message.language, message.time_zone) == (CHAT, None, "es", "Europe/Madrid")
    assert (message.send_in_s, message.attempt, message.unasked, message.silent) == (0.0, 1, True, False)
    assert (message.doubt, message.lapses_at, message.edit) == (Doubt.LEAVE, desk.uow.now + HOUR, None)
    assert [(part.kind, part.facts) for part in message.parts] == [("month_end", {"key": "month_end"})]


async def test_a_message_in_one_workers_hands_is_in_no_others_until_the_lease_ends(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana)
    assert await desk.keys("a") == ["month_end"]
    assert await desk.keys("b") == []
    desk.pass_time(AFTER_LEASE)
    [again] = await desk.claim("b")
    assert again.attempt == 2


async def test_one_person_has_one_message_in_hand_at_a_time(desk: Desk, ana: PersonId) -> None:
    luis = await desk.person("luis", CHAT + 1)
    for number in range(3):
        await desk.say(ana, "payout.made", key=f"ana {number}")
    await desk.say(luis, "payout.made", key="luis")
    assert await desk.keys("a") == ["ana 0", "luis"]
    desk.pass_time(10 * SECOND)
    assert await desk.keys("b") == []


async def test_a_message_waits_for_its_time_and_lapses_after_it(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "payout.made", not_before=desk.uow.now + HOUR)
    assert await desk.keys() == []
    desk.pass_time(60 * DAY)
    assert await desk.keys() == ["payout.made"]
    desk.pass_time(AFTER_LEASE + HOUR)
    assert await desk.keys() == []
    assert await desk.told(ana) == ["lapsed: late"]


async def test_urgent_goes_before_normal_and_bulk(desk: Desk) -> None:
    for number, priority in enumerate((Priority.BULK, Priority.NORMAL, Priority.URGENT)):
        person = await desk.person(f"p{number}", CHAT + number)
        await desk.say(person, "announcement", key=priority.value, priority=priority)
    assert await desk.keys() == ["urgent", "normal", "bulk"]


@pytest.mark.parametrize(
    ("her", "kind", "told"),
    [
        ({"status": "terminated"}, "month_end", "unwanted: terminated"),
        ({"status": "terminated"}, "payout.made", "waiting"),
        ({"status": "suspended"}, "month_end", "waiting"),
        ({"notifications": False}, "payout.made", "unwanted: muted"),
        ({"chat": None}, "month_end", "unwanted: no_address"),
        ({"chat": None, "email": "ana@example.com"}, "month_end", "waiting"),
        ({"chat": None, "email": "gone@example.com"}, "month_end", "unwanted: no_address"),
    ],
)
async def test_who_is_reached(desk: Desk, her: dict[str, object], kind: str, told: str) -> None:
    await silence_mail(desk.uow, "gone@example.com", "no such mailbox")
    person = await desk.person("ana", **{"chat": CHAT, **her})  # type: ignore[arg-type]  # columns by name
    await desk.say(person, kind)
    await desk.claim()
    assert await desk.told(person) == [told]


@pytest.mark.parametrize(
    ("reason", "kind", "email"),
    [
        ("blocked", "month_end", None),
        ("blocked", "payout.made", "ana@example.com"),
        ("deactivated", "month_end", "ana@example.com"),
    ],
)
async def test_whose_chat_is_silent_is_written_to_unless_she_blocked_us(
    desk: Desk, reason: str, kind: str, email: str | None
) -> None:
    ana = await desk.person("ana", CHAT, email="ana@example.com", language="de", language_chosen=True)
    await silence_chat(desk.uow, CHAT, reason)
    await desk.say(ana, kind)
    assert [(one.chat_id, one.email, one.name, one.language) for one in await desk.claim()] == (
        [(None, email, "Ana", "de")] if email else []
    )


async def test_a_mail_carries_what_ends_its_topic_and_a_digest_what_ends_everything(desk: Desk) -> None:
    ana = await desk.person("ana", email="ana@example.com")
    await desk.say(ana, "month_end")
    await desk.say(ana, "points.earned")
    await desk.say(ana, "payout.made")
    ended = []
    for _ in range(2):
        token = (await desk.deliver()).unsubscribe
        assert token is not None
        ended.append((await preferences.subscription(desk.uow, token))[1])
    assert ended == [None, Topic.PAYOUT]


async def test_nobody_is_written_to_where_the_company_sends_no_mail(desk: Desk) -> None:
    ana = await desk.person("ana", email="ana@example.com")
    await desk.say(ana)
    assert await desk.keys(channels=(Channel.TELEGRAM,)) == []
    assert await desk.told(ana) == ["unwanted: no_address"]


async def test_a_word_for_a_chat_goes_there_whoever_has_it_in_the_language_spoken_there(desk: Desk) -> None:
    await service.keep_chat_state(desk.uow, CHAT, ChatState(state={"language": "fr"}))
    await desk.say(None, "access.chat_moved", chat_id=CHAT)
    message = await desk.one()
    assert (message.chat_id, message.language, message.unasked) == (CHAT, "fr", False)


@pytest.mark.parametrize(("chosen", "language"), [(True, "es"), (False, "de")])
async def test_her_own_choice_of_language_goes_before_the_chats(desk: Desk, chosen: bool, language: str) -> None:
    await service.keep_chat_state(desk.uow, CHAT, ChatState(state={"language": "de"}))
    await desk.say(await desk.person("ana", CHAT, language_chosen=chosen))
    assert (await desk.one()).language == language


async def test_unasked_messages_due_at_once_are_one_digest_whose_parts_end_together(desk: Desk, ana: PersonId) -> None:
    for kind in ("gauges.summary", "payout.made", "month_end"):
        await desk.say(ana, kind)
    digest = await desk.deliver()
    assert [part.kind for part in digest.parts] == ["month_end", "gauges.summary"]
    assert digest.id == digest.parts[0].id
    assert await desk.told(ana) == ["sent", "waiting", "sent"]
    [month_end, _, summary] = await outbox.history(desk.uow, ana, None, 10)
    assert (month_end.digest_of, summary.digest_of, summary.channel) == (None, digest.id, Channel.TELEGRAM)
    assert await desk.keys() == ["payout.made"]


async def test_over_the_budget_a_message_waits_until_there_is_room_or_it_lapses(desk: Desk, ana: PersonId) -> None:
    for number in range(2):
        await desk.say(ana, "coupon.ending", key=f"{number}")
        await desk.deliver()
    await desk.say(ana, "month_end", key="over", lapses_at=desk.uow.now + 2 * DAY)
    await desk.say(ana, "announcement", key="late", lapses_at=desk.uow.now + HOUR)
    assert await desk.keys() == []
    assert (await desk.told(ana))[2:] == ["waiting: budget", "lapsed: budget"]
    desk.pass_time(DAY - 5 * SECOND)
    assert await desk.keys() == []
    desk.pass_time(5 * SECOND)
    assert await desk.keys() == ["over"]


async def test_what_was_withheld_or_is_unsure_is_never_handed_out(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "month_end")
    await outbox.cancel(desk.uow, "nothing")
    await desk.say(ana, "announcement", occasion="campaign:1")
    assert await outbox.cancel(desk.uow, "campaign:1") == 1
    assert await desk.keys() == ["month_end"]
    assert await desk.told(ana) == ["waiting", "cancelled: cancelled"]


async def test_at_night_everything_waits_for_her_morning_but_what_is_urgent(desk: Desk, ana: PersonId) -> None:
    desk.settings = Settings(Budget(2, 6), Defaults("Europe/Madrid", (21 * 60, 8 * 60)))
    desk.uow.now = datetime.combine(desk.uow.now, time(22), ZoneInfo("Europe/Madrid"))
    await desk.say(ana, "payout.made")
    assert await desk.keys() == []
    assert await desk.told(ana) == ["waiting: quiet_hours"]
    await desk.say(ana, "access.chat_moved")
    assert await desk.keys() == ["access.chat_moved"]
    desk.pass_time(10 * HOUR)
    assert await desk.keys() == ["access.chat_moved"], "its lease ran out"
    desk.pass_time(AFTER_LEASE)
    await desk.deliver()
    assert await desk.keys() == ["payout.made"]


async def test_her_own_quiet_hours_zone_and_topics_count(desk: Desk) -> None:
    ana = await desk.person("ana", CHAT, time_zone="America/Bogota")
    noon_there = datetime.combine(desk.uow.now, time(12, 30), ZoneInfo("America/Bogota"))
    desk.uow.now = noon_there
    desk.uow.session.add(WakingRow(person_id=ana, quiet_from=12 * 60, quiet_until=13 * 60))
    desk.uow.session.add(PreferenceRow(person_id=ana, topic=Topic.POINTS, level="off"))
    await desk.uow.session.flush()
    await desk.say(ana, "payout.made")
    await desk.say(ana, "points.earned")
    assert await desk.keys() == []
    assert await desk.told(ana) == ["waiting: quiet_hours", "unwanted: topic_off"]
    desk.pass_time(HOUR / 2)
    message = await desk.one()
    assert message.time_zone == "America/Bogota"


async def test_less_of_a_topic_is_one_message_in_seven_days(desk: Desk, ana: PersonId) -> None:
    desk.uow.session.add(PreferenceRow(person_id=ana, topic=Topic.PAYOUT, level="less"))
    await desk.uow.session.flush()
    await desk.say(ana, "payout.made", key="first")
    await desk.say(ana, "run.released", key="second")
    assert [part.facts["key"] for part in (await desk.deliver()).parts] == ["first"]
    assert await desk.keys() == []
    desk.pass_time(7 * DAY)
    assert await desk.keys() == ["second"]


async def test_a_later_message_about_the_same_edits_the_last_one_in_that_chat(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "order.updated", key="paid", subject="order:S1")
    assert (await desk.deliver(message_id=41)).edit is None
    await desk.say(ana, "order.updated", key="packed", subject="order:S1")
    await desk.say(ana, "order.updated", key="shipped", subject="order:S1")
    message = await desk.deliver(message_id=41)
    assert (message.parts[0].facts, message.edit) == ({"key": "shipped"}, 41)
    assert await desk.told(ana) == ["sent", "dropped: newer", "sent"]
    await desk.say(ana, "order.updated", key="another's", subject="order:S2")
    assert (await desk.one()).edit is None


async def test_words_of_staff_are_never_edited_over_and_what_is_said_anew_makes_a_message_of_its_own(
    desk: Desk, ana: PersonId
) -> None:
    await desk.say(ana, "ticket.updated", key="taken", subject="ticket:7")
    await desk.deliver(message_id=41)
    await desk.say(ana, "ticket.answered", key="words", subject="ticket:7")
    assert (await desk.deliver(message_id=42)).edit is None
    await desk.say(ana, "ticket.updated", key="taken by another", subject="ticket:7")
    assert (await desk.deliver(message_id=41)).edit == 41
    solved = {"ticket": 7, "state": "solved", "anew": True}
    assert await outbox.put(desk.uow, "solved", "ticket.updated", ana, solved, subject="ticket:7")
    assert (await desk.deliver(message_id=43)).edit is None
    told = [(await service.shown(desk.uow, 1, CHAT, message)).about for message in (41, 42, 43, 44)]
    assert told == ["ticket:7"] * 3 + [None]


async def test_files_and_steps_come_after_the_words_however_often_these_are_tried(desk: Desk, ana: PersonId) -> None:
    for key, kind in (("words", "ticket.answered"), ("file", "ticket.file"), ("solved", "ticket.updated")):
        await desk.say(ana, kind, key=key, subject="ticket:7", occasion="answer:1")
    message = await desk.one()
    failed = NotDelivered(holder="w", reason="status 500", permanent=False)
    await reports.not_delivered(desk.uow, message.id, failed, desk.real)
    desk.pass_time(2 * SECOND)
    assert await desk.keys() == []
    desk.pass_time(10 * SECOND)
    assert [(await desk.deliver()).parts[0].facts["key"] for _ in range(3)] == ["words", "file", "solved"]


async def test_a_card_in_a_group_is_edited_and_a_preview_takes_its_outcome(desk: Desk) -> None:
    group = -100_200
    await service.keep_chat_state(desk.uow, group, ChatState(state={"language": "de"}))
    await desk.say(None, "desk.card", key="new", subject="desk:7", chat_id=group)
    message = await desk.deliver(message_id=41)
    assert (message.chat_id, message.language, message.edit) == (group, "de", None)
    await desk.say(None, "desk.word", key="her words", subject="desk:7", chat_id=group)
    assert await desk.keys() == []
    desk.pass_time(2 * SECOND)
    assert (await desk.deliver(message_id=42)).edit is None
    await desk.say(None, "desk.card", key="taken", subject="desk:7", chat_id=group)
    desk.pass_time(2 * SECOND)
    assert (await desk.deliver(message_id=41)).edit == 41
    await outbox.put(desk.uow, "k", "desk.answer", None, {"edit": 40}, subject="answer:3", chat_id=group)
    desk.pass_time(2 * SECOND)
    assert (await desk.one()).edit == 40


async def test_a_group_for_which_much_waits_holds_up_nobody(desk: Desk, ana: PersonId) -> None:
    for number in range(60):
        await desk.say(None, "desk.alert", key=f"alert {number}", subject=f"desk:{number}", chat_id=-1002)
    await desk.say(ana, "payout.made")
    assert await desk.keys() == ["alert 0", "payout.made"]
    desk.pass_time(4 * SECOND)
    assert await desk.keys() == ["alert 1"]


async def test_people_who_want_nothing_do_not_hold_up_the_line(desk: Desk, ana: PersonId) -> None:
    ready = [Ready(f"k{number}", PersonId(10_000 + number), "{}", None, number, None) for number in range(450)]
    assert await outbox.put_all(desk.uow, "announcement", ready) == 450
    await desk.say(ana, "announcement")
    assert await desk.keys(count_max=1) == ["announcement"]


async def test_a_message_of_a_kind_that_nobody_knows_any_more_ends(desk: Desk, ana: PersonId) -> None:
    await desk.say(ana, "announcement")
    await desk.uow.connection.exec_driver_sql("UPDATE outbox SET kind = 'from.the.past'")
    assert await desk.keys() == []
    assert await desk.told(ana) == ["failed: kind_unknown"]
