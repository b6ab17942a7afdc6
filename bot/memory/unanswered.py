"""Questions that found no answer, for the operator who asked for them; nobody can be told from them."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from bot.memory.database import connect, purge

DAYS = 30
"""How long a question is kept, in days."""
LONGEST = 200
"""Characters kept of a question: a longer message tells a story, which is somebody's."""
_DAY = 24 * 3600

_ADDRESS = re.compile(r"\S*@\S*|\b\w+://\S*|\bwww\.\S*", re.IGNORECASE)
_TABLE = (
    "CREATE TABLE IF NOT EXISTS question (text TEXT, kind TEXT, day INTEGER, number INTEGER,"
    " PRIMARY KEY (text, kind, day)) WITHOUT ROWID"
)


def scrubbed(text: str) -> str:
    """The text without addresses, and without words that hold a digit or a capital letter.

    Names begin with a capital, also at the start of a sentence; its first word is a small loss.
    """
    words = _ADDRESS.sub(" ", text).split()
    kept = [word for word in words if not any(sign.isdigit() or sign.isupper() for sign in word)]
    return " ".join(kept)[:LONGEST]


class Unanswered:
    """The scrubbed questions in `folder`, with the kind of their reply and the day; no chat, no person."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._database: sqlite3.Connection = connect(folder, "unanswered", _TABLE)
        self._expire()

    def keep(self, text: str, kind: str) -> None:
        """Keep what is left of a question; nothing is kept of one that has no word left."""
        self._expire()
        if left := scrubbed(text):
            self._database.execute(
                "INSERT INTO question VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1",
                (left, kind, self._today()),
            )

    def questions(self) -> list[tuple[str, str, int]]:
        """Question, kind of the reply, and how often; the most frequent first."""
        self._expire()
        rows = self._database.execute(
            "SELECT text, kind, sum(number) FROM question GROUP BY text, kind ORDER BY 3 DESC, 1"
        )
        return [(text, kind, number) for text, kind, number in rows]

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _today(self) -> int:
        return int(self._clock() // _DAY)

    def _expire(self) -> None:
        gone = self._database.execute("DELETE FROM question WHERE day <= ?", (self._today() - DAYS,))
        if gone.rowcount:
            purge(self._database)
