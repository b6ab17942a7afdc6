"""Settings: the only reader of environment variables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]

# The tail "/test" selects Telegram's test servers.
_TOKEN = re.compile(r"[A-Za-z0-9_:-]+(/test)?")


class InvalidSettings(Exception):
    """A setting cannot be used; the text names the variables and shows no value."""


class Settings(BaseSettings):
    """What the operator decides; each field's alias is its environment variable."""

    # Values stay out of error texts: one of them is the token.
    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True, populate_by_name=True
    )

    telegram_bot_token: SecretStr | None = Field(None, validation_alias="TELEGRAM_BOT_TOKEN")
    """The token from BotFather; without one there is no Telegram."""
    telegram_base_url: str = Field(
        "https://api.telegram.org/bot", validation_alias="TELEGRAM_BASE_URL", pattern=r"^https?://\S+$"
    )
    """The Bot API server, in python-telegram-bot's form: the token is appended to it."""
    telegram_webhook_url: str | None = Field(
        None, validation_alias="TELEGRAM_WEBHOOK_URL", pattern=r"^https?://\S+$"
    )
    """Where Telegram delivers updates, as the world sees it; without one the bot asks for them itself."""
    telegram_webhook_listen: str = Field("127.0.0.1", validation_alias="TELEGRAM_WEBHOOK_LISTEN")
    """The address on which deliveries are taken, behind the server that ends encryption."""
    telegram_webhook_port: int = Field(8080, validation_alias="TELEGRAM_WEBHOOK_PORT", ge=1, le=65535)
    """The port on which deliveries are taken."""
    log_level: Annotated[LogLevel, BeforeValidator(lambda level: str(level).strip().upper())] = Field(
        "INFO", validation_alias="READOUT_LOG_LEVEL"
    )
    """How much is logged; the text of messages never is."""
    state_path: Path | None = Field(None, validation_alias="READOUT_STATE_PATH")
    """The folder of what must outlive the process; without one everything is in memory only."""
    keep_unanswered: bool = Field(False, validation_alias="READOUT_KEEP_UNANSWERED")
    """Whether questions without an answer are kept for a month, without digits and names."""
    operator: int | None = Field(None, validation_alias="READOUT_OPERATOR", gt=0)
    """The number of the Telegram account that may ask for `/stats`; without one nobody may."""
    metrics_port: int | None = Field(None, validation_alias="READOUT_METRICS_PORT", ge=1, le=65535)
    """The port of `/health` and `/metrics`; without one there are none."""
    metrics_listen: str = Field("127.0.0.1", validation_alias="READOUT_METRICS_LISTEN")
    """The address on which these two can be asked."""

    @field_validator("telegram_bot_token")
    @classmethod
    def _sendable(cls, token: SecretStr | None) -> SecretStr | None:
        text = token.get_secret_value().strip() if token else ""
        if not text:
            return None
        if not _TOKEN.fullmatch(text):
            raise ValueError("holds characters that no token has")
        return SecretStr(text)


def load() -> Settings:
    """The settings of this process.

    Raises InvalidSettings, naming every variable that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = (f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors(include_input=False))
        raise InvalidSettings("; ".join(problems)) from None
