"""What is said to one person now, what later and what never: the worked tables of the rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.kernel.ids import PersonId
from core.messaging.kinds import KINDS, Topic
from core.messaging.model.waiting import Said, Waiting
from core.outreach.rules.judging import PARTS_MAX, Budget, Reader, judge, message_of, room_in_budget, unwanted
from core.preferences.model import Level

NOW = datetime(2026, 11, 27, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
HER = PersonId(7)
BUDGET = Budget(per_day=2, per_week=6)
ORDER = {"urgent": 0, "normal": 5, "bulk": 9}


def waiting(number: int, kind: str, *, lapses_in: float | None = None, subject: str | None = None) -> Waiting:
    return Waiting(
        id=number,
        kind=kind,
        person=HER,
        chat_id=None,
        facts={},
        subject=subject,
        occasion=None,
        priority=ORDER[KINDS[kind].priority.value] if kind in KINDS else 5,
        not_before=NOW - HOUR,
        lapses_at=None if lapses_in is None else NOW + lapses_in * HOUR,
        attempts=0,
    )


def said(*hours_ago: float, kind: str = "month_end", is_head: bool = True) -> list[Said]:
    return [Said(HER, kind, NOW - hours * HOUR, is_head) for hours in hours_ago]


def reader(*, asleep_for: float = 0, levels: Mapping[Topic, Level] | None = None) -> Reader:
    return Reader(awake_at=NOW + asleep_for * HOUR, levels=levels or {})


@pytest.mark.parametrize(
    ("her", "nudge", "payout", "safety"),
    [
        (Reader(NOW), None, None, None),
        (Reader(NOW, has_left=True), "terminated", None, None),
        (Reader(NOW, is_on=False), "muted", "muted", None),
        (Reader(NOW, levels={Topic.MONTH_END: Level.OFF}), "topic_off", None, None),
        (Reader(NOW, levels={Topic.PAYOUT: Level.OFF}), None, "topic_off", None),
        (Reader(NOW, is_blocked=True, has_chat=False), "blocked", None, "no_address"),
        (Reader(NOW, is_blocked=True, has_chat=False, is_reached=False), "blocked", "blocked", "no_address"),
        (Reader(NOW, has_chat=False, is_reached=False), "no_address", "no_address", "no_address"),
        (Reader(NOW, has_chat=False), None, None, "no_address"),  # by e-mail
    ],
)
def test_who_gets_none_of_a_kind(her: Reader, nudge: str | None, payout: str | None, safety: str | None) -> None:
    kinds = ("month_end", "payout.made", "access.chat_moved")
    assert tuple(unwanted(KINDS[kind], her) for kind in kinds) == (nudge, payout, safety)


@pytest.mark.parametrize(
    ("budget", "heard", "room_in_hours"),
    [
        ((2, 6), (30, 5), 0),
        ((2, 6), (20, 5), 4),
        ((2, 6), (20, 10, 5), 14),
        ((2, 2), (100, 50), 68),
        ((2, 6), (), 0),
        ((0, 6), (), 24),
        ((2, 6), (24, 23), 0),  # exactly a day ago is not within it
    ],
)
def test_when_the_budget_has_room_again(budget: tuple[int, int], heard: tuple[float, ...], room_in_hours: int) -> None:
    assert room_in_budget(said(*heard), Budget(*budget), NOW) - NOW == room_in_hours * HOUR


def test_a_digest_counts_once_and_what_she_asked_for_not_at_all() -> None:
    heard = [*said(1), *said(1, 1, is_head=False), *said(1, 1, 1, kind="order.updated")]
    assert room_in_budget(heard, BUDGET, NOW) == NOW


@pytest.mark.parametrize(
    ("kind", "her", "heard", "lapses_in", "verdict"),
    [
        ("month_end", reader(), [], None, "goes"),
        ("month_end", reader(), [], 0, "lapsed: late"),
        ("month_end", reader(asleep_for=9), [], None, "waits 9: quiet_hours"),
        ("month_end", reader(asleep_for=9), [], 10, "waits 9: quiet_hours"),
        ("month_end", reader(asleep_for=9), [], 9, "lapsed: quiet_hours"),
        ("month_end", reader(), said(20, 5), None, "waits 4: budget"),
        ("month_end", reader(asleep_for=2), said(20, 5), None, "waits 4: budget"),
        ("month_end", reader(asleep_for=9), said(20, 5), None, "waits 9: quiet_hours"),
        ("month_end", reader(), said(20, 5), 3, "lapsed: budget"),
        ("month_end", reader(levels={Topic.MONTH_END: Level.LESS}), said(24), None, "waits 144: less"),
        ("month_end", reader(levels={Topic.POINTS: Level.LESS}), said(24), None, "goes"),
        ("month_end", reader(levels={Topic.MONTH_END: Level.OFF}), [], None, "unwanted: topic_off"),
        ("payout.made", reader(), said(20, 5, 1), None, "goes"),
        ("payout.made", reader(asleep_for=3), [], None, "waits 3: quiet_hours"),
        ("access.chat_moved", reader(asleep_for=9), said(1, 1, 1), None, "goes"),
        ("no.such.kind", reader(), [], None, "failed: kind_unknown"),
    ],
)
def test_what_becomes_of_a_message(
    kind: str, her: Reader, heard: list[Said], lapses_in: float | None, verdict: str
) -> None:
    judged = judge([waiting(1, kind, lapses_in=lapses_in)], her, heard, BUDGET, NOW)
    told = [f"{one.state.value}: {one.reason}" for one in judged.ended]
    told += [f"waits {(one.until - NOW) // HOUR}: {one.reason}" for one in judged.postponed]
    assert told + ["goes"] * len(judged.ready) == [verdict]


def test_the_most_urgent_goes_first_then_the_one_with_most_at_stake() -> None:
    kinds = ["points.earned", "gauges.summary", "month_end", "payout.made", "access.chat_moved"]
    judged = judge([waiting(number, kind) for number, kind in enumerate(kinds)], reader(), [], BUDGET, NOW)
    told = ["access.chat_moved", "month_end", "payout.made", "points.earned", "gauges.summary"]
    assert [one.kind for one in judged.ready] == told


def test_unasked_messages_go_together_and_what_she_asked_for_alone() -> None:
    kinds = ["points.earned", "payout.made", "month_end", "points.earned"]
    judged = judge([waiting(number, kind) for number, kind in enumerate(kinds)], reader(), [], BUDGET, NOW)
    assert [one.id for one in message_of(judged.ready)] == [2, 0, 3]
    asked = judge([waiting(0, "payout.made"), waiting(1, "points.earned")], reader(), [], BUDGET, NOW)
    assert [one.id for one in message_of(asked.ready)] == [0]


@pytest.mark.parametrize(
    ("kinds", "heard", "verdict"),
    [
        (["announcement"], (), ["announcement"]),
        (["announcement"], (20,), []),  # the second place of the day waits for something more at stake
        (["month_end"], (20,), ["month_end"]),
        (["announcement", "month_end"], (20,), ["month_end", "announcement"]),  # which takes it along
        (["announcement", "month_end"], (20, 5), []),
        (["announcement"], (150, 120, 90, 60), []),  # so do the last two of the week
        (["month_end"], (150, 120, 90, 60), ["month_end"]),
    ],
)
def test_what_is_little_at_stake_leaves_the_last_places_free(
    kinds: list[str], heard: tuple[float, ...], verdict: list[str]
) -> None:
    judged = judge([waiting(number, kind) for number, kind in enumerate(kinds)], reader(), said(*heard), BUDGET, NOW)
    assert [one.kind for one in judged.ready] == verdict


@pytest.mark.parametrize(
    ("budget", "unreserved"), [((2, 6), (1, 4)), ((1, 1), (1, 1)), ((0, 9), (0, 6)), ((3, 2), (2, 1))]
)
def test_how_many_places_anything_may_take(budget: tuple[int, int], unreserved: tuple[int, int]) -> None:
    assert Budget(*budget).unreserved == Budget(*unreserved)


def test_a_digest_has_room_for_what_is_most_at_stake() -> None:
    many = [waiting(number, "points.earned") for number in range(10)] + [waiting(10, "month_end")]
    judged = judge(many, reader(), [], BUDGET, NOW)
    assert [one.id for one in message_of(judged.ready)] == [10, *range(PARTS_MAX - 1)]


def test_of_several_about_one_subject_only_the_newest_is_said() -> None:
    many = [waiting(number, "order.updated", subject=subject) for number, subject in ((1, "a"), (2, "b"), (3, "a"))]
    judged = judge(many, reader(), [], BUDGET, NOW)
    assert [(one.id, one.reason) for one in judged.ended] == [(1, "newer")]
    assert [one.id for one in judged.ready] == [2, 3]
    late = judge(many, reader(), [], BUDGET, NOW, heard={("order.updated", "a"): 9, ("order.updated", "b"): 1})
    assert [(one.id, one.reason) for one in late.ended] == [(1, "newer"), (3, "newer")]


def test_what_is_said_of_one_ticket_in_different_kinds_is_all_said() -> None:
    kinds = ("ticket.updated", "ticket.answered", "ticket.file", "ticket.answered")
    many = [waiting(number, kind, subject="ticket:7") for number, kind in enumerate(kinds)]
    assert judge(many, reader(), [], BUDGET, NOW, heard={("ticket.updated", "ticket:8"): 9}).ended == ()


def test_who_muted_tickets_still_hears_the_answer_that_she_asked_for() -> None:
    many = [waiting(1, "ticket.updated"), waiting(2, "ticket.answered"), waiting(3, "ticket.file")]
    for her in (reader(levels={Topic.TICKETS: Level.OFF}), replace(reader(), is_on=False)):
        assert [one.id for one in judge(many, her, [], BUDGET, NOW).ready] == [2, 3]


def test_an_answer_to_whoever_just_wrote_goes_at_any_hour() -> None:
    her, one = reader(asleep_for=9), waiting(1, "ticket.answered")
    assert judge([one], her, [], BUDGET, NOW).ready == ()
    assert judge([replace(one, priority=ORDER["urgent"])], her, [], BUDGET, NOW).postponed == ()


def test_editing_a_message_makes_no_sound_so_it_waits_for_nothing() -> None:
    her = reader(asleep_for=9, levels={Topic.ORDERS: Level.LESS})
    heard = said(1, kind="order.updated")
    one = [waiting(1, "order.updated", subject="order:S1")]
    assert judge(one, her, heard, BUDGET, NOW, edited={1}).ready == tuple(one)
    assert judge(one, her, heard, BUDGET, NOW).ready == ()


PUT = st.tuples(st.integers(0, 200), st.sampled_from(["month_end", "points.earned", "payout.made", "rank.progress"]))


@settings(max_examples=30)
@given(st.lists(PUT, max_size=40), st.integers(0, 3), st.integers(0, 5), st.booleans())
def test_whatever_comes_no_budget_is_passed_nobody_is_woken_and_nothing_is_late(
    put: list[tuple[int, str]], per_day: int, per_week: int, less: bool
) -> None:
    """Hour by hour for two weeks: what is put is judged, and the first message goes."""
    levels = {Topic.RANK_PROGRESS: Level.LESS} if less else {}
    coming = sorted((at, number, kind) for number, (at, kind) in enumerate(put))
    line: dict[int, tuple[datetime, Waiting]] = {}
    heard: list[Said] = []
    for hour in range(14 * 24):
        now = NOW + hour * HOUR
        while coming and coming[0][0] <= hour:
            _, number, kind = coming.pop(0)
            ends = None if (lapses := KINDS[kind].lapses) is None else now + lapses
            line[number] = (now, replace(waiting(number, kind), not_before=now, lapses_at=ends))
        awake_at = now.replace(hour=8) if now.hour < 8 else now
        due = [one for begins, one in line.values() if begins <= now]
        week = [one for one in heard if one.at > now - 7 * 24 * HOUR]
        judged = judge(due, Reader(awake_at, levels=levels), week, Budget(per_day, per_week), now)
        assert len(judged.ended) + len(judged.postponed) + len(judged.ready) == len(due)
        for end in judged.ended:
            del line[end.id]
        for later in judged.postponed:
            assert now < later.until
            line[later.id] = (later.until, line[later.id][1])
        for place, one in enumerate(message_of(judged.ready) if judged.ready else ()):
            assert now.hour >= 8 and (one.lapses_at is None or now < one.lapses_at)
            heard.append(Said(HER, one.kind, now, place == 0))
            del line[one.id]
    for within, most in ((24 * HOUR, per_day), (7 * 24 * HOUR, per_week)):
        at = [one.at for one in heard if one.is_head and KINDS[one.kind].unasked]
        assert all(sum(begin <= other < begin + within for other in at) <= most for begin in at)
    ranks = sorted({one.at for one in heard if one.kind == "rank.progress"}) if less else []
    assert all(later - earlier >= 7 * 24 * HOUR for earlier, later in pairwise(ranks))
    assert all(begins > NOW + 13 * 24 * HOUR or one.lapses_at is None for begins, one in line.values())
