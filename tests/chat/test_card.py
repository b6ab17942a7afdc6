"""The buttons of an answer's card, and its order."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers.answer import Kind
from bot.chat import links
from bot.chat.desk import open_desk
from bot.pipeline import Readout
from tests.chat.api import BotApi, Call
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout


def buttons(call: Call) -> list[dict[str, Any]]:
    """All buttons of a message."""
    markup = call.params.get("reply_markup") or {"inline_keyboard": []}
    return [button for row in markup["inline_keyboard"] for button in row]


def test_a_private_answer_can_be_continued_copied_shared_and_rated() -> None:
    """In this order, with the figure and its source in the copy."""
    (sent,) = converse(update("private_text")).done()
    following, copied, shared, up, down = buttons(sent)
    assert following["callback_data"] == "q:and the other arm?"
    assert copied["copy_text"]["text"] == (
        "Heard: 3-year PFS? Note: A contradiction. Source: A report (Table 1)"
    )
    chosen = shared["switch_inline_query_chosen_chat"]
    assert chosen["query"] == "3-year PFS?"
    assert chosen["allow_group_chats"]
    assert chosen["allow_channel_chats"]
    assert (up["callback_data"], down["callback_data"]) == ("f:up:answer", "f:down:answer")


def test_without_inline_mode_there_is_nothing_to_share() -> None:
    """Telegram would refuse the message."""
    api = converse(update("private_text"), api=BotApi(inline=False))
    assert api.refused == []
    assert not [button for button in buttons(api.done()[0]) if "switch_inline_query_chosen_chat" in button]


def test_what_leans_on_the_conversation_is_not_shared() -> None:
    """In another chat it would mean something else."""
    (sent,) = converse(update("private_text", text="and the other arm?")).done()
    assert not [button for button in buttons(sent) if "switch_inline_query_chosen_chat" in button]


def test_a_long_question_is_not_shared() -> None:
    """An inline query has 256 characters."""
    (sent,) = converse(update("private_text", text="why " * 80)).done()
    assert not [button for button in buttons(sent) if "switch_inline_query_chosen_chat" in button]


@pytest.mark.parametrize("kind", list(Kind))
def test_only_reports_are_quoted(kind: Kind) -> None:
    """Small talk is not even rated."""
    (sent,) = converse(update("private_text"), readout=StubReadout(kind=kind)).done()
    found = buttons(sent)
    assert bool([b for b in found if "copy_text" in b]) == (kind in (Kind.ANSWER, Kind.NOT_REPORTED))
    assert bool([b for b in found if b.get("callback_data", "").startswith("f:")]) == (kind != Kind.CHAT)


def test_a_group_gets_the_way_to_more() -> None:
    """A deep link to the same question in the private chat, and no other button."""
    (sent,) = converse(update("group_mention")).done()
    (button,) = buttons(sent)
    address, _, payload = button["url"].partition("?start=")
    assert address == "https://t.me/ReadoutTestBot"
    assert sent.text.startswith(f"Heard: {links.question(payload)}")


def test_a_follow_up_is_shared_in_full(readout: Readout) -> None:
    """Rewritten so that it means the same where nothing was said before."""
    follow_up = update("private_text", message_id=90, text="and the other arm?")
    first = update("private_text", text="3-year PFS with lenalidomide?")
    shared = converse(first, follow_up, readout=readout).done()[1]
    (query,) = [
        button["switch_inline_query_chosen_chat"]["query"]
        for button in buttons(shared)
        if "switch_inline_query_chosen_chat" in button
    ]
    assert readout.reply(query).answer.headline == shared.text.splitlines()[0]


def test_the_order_is_the_one_to_be_heard() -> None:
    """Headline, details, contradiction, source, then the folded basis."""
    (sent,) = converse(update("private_text")).done()
    html = str(sent.params["text"])
    parts = [
        "<b>Heard",
        "A detail.",
        "Note: A contradiction.",
        "Source: A report",
        "<b>Basis</b>",
        "A &lt;limit&gt;",
    ]
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    assert "<blockquote expandable><b>Basis</b>" in html


def test_short_answers_are_chosen_and_kept() -> None:
    """With a button of the command, for all later answers."""
    desk = open_desk(StubReadout(), ["T1"])
    command = update("private_command_start", text="/settings")
    command["message"]["entities"] = [{"offset": 0, "length": 9, "type": "bot_command"}]
    api = converse(command, update("button_setting"), update("private_text"), desk=desk)
    offered, acknowledged, changed, answer = api.done()
    assert offered.buttons == changed.buttons == ["p:full", "p:brief"]
    assert "text" in acknowledged.params
    assert "short" in changed.text
    html = str(answer.params["text"])
    assert "A detail." in html[html.index("<blockquote") :]
    assert api.refused == []


def test_a_choice_made_twice_does_no_harm() -> None:
    """The second tap changes nothing."""
    api = converse(update("button_setting"), update("button_setting"))
    assert len(api.done("answerCallbackQuery")) == 2
    assert len(api.done("editMessageText")) == 1
