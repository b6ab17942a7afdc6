"""What the administrators of a group chose: when the bot speaks there, how much, and for how long."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from bot.memory.database import connect

TRIGGERS = ("addressed", "commands")
"""Commands, replies and mentions; or commands only."""
VERBOSITIES = ("headline", "short", "full")
"""Figure and source; the same with the rest folded; everything in the open."""
LIFETIMES = (0, 10, 60, 1440)
"""Minutes after which answers are deleted; 0: never. Telegram deletes nothing older than 48 hours."""
HOURS = {"none": (0, 0), "22-7": (22, 7), "20-8": (20, 8)}
"""Hours of the group's clock, from and to, in which the bot writes nothing."""
ZONES = range(-12, 15)
"""How far a group's clock may be ahead of UTC, in hours."""

_TABLE = (
    "CREATE TABLE IF NOT EXISTS chat_settings (chat INTEGER PRIMARY KEY, reacts_to TEXT, verbosity TEXT,"
    " quiet INTEGER, lifetime INTEGER)"
)


@dataclass(frozen=True)
class ChatSettings:
    """The settings of one group; every field has the default of a group that chose nothing."""

    reacts_to: str = "addressed"
    """One of TRIGGERS."""
    verbosity: str = "short"
    """One of VERBOSITIES."""
    quiet: bool = False
    """Whether notices (too fast, not for you) are left out."""
    lifetime: int = 0
    """One of LIFETIMES, in minutes."""
    hours: str = "none"
    """One of HOURS."""
    zone: int = 0
    """One of ZONES."""

    def __post_init__(self) -> None:
        choices = (self.reacts_to in TRIGGERS, self.verbosity in VERBOSITIES, self.lifetime in LIFETIMES)
        if not all(choices) or self.hours not in HOURS or self.zone not in ZONES:
            raise ValueError("there is no such setting")

    def changed(self, name: str, value: str) -> ChatSettings:
        """With the setting `name` at `value`, as a button writes it. Raises ValueError for anything else."""
        if name == "reacts_to":
            return replace(self, reacts_to=value)
        if name == "verbosity":
            return replace(self, verbosity=value)
        if name == "quiet" and value in ("0", "1"):
            return replace(self, quiet=value == "1")
        if name == "lifetime" and value.isdecimal():
            return replace(self, lifetime=int(value))
        if name == "hours":
            return replace(self, hours=value)
        if name == "zone" and value.removeprefix("-").isdecimal():
            return replace(self, zone=int(value))
        raise ValueError("there is no such setting")

    def clock(self, now: dt.datetime) -> dt.datetime:
        """What the group's clock shows."""
        return now.astimezone(dt.timezone(dt.timedelta(hours=self.zone)))

    def rests(self, now: dt.datetime) -> bool:
        """Whether these are hours in which the bot writes nothing."""
        begin, end = HOURS[self.hours]
        hour = self.clock(now).hour
        return begin != end and (hour >= begin or hour < end)


class ChatSettingsStore:
    """The settings of all groups, in `folder`; in memory without one. Nothing is kept for a default."""

    def __init__(self, folder: Path | None = None) -> None:
        self._database: sqlite3.Connection = connect(folder, "chat_settings", _TABLE)
        # Every message of a group asks for them, and there are few groups.
        self._known: dict[int, ChatSettings] = {}
        _widen(self._database)
        for chat, reacts_to, verbosity, quiet, lifetime, hours, zone in self._database.execute(
            "SELECT chat, reacts_to, verbosity, quiet, lifetime, hours, zone FROM chat_settings"
        ):
            # A choice that another version of the program wrote may not exist in this one.
            with contextlib.suppress(ValueError):
                self._known[chat] = ChatSettings(reacts_to, verbosity, bool(quiet), lifetime, hours, zone)

    def of(self, chat: int) -> ChatSettings:
        """The settings of a group."""
        return self._known.get(chat, ChatSettings())

    def choose(self, chat: int, settings: ChatSettings) -> None:
        """Keep the settings of a group."""
        self._known.pop(chat, None)
        if settings == ChatSettings():
            self._database.execute("DELETE FROM chat_settings WHERE chat = ?", (chat,))
            return
        self._known[chat] = settings
        names = ", ".join(field.name for field in fields(settings))
        self._database.execute(
            f"INSERT OR REPLACE INTO chat_settings (chat, {names}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own fields
            (chat, *astuple(settings)),
        )

    def move(self, old: int, new: int) -> None:
        """A group got a new number; choices already made under the new one win."""
        settings = self._known.get(old)
        if settings is None:
            return
        self.choose(old, ChatSettings())
        if new not in self._known:
            self.choose(new, settings)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _widen(database: sqlite3.Connection) -> None:
    """Add what a file of an earlier version has no place for."""
    known = {row[1] for row in database.execute("PRAGMA table_info(chat_settings)")}
    for column in ("hours TEXT NOT NULL DEFAULT 'none'", "zone INTEGER NOT NULL DEFAULT 0"):
        if column.partition(" ")[0] not in known:
            database.execute(f"ALTER TABLE chat_settings ADD COLUMN {column}")
