"""Channels: silent but for an administrator's command; comments below a post are a group's talk."""

from __future__ import annotations

import pytest

from tests.chat.offline import converse, update


@pytest.mark.parametrize(
    "name", ["channel_plain", "channel_mention", "channel_help", "channel_edited_command"]
)
def test_silence(name: str) -> None:
    """Every reader of the channel would see a reply."""
    assert converse(update(name)).calls[1:] == []


def test_a_command_is_answered_in_the_channel() -> None:
    """Only administrators can post there; the answer is short, and no phone rings."""
    (sent,) = converse(update("channel_command")).done()
    assert sent.text.startswith("Heard: PFS 3 years")
    assert sent.params["reply_parameters"]["message_id"] == 6
    assert sent.params["disable_notification"] is True
    assert "<blockquote expandable>" in sent.params["text"]
    assert "reply_markup" not in sent.params


def test_a_post_is_checked_on_command() -> None:
    """The post that the command replies to."""
    (sent,) = converse(update("channel_check")).done()
    assert sent.text.startswith("Checked: 3-year PFS 91% vs 76%")


def test_old_and_forwarded_commands_are_left_alone() -> None:
    """They were meant for another time or another place."""
    assert converse(update("channel_command", age=601)).done() == []
    origin = {"type": "hidden_user", "sender_user_name": "Omar", "date": 1767260000}
    assert converse(update("channel_command", forward_origin=origin)).done() == []


def test_the_post_of_a_command_is_not_answered_twice() -> None:
    """It arrives in the linked group as well."""
    assert converse(update("discussion_post_command")).calls[1:] == []


def test_a_comment_is_answered_below_the_post() -> None:
    """In the linked group, as a reply to the comment; the post's claim can be checked."""
    (sent,) = converse(update("discussion_comment_mention")).done()
    assert sent.params["reply_parameters"]["message_id"] == 63
    assert "message_thread_id" not in sent.params
    (sent,) = converse(update("discussion_comment_check")).done()
    assert sent.text.startswith("Checked: New results: 3-year PFS 91% vs 76%")
