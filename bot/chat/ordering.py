"""The order of work: one chat's updates one after another, different chats at the same time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

WAITING = 4096
"""Updates in work or waiting; many, since a busy chat's waiting ones count and must not stop the others."""


class ChatOrder(BaseUpdateProcessor):
    """A lock per chat, kept only while the chat has updates in work."""

    def __init__(self, handled: Callable[[float], None] = lambda seconds: None) -> None:
        """`handled` hears how long each update took, its waiting for its turn aside."""
        super().__init__(max_concurrent_updates=WAITING)
        self._locks: dict[int, asyncio.Lock] = {}
        self._users: dict[int, int] = {}
        self._handled = handled

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine when the chat's earlier updates are done."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await self._timed(coroutine)
            return
        lock = self._locks.setdefault(chat.id, asyncio.Lock())
        self._users[chat.id] = self._users.get(chat.id, 0) + 1
        try:
            async with lock:
                await self._timed(coroutine)
        finally:
            self._users[chat.id] -= 1
            if not self._users[chat.id]:
                del self._users[chat.id], self._locks[chat.id]

    async def _timed(self, coroutine: Awaitable[Any]) -> None:
        start = time.perf_counter()
        await coroutine
        self._handled(time.perf_counter() - start)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
