"""The promises of deploy/run, kept without the network: a pretended Python makes the environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.structure.tree import ROOT

SHELL_TOOLS = ("bash", "cat", "cksum", "cp", "env", "mkdir", "readlink", "rm", "sleep")
BOT = "import os, sys; print(sys.argv[1:], os.getcwd(), sys.flags.utf8_mode, sys.stdin.read())"
# Makes an "environment" whose python is this very script; installs by writing a line in a log.
PYTHON = """#!/usr/bin/env bash
case $1$2 in
    -mvenv) echo venv >>"{log}"; sleep 0.3; mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
    -mpip) cat; echo pip >>"{log}"; [[ ! -e "{log}.offline" ]] ;;
    *) exec "{python}" "$@" ;;
esac
"""


@dataclass(frozen=True)
class Clone:
    """A clone with a space in its path, and a machine that has `bin` only."""

    root: Path
    bin: Path
    log: Path

    def start(self, *arguments: str, command: Path | None = None) -> subprocess.Popen[str]:
        """deploy/run (or a link to it), started from another folder."""
        return subprocess.Popen(
            [command or self.root / "deploy" / "run", *arguments],
            cwd=self.bin.parent,
            env={"PATH": str(self.bin)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, command: Path | None = None) -> tuple[int, str, str]:
        """Exit status, output, errors of one call that has a question on its input."""
        process = self.start(*arguments, command=command)
        out, err = process.communicate("question")
        return process.returncode, out.strip(), err.strip()

    @property
    def steps(self) -> list[str]:
        """What was installed, in order."""
        return self.log.read_text().split() if self.log.exists() else []


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A first clone: nothing is installed."""
    root, tools, log = tmp_path / "a clone", tmp_path / "bin", tmp_path / "the log"
    shutil.copytree(ROOT / "deploy", root / "deploy")
    (root / "bot").mkdir()
    (root / "bot" / "__main__.py").write_text(BOT)
    tools.mkdir()
    for tool in SHELL_TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))
    (tools / "python3.11").write_text(PYTHON.format(log=log, python=sys.executable))
    (tools / "python3.11").chmod(0o755)
    return Clone(root, tools, log)


def test_the_first_call_installs_and_runs(clone: Clone) -> None:
    """One line tells what takes so long; the question on the input is left to the bot."""
    status, out, err = clone.run("ask", "two words", "")
    assert (status, out) == (0, f"['ask', 'two words', ''] {clone.bin.parent} 1 question")
    assert err.count("\n") == 0
    assert err.startswith("readout: installing")


def test_the_second_call_only_runs(clone: Clone) -> None:
    """Nothing is installed again, nothing more is said, and no base Python is needed."""
    clone.run()
    (clone.bin / "python3.11").unlink()
    assert clone.run("chat") == (0, f"['chat'] {clone.bin.parent} 1 question", "")
    assert clone.steps == ["venv", "pip"]


def test_a_link_to_it_works(clone: Clone) -> None:
    """So that an operator may link it into a folder of commands."""
    link = clone.bin / "readout"
    link.symlink_to(clone.root / "deploy" / "run")
    assert clone.run("chat", command=link)[0] == 0


def test_the_caller_s_folder_holds_no_modules_of_ours(clone: Clone) -> None:
    """A json.py or a bot folder where the user happens to stand is not run."""
    (clone.bin.parent / "bot").mkdir()
    (clone.bin.parent / "bot" / "__main__.py").write_text("raise SystemExit('not this one')")
    assert clone.run("chat")[0] == 0


def test_a_failed_installation_is_done_again(clone: Clone) -> None:
    """No network: one clear line and status 1; the next call starts afresh."""
    offline = Path(f"{clone.log}.offline")
    offline.touch()
    status, out, err = clone.run("chat")
    assert (status, out) == (1, "")
    assert err.splitlines()[-1].startswith("readout: the installation failed")
    offline.unlink()
    assert clone.run("chat")[0] == 0
    assert clone.steps == ["venv", "pip", "venv", "pip"]


def test_an_interrupted_installation_is_done_again(clone: Clone) -> None:
    """A killed first call leaves no half environment behind that passes for a whole one."""
    process = clone.start("chat")
    until = time.monotonic() + 20
    while not clone.steps and time.monotonic() < until:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert clone.run("chat")[0] == 0


def test_two_first_calls_install_once(clone: Clone) -> None:
    """The second waits for the first, and both answer."""
    calls = [clone.start("chat") for _ in range(3)]
    for call in calls:
        call.communicate("question")
    assert [call.returncode for call in calls] == [0, 0, 0]
    assert clone.steps == ["venv", "pip"]


def test_a_new_lock_leaves_the_old_environment(clone: Clone) -> None:
    """A bot that runs from the old packages keeps them."""
    clone.run()
    with (clone.root / "deploy" / "requirements.lock").open("a") as lock:
        lock.write("# another\n")
    clone.run()
    assert clone.steps == ["venv", "pip"] * 2
    assert len(list((clone.root / ".venv").glob("run-*/complete"))) == 2


def test_no_python_is_one_clear_line(clone: Clone) -> None:
    """Also when what is called python is too old."""
    (clone.bin / "python3.11").unlink()
    (clone.bin / "python3").write_text("#!/usr/bin/env bash\nexit 1\n")
    (clone.bin / "python3").chmod(0o755)
    status, out, err = clone.run("chat")
    assert (status, out, err.count("\n")) == (1, "", 0)
    assert "Python 3.11" in err
    assert os.listdir(clone.root / "bot") == ["__main__.py"]
