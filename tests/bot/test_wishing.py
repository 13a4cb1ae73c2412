"""From what she typed to what she wants, and the way back."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.wishing import UNASKED, hours_of, minutes, undoing, undone, wish_of
from core.messaging.kinds import Topic
from core.preferences.model import Level, Preferences, PreferenceWish, QuietHours, Summary
from tests.support.wishing import Wishing

NEVER = QuietHours(begins=0, ends=0)


def hers(**chosen: Any) -> Preferences:
    """Somebody who chose nothing but this."""
    return Wishing(**chosen).hers()


def quiet(begins: str, ends: str) -> PreferenceWish:
    return PreferenceWish(quiet=QuietHours(begins=minutes(begins), ends=minutes(ends)))


POINTS_OFF = PreferenceWish(levels={Topic.POINTS: Level.OFF})


@pytest.mark.parametrize(
    ("slots", "wish"),
    [
        ({"enabled": False}, PreferenceWish(on=False)),
        ({"enabled": True}, PreferenceWish(on=True)),
        ({"enabled": False, "topic": "points"}, POINTS_OFF),
        ({"enabled": True, "topic": "points"}, PreferenceWish(on=True, levels={Topic.POINTS: Level.ALL})),
        ({"enabled": False, "about": "coupons"}, PreferenceWish(levels={Topic.COUPONS: Level.OFF})),
        ({"enabled": False, "topic": "points", "about": "points,coupons"}, POINTS_OFF),
        ({"enabled": False, "topic": "inactive_team", "about": "points"}, POINTS_OFF),
        ({"enabled": False, "topic": "quiet_hours", "about": "points"}, POINTS_OFF),
        ({"from": "20:00"}, quiet("20:00", "08:00")),
        ({"until": "09:00", "enabled": False}, quiet("21:00", "09:00")),
        ({"from": "22:30", "until": "07:00", "topic": "quiet_hours"}, quiet("22:30", "07:00")),
        ({"from": "08:00"}, None),
        ({"topic": "quiet_hours"}, None),
        ({"topic": "quiet_hours", "weekend": True, "enabled": False}, None),
        ({"summary": "off", "enabled": False}, PreferenceWish(summary=Summary.OFF)),
        (
            {"summary": "monthly", "enabled": True},
            PreferenceWish(summary=Summary.MONTHLY, levels={Topic.GAUGES: Level.ALL}),
        ),
        ({"less": True}, PreferenceWish(levels=dict.fromkeys(UNASKED, Level.LESS))),
        ({"less": True, "enabled": False, "topic": "points"}, PreferenceWish(levels={Topic.POINTS: Level.LESS})),
        ({"only": True, "enabled": False}, PreferenceWish(on=False)),
        ({}, None),
    ],
)
def test_what_she_typed_is_what_she_wants(slots: Mapping[str, Any], wish: PreferenceWish | None) -> None:
    assert wish_of(slots, hers()) == wish


def test_only_some_turns_off_all_others() -> None:
    wish = wish_of({"enabled": True, "topic": "tickets", "about": "tickets,payout", "only": True}, hers())
    assert wish is not None and wish.on
    assert {topic for topic, level in wish.levels.items() if level is Level.ALL} == {Topic.TICKETS, Topic.PAYOUT}
    assert set(wish.levels) == set(Topic)


def test_fewer_brings_nothing_back_that_is_off() -> None:
    now = hers(levels=dict.fromkeys(UNASKED, Level.OFF) | {Topic.POINTS: Level.ALL})
    assert wish_of({"less": True}, now) == PreferenceWish(levels={Topic.POINTS: Level.LESS})
    assert wish_of({"less": True, "topic": "coupons"}, now) is None


def test_at_night_means_the_companys_night_where_she_has_none() -> None:
    assert wish_of({"topic": "quiet_hours"}, hers(quiet=NEVER)) == quiet("21:00", "08:00")


@pytest.mark.parametrize(
    ("now", "wish", "code"),
    [
        (hers(), PreferenceWish(on=False), "1.-.-.-"),
        (hers(), POINTS_OFF, "-.-----a-----.-.-"),
        (hers(quiet=QuietHours(begins=1260, ends=480)), quiet("22:00", "07:00"), "-.-.1260_480.-"),
        (hers(), quiet("22:00", "07:00"), "-.-.u.-"),
        (hers(summary=Summary.MONTHLY), PreferenceWish(summary=Summary.OFF), "-.-.-.m"),
    ],
)
def test_a_button_carries_the_way_back(now: Preferences, wish: PreferenceWish, code: str) -> None:
    assert undoing(now, wish) == code
    back = undone(code)
    assert back is not None and undoing(now, back) == code


@pytest.mark.parametrize("code", ["", "1", "1.-.-", "x.-.-.-.-", "1.aaa.-.-"])
def test_a_button_of_another_version_undoes_nothing(code: str) -> None:
    assert undone(code) is None


@pytest.mark.parametrize("code", ["", "1", "a_b", "1440_0", "-1_5", "0_99999999999", "²_5"])
def test_hours_that_no_clock_shows_are_none(code: str) -> None:
    assert hours_of(code) is None
