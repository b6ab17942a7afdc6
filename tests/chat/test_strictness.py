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
    return one(text, callback_data=data)


def one(text: str = "a", **button: object) -> str:
    """A keyboard of one button that does anything."""
    return json.dumps({"inline_keyboard": [[{"text": text, **button}]]})


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
        ({"reply_markup": one(copy_text={"text": "x" * 256})}, None),
        ({"reply_markup": one(copy_text={"text": "x" * 257})}, "COPY_TEXT"),
        ({"reply_markup": one(copy_text={"text": ""})}, "COPY_TEXT"),
        ({"reply_markup": one(url="https://t.me/ReadoutTestBot?start=3-year_PFS")}, None),
        ({"reply_markup": one(url="https://t.me/ReadoutTestBot?start=3+year")}, "START_PARAM"),
        ({"reply_markup": one(url="https://t.me/ReadoutTestBot?start=" + "a" * 65)}, "START_PARAM"),
        ({"reply_markup": one(url="javascript:1")}, "URL is invalid"),
        ({"reply_markup": one(switch_inline_query_chosen_chat={"query": "x" * 257})}, "too long"),
        ({"reply_markup": one()}, "exactly one action"),
        ({"reply_markup": one(url="https://a.org", callback_data="a")}, "exactly one action"),
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


def test_buttons_must_change_something() -> None:
    """As texts must."""
    api = BotApi()
    api.hear(update("button_helpful"))
    edit = {"chat_id": "4001", "message_id": "22"}
    same = json.dumps(update("button_helpful")["callback_query"]["message"]["reply_markup"])
    assert (
        "not modified" in api.call("editMessageReplyMarkup", edit | {"reply_markup": same})[1]["description"]
    )
    assert api.call("editMessageReplyMarkup", edit | {"reply_markup": keyboard("a", "a")})[0] == 200


def article(number: str, text: str = "a", title: str = "a") -> dict[str, object]:
    """An inline result."""
    return {"type": "article", "id": number, "title": title, "input_message_content": {"message_text": text}}


@pytest.mark.parametrize(
    ("results", "changes", "description"),
    [
        ([article("1"), article("2")], {}, None),
        ([], {}, None),
        ([article("1"), article("1")], {}, "DUPLICATE"),
        ([article(str(number)) for number in range(51)], {}, "TOO_MUCH"),
        ([article("a" * 65)], {}, "ID_INVALID"),
        ([article("1", title=" ")], {}, "TITLE_EMPTY"),
        ([article("1", text="a" * 4097)], {}, "too long"),
        ([], {"button": json.dumps({"text": "a", "start_parameter": "a b"})}, "START_PARAM"),
        ([], {"button": json.dumps({"text": "a", "start_parameter": "-"})}, None),
        ([], {"inline_query_id": "5"}, "too old"),
    ],
)
def test_inline_results(results: list[object], changes: dict[str, str], description: str | None) -> None:
    """Refused as Telegram refuses them, or shown."""
    api = BotApi()
    content = update("inline_query")
    api.hear(content)
    number = content["inline_query"]["id"]
    params = {"inline_query_id": number, "results": json.dumps(results)} | changes
    status, body = api.call("answerInlineQuery", params)
    assert (status == 200) == (description is None)
    assert (description or "") in body.get("description", "")
