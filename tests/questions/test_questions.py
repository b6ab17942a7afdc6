"""Every question of the tables gets the reply that the table says."""

from __future__ import annotations

import pytest

from bot.pipeline import Readout
from tests.tables import Conversation, conversations, judge


@pytest.mark.parametrize("conversation", list(conversations("questions")), ids=lambda c: c.id)
def test_question(conversation: Conversation, readout: Readout) -> None:
    """The reply has the right kind, headline and figures."""
    assert not (found := judge(readout, conversation)), "\n".join(found)
