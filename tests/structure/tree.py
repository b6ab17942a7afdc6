"""The project's files, read as text: what the structural tests look at."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "knowledge")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed; paths below the root."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        names = (Path(os.fsdecode(name)) for name in listed.split(b"\0") if name)
        return tuple(sorted(name for name in names if (ROOT / name).is_file()))
    return tuple(sorted(_walk()))


def _walk() -> Iterator[Path]:
    """As files(), for a copy without git: the dot folders are what the tools left behind."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [n for n in folders if n == ".ci" or not n.startswith((".", "__pycache__"))]
        yield from (Path(folder, name).relative_to(ROOT) for name in names)


def python_files(*packages: str) -> tuple[Path, ...]:
    """The Python files of these packages (default: bot and knowledge), below the root."""
    return tuple(f for f in files() if f.suffix == ".py" and f.parts[0] in (packages or PACKAGES))


@cache
def text(file: Path) -> str:
    """The content of a text file, given below the root."""
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def syntax(file: Path) -> ast.Module:
    """The syntax tree of a Python file, given below the root."""
    return ast.parse(text(file), str(file))
