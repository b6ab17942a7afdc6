"""The card with which the bot introduces itself in a group: what it hears there, and how to ask."""

from __future__ import annotations

import contextlib

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.error import BadRequest, Forbidden

from bot.chat.connection import ReadoutBot
from bot.chat.delivery import is_group
from bot.chat.desk import Context, Desk

_PRESENT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


async def welcomed(update: Update, context: Context) -> None:
    """The bot's own place in a chat changed; being added to a group is worth a word."""
    change, desk = update.my_chat_member, context.desk
    if change is None or not is_group(change.chat):
        return
    if _present(change.old_chat_member) or not _present(change.new_chat_member):
        return
    # A group that became a supergroup: nobody added the bot there. Or it was greeted with /start.
    if desk.moved.get(change.chat.id) or desk.greeted.get(change.chat.id):
        return
    desk.greeted.put(change.chat.id, True)
    # It may be added without the right to write.
    with contextlib.suppress(BadRequest, Forbidden):
        await context.bot.send_message(
            change.chat.id, card(change, context.bot, desk), parse_mode=None, disable_notification=True
        )


def card(change: ChatMemberUpdated, bot: ReadoutBot, desk: Desk) -> str:
    """The text: an administrator hears everything, any other member what the privacy mode lets through."""
    texts = desk.wording.texts
    me = bot.bot
    hears_all = bool(me.can_read_all_group_messages) or (
        change.new_chat_member.status == ChatMember.ADMINISTRATOR
    )
    parts = [texts.welcome, texts.hears_all if hears_all else texts.hears_some]
    if me.supports_inline_queries:
        parts.append(texts.ask_inline)
    if me.supports_guest_queries:
        parts.append(texts.guests_welcome)
    return "\n".join(parts).replace("{trials}", desk.trials).replace("{name}", f"@{bot.username}")


def _present(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in _PRESENT
