"""Small SQLite files for what must outlive the process; in memory when there is no folder for them."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def connect(folder: Path | None, name: str, *statements: str) -> sqlite3.Connection:
    """The database `name` in `folder`, readable by its owner only, after running the statements.

    Without a folder it lives in memory and ends with the process. Raises OSError if the folder
    cannot be made, sqlite3.Error if the file cannot be used.
    """
    if folder is None:
        connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"{name}.db"
        file.touch(mode=0o600)
        connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    # What was deleted must not stay readable in the file.
    connection.execute("PRAGMA secure_delete = ON")
    for statement in statements:
        connection.execute(statement)
    return connection
