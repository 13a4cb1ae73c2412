"""What the worker learns from its environment: read once, strictly, and loudly wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urlsplit

from core.kernel import environment
from core.kernel.environment import SettingsError

RATE_PER_S = 25
"""A little under Telegram's thirty a second: the bot's answers need room too."""
RATE_MAX = 1000
"""What Telegram takes of those who pay for it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The worker's part of the settings that the README lists."""

    core_url: str
    service_key: str
    telegram_token: str
    telegram_api_url: str
    rate_per_s: int = RATE_PER_S
    smtp_url: str | None = None
    mail_from: str | None = None
    public_url: str | None = None

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings in `environ`.

        Raises:
            SettingsError: the first variable that is missing or wrong, by name.
        """
        smtp_url, mail_from = _smtp_url(environ), _mail_from(environ)
        if (smtp_url is None) != (mail_from is None):
            missing = "MAIL_FROM" if mail_from is None else "SMTP_URL"
            raise SettingsError(f"{missing} is missing: e-mail needs both SMTP_URL and MAIL_FROM, or neither.")
        return cls(
            core_url=environment.address(environ, "CORE_URL") or "http://127.0.0.1:8080",
            service_key=environment.service_key(environ),
            telegram_token=environment.telegram_token(environ),
            telegram_api_url=environment.address(environ, "TELEGRAM_API_URL") or "https://api.telegram.org",
            rate_per_s=_rate(environ),
            smtp_url=smtp_url,
            mail_from=mail_from,
            public_url=environment.address(environ, "PUBLIC_URL"),
        )


def _smtp_url(environ: Mapping[str, str]) -> str | None:
    text = environ.get("SMTP_URL") or None
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        is_right = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none
        is_right = False
    if not is_right or parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingsError("SMTP_URL must be an address such as smtps://name:password@mail.example.org:465.")
    return text


def _mail_from(environ: Mapping[str, str]) -> str | None:
    text = environ.get("MAIL_FROM") or None
    if text is None:
        return None
    name, address = parseaddr(text)
    try:
        Address(name, addr_spec=address)
        is_right = address.isascii() and "@" in address
    except ValueError:
        is_right = False
    if not is_right:
        raise SettingsError("MAIL_FROM must be an e-mail address, such as Acme <news@example.org>.")
    return text


def _rate(environ: Mapping[str, str]) -> int:
    text = environ.get("MESSAGES_PER_SECOND") or str(RATE_PER_S)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= RATE_MAX):
        raise SettingsError(f"MESSAGES_PER_SECOND must be a whole number from 1 to {RATE_MAX}.")
    return int(text)
