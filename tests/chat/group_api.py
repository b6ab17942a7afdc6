"""The fake's share of groups: members, reactions, deletion, and guest queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.chat.content import Refused, inline_results

REACTIONS = {"\U0001f44d", "\U0001f44e", "\u2764", "\U0001f525", "\U0001f634"}
"""Some of the emoji that Telegram takes."""


@dataclass
class Groups:
    """Who administers what, and which guest queries may still be answered."""

    admins: set[tuple[int, int]] = field(default_factory=set)
    """Chat and user."""
    reactions: dict[int, set[str]] = field(default_factory=dict)
    """What a chat allows, where it does not allow all."""
    reacted: dict[tuple[int, int], str] = field(default_factory=dict)
    guest_queries: set[str] = field(default_factory=set)
    migrated: dict[int, int] = field(default_factory=dict)

    def hear(self, update: Mapping[str, Any]) -> None:
        """Know what the update tells of."""
        guest = update.get("guest_message")
        if guest:
            self.guest_queries.add(guest["guest_query_id"])
        for kind in ("message", "channel_post"):
            message = update.get(kind, {})
            if "migrate_to_chat_id" in message:
                self.migrated[message["chat"]["id"]] = message["migrate_to_chat_id"]

    def handlers(self, messages: dict[tuple[int, int], Any]) -> dict[str, Callable[[dict[str, Any]], Any]]:
        """Method -> what answers it; `messages` are those the server knows."""

        def known(params: dict[str, Any]) -> tuple[int, int]:
            key = params["chat_id"], params["message_id"]
            if key not in messages:
                raise Refused("Bad Request: message not found")
            return key

        def react(params: dict[str, Any]) -> bool:
            key = known(params)
            emoji = [reaction["emoji"] for reaction in params["reaction"]]
            if len(emoji) > 1:
                raise Refused("Bad Request: REACTIONS_TOO_MANY")
            if not set(emoji) <= self.reactions.get(key[0], REACTIONS):
                raise Refused("Bad Request: REACTION_INVALID")
            self.reacted[key] = "".join(emoji)
            return True

        def delete(params: dict[str, Any]) -> bool:
            messages.pop(known(params))
            return True

        return {
            "getChatMember": self._member,
            "setMessageReaction": react,
            "deleteMessage": delete,
            "answerGuestQuery": self._answer_guest,
        }

    def _member(self, params: dict[str, Any]) -> dict[str, Any]:
        chat, user = params["chat_id"], params["user_id"]
        if chat > 0:
            raise Refused("Bad Request: there are no members in a private chat")
        status = "creator" if (chat, user) in self.admins else "member"
        person = {"id": user, "is_bot": False, "first_name": "Somebody"}
        return {"status": status, "user": person} | ({"is_anonymous": False} if status == "creator" else {})

    def _answer_guest(self, params: dict[str, Any]) -> dict[str, Any]:
        query = params["guest_query_id"]
        if query not in self.guest_queries:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        inline_results({"results": [params["result"]]})
        self.guest_queries.remove(query)
        return {"inline_message_id": f"guest-{query}"}
