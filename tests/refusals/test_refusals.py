"""Every message of the refusal tables is declined as the table says."""

from __future__ import annotations

import pytest

from bot.pipeline import Readout
from tests.tables import Conversation, conversations, judge


@pytest.mark.parametrize("conversation", list(conversations("refusals")), ids=lambda c: c.id)
def test_refusal(conversation: Conversation, readout: Readout) -> None:
    """The reply has the right kind and carries no figure of the trial."""
    assert not (found := judge(readout, conversation)), "\n".join(found)
