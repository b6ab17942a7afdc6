"""Handlers of questions: typed, edited, behind a command, or on a button."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message, Update, User
from telegram.error import BadRequest

from bot.chat import delivery, unanswered
from bot.chat.addressed import question, readable
from bot.chat.claims import around, asks_to_check, nothing_to_check, quoted
from bot.chat.desk import Context, Desk
from bot.chat.gate import rests, taps_too_fast
from bot.chat.responding import Response, corrected, record, respond, thread_of
from bot.chat.typed import asks

if TYPE_CHECKING:
    from bot.pipeline import Turn


async def asked(update: Update, context: Context) -> None:
    """A question typed to the bot, or its mention under a claim of somebody else."""
    if message := update.message:
        text = question(message)
        await answer(text, message, context, claim=asks_to_check(text, message, context.desk))


async def command_asked(update: Update, context: Context, text: str) -> None:
    """A command or a link that stands for a question."""
    if message := update.message or update.channel_post:
        await answer(readable(text), message, context)


async def check_asked(message: Message, context: Context, text: str) -> None:
    """The command that checks a claim: the words behind it, or those it replies to."""
    await answer(readable(text), message, context, claim=True)


async def edited(update: Update, context: Context) -> None:
    """A corrected question: its answer is corrected; in private one without an answer gets one."""
    message, desk = update.edited_message, context.desk
    if message is None:
        return
    text = question(message)
    text, claim = asks(message, desk.wording) or (text, asks_to_check(text, message, desk))
    earlier = desk.conversations.exchange(message.chat.id, message.message_id)
    if earlier is None:
        if not delivery.is_group(message.chat):
            await answer(text, message, context, claim=claim)
        return
    response = read(text, message, earlier.before, desk, claim=claim)
    who = message.sender_chat or message.from_user
    corrected(earlier.answer, message.chat.id, context)
    if await delivery.revise(
        response.answer, message.chat, earlier.answer, context.bot, desk, response.alone
    ):
        record(response, message, who, earlier.answer, context)
    else:
        await respond(response, message, who, context)


async def tapped(update: Update, context: Context) -> None:
    """A button with a question on it."""
    query, desk = update.callback_query, context.desk
    if query is None:
        return
    text = desk.suggestions.question(query.data)
    repeated = _repeated(query, desk)
    resting = query.message is not None and rests(query.message.chat, context)
    fast = (
        text is not None
        and query.message is not None
        and not repeated
        and not resting
        and taps_too_fast(query.message.chat, query.from_user.id, context)
    )
    # A query that is too old can no longer be answered; the question still can.
    with contextlib.suppress(BadRequest):
        if text is None or query.message is None:
            await query.answer(desk.wording.texts.gone, show_alert=True)
        elif resting:
            await query.answer(desk.wording.texts.resting, show_alert=True)
        elif fast:
            await query.answer(desk.wording.texts.pause, show_alert=True)
        else:
            await query.answer()
    if text is None or query.message is None or repeated or resting or fast:
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


async def answer(
    text: str, message: Message, context: Context, sender: User | None = None, *, claim: bool = False
) -> None:
    """Answer `text` below `message`; `sender` is who asks, if not the message's author.

    With `claim`, `text` (or what the message replies to) is somebody's claim, to be checked.
    """
    desk = context.desk
    who = sender or message.sender_chat or message.from_user
    earlier = message.reply_to_message
    # Below a button's message the question refers to that very message.
    replied_to = message.message_id if sender else earlier.message_id if earlier else None
    previous = desk.conversations.turn(thread_of(message, who), replied_to)
    response = read(text, message, previous, desk, claim=claim)
    if not claim:
        unanswered.note(text, response.answer, desk)
    await respond(response, message, who, context)


def read(text: str, message: Message, previous: Turn | None, desk: Desk, *, claim: bool) -> Response:
    """What there is to say to a question, or to the claim that `text` or the quoted message makes."""
    if not claim:
        reply = desk.readout.reply(text, previous)
        return Response(reply.answer, previous, reply.turn, desk.readout.standalone(text, reply))
    said = text if any(sign.isdigit() for sign in text) else quoted(message) or text
    sentences = desk.wording.claims.sentences
    checked = desk.readout.check(said, sentences)
    if checked is None and (whole := around(message, said)):
        # "91% with treatment" says of what only in the words around it.
        checked = desk.readout.check(whole, sentences, said)
    if checked is None:
        return Response(nothing_to_check(said, desk), previous, None, None)
    return Response(checked.answer, previous, checked.turn, None)
