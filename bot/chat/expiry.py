"""Deleting the bot's messages after the time that a group's administrators chose."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import cast

from telegram import Message
from telegram.error import BadRequest, Forbidden
from telegram.ext import JobQueue

from bot.chat.desk import Context


@dataclass(frozen=True)
class _Sent:
    chat: int
    message: int


def expire(sent: Message, context: Context) -> None:
    """Have `sent` deleted when its time is over; it stays if its chat chose no time.

    The appointment is in memory: what was sent before a restart stays.
    """
    minutes = context.desk.chat_settings.of(sent.chat.id).lifetime
    # The library's types know only contexts of its own class here.
    queue = cast("JobQueue[Context] | None", context.job_queue)
    if minutes and queue is not None:
        queue.run_once(_delete, minutes * 60, data=_Sent(sent.chat.id, sent.message_id))


async def _delete(context: Context) -> None:
    sent = context.job.data if context.job else None
    if isinstance(sent, _Sent):
        # Deleted by somebody, or the bot was removed meanwhile.
        with contextlib.suppress(BadRequest, Forbidden):
            await context.bot.delete_message(sent.chat, sent.message)
