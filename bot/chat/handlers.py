"""All handlers, in the order in which they are tried: the first that matches takes the update."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from telegram import Update
from telegram.constants import UpdateType
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.chat.addressed import ADDRESSED, GROUP, PRIVATE
from bot.chat.asking import asked, edited, tapped
from bot.chat.desk import Context
from bot.chat.replies import command, not_text, unknown_command

# Always given in full: without it Telegram keeps whatever an earlier run asked for.
UPDATES = [UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY]

NEW = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE


def handlers(commands: Iterable[str]) -> list[BaseHandler[Update, Context, Any]]:
    """The handlers for these commands."""
    return [
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
        # Buttons, also those of messages from before a restart.
        CallbackQueryHandler(tapped),
    ]
