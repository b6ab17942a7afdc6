"""Random updates of groups, channels and guests, each with whether the bot was spoken to."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bot.chat import wording

ANNA = {"id": 4001, "is_bot": False, "first_name": "Anna", "username": "annaberg"}
OMAR = {"id": 4002, "is_bot": False, "first_name": "Omar"}
BOT = {"id": 7009, "is_bot": True, "first_name": "Other", "username": "OtherBot"}
ME = {"id": 7001, "is_bot": True, "first_name": "Readout", "username": "ReadoutTestBot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
STAND_IN = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
SERVICE = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL = {"id": -1001000000004, "title": "Trial news", "type": "channel"}
GROUPS = [
    {"id": -4100000005, "title": "Ward round", "type": "group"},
    {"id": -1001000000001, "title": "Journal club", "type": "supergroup"},
    {"id": -1001000000002, "title": "Board", "type": "supergroup", "is_forum": True},
]
OLD = 3600
COMMANDS = {entry.name for entry in wording.load().commands}
QUESTIONS = {entry.name for entry in wording.load().commands if entry.asks("x") or entry.action == "check"}

# What a message is made of: text, the kind of its entity, and whom it speaks to.
MENTION, OTHER, WORD = "mention", "other", "word"
PIECES: list[tuple[str, str]] = [
    *((name, MENTION) for name in ("@ReadoutTestBot", "@readouttestbot")),
    *((name, OTHER) for name in ("@omar", "@ReadoutTestBotX")),
    *((word, WORD) for word in "3-year PFS HR 76% true? thanks and <b> 😀 obs \0 ok".split(" ")),
]
NAMES = st.sampled_from([*sorted(COMMANDS), "start", "rules", "ban"])
COMMAND = st.builds(
    "/{}{}".format, NAMES, st.sampled_from(["", "@ReadoutTestBot", "@readoutTESTbot", "@other"])
)


@dataclass(frozen=True)
class Heard:
    """An update, its message's number, and whether a reply to it is due."""

    content: dict[str, Any]
    number: int
    due: bool


@st.composite
def written(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]], str | None, set[str]]:
    """Text, entities, the command at its start, and whom it mentions."""
    command = draw(st.none() | COMMAND)
    pieces = draw(st.lists(st.sampled_from(PIECES), min_size=0 if command else 1, max_size=6))
    parts = ([(command, "bot_command")] if command else []) + pieces
    text, entities = "", []
    for part, kind in parts:
        if kind != WORD:
            units = len(text.encode("utf-16-le")) // 2
            shown = "mention" if kind in (MENTION, OTHER) else kind
            entities.append({"type": shown, "offset": units, "length": len(part)})
        text += f"{part} "
    return text, entities, command, {kind for _, kind in pieces if kind != WORD}


@st.composite
def sender(draw: st.DrawFn, chat: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Fields of the sender, and whether it is somebody to answer."""
    kind = draw(st.sampled_from(["person", "person", "other", "bot", "me", "anonymous", "channel"]))
    fields: dict[str, dict[str, Any]] = {
        "person": {"from": ANNA},
        "other": {"from": OMAR},
        "bot": {"from": BOT},
        "me": {"from": ME},
        "anonymous": {"from": ANONYMOUS, "sender_chat": chat},
        "channel": {"from": STAND_IN, "sender_chat": CHANNEL},
    }
    return fields[kind], kind not in ("bot", "me")


@st.composite
def group_message(draw: st.DrawFn, number: int = 100, edited: bool | None = None) -> Heard:
    """A message in a group, new or edited."""
    chat = draw(st.sampled_from(GROUPS))
    text, entities, command, mentioned = draw(written())
    who, answerable = draw(sender(chat))
    old, forwarded, posted = (draw(st.sampled_from([False, False, False, True])) for _ in range(3))
    replied = draw(st.sampled_from(["nobody", "nobody", "us", "claim", "topic"]))
    now = int(time.time()) - (OLD if old else 0)
    message: dict[str, Any] = {"message_id": number, "chat": chat, "date": now, **who, "text": text}
    if entities:
        message["entities"] = entities
    if forwarded:
        message["forward_origin"] = {"type": "user", "sender_user": OMAR, "date": now}
    automatic = forwarded and draw(st.booleans())
    if automatic:
        message |= {"is_automatic_forward": True, "sender_chat": CHANNEL, "from": SERVICE}
    if posted:
        message["via_bot"] = ME
    if chat.get("is_forum"):
        message |= {"message_thread_id": 50, "is_topic_message": True}
    if replied != "nobody":
        message["reply_to_message"] = _earlier(replied, chat, now)
    kind = "edited_message" if (draw(st.booleans()) if edited is None else edited) else "message"
    if kind == "edited_message":
        message["edit_date"] = now
    ours = (answerable or automatic) and not old and not posted and (not forwarded or automatic)
    due = ours and kind == "message" and _spoken_to(command, mentioned, replied == "us", automatic)
    return Heard({"update_id": 1, kind: message}, number, due)


def _spoken_to(command: str | None, mentioned: set[str], to_us: bool, automatic: bool) -> bool:
    if command is not None:
        name, _, bot = command[1:].partition("@")
        named = bot.lower() == "readouttestbot"
        return not automatic and (named or (not bot and name in COMMANDS))
    return MENTION in mentioned or (to_us and not mentioned)


def _earlier(kind: str, chat: dict[str, Any], now: int) -> dict[str, Any]:
    earlier: dict[str, Any] = {"message_id": 20, "chat": chat, "date": now, "from": ME}
    if kind == "topic":
        return earlier | {"forum_topic_created": {"name": "PFS", "icon_color": 7322096}}
    return earlier | {"text": "3-year PFS 91% vs 76%"} | ({"from": OMAR} if kind == "claim" else {})


@st.composite
def channel_post(draw: st.DrawFn, number: int = 100) -> Heard:
    """A post in a channel, new or edited."""
    text, entities, command, _ = draw(written())
    old, edited = draw(st.booleans()), draw(st.booleans())
    now = int(time.time()) - (OLD if old else 0)
    post = {"message_id": number, "chat": CHANNEL, "sender_chat": CHANNEL, "date": now, "text": text}
    if entities:
        post["entities"] = entities
    name, _, bot = (command or "/")[1:].partition("@")
    due = name in QUESTIONS and bot.lower() in ("", "readouttestbot") and not old and not edited
    return Heard({"update_id": 1, "edited_channel_post" if edited else "channel_post": post}, number, due)


@st.composite
def guest_message(draw: st.DrawFn, number: int = 100) -> Heard:
    """A mention in a chat that the bot is no member of."""
    text, entities, _, _ = draw(written())
    who = draw(st.sampled_from([ANNA, OMAR, BOT]))
    chat = draw(st.sampled_from([{"id": 4003, "type": "private", "first_name": "Eve"}, *GROUPS]))
    message: dict[str, Any] = {"message_id": number, "chat": chat, "date": int(time.time()), "from": who,
                               "guest_query_id": str(number)}  # fmt: skip
    if draw(st.booleans()):
        message |= {"text": text} | ({"entities": entities} if entities else {})
    if draw(st.booleans()):
        message["reply_to_message"] = _earlier("claim", chat, message["date"])
    return Heard({"update_id": 1, "guest_message": message}, number, due=not who["is_bot"])


def updates(number: int = 100) -> st.SearchStrategy[Heard]:
    """Any of them."""
    return st.one_of(
        group_message(number), group_message(number), channel_post(number), guest_message(number)
    )
