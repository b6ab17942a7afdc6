"""What a message must pass before it is answered: the flood guard, and in groups their settings."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Chat, Message, MessageEntity, Update
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest, ChatMigrated

from bot.chat.delivery import is_group
from bot.chat.desk import Context
from bot.chat.replies import notice, say
from bot.chat.seen import heard_elsewhere
from bot.chat.typed import typed
from bot.chat.wording import Wording
from bot.memory.buckets import Admission

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def gated(callback: Callback) -> Callback:
    """The callback, kept from what a group does not want, and from what comes too fast."""

    @wraps(callback)
    async def admitted(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None and is_group(message.chat):
            if update.message and heard_elsewhere(message, context.desk, guest=False):
                return
            if not await _admits(message, context):
                return
        elif message is not None and not await _keeps_up(message, context):
            return
        await callback(update, context)

    return admitted


def is_command(message: Message) -> bool:
    """Whether the message begins with a command."""
    first = next(iter(message.entities), None)
    return first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0


def admission(chat: int, sender: int, context: Context) -> Admission:
    """Whether the sender, and the chat as a whole, may ask once more now."""
    desk = context.desk
    own = desk.senders.take((chat, sender))
    return own if own is not Admission.GRANTED else desk.groups.take(chat)


def taps_too_fast(chat: Chat, person: int, context: Context) -> bool:
    """Whether buttons are tapped faster than the chat may be answered."""
    if is_group(chat):
        return admission(chat.id, person, context) is not Admission.GRANTED
    return context.desk.privates.take(chat.id) is not Admission.GRANTED


async def _keeps_up(message: Message, context: Context) -> bool:
    found = context.desk.privates.take(message.chat.id)
    if found is Admission.REFUSED_FIRST:
        await say(message, context.desk.wording.texts.pause, context)
    return found is Admission.GRANTED


def rests(chat: Chat, context: Context) -> bool:
    """Whether a group has its quiet hours now."""
    return is_group(chat) and context.desk.chat_settings.of(chat.id).rests(dt.datetime.now(dt.UTC))


async def _admits(message: Message, context: Context) -> bool:
    desk = context.desk
    if desk.chat_settings.of(message.chat.id).reacts_to == "commands" and not is_command(message):
        return False
    if rests(message.chat, context) and not _always(message, desk.wording):
        # Heard, but nothing is written: the asker sees it, and no other phone shows anything.
        # An edited one was heard before, or was not for us.
        if not message.edit_date:
            with contextlib.suppress(BadRequest, ChatMigrated):
                await message.set_reaction(ReactionEmoji.SLEEPING_FACE)
        return False
    who = message.sender_chat or message.from_user
    found = admission(message.chat.id, who.id if who else message.chat.id, context)
    if found is Admission.REFUSED_FIRST:
        await notice(message, desk.wording.texts.too_fast, context)
    return found is Admission.GRANTED


def _always(message: Message, wording: Wording) -> bool:
    """Whether it is a command of one's rights, which has no hours: settings, privacy, forget."""
    found = typed(message, wording)
    return found is not None and found[0].action in ("settings", "privacy", "forget")
