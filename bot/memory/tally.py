"""What the bot did since it started, as bare counts: no chat, no person and no word is in them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable


class Tally:
    """Counts in memory; a restart begins anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self.answers: Counter[tuple[str, str]] = Counter()
        """By place (a kind of chat, "inline", "guest") and kind of the answer."""
        self.updates = 0
        """Updates handled, whatever they were."""
        self.seconds = 0.0
        """How long they took together, from their turn in the chat to the last request."""
        self.failures = 0
        """Updates whose handling failed."""

    def answered(self, place: str, kind: str) -> None:
        """One more answer."""
        self.answers[place, kind] += 1

    def handled(self, seconds: float) -> None:
        """One more update, which took so long."""
        self.updates += 1
        self.seconds += seconds

    @property
    def running(self) -> float:
        """Seconds since the start."""
        return self._clock() - self._start
