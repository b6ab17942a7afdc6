"""The fake is as strict as Telegram, or the other tests would prove nothing."""

from __future__ import annotations

import json

import pytest

from tests.chat.api import BotApi
from tests.chat.markup import BadMarkup, visible
from tests.chat.offline import update


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>91%</b> a &lt; b &amp; c", "91% a < b & c"),
        ('<a href="https://x.org/?a=1&amp;b=2">x</a>', "x"),
        ("<blockquote expandable><b>a</b></blockquote>", "a"),
        ("a > b & c &nbsp;", "a > b & c &nbsp;"),
    ],
)
def test_accepted_markup(html: str, text: str) -> None:
    """Telegram's tags, and its four named entities."""
    assert visible(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "P<0.001",
        "P < 0.001",
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<table>",
        "<br>",
        "<p>a</p>",
        "<blockquote><blockquote>a</blockquote></blockquote>",
        "<blockquote wide>a</blockquote>",
        "<a href=x>a</a>",
    ],
)
def test_refused_markup(html: str) -> None:
    """A figure such as P<0.001 must have been escaped."""
    with pytest.raises(BadMarkup):
        visible(html)


def keyboard(text: str, data: str) -> str:
    """A keyboard of one button, as it is sent."""
    return json.dumps({"inline_keyboard": [[{"text": text, "callback_data": data}]]})


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({}, None),
        ({"text": "😀" * 2048}, None),
        ({"text": "😀" * 2049}, "too long"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "empty"),
        ({"text": "a<b", "parse_mode": "HTML"}, "parse entities"),
        ({"chat_id": "5"}, "chat not found"),
        ({"message_thread_id": "1"}, "thread not found"),
        ({"reply_parameters": '{"message_id": 5}'}, "replied not found"),
        ({"reply_parameters": '{"message_id": 5, "allow_sending_without_reply": true}'}, None),
        ({"reply_markup": keyboard("a", "q:a")}, None),
        ({"reply_markup": keyboard("a", "ä" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard(" ", "q:a")}, "button text is empty"),
    ],
)
def test_messages(changes: dict[str, str], description: str | None) -> None:
    """Refused as Telegram refuses them, or sent."""
    api = BotApi()
    api.hear(update("private_text"))
    status, body = api.call("sendMessage", {"chat_id": "4001", "text": "a"} | changes)
    assert (status == 200) == (description is None)
    assert (description or "") in body.get("description", "")


def test_edits_must_change_something() -> None:
    """And must be of a message that exists."""
    api = BotApi()
    api.hear(update("private_text"))
    api.call("sendMessage", {"chat_id": "4001", "text": "a"})
    edit = {"chat_id": "4001", "message_id": "1001", "text": "a"}
    assert "not modified" in api.call("editMessageText", edit)[1]["description"]
    assert "not found" in api.call("editMessageText", edit | {"message_id": "5"})[1]["description"]
    assert api.call("editMessageText", edit | {"text": "b"})[0] == 200
