"""Random private messages, inline queries and taps: each is answered exactly once."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat import wording
from bot.pipeline import Readout
from tests.chat.offline import converse, press, update

TEXT = st.text(
    st.characters() | st.sampled_from("<>&\"'/@#\0\u202e\u200f😀\ud83d {}%pfsHR 3"), min_size=1, max_size=300
)
WORDS = st.lists(
    st.sampled_from(
        "PFS HR len obs 3 years phase 2 safety response <b> /start and why not the other arm?".split()
    ),
    min_size=1,
    max_size=12,
).map(" ".join)
COMMANDS = [entry.name for entry in wording.load().commands]
BUTTONS = ["button_private", "button_helpful", "button_not_helpful", "button_reason", "button_setting",
           "button_inaccessible", "button_inline"]  # fmt: skip
DATA = st.one_of(
    st.builds("{}:{}".format, st.sampled_from("qhfp?"), TEXT.map(lambda text: text[:60])),
    st.sampled_from(
        ["f:up:pfs", "f:down:pfs", "f:down.wrong:pfs", "f:down.:x", "p:full", "p:brief", "p:", "f:", ""]
    ),
)
FEW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def message(text: str) -> dict[str, Any]:
    """A private message."""
    return update("private_text", text=text)


def command(name: str, words: str) -> dict[str, Any]:
    """A private command with anything behind it."""
    content = update("private_command_start", text=f"/{name} {words}")
    content["message"]["entities"] = [{"offset": 0, "length": len(name) + 1, "type": "bot_command"}]
    return content


def query(text: str, offset: str) -> dict[str, Any]:
    """An inline query."""
    content = update("inline_query")
    content["inline_query"] |= {"query": text[:256], "offset": offset}
    return content


PRIVATE = st.one_of(
    st.builds(message, TEXT | WORDS),
    st.builds(command, st.sampled_from(COMMANDS), st.just("") | TEXT | WORDS),
    st.builds(query, st.just("") | TEXT | WORDS, st.sampled_from(["", "", "50"])),
    st.builds(press, st.sampled_from(BUTTONS), DATA),
)


@FEW
@given(content=PRIVATE)
def test_each_is_answered_once(
    content: dict[str, Any], readout: Readout, caplog: pytest.LogCaptureFixture
) -> None:
    """By the bot on the real data; nothing is refused, nothing fails."""
    caplog.set_level(logging.WARNING)
    caplog.clear()
    api = converse(content, readout=readout)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert api.refused == []
    sent, taps, queries = (
        len(api.done(name)) for name in ("sendMessage", "answerCallbackQuery", "answerInlineQuery")
    )
    if "message" in content:
        assert (sent, taps, queries) == (1, 0, 0)
    elif "inline_query" in content:
        assert (sent, taps, queries) == (0, 0, 1)
    else:
        assert taps == 1
        assert sent <= 1
        assert queries == 0


@settings(FEW, max_examples=25)
@given(contents=st.lists(PRIVATE, max_size=8))
def test_each_of_a_conversation(contents: list[dict[str, Any]], readout: Readout) -> None:
    """Whatever came before it."""
    for number, content in enumerate(contents):
        if "callback_query" in content:
            content["callback_query"]["id"] = str(number)
        elif "inline_query" in content:
            content["inline_query"]["id"] = str(number)
        else:
            content["message"]["message_id"] = 100 + number
    api = converse(*contents, readout=readout)
    wanted = ("sendMessage", "answerCallbackQuery", "answerInlineQuery")
    assert len(api.done(*wanted)) >= len(contents)
    assert len(api.done(*wanted[1:])) == len([content for content in contents if "message" not in content])
    assert {call.method for call in api.refused} <= {"editMessageReplyMarkup", "editMessageText"}
    assert not [call for call in api.done() if "Incident" in call.text]
