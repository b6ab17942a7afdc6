"""Updates that come twice: by a retried webhook, by polling beside one, or as a guest's message too."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ApplicationHandlerStop

from bot.chat.desk import Context, Desk


async def once(update: Update, context: Context) -> None:
    """Stop an update that was handled before."""
    seen = context.desk.seen
    if seen.get(update.update_id):
        raise ApplicationHandlerStop
    seen.put(update.update_id, True)


def heard_elsewhere(message: Message, desk: Desk, *, guest: bool) -> bool:
    """Whether the same words came the other way already: as a member's message, or as a guest's.

    The number of a guest's chat compares with no other, so sender, time and words must do.
    """
    who = message.sender_chat or message.from_user
    key = who.id if who else 0, int(message.date.timestamp()), hash(message.text)
    before = desk.ways.get(key)
    desk.ways.put(key, guest if before is None else before)
    return before is not None and before is not guest
