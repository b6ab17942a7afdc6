"""The program as a process of its own, started once and talked to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 30
"""Seconds; starting takes most of them on a busy machine."""


def call(*arguments: str | bytes, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """`python -m bot ARGUMENTS` with `given` on standard input."""
    return python("-X", "utf8", "-m", "bot", *arguments, given=given)


def python(*arguments: str | bytes, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """A Python of its own that finds the tree; its status is for the caller to judge."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=given,
        capture_output=True,
        timeout=LIMIT,
    )
