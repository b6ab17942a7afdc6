"""The tree says what the project is: names, sizes, places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.structure.tree import ROOT, files, python_files, text

TOP_LEVEL = {
    *("bot", "knowledge", "tests", "deploy", ".ci"),
    *("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".gitignore"),
}
LONGEST = 250
VAGUE = {"util", "utils", "helper", "helpers", "manager", "common", "core", "misc"}
# What a shell or a package tool must not have left in a file: the home of one machine's
# user, its scratch folders, the address of a package index.
TRACES = re.compile(
    r"""(?<![\w.}$])/(?:home|root|Users|work|tmp|opt/(?:pypi|wheels))/
    | --(?:extra-)?index-url | --find-links | \bpy(?:pi)\.org | python(?:hosted)\.org""",
    re.VERBOSE,
)
FILES = files()


def test_nothing_new_at_the_top() -> None:
    """A new folder or file at the top is a decision: it is named here first."""
    assert {file.parts[0] for file in FILES} <= TOP_LEVEL


@pytest.mark.parametrize("file", python_files(), ids=str)
def test_a_file_owns_one_thing(file: Path) -> None:
    """Nobody reviews a file of a thousand lines."""
    lines = text(file).count("\n")
    assert lines <= LONGEST, f"{file} has {lines} lines; {LONGEST} at most"


def test_names_say_what_is_inside() -> None:
    """No drawer for odds and ends."""
    assert not [str(f) for f in FILES if VAGUE & {part.partition(".")[0] for part in f.parts}]


def test_no_trace_of_a_machine() -> None:
    """The project installs and runs anywhere, from any index."""
    found = []
    for file in FILES:
        if file == Path(__file__).relative_to(ROOT):
            continue
        for number, line in enumerate((ROOT / file).read_text("utf-8", "replace").splitlines(), 1):
            if trace := TRACES.search(line):
                found.append(f"{file}:{number}: {trace[0]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix in (".yaml", ".yml")], ids=str)
def test_yaml_can_be_read(file: Path) -> None:
    """Also the files that no other test opens."""
    yaml.safe_load(text(file))


@pytest.mark.parametrize("command", ["deploy/run", "tests/run", ".ci/run"])
def test_commands_can_be_run(command: str) -> None:
    """The run bit was committed."""
    assert (ROOT / command).stat().st_mode & 0o111
