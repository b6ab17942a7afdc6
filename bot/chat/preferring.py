"""The settings of a private chat: full or short answers."""

from __future__ import annotations

import contextlib

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.chat.desk import Context, Desk

PATTERN = r"^p:"
"""Callback data of these buttons: p:full or p:brief."""
_CHOICES = {"p:full": False, "p:brief": True}


async def offer(message: Message, context: Context) -> None:
    """Say how answers are shown, with the choices on buttons; nothing outside a private chat."""
    if message.chat.type == ChatType.PRIVATE:
        desk = context.desk
        text = _text(desk, message.chat.id)
        await message.reply_text(text, parse_mode=None, reply_markup=_buttons(desk))


async def chosen(update: Update, context: Context) -> None:
    """A choice: kept, acknowledged, and shown in place of the text before."""
    query, desk = update.callback_query, context.desk
    if query is None:
        return
    brief = _CHOICES.get(query.data or "")
    chat = query.message.chat if query.message else None
    known = brief is not None and chat is not None and chat.type == ChatType.PRIVATE
    with contextlib.suppress(BadRequest):  # a query that is too old can no longer be answered
        if known:
            await query.answer(desk.wording.texts.rated)
        else:
            await query.answer(desk.wording.texts.gone, show_alert=True)
    if brief is None or chat is None or not known:
        return
    desk.preferences.choose(chat.id, brief=brief)
    text = _text(desk, chat.id)
    if isinstance(query.message, Message) and query.message.text != text:
        # After a double tap it says so already; a message from long ago may not be changed any more.
        with contextlib.suppress(BadRequest):
            await query.message.edit_text(text, parse_mode=None, reply_markup=_buttons(desk))


def _text(desk: Desk, chat: int) -> str:
    texts = desk.wording.texts
    return texts.settings_brief if desk.preferences.brief(chat) else texts.settings_full


def _buttons(desk: Desk) -> InlineKeyboardMarkup:
    labels = desk.wording.buttons
    full = InlineKeyboardButton(labels.full, callback_data="p:full")
    return InlineKeyboardMarkup([[full, InlineKeyboardButton(labels.brief, callback_data="p:brief")]])
