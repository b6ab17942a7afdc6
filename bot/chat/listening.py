"""How updates come: the bot asks for them (long polling), or Telegram delivers them (webhook)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from telegram.error import Conflict, TelegramError
from telegram.ext import Updater

from bot.chat.connection import TokenRevoked
from bot.chat.handlers import UPDATES
from bot.settings import Settings

POLL = 30
"""How long the server may hold a request open while there is nothing new, in seconds."""
DELIVERIES = 100
"""Connections over which Telegram may deliver at the same time; it allows no more."""

_log = logging.getLogger(__name__)


async def listen(updater: Updater, settings: Settings, on_revoked: Callable[[], None]) -> None:
    """Begin to put updates into the updater's queue, in the way that the settings choose.

    `on_revoked` is called when polling finds that the token is no longer accepted. Raises
    TelegramError, and OSError if the webhook's port cannot be used.
    """
    if settings.telegram_webhook_url is None:
        await updater.start_polling(timeout=POLL, allowed_updates=UPDATES, error_callback=_told(on_revoked))
        return
    await updater.start_webhook(
        settings.telegram_webhook_listen,
        settings.telegram_webhook_port,
        urlsplit(settings.telegram_webhook_url).path.lstrip("/"),
        webhook_url=settings.telegram_webhook_url,
        allowed_updates=UPDATES,
        max_connections=DELIVERIES,
        secret_token=secret(settings),
    )


def secret(settings: Settings) -> str:
    """What Telegram must show with each delivery: the same after a restart, and no way back to the token."""
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    return hashlib.sha256(f"webhook {token}".encode()).hexdigest()


def _told(on_revoked: Callable[[], None]) -> Callable[[TelegramError], None]:
    def on_error(error: TelegramError) -> None:
        if isinstance(error, TokenRevoked):
            on_revoked()
        elif isinstance(error, Conflict):
            _log.error("another program polls with the same token; only one may")
        else:
            _log.warning("polling failed (%s); trying again", type(error).__name__)

    return on_error
