"""All handlers, in the order in which they are tried: the first that matches takes the update."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat import admins, charting, group_settings, preferring, rating
from bot.chat.addressed import ADDRESSED, CHANNEL, GROUP, PRIVATE
from bot.chat.asking import asked, edited, tapped
from bot.chat.commands import command
from bot.chat.desk import Context
from bot.chat.gate import gated
from bot.chat.guests import invited
from bot.chat.inline import posted, searched
from bot.chat.moving import migrated
from bot.chat.preferring import chosen
from bot.chat.replies import not_text, unknown_command
from bot.chat.seen import once
from bot.chat.starting import started
from bot.chat.welcome import welcomed
from bot.chat.wording import Command

# Always given in full: without it Telegram keeps whatever an earlier run asked for.
UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.CHOSEN_INLINE_RESULT,
    UpdateType.CHANNEL_POST,
    UpdateType.MY_CHAT_MEMBER,
    UpdateType.CHAT_MEMBER,
    UpdateType.GUEST_MESSAGE,
]

NEW = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE


def first_of_all() -> list[BaseHandler[Update, Context, Any]]:
    """What sees every update before the handlers do, and may stop it."""
    return [TypeHandler(Update, once)]


def handlers(commands: Iterable[Command]) -> list[BaseHandler[Update, Context, Any]]:
    """The handlers for these commands."""
    names = {entry.name: entry for entry in commands}
    # A corrected question corrects its answer; a text would only come twice. In a channel the rest
    # would bother every reader.
    asking = [name for name, entry in names.items() if entry.asks("words") or entry.action == "check"]
    in_group = GROUP & ~filters.FORWARDED
    return [
        # The greeting, or the question of a deep link.
        CommandHandler("start", gated(started), NEW & (PRIVATE | in_group)),
        # Commands we know. In a group also without our name: the library leaves "/help@another" alone.
        CommandHandler(list(names), gated(command), NEW & (PRIVATE | in_group)),
        CommandHandler(asking, gated(edited), EDITED & (PRIVATE | in_group)),
        # In a channel only administrators can write, and only their commands are answered there.
        CommandHandler(asking, command, filters.UpdateType.CHANNEL_POST & CHANNEL),
        # Commands we do not know: in private any, in a group only one that names us.
        MessageHandler(NEW & filters.COMMAND & (PRIVATE | ADDRESSED), gated(unknown_command)),
        # Questions: in private any text, in a group only a reply to us or a mention.
        MessageHandler(NEW & filters.TEXT & (PRIVATE | ADDRESSED), gated(asked)),
        # Corrected questions without a command.
        MessageHandler(EDITED & filters.TEXT & ~filters.COMMAND & (PRIVATE | ADDRESSED), gated(edited)),
        # Mentions in chats that the bot is no member of.
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, invited),
        # The bot's own place in a chat, the places of others, and a group's new number.
        ChatMemberHandler(welcomed, ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(admins.changed, ChatMemberHandler.CHAT_MEMBER),
        MessageHandler(NEW & filters.StatusUpdate.MIGRATE, migrated),
        # Anything else a person sends in private, except notices ("message pinned") that nobody wrote.
        MessageHandler(NEW & PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, gated(not_text)),
        # Queries in any chat, and which of their results was posted.
        InlineQueryHandler(searched),
        ChosenInlineResultHandler(posted),
        # Ratings and settings; then questions on buttons, also those from before a restart.
        CallbackQueryHandler(rating.rated, rating.PATTERN),
        CallbackQueryHandler(chosen, preferring.PATTERN),
        CallbackQueryHandler(group_settings.chosen, group_settings.PATTERN),
        CallbackQueryHandler(charting.tapped, charting.PATTERN),
        CallbackQueryHandler(tapped),
    ]
