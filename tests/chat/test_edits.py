"""A corrected question corrects its answer."""

from __future__ import annotations

from collections import deque

from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, update
from tests.chat.stub import StubReadout


def test_the_earlier_answer_is_edited() -> None:
    """No second message."""
    sent, edited = converse(update("private_text"), update("private_edited")).done()
    assert (sent.method, edited.method) == ("sendMessage", "editMessageText")
    assert edited.params["message_id"] == 1001
    assert edited.text.startswith("Heard: 2-year PFS?")


def test_a_correction_is_understood_as_the_question_was() -> None:
    """After the same earlier turn, not after its own first version."""
    readout = StubReadout()
    converse(
        update("private_text", message_id=10, text="safety"),
        update("private_text"),
        update("private_edited"),
        update("private_text", message_id=12, text="and then?"),
        readout=readout,
    )
    assert readout.asked[2:] == [("2-year PFS?", "safety"), ("and then?", "2-year PFS?")]


def test_an_unknown_question_gets_a_new_answer() -> None:
    """After a restart nothing is known of it."""
    (sent,) = converse(update("private_edited")).done()
    assert sent.method == "sendMessage"


def test_an_edit_that_changes_nothing_is_no_error() -> None:
    """Telegram reports edits in which the text stays as it was."""
    api = converse(update("private_text"), update("private_edited", text="3-year PFS?"))
    assert [call.method for call in api.done()] == ["sendMessage"]
    assert [call.method for call in api.refused] == ["editMessageText"]


def test_an_answer_that_cannot_be_edited_is_sent_again() -> None:
    """For example when the user deleted it."""
    api = BotApi(faults={"editMessageText": deque([Refused("Bad Request: message can't be edited")])})
    api = converse(update("private_text"), update("private_edited"), api=api)
    assert [call.method for call in api.done()] == ["sendMessage", "sendMessage"]


def test_in_a_group_only_known_questions_are_corrected() -> None:
    """An edit there never makes the bot speak up anew."""
    assert converse(update("group_edited_mention")).done() == []
    _, edited = converse(update("group_mention"), update("group_edited_mention")).done()
    assert edited.method == "editMessageText"
