"""Loads wording.yaml: the bot's own sentences, example questions and commands."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.data import read


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(_Record):
    """Every sentence; {trials} and {incident} are filled in by the sender."""

    start: str
    help: str
    about: str
    privacy: str
    unknown_command: str
    not_text: str
    gone: Annotated[str, Field(max_length=200)]
    """Shown as an alert, which Telegram limits to 200 characters."""
    failed: str
    unnamed_trials: str


class Command(_Record):
    """A command sends one of the texts, or asks a question."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    text: str | None = None
    """Key of the text it sends."""
    examples: bool = False
    """Whether the example questions stand under the text, as buttons."""
    question: str | None = None
    """What it asks; words typed behind the command are added."""

    @model_validator(mode="after")
    def _does_one_thing(self) -> Command:
        if (self.text is None) == (self.question is None):
            raise ValueError("give either text or question")
        if self.text is not None and self.text not in Texts.model_fields:
            raise ValueError(f"there is no text {self.text!r}")
        return self


class Wording(_Record):
    """The whole file."""

    texts: Texts
    examples: tuple[str, ...]
    commands: tuple[Command, ...]


def load() -> Wording:
    """Read wording.yaml. Raises pydantic.ValidationError on an unknown or missing key."""
    return Wording.model_validate(read("bot.chat", "wording.yaml"))
