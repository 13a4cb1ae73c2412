"""Settings from the environment: read once, strictly, and loudly wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from core.kernel.environment import KEY_LENGTH_MIN, SettingsError, address, port, service_key, webhook_secret

__all__ = ["Settings", "SettingsError"]

DATABASE_SCHEMES = ("sqlite+aiosqlite", "postgresql+asyncpg")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a process learns from its environment. `README.md` and PRODUCT.md list the variables."""

    database_url: str
    host: str
    port: int
    core_url: str
    service_key: str | None
    telegram_token: str | None
    telegram_api_url: str
    webhook_url: str | None
    webhook_secret: str | None
    webhook_port: int
    public_url: str | None
    clock_start: datetime | None
    data: Path | None

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings in `environ`; an empty variable counts as unset.

        Raises:
            SettingsError: the first variable that is wrong, by name.
        """
        webhook_url = address(environ, "WEBHOOK_URL")
        secret = webhook_secret(environ)
        if webhook_url and not secret:
            raise SettingsError("WEBHOOK_SECRET is missing: with WEBHOOK_URL set, Telegram must prove itself by it.")
        return cls(
            database_url=_database_url(environ),
            host=environ.get("HOST") or "127.0.0.1",
            port=port(environ, "PORT", 8080),
            core_url=address(environ, "CORE_URL") or "http://127.0.0.1:8080",
            service_key=service_key(environ) if environ.get("SERVICE_KEY") else None,
            telegram_token=environ.get("TELEGRAM_TOKEN") or None,
            telegram_api_url=address(environ, "TELEGRAM_API_URL") or "https://api.telegram.org",
            webhook_url=webhook_url,
            webhook_secret=secret,
            webhook_port=port(environ, "WEBHOOK_PORT", 8443),
            public_url=address(environ, "PUBLIC_URL"),
            clock_start=_moment(environ, "CLOCK_START"),
            data=_folder(environ, "UPLINE_DATA"),
        )

    def require_service_key(self) -> str:
        """The secret between processes, for those that cannot work without it.

        Raises:
            SettingsError: SERVICE_KEY is not set.
        """
        if self.service_key is None:
            raise SettingsError(
                "SERVICE_KEY is missing: give core, bot and worker the same secret of at least "
                f"{KEY_LENGTH_MIN} characters (`make demo` makes one by itself)."
            )
        return self.service_key

    def require_telegram_token(self) -> str:
        """The bot's token.

        Raises:
            SettingsError: TELEGRAM_TOKEN is not set.
        """
        if self.telegram_token is None:
            raise SettingsError("TELEGRAM_TOKEN is missing: ask @BotFather for one, or try `make demo` without.")
        return self.telegram_token


def _database_url(environ: Mapping[str, str]) -> str:
    url = environ.get("DATABASE_URL") or "sqlite+aiosqlite:///var/upline.db"
    scheme, _, rest = url.partition("://")
    if scheme not in DATABASE_SCHEMES or not rest:
        raise SettingsError(f"DATABASE_URL must start with one of {' or '.join(s + '://' for s in DATABASE_SCHEMES)}.")
    if scheme.startswith("sqlite") and ":memory:" in rest:
        raise SettingsError("DATABASE_URL names a database in memory, which connections cannot share; name a file.")
    if scheme.startswith("postgresql") and not _is_reachable(rest.rpartition("@")[2]):
        raise SettingsError("DATABASE_URL must look like postgresql+asyncpg://user:password@host:5432/name.")
    return url


def _is_reachable(address: str) -> bool:
    """Whether `host:port/name` has a port that can be one, or none.

    Asked without the library that connects: it is slow to load, and commands that work on files never need it.
    """
    try:
        return urlsplit(f"//{address}").port != 0
    except ValueError:
        return False


def _moment(environ: Mapping[str, str], name: str) -> datetime | None:
    text = environ.get(name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"{name} must be an ISO time such as 2026-11-22T09:00:00+00:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name)
    if not text:
        return None
    if not Path(text).is_dir():
        raise SettingsError(f"{name} must name an existing folder.")
    return Path(text)
