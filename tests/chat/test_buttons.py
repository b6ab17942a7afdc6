"""Buttons: every tap is acknowledged at once, then answered."""

from __future__ import annotations

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.suggestions import Suggestions
from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, press, update
from tests.chat.stub import StubReadout


def test_a_tap_asks_the_question_on_the_button() -> None:
    """First the acknowledgement, then the answer."""
    acknowledged, sent = converse(update("button_private")).done()
    assert acknowledged.method == "answerCallbackQuery"
    assert "text" not in acknowledged.params
    assert sent.text.startswith("Heard: and the other arm?")


def test_a_second_tap_asks_nothing_new() -> None:
    """It is acknowledged; the first one's answer is there already."""
    again = update("button_private")
    again["callback_query"]["id"] = "2"
    api = converse(update("button_private"), again)
    assert len(api.done("answerCallbackQuery")) == 2
    assert len(api.done("sendMessage")) == 1


def test_a_button_continues_the_answer_it_stands_under() -> None:
    """Even when something else was asked in between."""
    readout = StubReadout()
    tap = press("button_private", "q:and the other arm?")
    tap["callback_query"]["message"]["message_id"] = 1001
    between = update("private_text", message_id=90, text="safety")
    converse(update("private_text"), between, tap, readout=readout)
    assert readout.asked[2] == ("and the other arm?", "3-year PFS?")


def test_a_tap_in_a_group_is_answered_below_its_message() -> None:
    """As a reply to the message with the button, in its topic."""
    _, sent = converse(update("button_group")).done()
    assert sent.params["reply_parameters"]["message_id"] == 47
    _, sent = converse(update("button_topic")).done()
    assert sent.params["message_thread_id"] == 50


def test_buttons_of_messages_out_of_reach_still_work() -> None:
    """Telegram then tells only the chat; the answer is a new message there."""
    _, sent = converse(update("button_inaccessible")).done()
    assert sent.text.startswith("Heard: 3-year PFS")
    assert "reply_parameters" not in sent.params


def test_unknown_buttons_get_a_friendly_alert() -> None:
    """And nothing else."""
    for content in (
        update("button_unknown"), update("button_inline"), press("button_private", "?"),
        press("button_private", ""), press("button_private", "q:"),
    ):  # fmt: skip
        (alert,) = converse(content).done()
        assert alert.params["show_alert"] is True
        assert "type the question" in alert.params["text"]


def test_a_tap_that_expired_is_still_answered() -> None:
    """The acknowledgement comes too late; the answer does not."""
    api = BotApi(faults={"answerCallbackQuery": deque([Refused("Bad Request: query is too old")])})
    (sent,) = converse(update("button_private"), api=api).done()
    assert sent.method == "sendMessage"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_every_question_fits_a_button_and_comes_back(text: str) -> None:
    """At most 64 bytes, whatever the language."""
    suggestions = Suggestions()
    data = suggestions.data(text)
    assert 1 <= len(data.encode()) <= 64
    assert suggestions.question(data) == text


def test_short_questions_survive_a_restart() -> None:
    """They are in the button itself; long ones are gone with the process."""
    assert Suggestions().question(Suggestions().data("3-year PFS?")) == "3-year PFS?"
    assert Suggestions().question(Suggestions().data("why " * 30)) is None


def test_at_most_four_different_buttons() -> None:
    """One a row; repeated and empty ones are left out."""
    markup = Suggestions().keyboard(["a", "a", " ", "b", "c", "d", "e"])
    assert markup is not None
    assert [row[0].text for row in markup.inline_keyboard] == ["a", "b", "c", "d"]
    assert Suggestions().keyboard([]) is None
