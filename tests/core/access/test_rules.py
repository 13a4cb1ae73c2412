from datetime import UTC, datetime, timedelta

import pytest

from core.access.model import PERSON, ROLES, SERVICE, Permission, Role
from core.access.rules import e164, minutes_to_wait

START = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "passed", "minutes"),
    [
        (0, timedelta(0), 0),
        (4, timedelta(minutes=1), 0),
        (5, timedelta(minutes=1), 14),
        (5, timedelta(minutes=14, seconds=59), 1),
        (5, timedelta(minutes=14, seconds=59, microseconds=500), 1),
        (5, timedelta(minutes=15), 0),
        (50, timedelta(days=1), 0),
    ],
)
def test_five_tries_then_a_pause(tries: int, passed: timedelta, minutes: int) -> None:
    assert minutes_to_wait(tries, START, START + passed) == minutes


@pytest.mark.parametrize(("written", "number"), [("34600123456", "+34600123456"), ("+34 600-123.456", "+34600123456")])
def test_a_phone_number_has_one_form(written: str, number: str) -> None:
    assert e164(written) == number


def test_every_role_has_permissions_and_none_is_a_persons_own() -> None:
    assert set(ROLES) == set(Role)
    for role, permissions in ROLES.items():
        assert permissions, role
        assert Permission.SEE_OWN_FIGURES not in permissions


def test_support_never_sees_payouts() -> None:
    assert Permission.SEE_PAYOUTS not in ROLES[Role.SUPPORT]


def test_services_do_not_speak_for_people_without_a_chat() -> None:
    assert not SERVICE & {Permission.SEE_OWN_FIGURES, Permission.SEE_LINE, Permission.SEE_PEOPLE}
    assert Permission.SEE_OWN_FIGURES in PERSON
