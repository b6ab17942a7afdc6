"""Conversations: what each was last about, and which message answers which question.

Holds message numbers and turns; the text of a message never comes here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.memory.recent import Recent

T = TypeVar("T")

HOUR = 3600.0
"""How long anything is remembered, in seconds."""
LIMIT = 10_000
"""How many conversations, and how many answers, are remembered at most."""


@dataclass(frozen=True)
class Thread:
    """One conversation: a person (or a chat that speaks as one) in a chat's topic."""

    chat: int
    topic: int | None
    """The forum topic; None outside topics."""
    sender: int


@dataclass(frozen=True)
class Exchange(Generic[T]):
    """A question that was answered."""

    question: int
    """Message number of the question."""
    answer: int
    """Message number of the answer."""
    before: T | None
    """What the conversation was about when the question came."""
    after: T | None
    """What it was about after the answer."""


class Conversations(Generic[T]):
    """Turns by conversation and by answer, each for at most an hour."""

    def __init__(
        self, limit: int = LIMIT, seconds: float = HOUR, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._turns: Recent[Thread, T] = Recent(limit, seconds, clock)
        self._asked: Recent[tuple[int, int], tuple[Thread, Exchange[T]]] = Recent(limit, seconds, clock)
        self._answered: Recent[tuple[int, int], tuple[Thread, Exchange[T]]] = Recent(limit, seconds, clock)

    def turn(self, thread: Thread, replied_to: int | None = None) -> T | None:
        """What a follow-up in `thread` refers to.

        A reply to an earlier answer (its message number in `replied_to`) resumes that answer.
        """
        resumed = self._answered.get((thread.chat, replied_to)) if replied_to is not None else None
        if resumed and resumed[1].after is not None:
            return resumed[1].after
        return self._turns.get(thread)

    def exchange(self, chat: int, question: int) -> Exchange[T] | None:
        """The answered question with this message number, if it is remembered."""
        found = self._asked.get((chat, question))
        return found[1] if found else None

    def record(self, thread: Thread, exchange: Exchange[T]) -> None:
        """Remember an answer; one without a turn (small talk) leaves the subject as it was."""
        if exchange.after is not None:
            self._turns.put(thread, exchange.after)
        self._asked.put((thread.chat, exchange.question), (thread, exchange))
        self._answered.put((thread.chat, exchange.answer), (thread, exchange))

    def move(self, old: int, new: int) -> None:
        """A group got a new number: its conversations go on; its messages have new numbers nobody knows."""
        self._turns.rename(lambda thread: replace(thread, chat=new) if thread.chat == old else thread)
        for exchanges in (self._asked, self._answered):
            exchanges.drop(lambda _, kept: kept[0].chat == old)

    def forget(self, chat: int, sender: int) -> None:
        """Forget all that is remembered of a sender in a chat, in every topic."""

        def theirs(thread: Thread) -> bool:
            return (thread.chat, thread.sender) == (chat, sender)

        self._turns.drop(lambda thread, _: theirs(thread))
        for exchanges in (self._asked, self._answered):
            exchanges.drop(lambda _, kept: theirs(kept[0]))
