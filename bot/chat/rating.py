"""Rating an answer with one tap, and with a second one saying what was wrong with it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.answers.answer import Answer
from bot.chat.desk import Context
from bot.chat.wording import Buttons
from bot.memory.feedback import Vote

PATTERN = r"^f:"
"""Callback data of these buttons: f:VERDICT:SUBJECT, so that they work after any restart."""
_DATA = re.compile(r"f:(up|down|down\.[a-z_]{1,12}):([a-z0-9_.]{1,40})")
_SUBJECT = re.compile(r"[a-z0-9_.]{1,40}")


def row(answer: Answer, labels: Buttons) -> list[InlineKeyboardButton]:
    """The two buttons under an answer."""
    topic = str(answer.understood.get("topic", ""))
    return thumbs(topic if _SUBJECT.fullmatch(topic) else answer.kind.value, labels)


def thumbs(subject: str, labels: Buttons) -> list[InlineKeyboardButton]:
    """The two buttons for a subject: a topic, or "bot" for the bot itself."""
    return [
        InlineKeyboardButton(labels.helpful, callback_data=f"f:up:{subject}"),
        InlineKeyboardButton(labels.not_helpful, callback_data=f"f:down:{subject}"),
    ]


async def rated(update: Update, context: Context) -> None:
    """A rating or its reason: counted, acknowledged, and the buttons changed to the next choice."""
    query, desk = update.callback_query, context.desk
    if query is None:
        return
    verdict, subject = _read(query.data or "", desk.wording.buttons)
    known = verdict is not None and query.message is not None
    texts = desk.wording.texts
    with contextlib.suppress(BadRequest):  # a query that is too old can no longer be answered
        if not known:
            await query.answer(texts.gone, show_alert=True)
        else:
            await query.answer(None if verdict == "down" else texts.rated)
    if verdict is None or query.message is None:
        return
    vote = Vote(query.message.chat.id, query.from_user.id, query.message.message_id)
    desk.feedback.vote(vote, subject, verdict)
    labels = desk.wording.buttons
    if isinstance(query.message, Message):
        await _change(
            query.message, _reasons(subject, labels) if verdict == "down" else [thumbs(subject, labels)]
        )


def _read(data: str, labels: Buttons) -> tuple[str | None, str]:
    match = _DATA.fullmatch(data)
    if match is None:
        return None, ""
    verdict, subject = match.groups()
    reason = verdict.partition(".")[2]
    return (verdict if not reason or reason in labels.reasons else None), subject


def _reasons(subject: str, labels: Buttons) -> list[list[InlineKeyboardButton]]:
    buttons = [
        InlineKeyboardButton(label, callback_data=f"f:down.{code}:{subject}")
        for code, label in labels.reasons.items()
    ]
    return [buttons[start : start + 2] for start in range(0, len(buttons), 2)]


async def _change(message: Message, rows: Sequence[Sequence[InlineKeyboardButton]]) -> None:
    """Put the rows in place of the rating's; the message's other buttons stay."""
    now = message.reply_markup.inline_keyboard if message.reply_markup else ()
    others = [row for row in now if not any(str(button.callback_data).startswith("f:") for button in row)]
    changed = InlineKeyboardMarkup([*others, *rows])
    if changed == message.reply_markup:
        return
    # After a double tap the message is already so; one from long ago may not be changed any more.
    with contextlib.suppress(BadRequest):
        await message.edit_reply_markup(changed)
