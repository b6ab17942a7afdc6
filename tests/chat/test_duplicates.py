"""An update that comes twice is handled once."""

from __future__ import annotations

import pytest

from tests.chat.offline import converse, update


@pytest.mark.parametrize(
    "name", ["private_text", "group_mention", "button_private", "inline_query", "channel_command"]
)
def test_once(name: str) -> None:
    """Whatever its kind."""
    once = len(converse(update(name), renumbered=False).calls)
    assert len(converse(update(name), update(name), renumbered=False).calls) == once


def test_others_are_handled() -> None:
    """It is the number that counts."""
    assert len(converse(update("private_text"), update("private_voice"), renumbered=False).done()) == 2
