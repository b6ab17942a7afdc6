"""Where the compiled knowledge lies, and when it must be made anew.

YAML is the truth; the SQLite file is derived, disposable and never edited.
Imports stay light: nothing but the standard library is loaded while the
compiled file is fresh.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
KEPT = 4
"""Compiled files kept in the cache: several checkouts may share it."""


def compiled(root: Path | None = None) -> Path:
    """The up-to-date compiled file of the knowledge at `root` (default: this package's).

    Compiles when the data or the code changed since. Raises InvalidKnowledge
    when the data are unsound, KnowledgeUnavailable when nothing can be written.
    """
    root = root or HERE
    name = f"{fingerprint(root)}.db"
    for folder in _folders():
        if _is_ours(folder / name):
            return folder / name
        if _is_writable(folder):
            compile_to(folder / name, root)
            _drop_old(folder)
            return folder / name
    from knowledge.errors import KnowledgeUnavailable

    tried = " and ".join(str(folder) for folder in _folders())
    raise KnowledgeUnavailable(f"no place to write the compiled knowledge: tried {tried}")


def compile_to(path: Path, root: Path | None = None) -> None:
    """Loads, checks and writes the knowledge to `path`, replacing it in one step.

    Raises InvalidKnowledge before anything is written, KnowledgeUnavailable
    when the file cannot be written.
    """
    import tempfile

    from knowledge.errors import KnowledgeUnavailable
    from knowledge.loader import load
    from knowledge.tables import write

    root = root or HERE
    corpus = load(root)
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        try:
            write(corpus, Path(draft), fingerprint(root))
            os.replace(draft, path)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as error:
        raise KnowledgeUnavailable(f"cannot write {path}: {error}") from error


def fingerprint(root: Path) -> str:
    """Changes whenever a data file, or the code that reads it, may have changed."""
    states = [*_states(str(root), ".yaml"), *_states(str(HERE), ".py")]
    return hashlib.blake2b("\n".join(sorted(states)).encode(), digest_size=10).hexdigest()


def _states(folder: str, ending: str) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found += _states(entry.path, ending)
            elif entry.name.endswith(ending):
                state = entry.stat()
                found.append(f"{entry.path} {state.st_size} {state.st_mtime_ns}")
    return found


def _folders() -> Iterator[Path]:
    """The user's cache, then, only if that is of no use, a temporary folder."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    yield Path(cache if os.path.isabs(cache) else os.path.expanduser("~/.cache")) / "readout"
    import tempfile

    yield Path(tempfile.gettempdir()) / f"readout-{os.getuid()}"


def _is_ours(path: Path) -> bool:
    """Exists, and is not a file another user put into a shared temporary folder."""
    try:
        return path.stat().st_uid == path.parent.stat().st_uid == os.getuid()
    except OSError:
        return False


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK)
    except OSError:
        return False


def _drop_old(folder: Path) -> None:
    files = sorted(folder.glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[KEPT:]:
        path.unlink(missing_ok=True)
