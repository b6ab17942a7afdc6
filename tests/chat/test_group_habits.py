"""Manners in groups: no repetition, no noise, no flood, and everybody's own thread."""

from __future__ import annotations

from collections import deque

import pytest

from bot.chat.desk import open_desk
from bot.memory.buckets import Buckets
from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout


def test_no_phone_rings_for_an_answer_in_a_group() -> None:
    """In private it may."""
    (sent,) = converse(update("group_mention")).done()
    assert sent.params["disable_notification"] is True
    (sent,) = converse(update("group_command_bare")).done()
    assert sent.params["disable_notification"] is True
    (sent,) = converse(update("private_text")).done()
    assert not sent.params.get("disable_notification")


def test_a_repeated_question_gets_a_link() -> None:
    """Below the second question; the answer itself is not sent again."""
    first, second = converse(update("group_mention"), update("group_question_again")).done()
    assert first.text.startswith("Heard")
    assert second.text == "Answered a moment ago: https://t.me/c/1000000001/1001"
    assert second.params["reply_parameters"]["message_id"] == 209


def test_a_link_into_a_topic_names_the_topic() -> None:
    """And the notice stays in it."""
    _, second = converse(update("topic_mention"), update("topic_question_again")).done()
    assert second.text.endswith("https://t.me/c/1000000002/1001?thread=50")
    assert second.params["message_thread_id"] == 50


def test_without_links_the_notice_stands_below_the_answer() -> None:
    """Messages of ordinary groups have no address."""
    _, second = converse(update("basic_group_mention"), update("basic_group_question_again")).done()
    assert "in this message" in second.text
    assert second.params["reply_parameters"]["message_id"] == 1001


def test_an_answer_that_was_deleted_is_given_again() -> None:
    """The notice finds nothing to stand below."""
    api = BotApi()
    converse(update("basic_group_mention"), api=api, desk=(desk := open_desk(StubReadout(), ["T1"])))
    del api.messages[-4100000005, 1001]
    converse(update("basic_group_question_again"), api=api, desk=desk)
    assert [call.text[:5] for call in api.done()] == ["Heard", "Heard"]


def test_a_corrected_answer_is_nobodys_repetition() -> None:
    """It says something else now."""
    calls = converse(
        update("group_mention"), update("group_edited_mention"), update("group_question_again")
    ).done()
    assert [call.method for call in calls] == ["sendMessage", "editMessageText", "sendMessage"]
    assert "3-year PFS?" in calls[2].text


def test_another_topic_or_group_is_answered() -> None:
    """What was said there is not seen here."""
    names = ["group_mention", "topic_mention", "topic_general_mention", "basic_group_mention"]
    assert all(call.text.startswith("Heard") for call in converse(*map(update, names)).done())


def test_in_private_one_may_ask_twice() -> None:
    """Nobody else is bothered."""
    again = update("private_text", message_id=90)
    assert all(call.text.startswith("Heard") for call in converse(update("private_text"), again).done())


def test_a_corrected_command_corrects_its_answer() -> None:
    """Commands are questions."""
    sent, edited = converse(update("group_command_pfs"), update("group_edited_command")).done()
    assert sent.text.startswith("Heard: PFS 3 years")
    assert (edited.method, edited.params["message_id"]) == ("editMessageText", 1001)
    assert edited.text.startswith("Heard: PFS 2 years")
    assert converse(update("group_edited_command")).done() == []


def test_thanks_get_a_reaction(readout) -> None:
    """No message; and where reactions are not allowed, nothing."""
    (reaction,) = converse(update("group_thanks"), readout=readout).done()
    assert reaction.method == "setMessageReaction"
    assert reaction.params["message_id"] == 208
    api = BotApi()
    api.groups.reactions[-1001000000001] = set()
    assert converse(update("group_thanks"), readout=readout, api=api).done() == []
    assert [call.method for call in api.refused] == ["setMessageReaction"]


def test_in_private_thanks_are_answered(readout) -> None:
    """Silence would look broken there."""
    (sent,) = converse(update("private_text", text="thanks!"), readout=readout).done()
    assert sent.method == "sendMessage"


def test_a_flood_gets_one_notice() -> None:
    """Six questions at once, then one line, then silence; others are served."""
    many = [
        update("group_mention", message_id=400 + n, text=f"@ReadoutTestBot {n}", entities=entities())
        for n in range(12)
    ]
    calls = converse(*many, update("group_reply_to_us")).done()
    assert [call.text[:5] for call in calls[:6]] == ["Heard"] * 6
    assert "faster than I can answer" in calls[6].text
    assert len(calls) == 8
    assert calls[7].text.startswith("Heard: and at 2 years?")


def test_a_group_as_a_whole_is_limited_too() -> None:
    """Many people at once reach Telegram's own limit."""
    desk = open_desk(StubReadout(), ["T1"])
    object.__setattr__(desk, "groups", Buckets(size=2, seconds=60))
    names = ["group_mention", "group_reply_to_us", "group_channel_sender", "group_anonymous_admin"]
    calls = converse(*map(update, names), desk=desk).done()
    assert ["faster" in call.text for call in calls] == [False, False, True]


def entities() -> list[dict[str, object]]:
    """A mention at the start."""
    return [{"type": "mention", "offset": 0, "length": 15}]


def test_who_is_called_is_not_us() -> None:
    """Also in a reply to us."""
    assert converse(update("group_reply_to_us_for_another")).calls[1:] == []


def test_senders_in_the_name_of_chats_have_threads_of_their_own() -> None:
    """Channels and anonymous administrators share an account number, but no conversation."""
    readout = StubReadout()
    follow = [
        update(name, text="@ReadoutTestBot and then?", entities=entities(), message_id=500 + n)
        for n, name in enumerate(["group_anonymous_admin", "group_channel_sender"])
    ]
    converse(update("group_channel_sender"), *follow, readout=readout)
    assert [before for _, before in readout.asked] == [None, None, "3-year PFS?"]


def test_a_reply_to_an_old_answer_resumes_it() -> None:
    """Also somebody else's reply, and after other questions in between."""
    readout = StubReadout()
    reply = update("group_reply_to_us")
    reply["message"]["reply_to_message"]["message_id"] = 1001
    converse(update("group_mention"), update("group_command_pfs"), reply, readout=readout)
    assert readout.asked[2] == ("and at 2 years?", readout.asked[0][0])


@pytest.mark.parametrize("error", ["Bad Request: message to be replied not found"])
def test_a_refused_notice_is_no_silence(error: str) -> None:
    """The answer is sent instead."""
    api = BotApi()
    desk = open_desk(StubReadout(), ["T1"])
    converse(update("group_mention"), api=api, desk=desk)
    api.faults["sendMessage"] = deque([Refused(error)])
    converse(update("group_question_again"), api=api, desk=desk)
    assert api.done()[-1].text.startswith("Heard")
