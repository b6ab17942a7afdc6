"""Sending a reply and remembering it: in a group also links to a repeated answer, reactions, deletion."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram import Chat, LinkPreviewOptions, Message, ReplyParameters, User
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest, ChatMigrated

from bot.answers.answer import Answer, Kind
from bot.chat import delivery
from bot.chat.card import REPORTS
from bot.chat.desk import Asked, Context, Place
from bot.chat.expiry import expire
from bot.chat.moving import move
from bot.memory.conversation import Exchange, Thread

if TYPE_CHECKING:
    from bot.pipeline import Turn

_COURTESIES = ("thanks", "acknowledgement", "goodbye")
"""Codes of small talk that a group is spared an answer to."""


@dataclass(frozen=True)
class Response:
    """What is to be said, and what it rests on."""

    answer: Answer
    before: Turn | None
    """What the conversation was about when the question came."""
    after: Turn | None
    """What it is about now; None leaves it as it was."""
    alone: str | None
    """The question as it can be asked anywhere; None if it cannot."""


def thread_of(message: Message, sender: User | Chat | None) -> Thread:
    """The conversation of `sender` in the message's chat and topic."""
    # An ordinary chain of replies carries a thread number as well; only a topic's counts.
    topic = message.message_thread_id if message.is_topic_message else None
    return Thread(chat=message.chat.id, topic=topic, sender=sender.id if sender else message.chat.id)


async def respond(response: Response, to: Message, who: User | Chat | None, context: Context) -> None:
    """Answer below `to`, for `who`, and remember it. Raises TelegramError."""
    group = delivery.is_group(to.chat)
    context.desk.tally.answered(to.chat.type, response.answer.kind.value)
    if group and response.answer.kind is Kind.CHAT and await _thanked(response.answer, to):
        return
    sent = await _repeated(response.answer, to, context) if group else None
    if sent is None:
        sent = await delivery.send(response.answer, to, context.desk, response.alone)
        if group and response.answer.kind in REPORTS:
            context.desk.repeats.put(_asked(response.answer, to), _place(sent))
    expire(sent, context)
    record(response, to, who, sent.message_id, context)
    if sent.chat.id != to.chat.id:
        # The group became a supergroup while the answer was on its way there.
        move(to.chat.id, sent.chat.id, context.desk)


def record(response: Response, to: Message, who: User | Chat | None, sent: int, context: Context) -> None:
    """Remember that message `sent` answers message `to`."""
    exchange = Exchange(to.message_id, sent, before=response.before, after=response.after)
    context.desk.conversations.record(thread_of(to, who), exchange)


def corrected(sent: int, chat: int, context: Context) -> None:
    """Message `sent` says something else now, so nobody may be sent to it for what it said."""
    context.desk.repeats.drop(lambda asked, place: (asked.chat, place.message) == (chat, sent))


async def _thanked(answer: Answer, to: Message) -> bool:
    """A courtesy is returned with a reaction; where reactions are not allowed, with silence."""
    # A thumb under "is that so?" would be read as an answer.
    if answer.understood.get("code") not in _COURTESIES or "?" in (to.text or ""):
        return False
    with contextlib.suppress(BadRequest, ChatMigrated):
        await to.set_reaction(ReactionEmoji.THUMBS_UP)
    return True


async def _repeated(answer: Answer, to: Message, context: Context) -> Message | None:
    """Point to the same answer if it was given here a moment ago; None if it was not."""
    desk = context.desk
    place = desk.repeats.get(_asked(answer, to)) if answer.kind in REPORTS else None
    if place is None:
        return None
    texts = desk.wording.texts
    text = texts.answered_at.replace("{link}", place.link) if place.link else texts.answered_above
    # A group without links: the notice stands as a reply to the answer, which is one tap away then.
    target = to.message_id if place.link else place.message
    with contextlib.suppress(BadRequest, ChatMigrated):
        return await to.reply_text(
            text,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            disable_notification=True,
            do_quote=False,
            reply_parameters=ReplyParameters(target, allow_sending_without_reply=bool(place.link)),
        )
    # The earlier answer was deleted, or stayed behind in a group that became a supergroup.
    return None


def _asked(answer: Answer, to: Message) -> Asked:
    topic = to.message_thread_id if to.is_topic_message else None
    return Asked(to.chat.id, topic, hash((answer.headline, answer.lines)))


def _place(sent: Message) -> Place:
    link = sent.link
    # The library adds the thread of a chain of replies also where there is none.
    return Place(sent.message_id, link.removesuffix("?thread=None") if link else None)
