"""The bot's own sentences: complete, and none of them dead."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.chat import wording
from bot.chat.wording import Command, Texts

CODE = Path(wording.__file__).parent


@pytest.mark.parametrize("name", sorted(Texts.model_fields))
def test_every_text_is_used(name: str) -> None:
    """By a command, or by the code."""
    commands = {entry.text for entry in wording.load().commands}
    code = "".join(
        path.read_text(encoding="utf-8") for path in CODE.glob("*.py") if path.name != "wording.py"
    )
    assert name in commands or f"texts.{name}" in code


def test_the_commands_that_telegram_asks_for() -> None:
    """Every bot answers /start and /help, and /privacy with its policy."""
    assert {"start", "help", "about", "sources", "privacy"} <= {
        entry.name for entry in wording.load().commands
    }


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "both", "text": "help", "question": "PFS?"},
        {"name": "neither"},
        {"name": "dangling", "text": "nowhere"},
        {"name": "Upper", "text": "help"},
        {"name": "typo", "text": "help", "exampels": True},
    ],
)
def test_a_wrong_command_does_not_load(entry: dict[str, object]) -> None:
    """A mistake in the file is found at the start, not by a user."""
    with pytest.raises(ValidationError):
        Command.model_validate(entry)
