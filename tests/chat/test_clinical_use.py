"""What the bot is for is said once where somebody meets it, and in a few words where nobody has."""

from __future__ import annotations

import pytest

from bot.chat import wording
from tests.chat.offline import converse, update

FOOTER = wording.load().texts.footer


@pytest.mark.parametrize("name", ["private_command_start", "added_to_group"])
def test_it_is_said_at_the_first_meeting(name: str) -> None:
    """For whom, and what for it is not."""
    (sent,) = converse(update(name)).done()
    for words in ("health professionals", "no advice on", "not for emergencies"):
        assert words in sent.text


def test_the_profile_says_it() -> None:
    """Before anybody has written."""
    description = wording.load().profile.description
    assert "For health professionals" in description
    assert "not for emergencies" in description


@pytest.mark.parametrize("name", ["private_text", "group_mention", "topic_mention"])
def test_it_is_not_repeated_where_it_was_said(name: str) -> None:
    """A paragraph under each answer is read by nobody."""
    (sent,) = converse(update(name)).done()
    assert FOOTER not in sent.text


@pytest.mark.parametrize("name", ["channel_command", "guest_question", "inline_query"])
def test_it_stands_below_what_strangers_read(name: str) -> None:
    """A channel's readers, and those of a chat that the bot does not know, below the source."""
    (sent,) = converse(update(name)).done("sendMessage", "answerGuestQuery", "answerInlineQuery")
    shown = sent.params.get("results") or [sent.params.get("result")]
    texts = [sent.params.get("text") or result["input_message_content"]["message_text"] for result in shown]
    for text in texts:
        assert text.index("Source: ") < text.index(FOOTER)
