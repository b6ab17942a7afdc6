"""What is kept, said and deleted: /privacy and /forget."""

from __future__ import annotations

from telegram import Message

from bot.chat.desk import Context
from bot.chat.replies import say


async def privacy(message: Message, context: Context) -> None:
    """Say exactly what this process keeps, which depends on how the operator runs it."""
    desk = context.desk
    texts = desk.wording.texts
    parts = [texts.privacy, texts.privacy_disk if desk.durable else texts.privacy_memory]
    if desk.unanswered is not None:
        parts.append(texts.privacy_unanswered)
    await say(message, "\n".join(parts), context)


async def forget(message: Message, context: Context) -> None:
    """Delete what is kept of the sender in this chat; in private also the chat's settings."""
    desk = context.desk
    sender = message.sender_chat or message.from_user
    person = sender.id if sender else message.chat.id
    desk.conversations.forget(message.chat.id, person)
    # A tap comes from the account, also when its owner writes in a channel's name.
    for who in {person, message.from_user.id if message.from_user else person}:
        desk.feedback.forget(message.chat.id, who)
    if message.chat.type == message.chat.PRIVATE:
        desk.preferences.choose(message.chat.id, brief=False)
    await say(message, desk.wording.texts.forgotten, context)
