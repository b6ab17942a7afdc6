"""Errors in handlers: logged under an incident number, with one calm line to the user.

The log gets the kind of the error and where it happened, never its text: that may quote a message.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterator

from telegram import Message, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat.addressed import ADDRESSED, PRIVATE
from bot.chat.desk import Context
from bot.chat.moving import move

_log = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """The application's error handler."""
    error = context.error
    incident = secrets.token_hex(3)
    number = update.update_id if isinstance(update, Update) else None
    if isinstance(error, Forbidden):
        _log.info("incident %s: the bot may not write to the chat (update %s)", incident, number)
        return
    if isinstance(error, ChatMigrated):
        _log.info("incident %s: the group has a new number (update %s)", incident, number)
        if isinstance(update, Update) and update.effective_chat:
            move(update.effective_chat.id, error.new_chat_id, context.desk)
        return
    if isinstance(error, (NetworkError, RetryAfter)) and not isinstance(error, BadRequest):
        _log.warning("incident %s: %s (update %s)", incident, type(error).__name__, number)
        return
    context.desk.tally.failures += 1
    _log.error("incident %s: update %s\n%s", incident, number, "\n".join(_places(error)))
    message = _heard(update)
    if message is None:
        return
    try:
        text = context.desk.wording.texts.failed.replace("{incident}", incident)
        await message.reply_text(text, parse_mode=None)
    except TelegramError as second:
        _log.warning("incident %s: the user could not be told (%s)", incident, type(second).__name__)


def _heard(update: object) -> Message | None:
    """The message under which the user expects a reply; None where the bot was not spoken to."""
    if not isinstance(update, Update) or not isinstance(update.effective_message, Message):
        return None
    # A guest cannot write to the chat; its one answer may be given already.
    if update.guest_message:
        return None
    if update.callback_query or (PRIVATE | ADDRESSED).check_update(update):
        return update.effective_message
    return None


def _places(error: BaseException | None) -> Iterator[str]:
    """Kind and call stack of an error and of what caused it."""
    while error is not None:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
