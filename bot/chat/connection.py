"""The connection to the Bot API: the bot, its defaults, and how it reads updates."""

from __future__ import annotations

import time
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.request import BaseRequest

from bot.chat.pace import Pace
from bot.chat.wire import Wire
from bot.settings import Settings

CONNECTIONS = 32
"""For answers; at 50 ms a request these are 640 a second."""


class TokenRevoked(TelegramError):
    """The server no longer accepts the token while the bot is running."""


class ReadoutBot(ExtBot[int]):
    """The library's bot; its repr does not show the token."""

    __slots__ = ("_last_heard",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last_heard = time.monotonic()

    @property
    def last_heard(self) -> float:
        """When Telegram last answered a poll, on the monotonic clock; before the first, the start."""
        return self._last_heard

    def __repr__(self) -> str:
        return "ReadoutBot[]"

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """As the library's, with two errors that its polling loop would handle badly.

        On InvalidToken it ends silently and leaves a deaf process: TokenRevoked instead. Updates that
        it cannot parse it asks for again at once, without end: a TelegramError makes it wait.
        """
        try:
            updates = await super().get_updates(*args, **kwargs)
        except InvalidToken:
            raise TokenRevoked("the token was rejected") from None
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise TelegramError("updates that cannot be read") from error
        self._last_heard = time.monotonic()
        return updates


def connect(
    settings: Settings, request: BaseRequest | None = None, polling: BaseRequest | None = None
) -> ReadoutBot:
    """The bot for the settings' token and server; nothing is sent yet.

    `request` and `polling` replace the HTTP clients. Raises InvalidToken if there is no token.
    """
    if settings.telegram_bot_token is None:
        raise InvalidToken("there is no token")
    return ReadoutBot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        request=request or Wire(CONNECTIONS),
        # With a single connection a half-closed one could block polling for good.
        get_updates_request=polling or Wire(2),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
        rate_limiter=Pace(),
    )
