"""Ratings are counted without any text."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat import rating, wording
from bot.chat.desk import Desk, open_desk
from bot.memory.feedback import DAYS, Feedback, Vote
from tests.chat.offline import converse, press, update
from tests.chat.stub import StubReadout

ANNA = Vote(chat=1, sender=7, message=11)


@pytest.fixture
def desk() -> Desk:
    return open_desk(StubReadout(), ["T1"])


def test_helpful_is_counted_once(desk: Desk) -> None:
    """A double tap is one vote, two thanks, and no edit of the message."""
    api = converse(update("button_helpful"), update("button_helpful"), desk=desk)
    assert [call.method for call in api.done()] == ["answerCallbackQuery"] * 2
    assert "Thank" in api.done()[0].params["text"]
    assert desk.feedback.totals() == {("pfs", "up"): 1}


def test_not_helpful_asks_for_the_reason(desk: Desk) -> None:
    """In place of the two buttons; all others stay."""
    acknowledged, edited = converse(update("button_not_helpful"), desk=desk).done()
    assert "text" not in acknowledged.params
    assert edited.method == "editMessageReplyMarkup"
    assert edited.buttons[0] == "q:Hazard ratio?"
    assert edited.buttons[1:] == [f"f:down.{reason}:pfs" for reason in ("long", "wrong", "other", "unclear")]
    rows = edited.params["reply_markup"]["inline_keyboard"]
    assert rows[1][0]["copy_text"]
    assert desk.feedback.totals() == {("pfs", "down"): 1}


def test_the_reason_takes_the_place_of_the_vote(desk: Desk) -> None:
    """And the two buttons come back."""
    api = converse(update("button_not_helpful"), update("button_reason"), desk=desk)
    assert api.done()[-1].buttons == ["q:Hazard ratio?", "f:up:pfs", "f:down:pfs"]
    assert desk.feedback.totals() == {("pfs", "down.wrong"): 1}


def test_a_double_tap_does_no_harm(desk: Desk) -> None:
    """The second edit would change nothing; Telegram's refusal of it is swallowed."""
    api = converse(update("button_not_helpful"), update("button_not_helpful"), desk=desk)
    assert len(api.done("answerCallbackQuery")) == 2
    assert len(api.done("editMessageReplyMarkup")) == 1
    assert api.done("sendMessage") == []


@pytest.mark.parametrize(
    "data", ["f:", "f:up", "f:sideways:pfs", "f:down.rude:pfs", "f:up:<b>", "f:up:" + "a" * 41]
)
def test_ratings_nobody_offered(data: str, desk: Desk) -> None:
    """From a changed client, or from before an update: one friendly line, nothing counted."""
    (alert,) = converse(press("button_helpful", data), desk=desk).done()
    assert alert.params["show_alert"] is True
    assert desk.feedback.totals() == {}


def test_every_reason_fits() -> None:
    """Into the data of a button, with the longest subject."""
    for code in wording.load().buttons.reasons:
        assert len(f"f:down.{code}:{'a' * 40}") <= 64
    assert rating.PATTERN == "^f:"


def test_the_command_rates_the_bot(desk: Desk) -> None:
    """The command /feedback has the two buttons as well."""
    content = update("private_command_start", text="/feedback it is good")
    content["message"]["entities"] = [{"offset": 0, "length": 9, "type": "bot_command"}]
    (sent,) = converse(content, desk=desk).done()
    assert sent.buttons == ["f:up:bot", "f:down:bot"]


def test_votes_become_nameless(tmp_path: Path) -> None:
    """After a month they can be neither told apart nor forgotten, only counted; also after a restart."""
    now = 1_000_000.0
    first = Feedback(tmp_path, clock=lambda: now)
    first.vote(ANNA, "pfs", "up")
    first.count("pfs", "chosen")
    first.close()
    now += DAYS * 24 * 3600
    second = Feedback(tmp_path, clock=lambda: now)
    assert second.totals() == {("pfs", "up"): 1, ("pfs", "chosen"): 1}
    assert second.forget(ANNA.chat, ANNA.sender) == 0
    second.vote(ANNA, "pfs", "down")
    assert second.forget(ANNA.chat, ANNA.sender) == 1
    assert second.totals()["pfs", "up"] == 1
    second.close()
