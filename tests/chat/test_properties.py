"""Whatever people type: one reply in private, none unasked in groups, and never an error."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.chat.offline import converse, press, update

NAMES = sorted(path.stem for path in (Path(__file__).parent / "updates").glob("*.json"))
# All of Unicode, and what matters to HTML, commands and mentions more often than chance has it.
TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'/@#\0\u202e\u200f😀\ud83d {}%")),
    min_size=1,
    max_size=300,
)
KINDS = ["bot_command", "mention", "bold", "url", "hashtag", "custom_emoji"]
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(KINDS), "offset": st.integers(0, 40), "length": st.integers(1, 40)}
    ),
    max_size=4,
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _no_incident(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)


@FEW
@given(text=TEXT, entities=ENTITIES)
def test_private_text_gets_one_reply(text: str, entities: list[dict[str, object]]) -> None:
    """Even if its entities make no sense; none is an apology."""
    content = update("private_text", text=text)
    content["message"]["entities"] = entities
    api = converse(json.loads(json.dumps(content)))
    (sent,) = api.done()
    assert api.refused == []
    assert "Incident" not in sent.text


@FEW
@given(text=TEXT)
def test_a_private_edit_edits_once(text: str) -> None:
    """Or leaves the answer as it is, when nothing changed."""
    api = converse(update("private_text"), update("private_edited", text=text))
    assert [call.method for call in api.done()] in (["sendMessage", "editMessageText"], ["sendMessage"])
    assert len(api.calls) == 3


@FEW
@given(text=TEXT)
def test_unaddressed_group_text_gets_none(text: str) -> None:
    """Without entities there is neither a command nor a mention."""
    assert converse(update("group_plain", text=text)).done() == []


@FEW
@given(text=TEXT)
def test_a_reply_to_us_gets_one(text: str) -> None:
    """In groups as well."""
    api = converse(update("group_reply_to_us", text=text))
    assert len(api.done()) == 1
    assert api.refused == []


@FEW
@given(data=TEXT.map(lambda text: text[:64]) | TEXT.map(lambda text: f"q:{text[:60]}"))
def test_every_tap_is_acknowledged_once(data: str) -> None:
    """And answered or explained, whatever a changed client sends."""
    api = converse(press("button_private", data))
    assert len(api.done("answerCallbackQuery")) == 1
    assert len(api.done("sendMessage")) <= 1
    assert api.refused == []


@FEW
@given(names=st.lists(st.sampled_from(NAMES), max_size=12))
def test_any_sequence_of_updates(names: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """No apology, no error in the log, and only groups that addressed the bot hear from it."""
    caplog.clear()
    api = converse(*[update(name) for name in names])
    assert not [call for call in api.done() if "Incident" in call.text]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
