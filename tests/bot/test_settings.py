"""The environment: read strictly, and each fault names its variable."""

import pytest

from bot.settings import Settings
from core.kernel.environment import SettingsError

GOOD = {"SERVICE_KEY": "0123456789abcdef", "TELEGRAM_TOKEN": "12345:AAF-abc_def"}


def test_defaults() -> None:
    settings = Settings.read({**GOOD, "CORE_URL": ""})
    assert settings.core_url == "http://127.0.0.1:8080"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.webhook_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERVICE_KEY", ""),
        ("SERVICE_KEY", "short"),
        ("SERVICE_KEY", "with a blank in it"),
        ("TELEGRAM_TOKEN", ""),
        ("TELEGRAM_TOKEN", "no-colon"),
        ("TELEGRAM_TOKEN", "abc:def"),
        ("CORE_URL", "127.0.0.1:8080"),
        ("TELEGRAM_API_URL", "ftp://example.org"),
        ("WEBHOOK_PORT", "0"),
        ("WEBHOOK_PORT", "http"),
        ("WEBHOOK_SECRET", "with blank"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.read({**GOOD, name: value})


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        Settings.read({**GOOD, "WEBHOOK_URL": "https://example.org/hook"})
