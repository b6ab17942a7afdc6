"""Random updates of groups, channels and guests: whoever speaks to the bot is answered, nobody else."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.chat.api import BotApi
from tests.chat.group_updates import ANNA, Heard, group_message, updates
from tests.chat.offline import converse

FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(heard=updates())
def test_each_gets_what_is_due(heard: Heard, caplog: pytest.LogCaptureFixture) -> None:
    """Exactly one answer, or nothing at all; nothing is refused, nothing fails."""
    api = checked(converse(heard.content), caplog)
    assert len(api.done()) == int(heard.due)


@settings(FEW, max_examples=60)
@given(
    contents=st.integers(1, 10).flatmap(lambda count: st.tuples(*(updates(100 + n) for n in range(count))))
)
def test_a_busy_day(contents: tuple[Heard, ...], caplog: pytest.LogCaptureFixture) -> None:
    """No reply to what was not meant for the bot; none is answered twice."""
    api = checked(converse(*(heard.content for heard in contents)), caplog)
    due = [heard.number for heard in contents if heard.due]
    replied = [
        to for call in api.done("sendMessage") if (to := call.params["reply_parameters"]["message_id"])
    ]
    # A notice about a repetition in a group without links stands below the bot's own message.
    replied = [to for to in replied if to < 1000]
    assert len(set(replied)) == len(replied)
    assert set(replied) <= set(due)
    assert len(api.done("sendMessage", "answerGuestQuery")) <= len(due)


@settings(FEW, max_examples=60)
@given(first=group_message(edited=False), again=group_message(edited=True))
def test_an_edit_never_speaks_up(first: Heard, again: Heard, caplog: pytest.LogCaptureFixture) -> None:
    """It corrects the answer that there is, if it still speaks to the bot."""
    again.content["edited_message"] |= {
        "chat": first.content["message"]["chat"], "from": ANNA, "date": first.content["message"]["date"]
    }  # fmt: skip
    api = checked(converse(first.content, again.content), caplog)
    assert len(api.done("sendMessage")) == int(first.due)
    assert len(api.done("editMessageText")) <= int(first.due)


@settings(FEW, max_examples=40)
@given(heard=updates())
def test_on_the_real_data(heard: Heard, readout: Any, caplog: pytest.LogCaptureFixture) -> None:
    """There thanks get a reaction, so that is an answer, too."""
    api = checked(converse(heard.content, readout=readout), caplog)
    assert len(api.done()) == int(heard.due)


def checked(api: BotApi, caplog: pytest.LogCaptureFixture) -> BotApi:
    """The server, after nothing went wrong."""
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    # An edit that changes nothing is refused by Telegram; that is no error.
    assert {call.method for call in api.refused} <= {"editMessageText"}
    assert not [call for call in api.done() if "Incident" in call.text]
    return api
