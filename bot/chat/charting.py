"""Charts in a chat: a picture with every figure of it in its caption, or the caption alone."""

from __future__ import annotations

import asyncio
import contextlib

from telegram import Message, Update
from telegram.constants import MessageLimit
from telegram.error import BadRequest

from bot.answers import render
from bot.answers.charts import Chart
from bot.answers.drawing import picture
from bot.chat import delivery
from bot.chat.addressed import readable
from bot.chat.card import CHARTED
from bot.chat.desk import Context, Desk
from bot.chat.expiry import expire
from bot.chat.gate import rests, taps_too_fast
from bot.chat.replies import say

PATTERN = r"^c:"
"""Callback data of the button under an answer (bot.chat.card)."""


async def asked(message: Message, context: Context, words: str) -> None:
    """The command, with what is to be charted behind it."""
    desk = context.desk
    if not words:
        await say(message, desk.wording.texts.chart, context)
        return
    understood = desk.readout.reply(readable(words)).answer.understood
    await _show(str(understood.get("trial", "")), str(understood.get("topic", "")), message, context)


async def tapped(update: Update, context: Context) -> None:
    """The button under an answer."""
    query, texts = update.callback_query, context.desk.wording.texts
    if query is None:
        return
    found = CHARTED.fullmatch(query.data or "")
    message = query.message if isinstance(query.message, Message) else None
    refusal = None
    if found is None or message is None:
        refusal = texts.gone
    elif rests(message.chat, context):
        refusal = texts.resting
    elif taps_too_fast(message.chat, query.from_user.id, context):
        refusal = texts.pause
    with contextlib.suppress(BadRequest):  # a query that is too old can no longer be answered
        await query.answer(refusal, show_alert=refusal is not None)
    if found is not None and message is not None and refusal is None:
        await _show(found[1], found[2], message, context)


async def _show(trial: str, topic: str, to: Message, context: Context) -> None:
    chart = context.desk.readout.chart(trial, topic) if trial and topic else None
    if chart is None:
        await say(to, context.desk.wording.texts.no_chart, context)
        return
    sent = await _photo(chart, to, context.desk)
    if sent is None:
        sent = await delivery.send(chart.words, to, context.desk)
    expire(sent, context)


async def _photo(chart: Chart, to: Message, desk: Desk) -> Message | None:
    """The picture; None where it cannot be drawn or sent, or its figures do not fit below it."""
    caption = render.html(chart.words)
    # A picture without its contradictions would say too much.
    if not desk.draws or render.units(render.plain(chart.words)) > MessageLimit.CAPTION_LENGTH:
        return None
    drawn: str | bytes | None = desk.pictures.get(caption)
    if drawn is None:
        drawn = await asyncio.to_thread(picture, chart)
    try:
        sent = await to.reply_photo(
            drawn,
            caption,
            filename="chart.png",
            disable_notification=delivery.is_shared(to.chat),
        )
    except BadRequest:
        # A group may allow no pictures; and what Telegram knew a picture by may be gone.
        desk.pictures.drop(lambda key, _: key == caption)
        return None
    if sent.photo:
        desk.pictures.put(caption, sent.photo[-1].file_id)
    return sent
