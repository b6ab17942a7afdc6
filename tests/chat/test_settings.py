"""Settings come from the environment, and what is wrong with them is said without their values."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import InvalidSettings, Settings, load
from tests.chat.api import TOKEN

VARIABLES = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BASE_URL", "READOUT_LOG_LEVEL")
KEPT = ("READOUT_STATE_PATH", "READOUT_KEEP_UNANSWERED")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES + KEPT:
        monkeypatch.delenv(name, raising=False)


def test_without_any_variable() -> None:
    """No token, Telegram's own server."""
    settings = load()
    assert settings.telegram_bot_token is None
    assert settings.telegram_base_url == "https://api.telegram.org/bot"
    assert settings.log_level == "INFO"
    assert settings.state_path is None
    assert settings.keep_unanswered is False


def test_what_is_kept_is_the_operators_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where, and whether questions without an answer are."""
    monkeypatch.setenv("READOUT_STATE_PATH", "state")
    monkeypatch.setenv("READOUT_KEEP_UNANSWERED", "yes")
    settings = load()
    assert settings.state_path == Path("state")
    assert settings.keep_unanswered is True


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_blank_token_is_none(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    """As an empty line in a service's file leaves it."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", blank)
    assert load().telegram_bot_token is None


def test_each_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line end behind a pasted token does no harm."""
    for name, value in zip(VARIABLES, (f"{TOKEN}\n", "http://localhost:8081/bot", "debug"), strict=True):
        monkeypatch.setenv(name, value)
    settings = load()
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == TOKEN
    assert settings.telegram_base_url == "http://localhost:8081/bot"
    assert settings.log_level == "DEBUG"


def test_every_problem_is_named_without_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of the values is the token."""
    for name, value in zip(VARIABLES, ("12:se cret", "localhost", "loud"), strict=True):
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettings) as caught:
        load()
    for name in VARIABLES:
        assert name in str(caught.value)
    assert "cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_settings_do_not_change() -> None:
    """They are read once."""
    with pytest.raises(ValidationError):
        Settings().log_level = "DEBUG"  # type: ignore[misc]
