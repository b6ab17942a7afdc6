"""Errors: one calm line with an incident number for the user, no text of messages in the log."""

from __future__ import annotations

import logging
import re
from collections import deque

import pytest
from telegram.error import TimedOut

from bot.chat import pace
from tests.chat.api import BotApi, Refused
from tests.chat.offline import converse, update

PARSE = Refused('Bad Request: can\'t parse entities: unsupported start tag "x" at byte offset 3')


def test_a_crash_is_reported_under_a_number(caplog: pytest.LogCaptureFixture) -> None:
    """The user sees the number, the log has it too, with the place but without the question."""
    (sent,) = converse(update("private_text", text="crash for Mrs Miller")).done()
    (number,) = re.findall(r"Incident (\w{6})", sent.text)
    assert number in caplog.text
    assert "builtins.ValueError" in caplog.text
    assert "stub.py" in caplog.text
    assert "Miller" not in caplog.text


def test_the_next_question_works_after_a_crash() -> None:
    """Nothing stays locked or broken."""
    _, sent = converse(update("private_text", text="crash"), update("private_text", message_id=90)).done()
    assert sent.text.startswith("Heard")


def test_crashes_are_reported_in_groups_and_on_buttons() -> None:
    """Wherever somebody waits for an answer."""
    mention = update("group_mention", text="@ReadoutTestBot")
    mention["message"]["entities"] = [{"offset": 0, "length": 15, "type": "mention"}]
    mention["message"]["text"] = "@ReadoutTestBot crash"
    assert "Incident" in converse(mention).done()[0].text
    tap = update("button_private")
    tap["callback_query"]["data"] = "q:crash"
    assert "Incident" in converse(tap).done()[1].text


@pytest.mark.parametrize("name", ["private_text", "group_mention", "button_private", "button_inaccessible"])
def test_refused_html_is_sent_again_as_plain_text(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Once, and the log says so without quoting it."""
    api = converse(update(name), api=BotApi(faults={"sendMessage": deque([PARSE])}))
    (sent,) = api.done("sendMessage")
    assert "parse_mode" not in sent.params
    assert "A <limit> & more." in sent.text
    assert "plain text" in caplog.text
    assert "start tag" not in caplog.text


def test_refused_html_of_an_edit_is_edited_as_plain_text() -> None:
    """The same for a corrected question."""
    api = BotApi(faults={"editMessageText": deque([PARSE])})
    (edited,) = converse(update("private_text"), update("private_edited"), api=api).done("editMessageText")
    assert "parse_mode" not in edited.params


def test_a_user_who_blocked_the_bot_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    """It is noted, and nothing more is sent."""
    caplog.set_level(logging.INFO, "bot")
    api = BotApi(faults={"sendMessage": deque([Refused("Forbidden: bot was blocked by the user", 403)])})
    assert converse(update("private_text"), api=api).done() == []
    assert [record.levelname for record in caplog.records if record.name.startswith("bot")] == ["INFO"]


def test_other_refusals_are_incidents() -> None:
    """Such as a chat in which the bot may not reply as it tried to."""
    api = BotApi(faults={"sendMessage": deque([Refused("Bad Request: TOPIC_CLOSED")])})
    (sent,) = converse(update("private_text"), api=api).done()
    assert "Incident" in sent.text


def test_a_failure_to_report_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """And does not make another failure."""
    faults: deque[Exception] = deque([Refused("Bad Request: TOPIC_CLOSED")] * 2)
    assert converse(update("private_text"), api=BotApi(faults={"sendMessage": faults})).done() == []
    assert "could not be told" in caplog.text


def test_server_errors_are_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice; the user notices nothing."""
    monkeypatch.setattr(pace, "PAUSES", (0.0, 0.0))
    faults: deque[Exception] = deque([Refused("Bad Gateway", 502), Refused("Internal Server Error", 500)])
    assert len(converse(update("private_text"), api=BotApi(faults={"sendMessage": faults})).done()) == 1


def test_a_message_that_may_have_arrived_is_not_sent_twice() -> None:
    """After a time-out Telegram may have carried it out."""
    api = BotApi(faults={"sendMessage": deque([TimedOut()])})
    assert converse(update("private_text"), api=api).done() == []


def test_what_does_no_harm_twice_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as acknowledging a tap, or correcting an answer."""
    monkeypatch.setattr(pace, "PAUSES", (0.0, 0.0))
    faults: dict[str, deque[Exception]] = {
        "answerCallbackQuery": deque([TimedOut()]),
        "editMessageText": deque([TimedOut()]),
    }
    updates = [update("button_private"), update("private_text"), update("private_edited")]
    assert len(converse(*updates, api=BotApi(faults=faults)).done()) == 4


def test_after_three_tries_it_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In one line: the network is down, so nobody can be told."""
    monkeypatch.setattr(pace, "PAUSES", (0.0, 0.0))
    faults: deque[Exception] = deque([Refused("Bad Gateway", 502)] * 3)
    assert converse(update("private_text"), api=BotApi(faults={"sendMessage": faults})).done() == []
    assert caplog.text.count("incident") == 1
