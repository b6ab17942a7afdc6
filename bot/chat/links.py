"""Deep links: a question as the payload of t.me/BOT?start=..., and back. Nothing is kept for it."""

from __future__ import annotations

import base64
import binascii
import re

from telegram.constants import MessageLimit
from telegram.helpers import create_deep_linked_url

NOTHING = "-"
"""The payload that carries no question: it opens the chat."""
# A payload holds A-Z a-z 0-9 _ - only. A plain question is its own payload, so that people can
# write links by hand; what begins with "-" is encoded.
_READABLE = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{MessageLimit.DEEP_LINK_LENGTH}}}")


def payload(question: str) -> str | None:
    """The payload for a question; None if it is too long for one."""
    words = question.strip().rstrip("?!. ")
    if len(words) <= MessageLimit.DEEP_LINK_LENGTH and _READABLE.fullmatch(words):
        return words.replace(" ", "_")
    encoded = base64.urlsafe_b64encode(question.strip().encode()).decode().rstrip("=")
    return f"-{encoded}" if encoded and len(encoded) < MessageLimit.DEEP_LINK_LENGTH else None


def question(content: str) -> str | None:
    """The question behind a payload; None if there is none."""
    if not _PAYLOAD.fullmatch(content):
        return None
    if not content.startswith("-"):
        return content.replace("_", " ").strip() or None
    encoded = content[1:]
    try:
        data = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        return data.decode().strip() or None
    except (binascii.Error, UnicodeDecodeError):
        return None


def private(username: str, question: str | None) -> str:
    """The address that opens the private chat with this question, or just the chat."""
    return create_deep_linked_url(username, (payload(question) if question else None) or NOTHING)


def group(username: str) -> str:
    """The address that lets one choose a group to add the bot to; it says /start there."""
    return create_deep_linked_url(username, NOTHING, group=True)
