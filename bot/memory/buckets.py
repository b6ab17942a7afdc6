"""Token buckets: how often somebody may ask before they must wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum

from bot.memory.recent import Recent


class Admission(Enum):
    """What becomes of one question."""

    GRANTED = "granted"
    REFUSED_FIRST = "refused first"
    """The first refusal since the bucket was full: worth a notice."""
    REFUSED = "refused"


@dataclass(frozen=True)
class _Level:
    tokens: float
    at: float
    noticed: bool


class Buckets:
    """A bucket of `size` tokens for each key; a new token comes every `seconds`.

    A bucket that would be full again is forgotten, so that nothing is kept of anybody for longer than
    `size` times `seconds`. Beyond `limit` the oldest goes.
    """

    def __init__(
        self,
        size: int,
        seconds: float,
        limit: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
        *,
        rests: bool = False,
    ) -> None:
        """With `rests`, nothing is granted after a refusal until the bucket would be full."""
        self._rests = rests
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._levels: Recent[Hashable, _Level] = Recent(limit, size * seconds, clock)

    def take(self, key: Hashable) -> Admission:
        """Take a token of the bucket `key`, if it holds one."""
        now = self._clock()
        level = self._levels.get(key) or _Level(self._size, now, noticed=False)
        if self._rests and level.noticed:
            # Not put again: the rest ends when it was said to, whatever comes meanwhile.
            return Admission.REFUSED
        tokens = min(float(self._size), level.tokens + (now - level.at) / self._seconds)
        noticed = level.noticed and tokens < self._size
        granted = tokens >= 1
        self._levels.put(key, _Level(tokens - granted, now, noticed or not granted))
        if granted:
            return Admission.GRANTED
        return Admission.REFUSED if noticed else Admission.REFUSED_FIRST
