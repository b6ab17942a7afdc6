"""The buttons of an answer's card: next questions, copy, share, rating; in a group the way to more."""

from __future__ import annotations

import re

from telegram import (
    Chat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    SwitchInlineQueryChosenChat,
)
from telegram.constants import ChatType, InlineKeyboardButtonLimit, InlineQueryLimit

from bot.answers import render
from bot.answers.answer import Answer, Kind
from bot.chat import links, rating
from bot.chat.connection import ReadoutBot
from bot.chat.desk import Desk

Row = list[InlineKeyboardButton]

REPORTS = (Kind.ANSWER, Kind.NOT_REPORTED)
"""What can be quoted and has details worth a private look."""


CHARTED = re.compile(r"c:([a-z0-9_.]{1,20}):([a-z0-9_.]{1,40})")
"""Callback data of a chart's button, c:TRIAL:TOPIC, so that it works after any restart."""


def keyboard(
    answer: Answer, chat: Chat, bot: ReadoutBot, desk: Desk, question: str | None
) -> InlineKeyboardMarkup | None:
    """The buttons for a chat; `question` is what the answer answers, as it can be asked anywhere.

    Everything that a button does can also be typed.
    """
    if chat.type == ChatType.PRIVATE:
        rows = [*desk.suggestions.rows(answer.suggestions), *_own(answer, bot, desk, question)]
    elif answer.kind == Kind.CLARIFY:
        rows = desk.suggestions.rows(answer.suggestions)
    elif chat.type != ChatType.CHANNEL and answer.kind in REPORTS:
        rows = [more(bot, desk, question)]
    else:
        rows = []
    return InlineKeyboardMarkup(rows) if rows else None


def more(bot: ReadoutBot, desk: Desk, question: str | None) -> Row:
    """The way to the full answer in the private chat."""
    return [InlineKeyboardButton(desk.wording.buttons.more, url=links.private(bot.username, question))]


def _own(answer: Answer, bot: ReadoutBot, desk: Desk, question: str | None) -> list[Row]:
    labels = desk.wording.buttons
    row: Row = []
    if (chart := _chart(answer, desk)) is not None:
        row.append(chart)
    if answer.kind in REPORTS:
        citation = render.citation(answer, InlineKeyboardButtonLimit.MAX_COPY_TEXT)
        if citation:
            row.append(InlineKeyboardButton(labels.copy_citation, copy_text=CopyTextButton(citation)))
        # Without inline mode (BotFather's /setinline) Telegram refuses the whole message.
        if question and len(question) <= InlineQueryLimit.MAX_QUERY_LENGTH and bot.supports_inline_queries:
            row.append(
                InlineKeyboardButton(labels.share, switch_inline_query_chosen_chat=_anywhere(question))
            )
    ratings = [rating.row(answer, labels)] if answer.kind != Kind.CHAT else []
    return [*([row] if row else []), *ratings]


def _chart(answer: Answer, desk: Desk) -> InlineKeyboardButton | None:
    """The way from an answer to its chart, where there is one and it can be drawn."""
    trial, topic = str(answer.understood.get("trial", "")), str(answer.understood.get("topic", ""))
    data = f"c:{trial}:{topic}"
    if answer.kind is not Kind.ANSWER or not desk.draws or not CHARTED.fullmatch(data):
        return None
    if not desk.readout.has_chart(trial, topic):
        return None
    return InlineKeyboardButton(desk.wording.buttons.chart, callback_data=data)


def _anywhere(question: str) -> SwitchInlineQueryChosenChat:
    return SwitchInlineQueryChosenChat(
        question, allow_user_chats=True, allow_group_chats=True, allow_channel_chats=True
    )
