"""What Telegram refuses in messages, buttons and inline results."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.chat.markup import BadMarkup, units, visible

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ACTIONS = {"callback_data", "url", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
            "switch_inline_query_chosen_chat"}  # fmt: skip


class Refused(Exception):
    """A request that Telegram would refuse."""

    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.parameters = parameters


def content(params: dict[str, Any], *, inline: bool = True) -> tuple[str, str]:
    """Text as it is read, and buttons as JSON, of a message; `inline`: the bot has inline mode."""
    text = str(params["text"])
    if params.get("parse_mode") == "HTML":
        if len(text.encode()) > 32 * 1024:
            raise Refused("Bad Request: message is too long")
        try:
            text = visible(text)
        except BadMarkup as error:
            raise Refused(f"Bad Request: can't parse entities: {error}") from None
    elif params.get("parse_mode"):
        raise Refused("Bad Request: unsupported parse_mode")
    if not text.replace("\0", "").strip():
        raise Refused("Bad Request: message text is empty")
    if units(text) > 4096:
        raise Refused("Bad Request: message is too long")
    return text, keyboard(params.get("reply_markup"), inline=inline)


def keyboard(markup: dict[str, Any] | None, *, inline: bool = True) -> str:
    """The buttons as JSON."""
    rows = (markup or {}).get("inline_keyboard", [])
    if sum(len(row) for row in rows) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise Refused("Bad Request: REPLY_MARKUP_TOO_LONG")
    for button in [button for row in rows for button in row]:
        _button(button, inline)
    return json.dumps(markup, sort_keys=True)


def _button(button: dict[str, Any], inline: bool) -> None:
    if not button["text"].strip():
        raise Refused("Bad Request: inline keyboard button text is empty")
    if len(_ACTIONS & set(button)) != 1:
        raise Refused("Bad Request: inline keyboard button must have exactly one action")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise Refused("Bad Request: BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= units(button["copy_text"]["text"]) <= 256:
        raise Refused("Bad Request: BUTTON_COPY_TEXT_INVALID")
    if "url" in button:
        _address(button["url"])
    if any(key.startswith("switch_inline") for key in button):
        chosen = button.get("switch_inline_query_chosen_chat", {})
        if not inline:
            raise Refused("Bad Request: BUTTON_TYPE_INVALID")
        if units(chosen.get("query", "")) > 256:
            raise Refused("Bad Request: query is too long")


def _address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "tg") or not parts.netloc:
        raise Refused("Bad Request: inline keyboard button URL is invalid")
    if parts.netloc == "t.me":
        for key, value in parse_qsl(parts.query, keep_blank_values=True):
            if key in ("start", "startgroup"):
                payload(value)


def payload(text: str) -> None:
    """Refuse what cannot be the payload of a deep link."""
    if not _PAYLOAD.fullmatch(text):
        raise Refused("Bad Request: START_PARAM_INVALID")


def inline_results(params: dict[str, Any], *, inline: bool = True) -> None:
    """Refuse the results of an inline query as Telegram does."""
    results = params["results"]
    if len(results) > 50:
        raise Refused("Bad Request: RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids):
        raise Refused("Bad Request: RESULT_ID_DUPLICATE")
    for result in results:
        if not 1 <= len(result["id"].encode()) <= 64:
            raise Refused("Bad Request: RESULT_ID_INVALID")
        if not result["title"].strip():
            raise Refused("Bad Request: RESULT_TITLE_EMPTY")
        message = {**result["input_message_content"], "text": result["input_message_content"]["message_text"]}
        content(message | {"reply_markup": result.get("reply_markup")}, inline=inline)
    if len(params.get("next_offset", "").encode()) > 64:
        raise Refused("Bad Request: NEXT_OFFSET_INVALID")
    if button := params.get("button"):
        if not button["text"].strip():
            raise Refused("Bad Request: SWITCH_PM_TEXT_EMPTY")
        payload(button["start_parameter"])


def webhook(params: dict[str, Any]) -> dict[str, Any]:
    """The webhook, if Telegram takes it; plain HTTP as its server for one's own machine does."""
    parts = urlsplit(params["url"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname == "127.0.0.1"):
        raise Refused("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "-")):
        raise Refused("Bad Request: secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise Refused("Bad Request: max_connections must be between 1 and 100")
    return params


TEXTS = {
    *("text", "caption", "photo", "parse_mode", "url", "secret_token", "next_offset", "language_code"),
    *("callback_query_id", "inline_query_id", "guest_query_id"),
    *("name", "description", "short_description"),
}
"""Parameters that are no JSON."""


def parameter(key: str, value: str) -> Any:
    """Parameters arrive as text; all but the wording and names hold JSON."""
    return value if key in TEXTS else json.loads(value)
