"""Timing one question at a time."""

from __future__ import annotations

import time
from collections.abc import Iterable

from bot.pipeline import Readout, Turn

MILLISECONDS = 1000.0


def timed(readout: Readout, questions: Iterable[tuple[str, Turn | None]]) -> list[float]:
    """Milliseconds of each reply, in ascending order."""
    spent = []
    for text, previous in questions:
        started = time.perf_counter()
        readout.reply(text, previous)
        spent.append((time.perf_counter() - started) * MILLISECONDS)
    return sorted(spent)


def percentile(ascending: list[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed."""
    return ascending[min(len(ascending) - 1, int(len(ascending) * percent / 100))]
