"""What the worker learns from its environment: read once, strictly, and loudly wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.kernel import environment


@dataclass(frozen=True, slots=True)
class Settings:
    """The worker's part of the settings that the README lists."""

    core_url: str
    service_key: str
    telegram_token: str
    telegram_api_url: str

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings in `environ`.

        Raises:
            SettingsError: the first variable that is missing or wrong, by name.
        """
        return cls(
            core_url=environment.address(environ, "CORE_URL") or "http://127.0.0.1:8080",
            service_key=environment.service_key(environ),
            telegram_token=environment.telegram_token(environ),
            telegram_api_url=environment.address(environ, "TELEGRAM_API_URL") or "https://api.telegram.org",
        )
