"""One chat's updates keep their order; chats do not wait for each other."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.chat.ordering import ChatOrder
from tests.chat.offline import update


def _update(name: str) -> Update:
    parsed = Update.de_json(update(name), None)
    assert parsed is not None
    return parsed


def test_order_within_a_chat_and_none_between_chats() -> None:
    """The group is served while the private chat's first update still waits."""
    done: list[str] = []

    async def work() -> None:
        order, gate = ChatOrder(), asyncio.Event()

        async def slow() -> None:
            await gate.wait()
            done.append("private 1")

        async def quick(name: str) -> None:
            done.append(name)
            gate.set()

        private, group = _update("private_text"), _update("group_mention")
        await asyncio.gather(
            order.process_update(private, slow()),
            order.process_update(private, quick("private 2")),
            order.process_update(group, quick("group")),
            order.process_update("no update", quick("other")),
        )
        assert order._locks == {}

    asyncio.run(asyncio.wait_for(work(), 5))
    assert done == ["group", "other", "private 1", "private 2"]


def test_an_error_leaves_no_lock_behind() -> None:
    """The chat's next update is served."""

    async def work() -> None:
        order = ChatOrder()

        async def broken() -> None:
            raise ValueError

        async def fine() -> None:
            pass

        results = await asyncio.gather(
            order.process_update(_update("private_text"), broken()),
            order.process_update(_update("private_text"), fine()),
            return_exceptions=True,
        )
        assert isinstance(results[0], ValueError)
        assert results[1] is None
        assert order._locks == {}

    asyncio.run(asyncio.wait_for(work(), 5))
