"""Small SQLite files for what must outlive the process; in memory when there is no folder for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path


class _Closing(sqlite3.Connection):
    """Closes itself when nobody holds it any more: newer Pythons complain of one left open."""

    def __del__(self) -> None:
        self.close()


def connect(folder: Path | None, name: str, *statements: str) -> sqlite3.Connection:
    """The database `name` in `folder`, readable by its owner only, after running the statements.

    Without a folder it lives in memory and ends with the process. Raises OSError if the folder
    or the file in it cannot be used.
    """
    try:
        return _prepared(folder, name, statements)
    except sqlite3.Error as error:
        raise OSError(f"{name}.db: {error}") from error


def purge(connection: sqlite3.Connection) -> None:
    """Make deleted rows unreadable in the files at once; SQLite's own log holds them for a while."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prepared(folder: Path | None, name: str, statements: Iterable[str]) -> sqlite3.Connection:
    if folder is None:
        connection = _open(":memory:")
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{name}.db"
        file.touch(mode=0o600)
        connection = _open(file)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    # What was deleted must not stay readable in the file.
    connection.execute("PRAGMA secure_delete = ON")
    for statement in statements:
        connection.execute(statement)
    return connection


def _open(place: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(place, check_same_thread=False, isolation_level=None, factory=_Closing)
