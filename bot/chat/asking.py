"""Handlers of questions: typed, edited, behind a command, or on a button."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.error import BadRequest

from bot.chat import delivery, unanswered
from bot.chat.addressed import question, readable
from bot.chat.desk import Context, Desk
from bot.memory.conversation import Exchange, Thread

if TYPE_CHECKING:
    from bot.pipeline import Turn


def thread_of(message: Message, sender: User | Chat | None) -> Thread:
    """The conversation of `sender` in the message's chat and topic."""
    # An ordinary chain of replies carries a thread number as well; only a topic's counts.
    topic = message.message_thread_id if message.is_topic_message else None
    return Thread(chat=message.chat.id, topic=topic, sender=sender.id if sender else message.chat.id)


async def asked(update: Update, context: Context) -> None:
    """A question typed to the bot."""
    if update.message:
        await answer(question(update.message), update.message, context)


async def command_asked(update: Update, context: Context, text: str) -> None:
    """A command or a link that stands for a question."""
    if update.message:
        await answer(readable(text), update.message, context)


async def edited(update: Update, context: Context) -> None:
    """A corrected question: its answer is corrected; in private one without an answer gets one."""
    message = update.edited_message
    if message is None:
        return
    desk = context.desk
    earlier = desk.conversations.exchange(message.chat.id, message.message_id)
    if earlier is None:
        if not delivery.is_group(message.chat):
            await answer(question(message), message, context)
        return
    text = question(message)
    reply = desk.readout.reply(text, earlier.before)
    alone = desk.readout.standalone(text, reply)
    if await delivery.revise(reply.answer, message.chat, earlier.answer, context.bot, desk, alone):
        sent = earlier.answer
    else:
        sent = (await delivery.send(reply.answer, message, desk, alone)).message_id
    _record(context, message, message.sender_chat or message.from_user, sent, earlier.before, reply.turn)


async def tapped(update: Update, context: Context) -> None:
    """A button with a question on it."""
    query, desk = update.callback_query, context.desk
    if query is None:
        return
    text = desk.suggestions.question(query.data)
    # A query that is too old can no longer be answered; the question still can.
    with contextlib.suppress(BadRequest):
        if text is None or query.message is None:
            await query.answer(desk.wording.texts.gone, show_alert=True)
        else:
            await query.answer()
    if text is None or query.message is None or _repeated(query, desk):
        return
    text = readable(text)
    if isinstance(query.message, Message):
        await answer(text, query.message, context, sender=query.from_user)
    else:
        reply = desk.readout.reply(text)
        await delivery.post(reply.answer, query.message.chat, context.bot, desk, text)


def _repeated(query: CallbackQuery, desk: Desk) -> bool:
    """Whether the same person tapped the same button a moment ago."""
    if query.message is None:
        return False
    tap = (query.message.chat.id, query.message.message_id, query.from_user.id, query.data or "")
    repeated = desk.taps.get(tap) is not None
    desk.taps.put(tap, True)
    return repeated


async def answer(text: str, message: Message, context: Context, sender: User | None = None) -> None:
    """Answer `text` below `message`; `sender` is who asks, if not the message's author."""
    desk = context.desk
    who = sender or message.sender_chat or message.from_user
    earlier = message.reply_to_message
    # Below a button's message the question refers to that very message.
    replied_to = message.message_id if sender else earlier.message_id if earlier else None
    previous = desk.conversations.turn(thread_of(message, who), replied_to)
    reply = desk.readout.reply(text, previous)
    unanswered.note(text, reply.answer, desk)
    sent = await delivery.send(reply.answer, message, desk, desk.readout.standalone(text, reply))
    _record(context, message, who, sent.message_id, previous, reply.turn)


def _record(
    context: Context,
    message: Message,
    who: User | Chat | None,
    sent: int,
    before: Turn | None,
    after: Turn | None,
) -> None:
    exchange = Exchange(question=message.message_id, answer=sent, before=before, after=after)
    context.desk.conversations.record(thread_of(message, who), exchange)
