"""Deleting the bot's messages after the time that a group's administrators chose."""

from __future__ import annotations

import contextlib
import time
from typing import Any, cast

from telegram import Message
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import JobQueue

from bot.chat.desk import Context, Desk
from bot.memory.appointments import Appointment


def expire(sent: Message, context: Context) -> None:
    """Have `sent` deleted when its time is over; it stays if its chat chose no time."""
    minutes = context.desk.chat_settings.of(sent.chat.id).lifetime
    # The library's types know only contexts of its own class here.
    queue = cast("JobQueue[Context] | None", context.job_queue)
    if minutes and queue is not None:
        appointment = Appointment(sent.chat.id, sent.message_id, time.time() + minutes * 60)
        context.desk.appointments.make(appointment)
        _schedule(appointment, queue)


def resume(desk: Desk, queue: JobQueue[Any]) -> None:
    """Keep the appointments of an earlier run, and at once those that came due meanwhile."""
    for appointment in desk.appointments.open():
        _schedule(appointment, queue)


def _schedule(appointment: Appointment, queue: JobQueue[Any]) -> None:
    queue.run_once(_delete, max(0.0, appointment.due - time.time()), data=appointment)


async def _delete(context: Context) -> None:
    appointment = context.job.data if context.job else None
    if isinstance(appointment, Appointment):
        # Deleted by somebody, too old, or the bot was removed meanwhile.
        with contextlib.suppress(BadRequest, Forbidden, ChatMigrated):
            await context.bot.delete_message(appointment.chat, appointment.message)
        context.desk.appointments.strike(appointment)
