"""Inline mode: figures as result cards in any chat."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable

from telegram import (
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answers import render
from bot.answers.answer import Answer, Kind
from bot.chat import links
from bot.chat.addressed import readable
from bot.chat.card import REPORTS, more
from bot.chat.connection import ReadoutBot
from bot.chat.desk import Context, Desk

CACHE = 300
"""How long Telegram's servers may show the same results to everybody, in seconds."""
PAGE = 10
"""Cards that are made at once: two screens of a phone. Scrolling on asks for more."""
_TITLE = 120
_DESCRIPTION = 200
_TOPIC = re.compile(r"[a-z0-9_]{1,40}")


async def searched(update: Update, context: Context) -> None:
    """What somebody types behind the bot's name: answered once, whatever it is."""
    query, desk = update.inline_query, context.desk
    if query is None:
        return
    text = readable(query.query)
    cards: list[InlineQueryResultArticle] = []
    page, further = 0, False
    cache = 0  # for the case that something fails below: not to be shown to others
    try:
        # An offset that we did not give would otherwise bring the first page again and again.
        if not query.offset or query.offset.isdecimal():
            page = int(query.offset or 0)
            cards, further = _cards(text, page, context.bot, desk)
        cache = CACHE
        desk.tally.answered("inline", "cards" if cards else "none")
    finally:
        button = None if cards or query.offset else _button(text, desk)
        with contextlib.suppress(BadRequest):  # too old: the person has typed on
            await query.answer(
                cards,
                cache_time=cache,
                is_personal=False,
                # Not an empty text: the library would send it as a list.
                next_offset=str(page + 1) if further else None,
                button=button,
            )


async def posted(update: Update, context: Context) -> None:
    """A result was chosen: counted by subject, without the person and the chat."""
    if update.chosen_inline_result:
        topic = update.chosen_inline_result.result_id.partition(".")[0]
        if _TOPIC.fullmatch(topic):
            context.desk.feedback.count(topic, "chosen")


def _button(text: str, desk: Desk) -> InlineQueryResultsButton:
    start = (links.payload(text) if text else None) or links.NOTHING
    return InlineQueryResultsButton(desk.wording.inline.ask_in_private, start_parameter=start)


def _cards(text: str, page: int, bot: ReadoutBot, desk: Desk) -> tuple[list[InlineQueryResultArticle], bool]:
    """The cards of a page, and whether there is a further one."""
    if text:
        questions: Iterable[str] = _searched(text, desk)
    else:
        questions = desk.wording.inline.most_asked
    cards: dict[str, InlineQueryResultArticle] = {}
    asked = list(dict.fromkeys(questions))
    for question in asked[page * PAGE : (page + 1) * PAGE]:
        answer = desk.readout.reply(question).answer
        # A miss that was typed is told by the button; only a stated gap is worth posting.
        if answer.kind == Kind.ANSWER or (answer.kind == Kind.NOT_REPORTED and question == text):
            card = _card(question, answer, bot, desk)
            cards.setdefault(card.id, card)
    return list(cards.values()), len(asked) > (page + 1) * PAGE


def _searched(text: str, desk: Desk) -> list[str]:
    answer = desk.readout.reply(text).answer
    offered = answer.suggestions if answer.kind in (*REPORTS, Kind.CLARIFY) else ()
    return [text, *offered]


def _card(question: str, answer: Answer, bot: ReadoutBot, desk: Desk) -> InlineQueryResultArticle:
    html = render.html(answer, brief=True, footer=desk.wording.texts.footer)
    topic = str(answer.understood.get("topic", ""))
    # The question is part of the link below the card, so it is part of what the id stands for.
    content = hashlib.sha256(f"{question}\n{html}".encode()).hexdigest()[:20]
    below = [*answer.lines, *answer.notes, *(reference.label for reference in answer.references)]
    return InlineQueryResultArticle(
        id=f"{topic if _TOPIC.fullmatch(topic) else answer.kind.value}.{content}",
        title=_short(answer.headline, _TITLE),
        description=_short(" ".join(below), _DESCRIPTION) or None,
        input_message_content=InputTextMessageContent(
            html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        reply_markup=InlineKeyboardMarkup([more(bot, desk, question)]),
    )


def _short(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
