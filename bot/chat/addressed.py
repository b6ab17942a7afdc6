"""Who is being spoken to: which messages are for this bot, and what they ask it.

Telegram's privacy mode is not relied upon: an administrator bot hears everything.
"""

from __future__ import annotations

import datetime as dt

from telegram import Message, MessageEntity, User
from telegram.ext import filters

FRESH = dt.timedelta(minutes=10)
"""After downtime, older messages in groups are left alone: the talk has moved on."""


def question(message: Message) -> str:
    """The message's text without the mentions of this bot, in readable characters."""
    text = _units(message.text or "")
    for entity in sorted(message.entities, key=lambda entity: entity.offset, reverse=True):
        if _names(message, entity, message.get_bot().bot):
            text = text[: 2 * entity.offset] + text[2 * (entity.offset + entity.length) :]
    return readable(text.decode("utf-16-le", "surrogatepass"))


def readable(text: str) -> str:
    """The text with lone surrogates replaced: they cannot be sent back."""
    return _units(text).decode("utf-16-le", "replace").strip()


def _units(text: str) -> bytes:
    # Entities count UTF-16 units. The library's own parsing fails on lone surrogates.
    return text.encode("utf-16-le", "surrogatepass")


def _part(message: Message, entity: MessageEntity) -> str:
    units = _units(message.text or "")[2 * entity.offset : 2 * (entity.offset + entity.length)]
    return units.decode("utf-16-le", "replace")


def _names(message: Message, entity: MessageEntity, me: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type == MessageEntity.MENTION:
        return _part(message, entity).lower() == f"@{me.username}".lower()
    return False


def _is_mention(entity: MessageEntity) -> bool:
    return entity.type in (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)


class _FromPerson(filters.MessageFilter):
    """Not from a bot, and not posted through this bot's own inline mode: both would make loops.

    Anonymous administrators and channels speak through stand-in bots, with a sender chat.
    """

    def filter(self, message: Message) -> bool:
        if message.via_bot and message.via_bot.id == message.get_bot().bot.id:
            return False
        return message.sender_chat is not None or not (message.from_user and message.from_user.is_bot)


class _Fresh(filters.MessageFilter):
    """Sent or edited within `FRESH`."""

    def filter(self, message: Message) -> bool:
        sent = message.edit_date or message.date
        return dt.datetime.now(dt.UTC) - sent <= FRESH


class _Addressed(filters.MessageFilter):
    """In a group: a command for this bot by name, a mention of it, or a reply to it."""

    def filter(self, message: Message) -> bool:
        # A forwarded message was addressed to somebody elsewhere; a channel's post arrives as one, too.
        if message.forward_origin is not None and not message.is_automatic_forward:
            return False
        me = message.get_bot().bot
        first = next(iter(message.entities), None)
        if first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0:
            # The command of a channel's post is answered in the channel.
            return not message.is_automatic_forward and _part(message, first).lower().endswith(
                f"@{me.username}".lower()
            )
        mentions = [entity for entity in message.entities if _is_mention(entity)]
        if mentions:
            return any(_names(message, entity, me) for entity in mentions)
        return self._replies(message, me)

    @staticmethod
    def _replies(message: Message, me: User) -> bool:
        earlier = message.reply_to_message
        # Every message in a topic "replies" to the message that opened the topic.
        if earlier is None or earlier.forum_topic_created is not None or earlier.from_user is None:
            return False
        return earlier.from_user.id == me.id


PRIVATE = filters.ChatType.PRIVATE & _FromPerson(name="FromPerson")
"""A private message from a person: always answered."""
GROUP = filters.ChatType.GROUPS & _FromPerson(name="FromPerson") & _Fresh(name="Fresh")
"""A recent message from a person in a group, whomever it addresses."""
CHANNEL = (
    filters.ChatType.CHANNEL & ~filters.FORWARDED & _FromPerson(name="FromPerson") & _Fresh(name="Fresh")
)
"""A recent post that was written in a channel."""
ADDRESSED = GROUP & _Addressed(name="Addressed")
"""A recent message in a group that speaks to this bot."""
