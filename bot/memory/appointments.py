"""Messages of the bot that are to be deleted: where, which, and when. Only numbers are kept."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.memory.database import connect, purge

_TABLE = (
    "CREATE TABLE IF NOT EXISTS appointment (chat INTEGER, message INTEGER, due REAL,"
    " PRIMARY KEY (chat, message)) WITHOUT ROWID"
)


@dataclass(frozen=True)
class Appointment:
    """A message that is to be deleted."""

    chat: int
    message: int
    due: float
    """When, in seconds since 1970."""


class Appointments:
    """The appointments that were not kept yet, in `folder`; in memory without one."""

    def __init__(self, folder: Path | None = None) -> None:
        self._database: sqlite3.Connection = connect(folder, "appointments", _TABLE)

    def make(self, appointment: Appointment) -> None:
        """Remember to delete a message."""
        values = (appointment.chat, appointment.message, appointment.due)
        self._database.execute("INSERT OR REPLACE INTO appointment VALUES (?, ?, ?)", values)

    def open(self) -> list[Appointment]:
        """What is still to be deleted, the next first; after a pause of the program some of it is overdue."""
        rows = self._database.execute("SELECT chat, message, due FROM appointment ORDER BY due")
        return [Appointment(*row) for row in rows]

    def strike(self, appointment: Appointment) -> None:
        """Forget an appointment that was kept, or cannot be."""
        values = (appointment.chat, appointment.message)
        self._database.execute("DELETE FROM appointment WHERE chat = ? AND message = ?", values)
        purge(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()
