"""The compiled file: made when needed, reused while fresh, replaced in one step."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge import compile as compiling
from knowledge.compile import compile_to, compiled, fingerprint
from knowledge.errors import InvalidKnowledge, KnowledgeUnavailable


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "readout"


def test_a_fresh_file_is_reused(root: Path, cache: Path) -> None:
    """The second call reads nothing and writes nothing."""
    first = compiled(root)
    before = first.stat().st_mtime_ns
    assert compiled(root) == first
    assert first.stat().st_mtime_ns == before
    assert [path.name for path in cache.iterdir()] == [first.name]


def test_a_changed_file_compiles_anew(root: Path) -> None:
    """A figure that was corrected is never served from an old file."""
    first = compiled(root)
    path = root / "trials" / "northstar" / "efficacy.yaml"
    path.write_text(path.read_text().replace('value: "95"', 'value: "96"'))
    assert compiled(root) != first


def test_a_removed_or_added_file_changes_the_fingerprint(root: Path) -> None:
    """Names count too."""
    before = fingerprint(root)
    (root / "context" / "empty.yaml").write_text("")
    assert fingerprint(root) != before


def test_unsound_data_compile_to_nothing(root: Path, cache: Path) -> None:
    """No file is left behind when a rule is broken."""
    (root / "trials" / "northstar" / "gaps.yaml").write_text("gaps: 3")
    with pytest.raises(InvalidKnowledge):
        compiled(root)
    assert list(cache.iterdir()) == []


def test_old_files_are_dropped(root: Path, cache: Path) -> None:
    """The cache does not grow with every edit."""
    for number in range(compiling.KEPT + 2):
        (root / "context" / "extra.yaml").write_text("# " + "x" * number)
        newest = compiled(root)
    assert newest.exists()
    assert len(list(cache.glob("*.db"))) == compiling.KEPT


def test_a_file_as_cache_falls_back(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unusable cache directory is replaced by a temporary one."""
    (tmp_path / "plain").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "plain"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert compiled(root).parent.parent == tmp_path


def test_an_unwritable_place_is_named(root: Path, tmp_path: Path) -> None:
    """Not a traceback but the path."""
    with pytest.raises(KnowledgeUnavailable, match="nowhere"):
        compile_to(tmp_path / "nowhere" / "x.db", root)


def test_the_tables_are_strict_and_sound(compiled_file: Path) -> None:
    """Every table is STRICT, every foreign key leads somewhere, the figures are readable."""
    connection = sqlite3.connect(compiled_file)
    schemas = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    assert {name for name, _ in schemas} == {
        "trial",
        "arm",
        "cohort",
        "timepoint",
        "source",
        "fact",
        "citation",
        "discrepancy",
        "discrepancy_fact",
        "position",
        "gap",
        "derivation",
        "concept",
        "concept_name",
        "elsewhere",
        "related_trial",
        "anchor",
        "word",
        "meta",
    }
    assert all("STRICT" in sql for _, sql in schemas)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute(
        "SELECT value, unit, ci_low, ci_high, p_value FROM fact WHERE id LIKE '%hazard_ratio'"
    ).fetchone() == ("0.57", "hazard ratio", "0.35", "0.93", "0.02")
    connection.close()


def test_a_fresh_file_needs_no_heavy_import(root: Path) -> None:
    """Start-up stays quick: no YAML, no pydantic, no sqlite-utils while the file is fresh."""
    path = compiled(root)
    code = (
        "import sys; from pathlib import Path; from knowledge.compile import compiled;"
        f"assert compiled(Path({str(root)!r})) == Path({str(path)!r});"
        "print({'yaml', 'pydantic', 'sqlite_utils', 'spellchecker'} & set(sys.modules))"
    )
    folder = Path(compiling.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=folder,
        env=dict(os.environ),
        check=True,
    )
    assert done.stdout.strip() == "set()"
