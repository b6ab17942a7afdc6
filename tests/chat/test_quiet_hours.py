"""The quiet hours of a group: nothing is written, and nobody is left wondering."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from bot.chat.desk import Desk, open_desk
from bot.memory.chat_settings import ChatSettings, ChatSettingsStore
from tests.chat.offline import converse, press, update
from tests.chat.stub import StubReadout
from tests.chat.test_commands import typed
from tests.chat.test_group_settings import GROUP, administered


def desk_at(hour: int) -> Desk:
    """A desk whose group has quiet hours from 22 to 7, and a clock that shows this hour."""
    ahead = (hour - dt.datetime.now(dt.UTC).hour + 12) % 24 - 12
    desk = open_desk(StubReadout(), ["T1"])
    desk.chat_settings.choose(GROUP, ChatSettings(hours="22-7", zone=ahead))
    return desk


@pytest.mark.parametrize("name", ["group_mention", "group_command_pfs"])
def test_at_night_a_question_gets_a_reaction(name: str) -> None:
    """By day its answer."""
    (reaction,) = converse(update(name), desk=desk_at(2)).done()
    assert reaction.params["reaction"] == [{"type": "emoji", "emoji": "😴"}]
    (answer,) = converse(update(name), desk=desk_at(12)).done()
    assert answer.method == "sendMessage"


def test_at_night_a_correction_is_left_alone() -> None:
    """Its answer stays as it is."""
    desk = desk_at(12)
    question = update("group_mention")
    corrected = {"edited_message": question["message"] | {"edit_date": question["message"]["date"]}}
    converse(question, desk=desk)
    desk.chat_settings.choose(GROUP, desk_at(2).chat_settings.of(GROUP))
    assert converse(corrected, desk=desk).done() == []


def test_at_night_a_button_says_why() -> None:
    """To the one who tapped it, and to nobody else."""
    (alert,) = converse(press("button_group", "q:PFS"), desk=desk_at(23)).done()
    assert alert.method == "answerCallbackQuery"
    assert "quiet hours" in alert.params["text"]


@pytest.mark.parametrize("command", ["/settings", "/privacy", "/forget"])
def test_rights_have_no_hours(command: str) -> None:
    """Administrators must be able to end them, and everybody to have their data deleted."""
    (sent,) = converse(typed(command, "group_command_bare"), api=administered(), desk=desk_at(2)).done()
    assert sent.method == "sendMessage"


def test_private_chats_have_none() -> None:
    """Their numbers are other numbers."""
    assert converse(update("private_text"), desk=desk_at(2)).done("sendMessage")


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [("none", set()), ("22-7", {22, 23, *range(7)}), ("20-8", {20, 21, 22, 23, *range(8)})],
)
def test_the_hours_are_those_of_the_groups_clock(hours: str, quiet: set[int]) -> None:
    """Up to the last minute, and over midnight."""
    settings = ChatSettings(hours=hours, zone=5)
    for hour in range(24):
        now = dt.datetime(2026, 3, 1, hour, 59, tzinfo=dt.UTC)
        assert settings.rests(now) == ((hour + 5) % 24 in quiet)


def test_an_administrator_puts_the_clock_right() -> None:
    """The buttons appear with the hours; tapped twice, one changes nothing more."""
    desk = open_desk(StubReadout(), ["T1"])
    chosen = press("button_group_setting", "g:hours:22-7")
    (edited,) = converse(chosen, api=administered(), desk=desk).done("editMessageReplyMarkup")
    assert edited.buttons[-3:] == ["g:zone:-1", "g:zone:0", "g:zone:1"]
    later = press("button_group_setting", "g:zone:-12")
    (edited,) = converse(later, api=administered(), desk=desk).done("editMessageReplyMarkup")
    assert edited.buttons[-3:] == ["g:zone:14", "g:zone:-12", "g:zone:-11"]
    assert desk.chat_settings.of(GROUP) == ChatSettings(hours="22-7", zone=-12)


def test_a_file_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    """Its groups keep their choices and have no quiet hours; then they are kept, too."""
    with sqlite3.connect(tmp_path / "chat_settings.db") as file:
        file.execute(
            "CREATE TABLE chat_settings (chat INTEGER PRIMARY KEY, reacts_to TEXT, verbosity TEXT,"
            " quiet INTEGER, lifetime INTEGER)"
        )
        file.execute("INSERT INTO chat_settings VALUES (1, 'commands', 'full', 1, 60)")
    file.close()
    store = ChatSettingsStore(tmp_path)
    assert store.of(1) == ChatSettings("commands", "full", True, 60)
    store.choose(1, ChatSettings(hours="20-8", zone=-3))
    store.close()
    assert ChatSettingsStore(tmp_path).of(1) == ChatSettings(hours="20-8", zone=-3)
