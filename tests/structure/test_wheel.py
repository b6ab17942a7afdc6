"""`pip install .` gives a program that holds all its data."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.structure.tree import PACKAGES, ROOT, files

pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path = ROOT) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--wheel-dir", str(folder))
    call(sys.executable, "-m", "pip", "wheel", *options, str(ROOT))
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """Code and data, and nothing of the tests."""
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert inside == {str(file) for file in files() if file.parts[0] in PACKAGES}


def test_the_installed_command_answers(wheel: Path, tmp_path: Path) -> None:
    """In a clean environment, from another directory, with the data of the wheel."""
    venv.create(tmp_path / "clean", symlinks=True)
    python = tmp_path / "clean" / "bin" / "python"
    call(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        wheel,
    )
    # The packages of this test run stand in for a download of the same ones.
    own = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib"))

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    # -P and no PYTHONPATH: the tree must not stand in for what is missing in the wheel.
    alone = ("env", "-u", "PYTHONPATH")
    shown = call(*alone, python, "-P", "-c", "import bot; print(bot.__file__)", cwd=elsewhere)
    assert Path(shown.strip()).is_relative_to(own)
    readout = tmp_path / "clean" / "bin" / "readout"
    assert call(*alone, readout, "ask", "What can you answer?", cwd=elsewhere).strip()


def test_every_dependency_is_locked() -> None:
    """Both locks name each package that the project asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = project["project"]["dependencies"]
    extras = [name for extra in project["project"]["optional-dependencies"].values() for name in extra]
    groups = {"deploy": run, "tests": run + extras + project["dependency-groups"]["test"]}
    for folder, wanted in groups.items():
        lock = (ROOT / folder / "requirements.lock").read_text("utf-8")
        for requirement in wanted:
            name = requirement.partition(">")[0].partition("[")[0].lower()
            assert f"\n{name}==" in lock, f"{folder}: {name}"
