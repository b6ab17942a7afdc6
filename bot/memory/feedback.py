"""Feedback on answers, as counts: no question and no answer is ever stored.

For `DAYS` days a vote stands under its chat, person and message, so that a second tap changes it
and /forget deletes it. Then it becomes one more in a nameless total.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.memory.database import connect, purge

DAYS = 30
"""How long a vote can be told from others, in days."""
_DAY = 24 * 3600

_TABLES = (
    "CREATE TABLE IF NOT EXISTS vote (chat INTEGER, sender INTEGER, message INTEGER, subject TEXT,"
    " verdict TEXT, day INTEGER, PRIMARY KEY (chat, sender, message)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS total (subject TEXT, verdict TEXT, number INTEGER,"
    " PRIMARY KEY (subject, verdict)) WITHOUT ROWID",
)
_ADD = (
    "INSERT INTO total VALUES (?, ?, ?) ON CONFLICT (subject, verdict)"
    " DO UPDATE SET number = number + excluded.number"
)


@dataclass(frozen=True)
class Vote:
    """Who voted on which message: their numbers in Telegram."""

    chat: int
    sender: int
    message: int


class Feedback:
    """The votes and totals in `folder`; in memory without one."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._database: sqlite3.Connection = connect(folder, "feedback", *_TABLES)

    def vote(self, by: Vote, subject: str, verdict: str) -> None:
        """Keep a vote on an answer about `subject` (a topic); it replaces the one given before."""
        self._expire()
        self._database.execute(
            "INSERT OR REPLACE INTO vote VALUES (?, ?, ?, ?, ?, ?)",
            (by.chat, by.sender, by.message, subject, verdict, self._today()),
        )

    def count(self, subject: str, verdict: str) -> None:
        """One more that nobody can be told from, for example an inline result that was chosen."""
        self._database.execute(_ADD, (subject, verdict, 1))

    def totals(self) -> dict[tuple[str, str], int]:
        """How often each (subject, verdict) was given."""
        self._expire()
        rows = self._database.execute(
            "SELECT subject, verdict, sum(number) FROM (SELECT * FROM total"
            " UNION ALL SELECT subject, verdict, 1 FROM vote) GROUP BY subject, verdict"
        )
        return {(subject, verdict): number for subject, verdict, number in rows}

    def forget(self, chat: int, sender: int) -> int:
        """Delete what a person voted in a chat; how many votes these were."""
        gone = self._database.execute("DELETE FROM vote WHERE chat = ? AND sender = ?", (chat, sender))
        purge(self._database)
        return gone.rowcount

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _today(self) -> int:
        return int(self._clock() // _DAY)

    def _expire(self) -> None:
        last = self._today() - DAYS
        gone = self._database.execute("DELETE FROM vote WHERE day <= ? RETURNING subject, verdict", (last,))
        self._database.executemany(_ADD, [(*row, 1) for row in gone.fetchall()])
