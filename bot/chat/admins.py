"""Who administers a group: asked of Telegram, remembered for minutes, forgotten when it changes."""

from __future__ import annotations

from telegram import Chat, ChatMember, Message, Update, User
from telegram.error import BadRequest, Forbidden

from bot.chat.desk import Context

_RIGHTS = (ChatMember.OWNER, ChatMember.ADMINISTRATOR)


async def by_admin(message: Message, context: Context) -> bool:
    """Whether an administrator of its group sent the message, also one who writes as the group itself."""
    # The stand-in accounts that Telegram names as senders have no rights of their own.
    if message.sender_chat is not None:
        return message.sender_chat.id == message.chat.id
    return message.from_user is not None and await is_admin(message.chat, message.from_user, context)


async def is_admin(chat: Chat, user: User, context: Context) -> bool:
    """Whether the user administers the group. False if Telegram does not tell."""
    known = context.desk.admins.get((chat.id, user.id))
    if known is None:
        try:
            member = await context.bot.get_chat_member(chat.id, user.id)
        except (BadRequest, Forbidden):
            return False
        known = member.status in _RIGHTS
        context.desk.admins.put((chat.id, user.id), known)
    return known


async def changed(update: Update, context: Context) -> None:
    """Somebody's place in a group changed: what was remembered of it is no longer true."""
    if member := update.chat_member:
        key = member.chat.id, member.new_chat_member.user.id
        context.desk.admins.drop(lambda known, _: known == key)
