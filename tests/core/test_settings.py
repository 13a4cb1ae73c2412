from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.settings import Settings, SettingsError


def test_without_variables_everything_has_its_default() -> None:
    settings = Settings.read({})
    assert settings.database_url == "sqlite+aiosqlite:///var/upline.db"
    assert (settings.host, settings.port, settings.webhook_port) == ("127.0.0.1", 8080, 8443)
    assert (settings.core_url, settings.telegram_api_url) == ("http://127.0.0.1:8080", "https://api.telegram.org")
    assert (settings.service_key, settings.telegram_token, settings.webhook_url) == (None, None, None)
    assert (settings.clock_start, settings.data) == (None, None)


def test_an_empty_variable_is_an_unset_one() -> None:
    assert Settings.read({"PORT": "", "SERVICE_KEY": "", "CLOCK_START": ""}) == Settings.read({})


def test_variables_are_read(tmp_path: Path) -> None:
    settings = Settings.read(
        {
            "DATABASE_URL": "postgresql+asyncpg://u:p@db/x",
            "PORT": "80",
            "CORE_URL": "https://core.example/",
            "CLOCK_START": "2026-11-22T09:00:00",
            "WEBHOOK_URL": "https://bot.example/hook",
            "WEBHOOK_SECRET": "s-3_cret",
            "UPLINE_DATA": str(tmp_path),
        }
    )
    assert (settings.port, settings.core_url, settings.data) == (80, "https://core.example", tmp_path)
    assert settings.clock_start == datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "postgresql+asyncpg://u@host:port/name"),
        ("DATABASE_URL", "sqlite+aiosqlite://"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "eighty"),
        ("PORT", "٨٠"),
        ("WEBHOOK_PORT", "-1"),
        ("CORE_URL", "localhost:8080"),
        ("TELEGRAM_API_URL", "https://x/?a=b"),
        ("PUBLIC_URL", "ftp://x"),
        ("SERVICE_KEY", "short"),
        ("SERVICE_KEY", "with a blank in the middle"),
        ("SERVICE_KEY", "schlüssel-schlüssel-schlüssel"),
        ("WEBHOOK_SECRET", "é"),
        ("CLOCK_START", "yesterday"),
        ("UPLINE_DATA", "/nowhere/at/all"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.read({name: value})


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        Settings.read({"WEBHOOK_URL": "https://bot.example"})


def test_secrets_are_asked_for_by_name() -> None:
    with pytest.raises(SettingsError, match="SERVICE_KEY"):
        Settings.read({}).require_service_key()
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN"):
        Settings.read({}).require_telegram_token()
    assert Settings.read({"TELEGRAM_TOKEN": "1:x"}).require_telegram_token() == "1:x"
    assert Settings.read({"SERVICE_KEY": "k" * 16}).require_service_key() == "k" * 16
