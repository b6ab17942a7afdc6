"""What a module may read and load (the direction of imports stands in pyproject.toml)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.tree import ROOT, python_files, syntax

# The settings, and the one variable of the operating system that says where caches lie.
ENVIRONMENT = {Path("bot/settings.py"): None, Path("knowledge/compile.py"): {"XDG_CACHE_HOME"}}
HEAVY = {
    "telegram",
    "httpx",
    "sqlite_utils",
    "spellchecker",
    "pydantic_settings",
    "asyncio",
    "matplotlib",
    "numpy",
    "prometheus_client",
}


def environment_reads(file: Path) -> list[ast.AST]:
    """The expressions of a file that mention the environment, each with what is read from it."""
    tree = syntax(file)
    outer = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    found = []
    for node in ast.walk(tree):
        if (isinstance(node, ast.Attribute) and node.attr in ("environ", "environb", "getenv")) or (
            isinstance(node, ast.alias) and node.name in ("environ", "environb", "getenv")
        ):
            expression: ast.AST = node
            while isinstance(outer.get(expression), ast.Attribute | ast.Call | ast.Subscript):
                expression = outer[expression]
            found.append(expression)
    return found


@pytest.mark.parametrize("file", python_files(), ids=str)
def test_settings_are_read_in_one_place(file: Path) -> None:
    """So that the list of variables is complete, and a wrong one is found at the start."""
    allowed = ENVIRONMENT.get(file, set())
    if allowed is None:
        return
    for expression in environment_reads(file):
        names = {n.value for n in ast.walk(expression) if isinstance(n, ast.Constant) and n.value}
        assert names <= allowed, f"{file}: {ast.unparse(expression)}"
        assert names, f"{file}: {ast.unparse(expression)}"


def loaded(program: str) -> set[str]:
    """The top-level modules that a fresh interpreter has after running `program`."""
    program += "; import sys; sys.stdout.flush(); print(); print(*{n.partition('.')[0] for n in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.slow
def test_a_question_loads_only_what_it_needs() -> None:
    """The second `ask` answers from the compiled file: no Telegram, no compiler, no word list."""
    ask = "from bot.__main__ import main; assert main(['ask', 'What can you answer?']) == 0"
    loaded(ask)
    assert sorted(loaded(ask) & HEAVY) == []


def test_no_module_acts_when_imported() -> None:
    """Nothing is opened, compiled or connected before someone asks for it."""
    modules = [
        ".".join(file.with_suffix("").parts) for file in python_files() if file.name not in ("__main__.py",)
    ]
    program = (
        "import importlib, socket, sqlite3\n"
        "def refuse(*args, **kwargs): raise SystemExit('acts at import')\n"
        "sqlite3.connect = socket.socket.connect = refuse\n"
        f"for name in {[name.removesuffix('.__init__') for name in modules]!r}: importlib.import_module(name)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
