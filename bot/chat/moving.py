"""A group that becomes a supergroup gets a new number: what is kept under the old one moves along."""

from __future__ import annotations

from telegram import Update

from bot.chat.desk import Context, Desk


async def migrated(update: Update, context: Context) -> None:
    """Telegram tells it in both groups, in whatever order."""
    message = update.message
    if message is None:
        return
    if message.migrate_to_chat_id is not None:
        move(message.chat.id, message.migrate_to_chat_id, context.desk)
    elif message.migrate_from_chat_id is not None:
        move(message.migrate_from_chat_id, message.chat.id, context.desk)


def move(old: int, new: int, desk: Desk) -> None:
    """Carry settings and conversations over."""
    desk.chat_settings.move(old, new)
    desk.conversations.move(old, new)
    desk.repeats.drop(lambda asked, _: asked.chat == old)
    desk.moved.put(new, True)
