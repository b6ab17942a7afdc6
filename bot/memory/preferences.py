"""What a person chose for the private chat: full or short answers."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.memory.database import connect, purge

_TABLE = "CREATE TABLE IF NOT EXISTS brief (chat INTEGER PRIMARY KEY)"


class Preferences:
    """The chats that want short answers, in `folder`; in memory without one."""

    def __init__(self, folder: Path | None = None) -> None:
        self._database: sqlite3.Connection = connect(folder, "preferences", _TABLE)
        # Every answer asks for it.
        self._brief = {chat for (chat,) in self._database.execute("SELECT chat FROM brief")}

    def brief(self, chat: int) -> bool:
        """Whether the chat wants short answers; full ones are the default."""
        return chat in self._brief

    def choose(self, chat: int, *, brief: bool) -> None:
        """Keep the choice; of a chat with full answers nothing is kept."""
        if brief:
            self._brief.add(chat)
            self._database.execute("INSERT OR IGNORE INTO brief VALUES (?)", (chat,))
        else:
            self._brief.discard(chat)
            self._database.execute("DELETE FROM brief WHERE chat = ?", (chat,))
            purge(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()
