"""Groups, topics and comments: the bot speaks only when it is spoken to, and in the right place."""

from __future__ import annotations

import pytest

from bot.answers.answer import Kind
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout

ADDRESSED = [
    "group_mention",
    "group_text_mention",
    "group_small_mention",
    "group_anonymous_admin",
    "topic_mention",
    "topic_general_mention",
    "discussion_comment_mention",
]


@pytest.mark.parametrize("name", ADDRESSED)
def test_a_mention_is_answered_without_the_mention(name: str) -> None:
    """In any case, as a mention of a name or of a person, after an emoji, from an anonymous admin."""
    (sent,) = converse(update(name)).done()
    assert "3-year PFS?" in sent.text
    assert "@" not in sent.text


@pytest.mark.parametrize("name", ["group_reply_to_us", "chain_reply_to_us"])
def test_a_reply_to_us_is_answered(name: str) -> None:
    """As a reply, and outside topics without a thread number: Telegram would refuse it."""
    (sent,) = converse(update(name)).done()
    assert sent.text.startswith("Heard: and at 2 years?")
    assert sent.params["reply_parameters"]["message_id"] == update(name)["message"]["message_id"]
    assert "message_thread_id" not in sent.params


@pytest.mark.parametrize("name", ["group_command_bare", "group_command_ours"])
def test_known_commands_are_answered(name: str) -> None:
    """With our name behind them or without any."""
    (sent,) = converse(update(name)).done()
    assert "Type a question" in sent.text


def test_an_unknown_command_is_answered_only_with_our_name() -> None:
    """Others may belong to another bot."""
    assert converse(update("group_command_unknown")).done() == []
    assert len(converse(update("group_command_unknown_ours")).done()) == 1


@pytest.mark.parametrize(
    "name",
    [
        "group_plain",
        "group_mention_other",
        "group_reply_to_other",
        "group_command_other",
        "group_from_bot",
        "group_via_us",
        "group_forward",
        "topic_plain",
        "discussion_post",
    ],
)
def test_silence(name: str) -> None:
    """Not a word to what is not meant for us, to bots, and to our own posts."""
    assert converse(update(name)).calls[1:] == []


def test_a_post_in_the_channel_is_answered_only_if_it_names_us() -> None:
    """The answer is a comment below it."""
    (sent,) = converse(update("discussion_post_mention")).done()
    assert sent.params["reply_parameters"]["message_id"] == 62


def test_old_messages_are_left_alone() -> None:
    """After downtime the talk has moved on."""
    assert converse(update("group_mention", age=601)).done() == []
    assert len(converse(update("group_mention", age=300)).done()) == 1


def test_answers_stay_in_their_topic() -> None:
    """As a reply in the topic; the general topic has no number."""
    (sent,) = converse(update("topic_mention")).done()
    assert sent.params["message_thread_id"] == 50
    assert sent.params["reply_parameters"]["message_id"] == 51
    (sent,) = converse(update("topic_general_mention")).done()
    assert "message_thread_id" not in sent.params


def test_the_card_is_short() -> None:
    """Headline, source and a short contradiction stay in view; the rest is folded."""
    (sent,) = converse(update("group_mention")).done()
    html = str(sent.params["text"])
    folded = html[html.index("<blockquote expandable>") : html.index("</blockquote>")]
    shown = html.replace(folded, "")
    assert "Heard" in shown
    assert "A report" in shown
    assert "A detail." in folded
    assert "A contradiction." in shown
    assert sent.buttons == []


def test_choices_keep_their_buttons() -> None:
    """A clarification without them could not be answered."""
    (sent,) = converse(update("group_mention"), readout=StubReadout(kind=Kind.CLARIFY)).done()
    assert sent.buttons == ["q:and the other arm?"]


def test_people_in_one_group_do_not_share_a_context() -> None:
    """A follow-up refers to what the same person asked."""
    readout = StubReadout()
    converse(update("group_mention"), update("group_reply_to_us"), readout=readout)
    assert readout.asked[1] == ("and at 2 years?", None)


def test_topics_do_not_share_a_context() -> None:
    """The same person in another topic starts anew."""
    readout = StubReadout()
    converse(update("topic_mention"), update("topic_general_mention"), readout=readout)
    assert readout.asked[1][1] is None
