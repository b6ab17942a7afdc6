"""Which messages ask to check a claim, and which words they mean."""

from __future__ import annotations

import re

from telegram import Message

from bot.answers.answer import Answer, Kind
from bot.chat.addressed import readable
from bot.chat.desk import Desk

_WORD = re.compile(r"[^\W\d_]+")


def asks_to_check(text: str, message: Message, desk: Desk) -> bool:
    """Whether `text`, said under somebody else's words, asks nothing but whether these are right."""
    if not quoted(message) or _own(message):
        return False
    words = {word.lower() for word in _WORD.findall(text)}
    return words <= desk.wording.claims.asking and not any(sign.isdigit() for sign in text)


def quoted(message: Message) -> str:
    """The words that the message replies to: the part its sender chose, else all of them."""
    if message.quote is not None:
        return readable(message.quote.text)
    earlier = message.reply_to_message
    if earlier is None or earlier.forum_topic_created is not None:
        return ""
    return readable(earlier.text or earlier.caption or "")


def around(message: Message, part: str) -> str | None:
    """The whole message that the quoted `part` was taken from, if it is at hand."""
    earlier = message.reply_to_message
    whole = readable(earlier.text or earlier.caption or "") if earlier else ""
    return whole if message.quote is not None and part in whole and part != whole else None


def nothing_to_check(claim: str, desk: Desk) -> Answer:
    """The reply when the facts can judge no figure of the claim."""
    texts = desk.wording.texts
    return Answer(Kind.CHAT, texts.nothing_to_check if claim else texts.check)


def _own(message: Message) -> bool:
    """Whether it replies to the conversation itself: the bot's words, or in private its sender's own."""
    earlier = message.reply_to_message
    if earlier is None or earlier.from_user is None:
        return False
    if message.chat.type == message.chat.PRIVATE and earlier.forward_origin is None:
        return True
    return earlier.from_user.id == message.get_bot().bot.id
