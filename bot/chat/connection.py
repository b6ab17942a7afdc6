"""The connection to the Bot API: the bot, its defaults, and what is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import AIORateLimiter, Defaults, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from bot.settings import Settings

PAUSES = (0.5, 2.0)
"""Seconds before each further try after a network error."""

PROFILE = ("getMy", "setMy", "getChatMenuButton", "setChatMenuButton")
"""Beginnings of the methods that read and set what Telegram shows of the bot."""


class TokenRevoked(TelegramError):
    """The server no longer accepts the token while the bot is running."""


class ReadoutBot(ExtBot[int]):
    """The library's bot; its repr does not show the token."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ReadoutBot[]"

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """As the library's, with two errors that its polling loop would handle badly.

        On InvalidToken it ends silently and leaves a deaf process: TokenRevoked instead. Updates that
        it cannot parse it asks for again at once, without end: a TelegramError makes it wait.
        """
        try:
            return await super().get_updates(*args, **kwargs)
        except InvalidToken:
            raise TokenRevoked("the token was rejected") from None
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise TelegramError("updates that cannot be read") from error


class PatientLimiter(AIORateLimiter):
    """Keeps to Telegram's limits, waits as told on 429, and tries again on network errors.

    After a time-out the request may have been carried out, so a message is then not sent twice.
    """

    __slots__ = ()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """As the base class, with up to `len(PAUSES)` further tries; the profile gets none."""
        if endpoint.startswith(PROFILE):
            # Its limits are hours long, and the base class would keep all answers waiting as long.
            return await callback(*args, **kwargs)
        for pause in PAUSES:
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except BadRequest:
                raise
            except TimedOut:
                if endpoint.startswith("send"):
                    raise
            except NetworkError:
                pass
            await asyncio.sleep(pause)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)


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
        # Waiting for a free connection is normal under load, so it gets more than the default second.
        request=request or HTTPXRequest(connection_pool_size=256, pool_timeout=10),
        # With a single connection (the default) a half-closed one can block polling for good.
        get_updates_request=polling or HTTPXRequest(connection_pool_size=4, pool_timeout=10),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
        rate_limiter=PatientLimiter(max_retries=3),
    )
