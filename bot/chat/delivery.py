"""Sending and editing answers. bot.answers.render makes the HTML; nothing here does."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import cast

from telegram import Chat, InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated

from bot.answers import render
from bot.answers.answer import Answer
from bot.chat.card import REPORTS, keyboard
from bot.chat.connection import ReadoutBot
from bot.chat.desk import Desk

_log = logging.getLogger(__name__)


def is_group(chat: Chat) -> bool:
    """Whether others write there too, so that the bot speaks only when it is spoken to."""
    return chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


def is_shared(chat: Chat) -> bool:
    """Whether others read along: answers are short there, and no phone rings for them."""
    return is_group(chat) or chat.type == ChatType.CHANNEL


async def send(answer: Answer, to: Message, desk: Desk, question: str | None = None) -> Message:
    """Send the answer as a reply to `to`, in its topic. Raises TelegramError.

    `question` is what the answer answers, as it can be asked anywhere; without it, it cannot be shared.
    """
    buttons = keyboard(answer, to.chat, cast(ReadoutBot, to.get_bot()), desk, question)
    try:
        return await to.reply_text(
            _html(answer, to.chat, desk), reply_markup=buttons, disable_notification=is_shared(to.chat)
        )
    except BadRequest as error:
        _only_bad_entities(error)
    return await to.reply_text(
        render.message(answer),
        parse_mode=None,
        reply_markup=buttons,
        disable_notification=is_shared(to.chat),
    )


async def post(
    answer: Answer, chat: Chat, bot: ReadoutBot, desk: Desk, question: str | None = None
) -> Message:
    """Send the answer to a chat whose message cannot be replied to. Raises TelegramError."""
    buttons = keyboard(answer, chat, bot, desk, question)
    try:
        return await bot.send_message(
            chat.id,
            _html(answer, chat, desk),
            reply_markup=buttons,
            disable_notification=is_shared(chat),
        )
    except BadRequest as error:
        _only_bad_entities(error)
    return await bot.send_message(
        chat.id,
        render.message(answer),
        parse_mode=None,
        reply_markup=buttons,
        disable_notification=is_shared(chat),
    )


async def revise(
    answer: Answer, chat: Chat, message: int, bot: ReadoutBot, desk: Desk, question: str | None = None
) -> bool:
    """Put the answer in place of an earlier one; False if that one cannot be edited any more.

    Raises TelegramError for anything but a refused edit.
    """
    buttons = keyboard(answer, chat, bot, desk, question)
    try:
        await _edit(bot, chat, message, _html(answer, chat, desk), buttons, plain=False)
    except ChatMigrated:
        # The group became a supergroup, and its messages have other numbers there.
        return False
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return True
        if "parse entities" not in error.message.lower():
            return False
        _only_bad_entities(error)
        await _edit(bot, chat, message, render.message(answer), buttons, plain=True)
    return True


async def _edit(
    bot: ReadoutBot, chat: Chat, message: int, text: str, buttons: InlineKeyboardMarkup | None, *, plain: bool
) -> None:
    if plain:
        await bot.edit_message_text(text, chat.id, message, parse_mode=None, reply_markup=buttons)
    else:
        await bot.edit_message_text(text, chat.id, message, reply_markup=buttons)


def _html(answer: Answer, chat: Chat, desk: Desk) -> str:
    brief = chat.type == ChatType.CHANNEL or desk.preferences.brief(chat.id)
    if is_group(chat):
        verbosity = desk.chat_settings.of(chat.id).verbosity
        brief = verbosity != "full"
        if verbosity == "headline" and "checked" not in answer.understood:
            # The contradictions stay: without them the figure would say too much.
            answer = replace(answer, lines=(), basis=())
    # The verdicts on several claims are lines; folded away they would be no answer.
    footer = desk.wording.texts.footer if chat.type == ChatType.CHANNEL and answer.kind in REPORTS else ""
    return render.html(answer, brief=brief and "checked" not in answer.understood, footer=footer)


def _only_bad_entities(error: BadRequest) -> None:
    """Log a refused markup, which is a bug of ours; any other refusal goes on."""
    if "parse entities" not in error.message.lower():
        raise error
    # Telegram's description quotes the text, so it stays out of the log.
    _log.error("Telegram refused the HTML of an answer; sent as plain text")
