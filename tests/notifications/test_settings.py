"""The worker's settings: strict, and loud about what is wrong."""

import pytest

from core.kernel.environment import SettingsError
from core.messaging.model import Channel
from notifications.app import channels
from notifications.channels.email import Server
from notifications.settings import Settings

GOOD = {"SERVICE_KEY": "a-key-that-is-long-enough", "TELEGRAM_TOKEN": "123:abc"}
MAIL = {"SMTP_URL": "smtps://ana:p%40ss@mail.example.org", "MAIL_FROM": "Acme <news@example.org>"}


def test_without_a_mail_server_there_is_no_mail() -> None:
    settings = Settings.read(GOOD)
    assert (settings.smtp_url, settings.mail_from, settings.rate_per_s) == (None, None, 25)


async def test_with_a_mail_server_there_are_two_channels() -> None:
    found = channels(Settings.read({**GOOD, **MAIL, "MESSAGES_PER_SECOND": "30"}))
    assert set(found) == {Channel.TELEGRAM, Channel.EMAIL}
    for carrier in found.values():
        await carrier.close()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", Server("localhost", 587, use_tls=False)),
        ("smtp://localhost:25", Server("localhost", 25, use_tls=False)),
        ("smtps://ana:p%40ss@mail.example.org", Server("mail.example.org", 465, True, "ana", "p@ss")),
    ],
)
def test_a_mail_servers_address_says_how_to_reach_it(url: str, server: Server) -> None:
    assert Server.of(url) == server


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SMTP_URL": MAIL["SMTP_URL"]}, "MAIL_FROM is missing"),
        ({"MAIL_FROM": MAIL["MAIL_FROM"]}, "SMTP_URL is missing"),
        ({**MAIL, "SMTP_URL": "mail.example.org"}, "SMTP_URL must be"),
        ({**MAIL, "SMTP_URL": "smtp://mail.example.org:port"}, "SMTP_URL must be"),
        ({**MAIL, "SMTP_URL": "smtp://mail.example.org/path"}, "SMTP_URL must be"),
        ({**MAIL, "MAIL_FROM": "nobody"}, "MAIL_FROM must be"),
        ({**MAIL, "MAIL_FROM": "Acme <news@exämple.org>"}, "MAIL_FROM must be"),
        ({"MESSAGES_PER_SECOND": "0"}, "MESSAGES_PER_SECOND must be"),
        ({"MESSAGES_PER_SECOND": "1001"}, "MESSAGES_PER_SECOND must be"),
        ({"MESSAGES_PER_SECOND": "fast"}, "MESSAGES_PER_SECOND must be"),
        ({"PUBLIC_URL": "example.org"}, "PUBLIC_URL must be"),
    ],
)
def test_what_is_wrong_is_named(given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.read({**GOOD, **given})
