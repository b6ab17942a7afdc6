"""A bounded mapping whose entries expire."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The last `limit` entries, each kept for `seconds` after it was last put.

    Reading does not prolong an entry's life, so nothing is kept longer than promised.
    """

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._entries: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value put last under `key`, or None if there is none or it has expired."""
        self._expire()
        entry = self._entries.get(key)
        return entry[1] if entry else None

    def put(self, key: K, value: V) -> None:
        """Keep `value`; beyond the limit the oldest entry goes."""
        self._expire()
        self._entries.pop(key, None)
        self._entries[key] = (self._clock() + self._seconds, value)
        if len(self._entries) > self._limit:
            self._entries.popitem(last=False)

    def drop(self, gone: Callable[[K, V], bool]) -> None:
        """Forget every entry of which `gone` holds."""
        for key in [key for key, (_, value) in self._entries.items() if gone(key, value)]:
            del self._entries[key]

    def rename(self, new: Callable[[K], K]) -> None:
        """Put every entry under the key that `new` gives for its own; their time runs on."""
        self._entries = OrderedDict((new(key), entry) for key, entry in self._entries.items())

    def __len__(self) -> int:
        self._expire()
        return len(self._entries)

    def _expire(self) -> None:
        # Entries stand in the order in which they expire: each is put with the same life span.
        now = self._clock()
        while self._entries:
            key, (until, _) = next(iter(self._entries.items()))
            if until > now:
                return
            del self._entries[key]
