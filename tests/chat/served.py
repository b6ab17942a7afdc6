"""The whole bot, served over real HTTP by the server on the loopback interface."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bot.chat.connection import connect
from bot.chat.desk import open_desk
from bot.chat.service import serve
from bot.pipeline import Readout
from tests.chat.offline import settings
from tests.chat.server import BotServer
from tests.chat.stub import StubReadout

LIMIT = 15
"""No run takes longer, in seconds."""


def served(
    server: BotServer,
    until: Callable[[], bool],
    readout: Any = None,
    **changes: Any,
) -> int:
    """Run the bot until the condition holds; its exit status. `changes` are settings."""

    async def work() -> int:
        stop = asyncio.Event()
        chosen = settings(telegram_base_url=server.base_url, **changes)
        trials = _trials(readout) if isinstance(readout, Readout) else ["T1"]
        desk = open_desk(readout or StubReadout(), trials, chosen)
        task = asyncio.create_task(serve(connect(chosen), desk, stop, chosen))
        while not until() and not task.done():  # noqa: ASYNC110 - the server's threads set no event
            await asyncio.sleep(0.01)
        stop.set()
        return await task

    return asyncio.run(asyncio.wait_for(work(), LIMIT))


def _trials(readout: Readout) -> list[str]:
    return [readout.store.trial(trial).acronym for trial in readout.store.trials()]


def sent(server: BotServer, number: int = 1) -> Callable[[], bool]:
    """Whether so many messages were sent."""
    return lambda: len(server.api.done("sendMessage")) >= number
