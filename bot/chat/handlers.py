"""All handlers, in the order in which they are tried: the first that matches takes the update."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.chat import preferring, rating
from bot.chat.addressed import ADDRESSED, GROUP, PRIVATE
from bot.chat.asking import asked, edited, tapped
from bot.chat.commands import command
from bot.chat.desk import Context
from bot.chat.inline import posted, searched
from bot.chat.preferring import chosen
from bot.chat.replies import not_text, unknown_command
from bot.chat.starting import started

# Always given in full: without it Telegram keeps whatever an earlier run asked for.
UPDATES = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.CHOSEN_INLINE_RESULT,
]

NEW = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE


def handlers(commands: Iterable[str]) -> list[BaseHandler[Update, Context, Any]]:
    """The handlers for these commands."""
    return [
        # The greeting, or the question of a deep link.
        CommandHandler("start", started, NEW & (PRIVATE | (GROUP & ~filters.FORWARDED))),
        # Commands we know. In a group also without our name: the library leaves "/help@another" alone.
        CommandHandler(list(commands), command, NEW & (PRIVATE | (GROUP & ~filters.FORWARDED))),
        # Commands we do not know: in private any, in a group only one that names us.
        MessageHandler(NEW & filters.COMMAND & (PRIVATE | ADDRESSED), unknown_command),
        # Questions: in private any text, in a group only a reply to us or a mention.
        MessageHandler(NEW & filters.TEXT & (PRIVATE | ADDRESSED), asked),
        # Corrected questions. A corrected command is left alone: its text would come twice.
        MessageHandler(EDITED & filters.TEXT & ~filters.COMMAND & (PRIVATE | ADDRESSED), edited),
        # Anything else a person sends in private, except notices ("message pinned") that nobody wrote.
        MessageHandler(NEW & PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, not_text),
        # Queries in any chat, and which of their results was posted.
        InlineQueryHandler(searched),
        ChosenInlineResultHandler(posted),
        # Ratings and settings; then questions on buttons, also those from before a restart.
        CallbackQueryHandler(rating.rated, rating.PATTERN),
        CallbackQueryHandler(chosen, preferring.PATTERN),
        CallbackQueryHandler(tapped),
    ]
