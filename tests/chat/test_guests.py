"""Guest mode: one mention, one answer, and nothing kept."""

from __future__ import annotations

from collections import deque

import pytest

from bot.chat.desk import open_desk
from bot.memory.chat_settings import ChatSettings
from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout


@pytest.mark.parametrize("name", ["guest_question", "guest_private", "guest_command"])
def test_a_mention_is_answered_at_once(name: str) -> None:
    """In a group or between two people; with the final text, and the way to more."""
    (answered,) = converse(update(name)).done()
    assert answered.method == "answerGuestQuery"
    result = answered.params["result"]
    assert "3" in result["title"]
    assert "Heard" in result["input_message_content"]["message_text"]
    assert result["reply_markup"]["inline_keyboard"][0][0]["url"].startswith("https://t.me/ReadoutTestBot")


def test_the_message_replied_to_is_the_claim(readout) -> None:
    """With every verdict in the open."""
    (answered,) = converse(update("guest_claim"), readout=readout).done()
    text = answered.params["result"]["input_message_content"]["message_text"]
    assert text.startswith("<b>No: 1 of 2 figures not as reported.</b>\nYes: ")


def test_the_message_replied_to_is_the_context(readout) -> None:
    """A guest sees nothing else of the talk."""
    (answered,) = converse(update("guest_follow_up"), readout=readout).done()
    assert answered.params["result"]["title"].startswith("2-year PFS")


def test_one_answer_to_a_query() -> None:
    """Telegram takes no second one."""
    assert len(converse(update("guest_question"), update("guest_question")).done()) == 1


@pytest.mark.parametrize(
    "names", [["guest_in_our_group", "group_mention"], ["group_mention", "guest_in_our_group"]]
)
def test_a_member_is_no_guest(names: list[str]) -> None:
    """Where both kinds of update arrive, the first one is answered."""
    assert len(converse(*map(update, names)).done()) == 1


def test_other_bots_get_no_answer() -> None:
    """Two of them would never stop."""
    assert converse(update("guest_from_bot")).calls[1:] == []


def test_a_guest_chat_is_no_key(readout) -> None:
    """Neither to settings nor to a conversation."""
    stub = StubReadout()
    desk = open_desk(stub, ["T1"])
    desk.chat_settings.choose(-1001000000007, ChatSettings(reacts_to="commands", verbosity="full"))
    second = update("guest_question", guest_query_id="77", message_id=310)
    second["guest_message"]["text"] = "@ReadoutTestBot and then?"
    calls = converse(update("guest_question"), second, desk=desk).done()
    assert len(calls) == 2
    assert [before for _, before in stub.asked] == [None, None]
    assert "<blockquote expandable>" in calls[0].params["result"]["input_message_content"]["message_text"]


def test_a_flood_is_met_with_silence() -> None:
    """There is no place for a notice."""
    many = [update("guest_question", guest_query_id=str(n), message_id=n) for n in range(10)]
    assert len(converse(*many).done()) == 6


def test_too_late() -> None:
    """The query expired: logged, no more."""
    refusal = Refused("Bad Request: query is too old and response timeout expired")
    api = converse(update("guest_question"), api=BotApi(faults={"answerGuestQuery": deque([refusal])}))
    assert api.done() == []


def test_a_failure_writes_to_nobody() -> None:
    """A guest cannot send a message to the chat."""
    for name in ("guest_private", "guest_question"):
        content = update(name)
        content["guest_message"]["text"] = "@ReadoutTestBot crash"
        assert converse(content).done() == []
