"""What is kept, what is said of it, and what /forget leaves."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Kind
from bot.chat import run
from bot.chat.desk import Desk, open_desk
from bot.memory.unanswered import DAYS, Unanswered, scrubbed
from tests.chat.offline import converse, settings, update
from tests.chat.stub import StubReadout


def command(name: str) -> dict[str, Any]:
    """A private command."""
    content = update("private_command_start", text=f"/{name}")
    content["message"]["entities"] = [{"offset": 0, "length": len(name) + 1, "type": "bot_command"}]
    return content


def kept(folder: Path) -> str:
    """Everything in the files of a folder."""
    return "".join(file.read_bytes().decode("latin-1") for file in folder.iterdir())


def desk_in(folder: Path | None, readout: Any = None, **changes: Any) -> Desk:
    """A desk of an operator who chose this folder."""
    return open_desk(readout or StubReadout(), ["T1"], settings(state_path=folder, **changes))


@pytest.mark.parametrize(("disk", "unanswered"), [(False, False), (True, False), (True, True), (False, True)])
def test_the_policy_is_that_of_this_process(disk: bool, unanswered: bool, tmp_path: Path) -> None:
    """What the operator did not turn on is not said to be kept, and the other way round."""
    desk = desk_in(tmp_path if disk else None, keep_unanswered=unanswered)
    (sent,) = converse(command("privacy"), desk=desk).done()
    assert ("written to disk, and a restart forgets" in sent.text) == (not disk)
    assert ("this bot's own disk" in sent.text) == disk
    assert ("the numbers of messages to be deleted" in sent.text) == disk
    assert ("cannot answer" in sent.text) == unanswered


def test_no_text_and_no_name_is_on_disk(tmp_path: Path) -> None:
    """Of a question, an answer, a rating and a setting."""
    names = ["private_text", "button_not_helpful", "button_reason", "button_setting", "inline_query"]
    desk = desk_in(tmp_path)
    converse(*[update(name) for name in names], desk=desk)
    found = kept(tmp_path)
    for word in ("3-year", "Heard", "Anna", "annaberg", "Journal"):
        assert word not in found
    assert {file.name for file in tmp_path.glob("*.db")} >= {"feedback.db", "preferences.db"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.glob("*.db"))


def test_forget_deletes_all_of_it(tmp_path: Path) -> None:
    """The conversation, the ratings and the settings; the next question has nothing before it."""
    readout = StubReadout()
    desk = desk_in(tmp_path, readout)
    names = ["private_text", "button_not_helpful", "button_setting"]
    converse(*[update(name) for name in names], command("forget"), update("private_text"), desk=desk)
    assert readout.asked[-1] == ("3-year PFS?", None)
    assert desk.feedback.totals() == {}
    assert not desk.preferences.brief(4001)


def test_forget_deletes_nothing_of_others(tmp_path: Path) -> None:
    """In a group it is about the person who asks for it."""
    readout = StubReadout()
    desk = desk_in(tmp_path, readout)
    forget = update("group_command_ours", text="/forget")
    forget["message"]["entities"] = [{"offset": 0, "length": 7, "type": "bot_command"}]
    forget["message"]["from"] = {"id": 4999, "is_bot": False, "first_name": "Else"}
    converse(update("group_mention"), forget, update("group_mention"), desk=desk)
    assert readout.asked[-1][1] is not None


@pytest.mark.parametrize("kind", list(Kind))
def test_unanswered_questions_are_kept_only_when_asked_for(kind: Kind, tmp_path: Path) -> None:
    """And never a question for advice, which tells of a patient."""
    for wanted in (False, True):
        desk = desk_in(tmp_path, StubReadout(kind=kind), keep_unanswered=wanted)
        converse(update("private_text", text="does Anna Berg, born 1950, need a new drug?"), desk=desk)
        expected = wanted and kind in (Kind.NOT_REPORTED, Kind.OUT_OF_SCOPE, Kind.CLARIFY)
        questions = desk.unanswered.questions() if desk.unanswered else []
        assert questions == ([("does born need a new drug?", kind.value, 1)] if expected else [])
    assert "1950" not in kept(tmp_path)
    assert "Berg" not in kept(tmp_path)


def test_what_is_scrubbed() -> None:
    """Names, numbers, addresses; what is left may be too little to keep."""
    assert scrubbed("Mail me at anna@berg.de or https://berg.de/x about tp53") == "me at or about"
    assert scrubbed("MRN 12345") == ""


@given(st.text(max_size=400))
def test_nothing_personal_is_left(text: str) -> None:
    """Whatever was typed."""
    left = scrubbed(text)
    assert not any(sign.isdigit() or sign.isupper() or sign == "@" for sign in left)
    assert len(left) <= 200


def test_unanswered_questions_expire(tmp_path: Path) -> None:
    """After a month, also over a restart."""
    now = 1_000_000.0
    store = Unanswered(tmp_path, clock=lambda: now)
    store.keep("is it good", "not_reported")
    store.keep("is it good", "not_reported")
    store.keep("123", "not_reported")
    assert store.questions() == [("is it good", "not_reported", 2)]
    store.close()
    now += DAYS * 24 * 3600
    later = Unanswered(tmp_path, clock=lambda: now)
    assert later.questions() == []
    later.close()


def test_the_files_hold_these_columns_and_no_others(tmp_path: Path) -> None:
    """A new one changes the policy, so it changes this test."""
    desk_in(tmp_path, keep_unanswered=True)
    columns: dict[str, set[str]] = {}
    for file in tmp_path.glob("*.db"):
        database = sqlite3.connect(file)
        rows = database.execute(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'"
        ).fetchall()
        database.close()
        for table, column in rows:
            columns.setdefault(f"{file.stem}.{table}", set()).add(column)
    assert len(columns) == 6
    assert columns["feedback.vote"] == {"chat", "sender", "message", "subject", "verdict", "day"}
    assert columns["feedback.total"] == {"subject", "verdict", "number"}
    assert columns["preferences.brief"] == {"chat"}
    assert columns["chat_settings.chat_settings"] == {
        "chat",
        "reacts_to",
        "verbosity",
        "quiet",
        "lifetime",
        "hours",
        "zone",
    }
    assert columns["appointments.appointment"] == {"chat", "message", "due"}
    assert columns["unanswered.question"] == {"text", "kind", "day", "number"}


def test_a_folder_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Is found at the start: one line, no traceback."""
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        desk_in(file)
    assert run(settings(state_path=file), StubReadout()) == 1
    assert "READOUT_STATE_PATH" in capsys.readouterr().err
    (tmp_path / "feedback.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(OSError, match="feedback"):
        desk_in(tmp_path)
