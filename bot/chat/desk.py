"""What handlers work with: the readout, the memory and the wording, carried by the context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from telegram.ext import Application, CallbackContext, JobQueue

from bot.answers.charts import Chart
from bot.answers.drawing import can_draw
from bot.answers.edition import Edition
from bot.chat import wording
from bot.chat.connection import ReadoutBot
from bot.chat.suggestions import Suggestions
from bot.chat.wording import Wording
from bot.memory.appointments import Appointments
from bot.memory.buckets import Buckets
from bot.memory.chat_settings import ChatSettingsStore
from bot.memory.conversation import Conversations
from bot.memory.feedback import Feedback
from bot.memory.preferences import Preferences
from bot.memory.recent import Recent
from bot.memory.tally import Tally
from bot.memory.unanswered import Unanswered
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.pipeline import Reply, Turn


class Readout(Protocol):
    """Answers questions; bot.pipeline has the real one."""

    def reply(self, text: str, previous: Turn | None = None) -> Reply:
        """The answer to `text`, which may refer to the turn before it."""

    def check(self, text: str, words: Mapping[str, str], part: str | None = None) -> Reply | None:
        """What the facts say to each figure that `text` (or its `part`) claims; None without any."""

    def standalone(self, text: str, reply: Reply) -> str | None:
        """The question `text` as it can be asked without that turn; None if it cannot be put so."""

    def has_chart(self, trial_id: str, topic: str) -> bool:
        """Whether there is a chart of a topic of a trial."""

    def chart(self, trial_id: str, topic: str) -> Chart | None:
        """The chart of a topic of a trial; None if there is none."""

    def edition(self) -> Edition:
        """Which state of the knowledge base answers."""


@dataclass(frozen=True)
class Asked:
    """An answer that was given in a chat's topic; `content` stands for its words."""

    chat: int
    topic: int | None
    content: int


@dataclass(frozen=True)
class Place:
    """A message of the bot; in ordinary groups messages have no links."""

    message: int
    link: str | None


@dataclass(frozen=True)
class Desk:
    """The dependencies of the handlers."""

    readout: Readout
    trials: str
    """How the texts name the trials, for example "A" or "A and B"."""
    wording: Wording
    conversations: Conversations[Turn] = field(default_factory=Conversations)
    suggestions: Suggestions = field(default_factory=Suggestions)
    feedback: Feedback = field(default_factory=Feedback)
    preferences: Preferences = field(default_factory=Preferences)
    unanswered: Unanswered | None = None
    """Kept only if the operator turned it on."""
    taps: Recent[tuple[int, int, int, str], bool] = field(
        default_factory=lambda: Recent(limit=1000, seconds=3)
    )
    """Chat, message, person and data of the latest taps: a nervous second one asks nothing new."""
    chat_settings: ChatSettingsStore = field(default_factory=ChatSettingsStore)
    admins: Recent[tuple[int, int], bool] = field(default_factory=lambda: Recent(limit=1000, seconds=300))
    """Group and person -> whether the person administers the group."""
    repeats: Recent[Asked, Place] = field(default_factory=lambda: Recent(limit=1000, seconds=600))
    """Where in a group something was answered a moment ago."""
    appointments: Appointments = field(default_factory=Appointments)
    """Messages to be deleted, also after a restart."""
    senders: Buckets = field(default_factory=lambda: Buckets(size=6, seconds=10))
    """How often one sender may ask in a group."""
    privates: Buckets = field(default_factory=lambda: Buckets(size=60, seconds=1, rests=True))
    """How often one may ask in private: Telegram takes about one message a second in a chat, and bursts."""
    groups: Buckets = field(default_factory=lambda: Buckets(size=20, seconds=3))
    """How often a whole group may ask: Telegram takes 20 messages a minute there."""
    seen: Recent[int, bool] = field(default_factory=lambda: Recent(limit=10_000, seconds=86_400))
    """Numbers of the updates already handled; Telegram repeats one for at most a day."""
    ways: Recent[tuple[int, int, int], bool] = field(default_factory=lambda: Recent(limit=1000, seconds=60))
    """Sender, second and words of the latest group messages -> whether they came as a guest's."""
    guests: Recent[str, bool] = field(default_factory=lambda: Recent(limit=1000, seconds=3600))
    """Guest queries already answered: each may be answered once."""
    moved: Recent[int, bool] = field(default_factory=lambda: Recent(limit=1000, seconds=3600))
    """New numbers of groups that became supergroups: nobody added the bot there."""
    greeted: Recent[int, bool] = field(default_factory=lambda: Recent(limit=1000, seconds=60))
    """Groups that read a moment ago what the bot is: its link brings it in and says /start at once."""
    draws: bool = field(default_factory=can_draw)
    """Whether charts can be drawn: the drawing library is an extra."""
    pictures: Recent[str, str] = field(default_factory=lambda: Recent(limit=100, seconds=86_400))
    """Caption of a chart -> what Telegram knows its picture by: it is drawn and sent up once a day."""
    tally: Tally = field(default_factory=Tally)
    operator: int | None = None
    """The account that may ask for the counts."""
    durable: bool = False
    """Whether anything is written to disk."""
    albums: Recent[str, bool] = field(default_factory=lambda: Recent(limit=1000, seconds=600))
    """Albums already replied to: each of their pictures is a message of its own."""


def open_desk(readout: Readout, trials: Sequence[str] = (), settings: Settings | None = None) -> Desk:
    """A desk with the wording of wording.yaml; what it keeps lies where the settings say, or in memory.

    Raises OSError if that folder cannot be used.
    """
    words = wording.load()
    folder = settings.state_path if settings else None
    return Desk(
        readout=readout,
        trials=" and ".join(trials) or words.texts.unnamed_trials,
        wording=words,
        feedback=Feedback(folder),
        preferences=Preferences(folder),
        chat_settings=ChatSettingsStore(folder),
        appointments=Appointments(folder),
        unanswered=Unanswered(folder) if settings and settings.keep_unanswered else None,
        durable=folder is not None,
        operator=settings.operator if settings else None,
    )


class Context(CallbackContext[ReadoutBot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The handlers' context; the desk reaches them through it, never through a global."""

    @property
    def desk(self) -> Desk:
        """The dependencies of the handlers."""
        desk: Desk = self.bot_data["desk"]
        return desk


ChatApplication = Application[
    ReadoutBot, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], JobQueue[Any]
]
