"""What a group's message must pass before it is answered: the group's settings and the flood guard."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Message, MessageEntity, Update

from bot.chat.delivery import is_group
from bot.chat.desk import Context
from bot.chat.replies import notice
from bot.chat.seen import heard_elsewhere
from bot.memory.buckets import Admission

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def gated(callback: Callback) -> Callback:
    """The callback, kept from what a group does not want or sends too fast; elsewhere as it is."""

    @wraps(callback)
    async def admitted(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is not None and is_group(message.chat):
            if update.message and heard_elsewhere(message, context.desk, guest=False):
                return
            if not await _admits(message, context):
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


async def _admits(message: Message, context: Context) -> bool:
    desk = context.desk
    if desk.chat_settings.of(message.chat.id).reacts_to == "commands" and not is_command(message):
        return False
    who = message.sender_chat or message.from_user
    found = admission(message.chat.id, who.id if who else message.chat.id, context)
    if found is Admission.REFUSED_FIRST:
        await notice(message, desk.wording.texts.too_fast, context)
    return found is Admission.GRANTED
