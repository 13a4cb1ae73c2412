"""Reading settings from environment variables: strictly, and loudly wrong. An empty variable counts as unset."""

from collections.abc import Mapping
from urllib.parse import urlsplit

KEY_LENGTH_MIN = 16
KEY_REFUSED = "SERVICE_KEY is not the one that core at CORE_URL has: give core, bot and worker the same."
"""What bot and worker end with when core does not know them."""
UNKNOWN_KEY = 401
"""The status by which core says so."""
SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")

Environ = Mapping[str, str]


class SettingsError(Exception):
    """A variable is missing or wrong; the message names it and says what is expected."""


def address(environ: Environ, name: str, default: str | None = None) -> str | None:
    """An http(s) address without a trailing slash.

    Raises:
        SettingsError: it is none.
    """
    text = environ.get(name) or default
    if text is None:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"{name} must be an address such as https://example.org, without ? and #.")
    return text.rstrip("/")


def port(environ: Environ, name: str, default: int) -> int:
    """A port number.

    Raises:
        SettingsError: it is none.
    """
    text = environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SettingsError(f"{name} must be a port number from 1 to 65535.")
    return int(text)


def service_key(environ: Environ) -> str:
    """The secret by which bot and worker speak to core.

    Raises:
        SettingsError: it is missing or too simple.
    """
    key = environ.get("SERVICE_KEY") or ""
    if not key:
        raise SettingsError(
            "SERVICE_KEY is missing: give core, bot and worker the same secret of at least "
            f"{KEY_LENGTH_MIN} characters (`make demo` makes one by itself)."
        )
    if len(key) < KEY_LENGTH_MIN or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(
            f"SERVICE_KEY must have at least {KEY_LENGTH_MIN} printable ASCII characters and no blanks."
        )
    return key


def telegram_token(environ: Environ) -> str:
    """The bot's token.

    Raises:
        SettingsError: it is missing or has not the form of one.
    """
    token = environ.get("TELEGRAM_TOKEN") or ""
    if not token:
        raise SettingsError("TELEGRAM_TOKEN is missing: ask @BotFather for one, or try `make demo` without.")
    number, colon, secret = token.partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret and set(secret) <= SECRET_LETTERS):
        raise SettingsError("TELEGRAM_TOKEN must look like 123456:ABC-def, as @BotFather gives it.")
    return token


def webhook_secret(environ: Environ) -> str | None:
    """The word by which Telegram proves itself.

    Raises:
        SettingsError: it has letters that Telegram does not allow.
    """
    secret = environ.get("WEBHOOK_SECRET") or None
    if secret is not None and (len(secret) > 256 or not set(secret) <= SECRET_LETTERS):
        raise SettingsError("WEBHOOK_SECRET must be 1 to 256 of the letters A-Z, a-z, 0-9, _ and -.")
    return secret
