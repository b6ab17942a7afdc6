"""Keeps the built vocabulary between starts, because stemming ten thousand names takes long.

The file is derived and disposable: it lies beside the compiled knowledge and
is named after everything it was made from.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

HERE = Path(__file__).parent


def kept(store_file: Path | None, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The built data from the file of an earlier start, or `build()`, then written for the next."""
    path = (
        None if store_file is None else store_file.with_name(f"{store_file.stem}-{_state()}.vocabulary.json")
    )
    if path is not None and path.is_file():
        with contextlib.suppress(OSError, ValueError):
            return cast(dict[str, Any], json.loads(path.read_bytes()))
    built = build()
    if path is not None:
        _write(path, built)
    return built


def _state() -> str:
    """Changes with every file of this package."""
    states = []
    for folder, _, names in os.walk(HERE):
        for name in names:
            if name.endswith((".py", ".yaml", ".txt")):
                status = os.stat(os.path.join(folder, name))
                states.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.blake2b("\n".join(sorted(states)).encode(), digest_size=8).hexdigest()


def _write(path: Path, built: dict[str, Any]) -> None:
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(built, file, ensure_ascii=False, separators=(",", ":"))
        os.replace(draft, path)
        for old in path.parent.glob(f"{path.name.split('-')[0]}-*.vocabulary.json"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return
