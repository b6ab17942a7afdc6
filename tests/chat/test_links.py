"""Deep links carry a question and keep nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import links
from tests.chat.offline import converse, update


def opened(payload: str) -> dict[str, object]:
    """The command that a tap on a link with this payload sends."""
    content = update("private_start_link", text=f"/start {payload}")
    content["message"]["entities"] = [{"offset": 0, "length": 6, "type": "bot_command"}]
    return content


def test_a_link_asks_its_question() -> None:
    """As if it had been typed."""
    (sent,) = converse(update("private_start_link")).done()
    assert sent.text.startswith("Heard: 3-year PFS")


def test_a_link_that_adds_the_bot_to_a_group() -> None:
    """The group gets the short card."""
    (sent,) = converse(update("group_start_link")).done()
    assert sent.text.startswith("Heard: 3-year PFS")
    assert sent.params["reply_parameters"]["message_id"] == 81


@pytest.mark.parametrize("payload", ["-%%%", "-", "-_w", "a" * 65, "--abc", "ä", "___"])
def test_links_that_lead_nowhere(payload: str) -> None:
    """A friendly line or the greeting, with examples to tap."""
    (sent,) = converse(opened(payload)).done()
    assert "tap one of these" in sent.text
    assert len(sent.buttons) >= 3


def test_several_words_were_typed_by_hand() -> None:
    """They are the question."""
    (sent,) = converse(opened("pfs 3y")).done()
    assert sent.text.startswith("Heard: pfs 3y")


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("aZ09 -_?<."), max_size=80))
def test_every_payload_is_legal_and_comes_back(text: str) -> None:
    """But for the end of the sentence; a question that does not fit has none."""
    content = links.payload(text)
    if content is None:
        assert not text.strip() or len(text.encode()) > 46
        return
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", content)
    assert links.question(content) in (text.strip(), text.strip().rstrip("?!. "))
    assert links.private("ReadoutTestBot", text).startswith("https://t.me/ReadoutTestBot?start=")


@given(st.text(max_size=70))
def test_any_payload_is_read_without_an_error(content: str) -> None:
    """People and programs change links."""
    found = links.question(content)
    assert found is None or found.strip()
