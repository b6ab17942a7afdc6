"""What a short message changes in the question before it, and what it leaves."""

from __future__ import annotations

from typing import Any

import pytest

from bot.pipeline import Readout

FIRST = "3-year PFS with lenalidomide in phase III?"
KEPT = {"topic": "pfs", "arms": ["lenalidomide"], "cohorts": ["phase_3"], "months": [36]}
CHANGES: dict[str, dict[str, Any]] = {
    "and observation?": {"arms": ["observation"]},
    "and the other arm?": {"arms": ["observation"]},
    "in phase 2?": {"cohorts": ["phase_2"]},
    "2y?": {"months": [24]},
    "and at 12 months?": {"months": [12]},
    "and two?": {"months": [24]},
    "no, I meant phase 2": {"cohorts": ["phase_2"]},
    "both arms": {"arms": None},
}
NEW_TOPICS = ["ORR?", "and ORR?", "overall survival?", "side effects?", "who was eligible?"]
ALONE = ["and observation?", "in phase 2?", "2y?", "p?", "why?", "source?"]


@pytest.mark.parametrize("text", CHANGES)
def test_one_slot_changes(text: str, readout: Readout) -> None:
    """The named slot is new, the others stay."""
    previous = readout.reply(FIRST).turn
    understood = readout.reply(text, previous).answer.understood
    due = {slot: value for slot, value in (KEPT | CHANGES[text]).items() if value is not None}
    assert {slot: understood.get(slot) for slot in KEPT if understood.get(slot)} == due


@pytest.mark.parametrize("text", NEW_TOPICS)
def test_a_new_topic_does_not_take_the_old_time(text: str, readout: Readout) -> None:
    """A response at 36 months was not asked for."""
    understood = readout.reply(text, readout.reply(FIRST).turn).answer.understood
    assert understood["topic"] != "pfs"
    assert "months" not in understood


@pytest.mark.parametrize("text", ALONE)
def test_without_a_question_before_it_there_is_nothing_to_change(text: str, readout: Readout) -> None:
    """No figure comes from a conversation that did not happen."""
    answer = readout.reply(text).answer
    assert not ("months" in answer.understood and "topic" in answer.understood)
    assert "%" not in answer.headline


def test_the_turn_before_is_an_argument(readout: Readout) -> None:
    """The bot itself remembers nothing: the same turn gives the same reply, in any order."""
    previous = readout.reply(FIRST).turn
    first = readout.reply("and observation?", previous)
    readout.reply("ORR in phase 2?", readout.reply("hello").turn)
    assert readout.reply("and observation?", previous) == first


@pytest.mark.parametrize("between", ["thanks", "ok", "hello", "great, thank you!"])
def test_small_talk_does_not_end_the_thread(between: str, readout: Readout) -> None:
    """A "thanks" in between leaves the question standing."""
    previous = readout.reply(between, readout.reply(FIRST).turn).turn
    answer = readout.reply("and observation?", previous).answer
    assert answer.understood.get("arms") == ["observation"]
    assert answer.understood.get("months") == [36]
