"""Loads wording.yaml: the bot's own sentences, button labels, profile, example questions and commands."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.data import read

Label = Annotated[str, Field(min_length=1, max_length=40)]
"""On a button: a longer one is cut off on a phone."""
Alert = Annotated[str, Field(max_length=200)]
"""Shown over the chat, which Telegram limits to 200 characters."""
Scope = Literal["private", "group", "admin"]
"""Whose menu shows a command: private chats, groups, or only a group's administrators."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(_Record):
    """Every sentence; {trials} and {incident} are filled in by the sender."""

    footer: Annotated[str, Field(max_length=60)]
    """Below the source of a card that is read where nobody has seen the greeting."""
    start: str
    help: str
    about: str
    edition: str
    stats: str
    stats_ratings: str
    stats_unanswered: str
    explain: str
    chart: str
    no_chart: str
    feedback: str
    privacy: str
    privacy_memory: str
    privacy_disk: str
    privacy_unanswered: str
    forgotten: str
    settings_full: str
    settings_brief: str
    unknown_command: str
    not_text: str
    gone: Alert
    link_gone: str
    rated: Alert
    failed: str
    too_fast: str
    pause: Alert
    answered_at: str
    answered_above: str
    check: str
    nothing_to_check: str
    group_settings: str
    resting: Alert
    admins_only: Alert
    welcome: str
    hears_all: str
    hears_some: str
    guests_welcome: str
    ask_inline: str
    unnamed_trials: str


class Buttons(_Record):
    """What stands on the buttons that every answer has."""

    copy_citation: Label
    share: Label
    more: Label
    add_to_group: Label
    chart: Label
    helpful: Label
    not_helpful: Label
    reasons: dict[Annotated[str, Field(pattern=r"^[a-z_]{1,12}$")], Label]
    """Why an answer did not help: code -> label."""
    full: Label
    brief: Label


class GroupSettings(_Record):
    """Labels of a group's settings, by what they choose; the chosen one gets {chosen} around it."""

    chosen: Annotated[str, Field(pattern=r"\{label\}")]
    reacts_to: dict[str, Label]
    verbosity: dict[str, Label]
    quiet: dict[str, Label]
    lifetime: dict[str, Label]
    hours: dict[str, Label]
    clock: dict[Literal["back", "now", "on"], Label]
    """The buttons that set the group's clock; {time} is what it shows."""


class Claims(_Record):
    """Checking a claim: how people ask for it, and the sentences of the reply."""

    asking: frozenset[str]
    """Words that ask for nothing else."""
    sentences: dict[str, str]
    """The templates of bot.answers.claims, by its keys."""


class Profile(_Record):
    """What Telegram shows of the bot before anybody writes to it."""

    name: Annotated[str, Field(max_length=64)]
    short_description: Annotated[str, Field(max_length=120)]
    description: Annotated[str, Field(max_length=512)]


class Inline(_Record):
    """Inline mode: what an empty query shows, and the line above the results."""

    most_asked: tuple[str, ...]
    ask_in_private: Label


class Command(_Record):
    """A command sends one of the texts, asks a question, or does what the code does under its name."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    description: Annotated[str, Field(min_length=1, max_length=256)] | None = None
    """In Telegram's menu; a command without one is not shown there."""
    scopes: tuple[Scope, ...] = ("private",)
    text: str | None = None
    """Key of the text it sends."""
    examples: bool = False
    """Whether the example questions stand under the text, as buttons."""
    offers: tuple[str, ...] = ()
    """Further questions on buttons under the text."""
    invites: bool = False
    """Whether a button under the text adds the bot to a group, in private."""
    question: str | None = None
    """What it asks; words typed behind the command are added."""
    with_words: str | None = None
    """What it asks when there are words behind it, which stand for {words}."""
    action: (
        Literal["privacy", "forget", "settings", "feedback", "check", "about", "stats", "chart"] | None
    ) = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Command:
        if sum(thing is not None for thing in (self.text, self.question, self.action)) != 1:
            raise ValueError("give either text, question or action")
        if self.text is not None and self.text not in Texts.model_fields:
            raise ValueError(f"there is no text {self.text!r}")
        if self.with_words is not None and "{words}" not in self.with_words:
            raise ValueError("with_words has no place for {words}")
        return self

    def asks(self, words: str) -> str | None:
        """The question of this command with `words` behind it; None if it asks none."""
        if words and self.with_words is not None:
            return self.with_words.replace("{words}", words)
        return f"{self.question} {words}".strip() if self.question is not None else None


class Wording(_Record):
    """The whole file."""

    texts: Texts
    buttons: Buttons
    group_settings: GroupSettings
    claims: Claims
    profile: Profile
    inline: Inline
    examples: tuple[str, ...]
    commands: tuple[Command, ...]


def load() -> Wording:
    """Read wording.yaml. Raises pydantic.ValidationError on an unknown or missing key."""
    return Wording.model_validate(read("bot.chat", "wording.yaml"))
