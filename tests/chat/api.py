"""A strict fake of the Bot API: knows the chats, and refuses what Telegram refuses."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chat.content import Refused as Refused
from tests.chat.content import content, inline_results, keyboard, parameter, webhook
from tests.chat.group_api import Groups
from tests.chat.markup import units, visible
from tests.chat.photos import photo
from tests.chat.profile_api import Profile

TOKEN = "7000000001:AAF0test-test_test-test_test-test_tes"
NOTICED = (
    "sendMessage",
    "sendPhoto",
    "editMessageText",
    "editMessageReplyMarkup",
    "answerCallbackQuery",
    "answerInlineQuery",
    "answerGuestQuery",
    "setMessageReaction",
    "deleteMessage",
)
"""What users notice."""
ME = {
    "id": 7001,
    "is_bot": True,
    "first_name": "Readout",
    "username": "ReadoutTestBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "supports_guest_queries": True,
}


@dataclass(frozen=True)
class Call:
    """One request, as it arrived, and whether it was carried out."""

    method: str
    params: Mapping[str, Any]
    ok: bool
    at: float

    @property
    def text(self) -> str:
        """The text as its reader sees it."""
        text = str(self.params.get("text", ""))
        return visible(text) if self.params.get("parse_mode") == "HTML" else text

    @property
    def buttons(self) -> list[str]:
        """Callback data of all buttons."""
        markup = self.params.get("reply_markup") or {"inline_keyboard": []}
        return [
            button["callback_data"]
            for row in markup["inline_keyboard"]
            for button in row
            if "callback_data" in button
        ]


@dataclass
class BotApi:
    """State of the fake server. `hear` makes it know an update's chat, topic and message."""

    calls: list[Call] = field(default_factory=list)
    faults: dict[str, deque[Exception]] = field(default_factory=dict)
    """Refusals and network errors to come, by method; each is used once."""
    chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    topics: set[tuple[int, int]] = field(default_factory=set)
    messages: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """Text and buttons, as JSON, of each known message."""
    queries: set[str] = field(default_factory=set)
    """Callback queries that may still be answered."""
    next_id: int = 1000
    inline: bool = True
    """Whether BotFather has turned inline mode on."""
    profile: Profile = field(default_factory=Profile)
    groups: Groups = field(default_factory=Groups)
    webhook: dict[str, Any] = field(default_factory=dict)
    """Where updates are delivered; empty while they are asked for."""
    me: dict[str, Any] = field(default_factory=dict)
    """What getMe tells differently."""

    def hear(self, update: Mapping[str, Any]) -> None:
        """Know what the update tells of."""
        query = update.get("callback_query", {})
        if asked := query or update.get("inline_query"):
            self.queries.add(asked["id"])
        self.groups.hear(update)
        if member := update.get("my_chat_member"):
            self.chats[member["chat"]["id"]] = member["chat"]
        kinds = ("message", "edited_message", "channel_post", "edited_channel_post")
        message = next((update[kind] for kind in kinds if kind in update), query.get("message"))
        while message:
            chat = message["chat"]["id"]
            self.chats[chat] = message["chat"]
            known = message.get("text", ""), json.dumps(message.get("reply_markup"), sort_keys=True)
            self.messages.setdefault((chat, message["message_id"]), known)
            if message.get("is_topic_message"):
                self.topics.add((chat, message["message_thread_id"]))
            message = message.get("reply_to_message")

    def call(self, method: str, params: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Status code and body of the answer to a request."""
        values = {key: parameter(key, value) for key, value in params.items()}
        try:
            result = self._result(method, values)
        except Refused as error:
            self.calls.append(Call(method, values, False, time.monotonic()))
            body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": str(error)}
            if error.parameters:
                body["parameters"] = error.parameters
            return error.code, body
        self.calls.append(Call(method, values, True, time.monotonic()))
        return 200, {"ok": True, "result": result}

    def _result(self, method: str, values: dict[str, Any]) -> Any:
        if self.faults.get(method):
            raise self.faults[method].popleft()
        handlers = {
            "getMe": self._get_me,
            "deleteWebhook": lambda params: self._hooked({}),
            "setWebhook": lambda params: self._hooked(webhook(params)),
            "sendMessage": self._send,
            "sendPhoto": lambda params: photo(params, self._send),
            "editMessageText": self._edit,
            "editMessageReplyMarkup": self._edit_buttons,
            "answerCallbackQuery": self._acknowledge,
            "answerInlineQuery": self._answer_inline,
            **self.profile.handlers(),
            **self.groups.handlers(self.messages),
        }
        if method not in handlers:
            raise Refused("Not Found", 404)
        return handlers[method](values)

    def done(self, *methods: str) -> list[Call]:
        """The requests carried out, of these methods or of all that users notice."""
        noticed = methods or NOTICED
        return [call for call in self.calls if call.ok and call.method in noticed]

    @property
    def refused(self) -> list[Call]:
        """The requests that were not carried out."""
        return [call for call in self.calls if not call.ok]

    def _get_me(self, params: dict[str, Any]) -> dict[str, Any]:
        return ME | {"supports_inline_queries": self.inline} | self.me

    def _hooked(self, params: dict[str, Any]) -> bool:
        self.webhook = params
        return True

    def _send(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(params)
        text, buttons = content(params, inline=self.inline)
        thread = params.get("message_thread_id")
        if thread is not None and (chat["id"], thread) not in self.topics:
            raise Refused("Bad Request: message thread not found")
        reply = params.get("reply_parameters")
        if (
            reply
            and not reply.get("allow_sending_without_reply")
            and not self._knows(chat, reply["message_id"])
        ):
            raise Refused("Bad Request: message to be replied not found")
        self.next_id += 1
        self.messages[chat["id"], self.next_id] = (text, buttons)
        sent = self._message(chat, self.next_id, text)
        if thread is not None:
            sent |= {"message_thread_id": thread, "is_topic_message": True}
        if reply and self._knows(chat, reply["message_id"]):
            sent["reply_to_message"] = self._message(chat, reply["message_id"], "A question")
        return sent

    def _edit(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(params)
        key = (chat["id"], params["message_id"])
        if not self._knows(chat, params["message_id"]):
            raise Refused("Bad Request: message to edit not found")
        changed = content(params, inline=self.inline)
        if self.messages[key] == changed:
            raise Refused(
                "Bad Request: message is not modified: specified new message content and reply markup"
                " are exactly the same as a current content and reply markup of the message"
            )
        self.messages[key] = changed
        return self._message(chat, key[1], changed[0])

    def _edit_buttons(self, params: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(params)
        key = (chat["id"], params["message_id"])
        if not self._knows(chat, params["message_id"]):
            raise Refused("Bad Request: message to edit not found")
        buttons = keyboard(params.get("reply_markup"), inline=self.inline)
        if self.messages[key][1] == buttons:
            raise Refused("Bad Request: message is not modified")
        self.messages[key] = (self.messages[key][0], buttons)
        return self._message(chat, key[1], self.messages[key][0])

    def _answer_inline(self, params: dict[str, Any]) -> bool:
        if params["inline_query_id"] not in self.queries:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        inline_results(params, inline=self.inline)
        self.queries.remove(params["inline_query_id"])
        return True

    def _acknowledge(self, params: dict[str, Any]) -> bool:
        if params["callback_query_id"] not in self.queries:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        if units(str(params.get("text", ""))) > 200:
            raise Refused("Bad Request: MESSAGE_TOO_LONG")
        self.queries.remove(params["callback_query_id"])
        return True

    def _knows(self, chat: dict[str, Any], message: int) -> bool:
        return (chat["id"], message) in self.messages

    def _chat(self, params: dict[str, Any]) -> dict[str, Any]:
        if moved := self.groups.migrated.get(params["chat_id"]):
            old = self.chats.get(params["chat_id"], {})
            self.chats.setdefault(moved, old | {"id": moved, "type": "supergroup"})
            raise Refused(
                "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=moved
            )
        if params["chat_id"] not in self.chats:
            raise Refused("Bad Request: chat not found")
        return self.chats[params["chat_id"]]

    def _message(self, chat: dict[str, Any], number: int, text: str) -> dict[str, Any]:
        return {"message_id": number, "from": ME, "chat": chat, "date": int(time.time()), "text": text}
