"""A journal club, a channel with its comments, and a guest's question: over real HTTP, on the real data."""

from __future__ import annotations

import pytest

from bot.chat import pace
from bot.pipeline import Readout
from tests.chat.offline import update
from tests.chat.served import served
from tests.chat.server import BotServer


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PAUSES", (0.01, 0.01))


def told(names: list[str], readout: Readout, number: int) -> list[tuple[str, str]]:
    """Method and first line of each of the first `number` things that the bot does after these updates."""
    with BotServer() as server:
        server.post(*map(update, names))
        assert served(server, lambda: len(server.api.done()) >= number, readout) == 0
        calls = server.api.done()
        assert not server.api.refused
    found = []
    for call in calls:
        content = call.params.get("result", {}).get("input_message_content", {})
        text = call.text or str(content.get("message_text", ""))
        found.append((call.method, text.partition("\n")[0]))
    return found


def test_a_journal_club(readout: Readout) -> None:
    """Added, asked, asked again, a claim checked, and thanked; the talk between is not the bot's."""
    names = ["added_to_group", "group_plain", "group_mention", "group_question_again", "group_mention_other",
             "group_claim_mention", "group_thanks"]  # fmt: skip
    seen = told(names, readout, 5)
    assert [method for method, _ in seen] == [*["sendMessage"] * 4, "setMessageReaction"]
    welcome, answer, again, check, _ = (text for _, text in seen)
    assert welcome.startswith("I report the published results")
    assert answer.startswith("3-year PFS: 91%")
    assert again.startswith("Answered a moment ago: https://t.me/c/")
    assert check == "No: 1 of 2 figures not as reported."


def test_a_channel_and_its_comments(readout: Readout) -> None:
    """The feed hears the bot on command only; below the post it answers who asks."""
    names = ["channel_plain", "discussion_post", "channel_command", "discussion_comment_check"]
    texts = sorted(text for _, text in told(names, readout, 2))
    assert texts[0].startswith("3-year PFS: 91%")
    assert texts[1] == "No: 1 of 2 figures not as reported."


def test_a_guest(readout: Readout) -> None:
    """Asked in a chat that the bot does not know: one answer each."""
    names = ["guest_question", "guest_claim", "guest_from_bot"]
    texts = [text for method, text in told(names, readout, 2) if method == "answerGuestQuery"]
    assert texts[0].startswith("<b>3-year PFS: 91%")
    assert texts[1] == "<b>No: 1 of 2 figures not as reported.</b>"
