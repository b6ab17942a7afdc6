"""Guest mode: a mention in a chat that the bot is no member of, answered once, at once.

Nothing is kept of such a chat, and its number is no key to anything.
"""

from __future__ import annotations

import hashlib
import logging

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answers import render
from bot.answers.answer import Answer, Kind
from bot.chat import asking
from bot.chat.addressed import question
from bot.chat.card import REPORTS, more
from bot.chat.claims import asks_to_check, quoted
from bot.chat.connection import ReadoutBot
from bot.chat.desk import Context, Desk
from bot.chat.responding import Response
from bot.chat.seen import heard_elsewhere
from bot.chat.typed import typed
from bot.memory.buckets import Admission

_TITLE = 120
_log = logging.getLogger(__name__)


async def invited(update: Update, context: Context) -> None:
    """A message that mentions the bot as a guest."""
    message, desk = update.guest_message, context.desk
    if message is None or not message.guest_query_id or _ignored(message, desk):
        return
    desk.guests.put(message.guest_query_id, True)
    response = _read(message, desk)
    desk.tally.answered("guest", response.answer.kind.value)
    try:
        await message.answer_guest_query(_result(response, context.bot, desk))
    except BadRequest as error:
        # The time for it is over, or markup of ours was refused: nobody waits for a second try.
        _log.warning("a guest query could not be answered (%s)", type(error).__name__)


def _ignored(message: Message, desk: Desk) -> bool:
    """Bots, what came already, and more than one person can read."""
    sender = message.from_user
    if message.sender_chat is None and (sender is None or sender.is_bot):
        return True
    if message.via_bot and message.via_bot.id == message.get_bot().bot.id:
        return True
    if desk.guests.get(message.guest_query_id or "") or heard_elsewhere(message, desk, guest=True):
        return True
    who = message.sender_chat or sender
    return desk.senders.take(("guest", who.id if who else 0)) is not Admission.GRANTED


def _read(message: Message, desk: Desk) -> Response:
    """The answer; the only conversation it can lean on is the message replied to."""
    text = question(message)
    claim = asks_to_check(text, message, desk)
    if command := typed(message, desk.wording):
        entry, words = command
        claim = entry.action == "check"
        text = words if claim else entry.asks(words) or ""
    earlier = quoted(message)
    previous = desk.readout.reply(earlier).turn if earlier and text and not claim else None
    return asking.read(text, message, previous, desk, claim=claim)


def _result(response: Response, bot: ReadoutBot, desk: Desk) -> InlineQueryResultArticle:
    answer: Answer = response.answer
    footer = desk.wording.texts.footer if answer.kind in REPORTS else ""
    html = render.html(answer, brief="checked" not in answer.understood, footer=footer)
    buttons = None if answer.kind is Kind.CHAT else InlineKeyboardMarkup([more(bot, desk, response.alone)])
    return InlineQueryResultArticle(
        id=hashlib.sha256(html.encode()).hexdigest()[:32],
        title=answer.headline[:_TITLE] or answer.kind.value,
        input_message_content=InputTextMessageContent(
            html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=buttons,
    )
