"""What a message must pass before it is answered: the flood guard, and in groups their settings."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Chat, Message, MessageEntity, Update

from bot.chat.delivery import is_group
from bot.chat.desk import Context
from bot.chat.replies import notice, say
from bot.chat.seen import heard_elsewhere
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


async def _admits(message: Message, context: Context) -> bool:
    desk = context.desk
    if desk.chat_settings.of(message.chat.id).reacts_to == "commands" and not is_command(message):
        return False
    who = message.sender_chat or message.from_user
    found = admission(message.chat.id, who.id if who else message.chat.id, context)
    if found is Admission.REFUSED_FIRST:
        await notice(message, desk.wording.texts.too_fast, context)
    return found is Admission.GRANTED
