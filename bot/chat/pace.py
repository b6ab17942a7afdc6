"""How fast the bot speaks, and what is tried again: Telegram's limits, its 429s, errors of the network.

The library's own limiter (AIORateLimiter) is not used. Its thirty a second, which Telegram gives for
broadcasts only, can be switched off; but it charges a group's twenty messages a minute also for requests
that are no messages (reactions, questions about members), it waits for everybody when one group is
flooded, and while it waits after a 429 any request that ends ends the wait.

The numbers are Telegram's: 20 messages a minute in a group, with bursts as its servers take them; 30 a
second once they were too much. One message a second in a chat is kept by the questions: each has one
answer, and bot.chat.gate takes no more of them. The true limits are not published, so a 429 rules.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram import ReplyParameters
from telegram.constants import FloodLimit
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter

from bot.memory.recent import Recent

PAUSES = (0.5, 2.0)
"""Seconds before each further try after a network error."""
WAITS = 3
"""How often one request may be told to wait before it is given up."""
CAUTIOUS = 600.0
"""Seconds for which the bot keeps to Telegram's number for broadcasts after it was told to wait."""
SLACK = 0.1
"""Seconds added to a wait: the server's clock is not ours."""
MINUTE = 60.0
HOUR = 3600.0

PROFILE = ("getMy", "setMy", "getChatMenuButton", "setChatMenuButton")
"""Beginnings of the methods that read and set what Telegram shows of the bot."""
WRITTEN = ("send", "editMessageText")
"""Beginnings of the methods that a group's limit is about."""

Send = Callable[..., Coroutine[Any, Any, Any]]


class Pace(BaseRateLimiter[int]):
    """As fast as Telegram takes it, and as told when it does not; one network error is not noticed.

    After a time-out the request may have been carried out, so a message is then not sent twice.
    """

    def __init__(self) -> None:
        self._until = 0.0
        """No request leaves before."""
        self._waiting: Recent[int, float] = Recent(limit=10_000, seconds=HOUR)
        """Nor one for this group."""
        self._cautious_until = 0.0
        self._all = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        # A limiter that was not used for a minute is as good as a new one.
        self._groups: Recent[int, AsyncLimiter] = Recent(limit=10_000, seconds=MINUTE)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    async def process_request(
        self,
        callback: Send,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Carry the request out. Raises the TelegramError of its last try."""
        if endpoint.startswith(PROFILE):
            # Its limits are hours long, and all answers would wait as long.
            return await callback(*args, **kwargs)
        waits, pauses, moved = 0, iter(PAUSES), False
        while True:
            try:
                for limiter in self._limiters(endpoint, data):
                    await limiter.acquire()
                await self._told(data.get("chat_id"))
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                waits += 1
                if waits > WAITS:
                    raise
                self._wait(error, data.get("chat_id"))
            except ChatMigrated as error:
                if moved or not _follow(endpoint, data, error.new_chat_id):
                    raise
                moved = True
            except BadRequest:
                raise
            except NetworkError as error:
                pause = next(pauses, None)
                if pause is None or (isinstance(error, TimedOut) and endpoint.startswith("send")):
                    raise
                await asyncio.sleep(pause)

    def _limiters(self, endpoint: str, data: dict[str, Any]) -> list[AsyncLimiter]:
        """What the request has to wait for."""
        chat = data.get("chat_id")
        if not isinstance(chat, int):
            return []
        limiters = [self._all] if time.monotonic() < self._cautious_until else []
        if chat < 0 and endpoint.startswith(WRITTEN):
            group = self._groups.get(chat) or AsyncLimiter(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, MINUTE)
            self._groups.put(chat, group)
            limiters.append(group)
        return limiters

    async def _told(self, chat: object) -> None:
        """Wait for the end of the wait, which may be put off meanwhile."""
        while (left := self._end(chat) - time.monotonic()) > 0:  # noqa: ASYNC110 - the end is a time, no event
            await asyncio.sleep(left)

    def _end(self, chat: object) -> float:
        own = self._waiting.get(chat) if isinstance(chat, int) else None
        return max(self._until, own or 0.0)

    def _wait(self, error: RetryAfter, chat: object) -> None:
        # The public attribute warns of its next type in every call.
        seconds = error._retry_after.total_seconds() + SLACK
        now = time.monotonic()
        if isinstance(chat, int) and chat < 0:
            # Most likely its own limit. If it was everybody's, the next chat is told the same.
            self._waiting.put(chat, max(self._end(chat), now + seconds))
            return
        self._until = max(self._until, now + seconds)
        self._cautious_until = self._until + CAUTIOUS


def _follow(endpoint: str, data: dict[str, Any], chat: int) -> bool:
    """Address a message to the group's new number; False if it makes no sense there.

    The messages of the old group have other numbers in the new one, and so have its topics.
    """
    reply = data.get("reply_parameters")
    needed = isinstance(reply, ReplyParameters) and reply.allow_sending_without_reply is False
    if not endpoint.startswith("send") or needed:
        return False
    data.pop("reply_parameters", None)
    data.pop("message_thread_id", None)
    data["chat_id"] = chat
    return True
