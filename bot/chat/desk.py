"""What handlers work with: the readout, the memory and the wording, carried by the context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from telegram.ext import Application, CallbackContext

from bot.chat import wording
from bot.chat.connection import ReadoutBot
from bot.chat.suggestions import Suggestions
from bot.chat.wording import Wording
from bot.memory.conversation import Conversations
from bot.memory.recent import Recent

if TYPE_CHECKING:
    from bot.pipeline import Reply, Turn


class Readout(Protocol):
    """Answers questions; bot.pipeline has the real one."""

    def reply(self, text: str, previous: Turn | None = None) -> Reply:
        """The answer to `text`, which may refer to the turn before it."""


@dataclass(frozen=True)
class Desk:
    """The dependencies of the handlers."""

    readout: Readout
    trials: str
    """How the texts name the trials, for example "A" or "A and B"."""
    wording: Wording
    conversations: Conversations[Turn] = field(default_factory=Conversations)
    suggestions: Suggestions = field(default_factory=Suggestions)
    albums: Recent[str, bool] = field(default_factory=lambda: Recent(limit=1000, seconds=600))
    """Albums already replied to: each of their pictures is a message of its own."""


def open_desk(readout: Readout, trials: Sequence[str] = ()) -> Desk:
    """A desk with an empty memory and the wording of wording.yaml."""
    words = wording.load()
    return Desk(readout=readout, trials=" and ".join(trials) or words.texts.unnamed_trials, wording=words)


class Context(CallbackContext[ReadoutBot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The handlers' context; the desk reaches them through it, never through a global."""

    @property
    def desk(self) -> Desk:
        """The dependencies of the handlers."""
        desk: Desk = self.bot_data["desk"]
        return desk


ChatApplication = Application[ReadoutBot, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
