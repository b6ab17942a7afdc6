"""The four stories of stories.yaml come true, over real HTTP and on the real data."""

from __future__ import annotations

import pytest

from bot.chat import pace
from bot.pipeline import Readout
from tests.chat.stories import STORIES, play


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "PAUSES", (0.01, 0.01))


@pytest.mark.parametrize("title", STORIES)
def test_a_story(title: str, readout: Readout) -> None:
    """Each step is answered as the story says, or not at all."""
    told = play(STORIES[title], readout)
    assert len(told) == len(STORIES[title])
    for (heard, shown), step in zip(told, STORIES[title], strict=True):
        assert len(shown) == len(step["bot"]), (heard, shown)
        for text, beginning in zip(shown, step["bot"], strict=True):
            assert text.startswith(beginning), (heard, text)
