"""How fast the bot speaks: as told after a 429, twenty messages a minute in a group, else at once."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.chat.pace import Pace

WAIT = 1
"""What the server asks for, in seconds; the least it can."""


class Server:
    """Says 429 to the first requests, and notes when it was asked."""

    def __init__(self, refusals: int = 0) -> None:
        self.asked: list[float] = []
        self._refusals = refusals

    async def __call__(self, method: str, data: dict[str, Any]) -> bool:
        """Carry a request out."""
        self.asked.append(time.monotonic())
        if len(self.asked) <= self._refusals:
            raise RetryAfter(WAIT)
        return True


def run(server: Server, *requests: tuple[str, int], seconds: float = 10) -> None:
    """Send these requests (method, chat) at a tenth of a second from each other, until all are done."""
    limiter = Pace()

    async def work() -> None:
        tasks = []
        for method, chat in requests:
            data = {"chat_id": chat}
            request = limiter.process_request(server, (method, data), {}, method, data, None)
            tasks.append(asyncio.create_task(request))
            await asyncio.sleep(0.1 if server.asked and len(requests) < 5 else 0)
        await asyncio.gather(*tasks)

    asyncio.run(asyncio.wait_for(work(), seconds))


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")  # the library's own use of its error
def test_a_wait_is_everybodys_and_ends_for_nobody_before() -> None:
    """The library lets others go as soon as any other request ends."""
    server = Server(refusals=1)
    run(server, ("sendMessage", 1), ("sendMessage", 2), ("sendMessage", 3))
    first, *others = server.asked
    assert len(others) == 3
    assert min(others) - first >= WAIT


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_flooded_group_waits_alone() -> None:
    """Nobody else has to wait for what one group wrote."""
    server = Server(refusals=1)
    begun = time.monotonic()
    run(server, ("sendMessage", -5), ("sendMessage", 2), ("sendMessage", -6), ("sendMessage", -5))
    refused, private, other, *again = (time_ - begun for time_ in server.asked)
    assert max(private, other) < WAIT
    assert len(again) == 2
    assert min(again) - refused >= WAIT


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_a_request_is_given_up_in_the_end() -> None:
    """After three waits: the user will have asked again."""
    server = Server(refusals=9)
    with pytest.raises(RetryAfter):
        run(server, ("sendMessage", 1))
    assert len(server.asked) == 4


def test_a_hundred_chats_are_answered_at_once() -> None:
    """Telegram's thirty a second are for broadcasts; nobody waits before it says so."""
    server = Server()
    run(server, *(("sendMessage", chat) for chat in range(1, 101)), seconds=1)
    assert len(server.asked) == 100


def test_a_group_takes_twenty_messages_a_minute() -> None:
    """What is no message does not count: acknowledgements of thanks, questions about members."""
    others = [("setMessageReaction", -5)] * 30 + [("getChatMember", -5)] * 30
    run(Server(), *others, *[("sendMessage", -5)] * 20, seconds=1)
    with pytest.raises(asyncio.TimeoutError):
        run(Server(), *[("sendMessage", -5)] * 21, seconds=1)
