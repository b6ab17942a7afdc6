"""python -m knowledge, as a maintainer uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.__main__ import main


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all commands."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(sound_root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs a command on the small knowledge base."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    return lambda *arguments: main(["--root", str(sound_root), *arguments])


def test_check_counts_what_is_there(run, capsys) -> None:
    """A sound folder: what it holds, status 0."""
    assert run("check") == 0
    assert "northstar: 18 facts (4 derived), 2 sources, 2 gaps, 1 discrepancy" in capsys.readouterr().out


def test_check_lists_all_problems(root: Path, capsys) -> None:
    """An unsound one: every problem on a line, the number, status 1."""
    (root / "trials" / "northstar" / "more.yaml").write_text("gaps: 1\ncolours: 2\n")
    assert main(["--root", str(root), "check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[-1] == "2 problems in the knowledge base."


@pytest.mark.parametrize(
    ("id_", "parts"),
    [
        (
            "overall_survival.phase_3.hazard_ratio",
            ["hazard ratio 0.57 (95% CI 0.35-0.93), P=0.02", "2031 paper [N1], Table 2"],
        ),
        (
            "overall_survival.phase_3.24mo.nnt",
            ["100 / (88 - 80) = 100 / 8 = 12.5, rounded up to 13", "24mo.usual_care: 80%"],
        ),
        ("response.phase_3.velorustat", ["62.5%", "d1 (both): The 2031 paper gives"]),
        ("d1", ["Response on velorustat", "N2", "60.0%"]),
        ("gap.quality_of_life", ["not reported", "15% (18 patients)"]),
        ("N1", ["Journal of Made-up Medicine"]),
        ("adverse_events", ["side effects"]),
        ("eaststar", ["EASTSTAR"]),
        ("dose.velorustat", ["Velorustat 40 mg"]),
    ],
)
def test_show_explains_a_record(run, capsys, id_: str, parts: list[str]) -> None:
    """Any id: the record, its source, its working, what contradicts it."""
    assert run("show", id_) == 0
    out = capsys.readouterr().out
    assert all(part in out for part in parts), out


def test_show_suggests_close_ids(run, capsys) -> None:
    """A slip of the keyboard gets a hint, and status 1."""
    assert run("show", "dose.velorustta") == 1
    assert "Did you mean dose.velorustat" in capsys.readouterr().err


def test_facts_filters(run, capsys) -> None:
    """Slots narrow the list; JSON gives whole records."""
    assert run("facts", "--topic", "response", "--source", "N2") == 0
    assert capsys.readouterr().out.split() == ["response.phase_3.velorustat.2030", "60.0%", "[N2]"]
    assert run("facts", "--measure", "nnt", "--json") == 0
    assert json.loads(capsys.readouterr().out)["value"] == "13"
    assert run("facts", "--topic", "nonsense") == 1


def test_an_unknown_trial_is_named(run, capsys) -> None:
    """With the trials there are."""
    assert run("facts", "--trial", "southstar") == 1
    assert "no trial southstar; there are: northstar" in capsys.readouterr().err


def test_compile_writes_a_file(run, tmp_path: Path, capsys) -> None:
    """For Datasette, wherever it is wanted."""
    assert run("compile", "--output", str(tmp_path / "out.db")) == 0
    assert (tmp_path / "out.db").exists()
