"""What the bot learns from its environment: read once, strictly, and loudly wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.kernel import environment
from core.kernel.environment import SettingsError

TELEGRAM = "https://api.telegram.org"
CORE = "http://127.0.0.1:8080"


@dataclass(frozen=True, slots=True)
class Settings:
    """The bot's part of the settings that the README lists."""

    core_url: str
    service_key: str
    telegram_token: str
    telegram_api_url: str
    webhook_url: str | None
    webhook_secret: str | None
    webhook_port: int

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings in `environ`.

        Raises:
            SettingsError: the first variable that is missing or wrong, by name.
        """
        webhook_url = environment.address(environ, "WEBHOOK_URL")
        webhook_secret = environment.webhook_secret(environ)
        if webhook_url and not webhook_secret:
            raise SettingsError("WEBHOOK_SECRET is missing: with WEBHOOK_URL set, Telegram must prove itself by it.")
        return cls(
            core_url=environment.address(environ, "CORE_URL") or CORE,
            service_key=environment.service_key(environ),
            telegram_token=environment.telegram_token(environ),
            telegram_api_url=environment.address(environ, "TELEGRAM_API_URL") or TELEGRAM,
            webhook_url=webhook_url,
            webhook_secret=webhook_secret,
            webhook_port=environment.port(environ, "WEBHOOK_PORT", 8443),
        )
