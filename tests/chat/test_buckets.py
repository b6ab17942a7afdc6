"""The flood guard's arithmetic."""

from __future__ import annotations

from bot.memory.buckets import Admission, Buckets
from tests.chat.test_memory import Clock

GRANTED, FIRST, REFUSED = Admission.GRANTED, Admission.REFUSED_FIRST, Admission.REFUSED


def test_a_bucket_empties_and_fills() -> None:
    """One notice until it was full again."""
    clock = Clock()
    buckets = Buckets(size=2, seconds=10, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [GRANTED, GRANTED, FIRST, REFUSED]
    clock.now = 10
    assert [buckets.take("a") for _ in range(2)] == [GRANTED, REFUSED]
    assert buckets.take("b") is GRANTED
    clock.now = 60
    assert [buckets.take("a") for _ in range(3)] == [GRANTED, GRANTED, FIRST]


def test_who_waits_is_served() -> None:
    """At the pace of the bucket, for ever."""
    clock = Clock()
    buckets = Buckets(size=2, seconds=10, clock=clock)
    for _ in range(50):
        assert buckets.take("a") is GRANTED
        clock.now += 10


def test_a_bucket_that_rests() -> None:
    """Silence for as long as was said, also if it is asked again and again."""
    clock = Clock()
    buckets = Buckets(size=2, seconds=10, clock=clock, rests=True)
    assert [buckets.take("a") for _ in range(4)] == [GRANTED, GRANTED, FIRST, REFUSED]
    clock.now = 19
    assert buckets.take("a") is REFUSED
    clock.now = 21
    assert [buckets.take("a") for _ in range(3)] == [GRANTED, GRANTED, FIRST]
