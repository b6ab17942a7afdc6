"""The structured answer: what every reply is built as, before it is rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of the reply contract; every reply has exactly one."""

    ANSWER = "answer"
    NOT_REPORTED = "not_reported"
    OUT_OF_SCOPE = "out_of_scope"
    ADVICE = "advice"
    CLARIFY = "clarify"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source as an answer cites it."""

    source: str
    """Its id in the knowledge base."""
    label: str
    locator: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply, in the order in which it is read."""

    kind: Kind
    headline: str
    """Answers by itself; what a phone's notification shows."""
    lines: tuple[str, ...] = ()
    """Comparator, second source, details."""
    notes: tuple[str, ...] = ()
    """Contradictions between the sources, and cautions that must not be left out."""
    basis: tuple[str, ...] = ()
    """Arithmetic behind derived values."""
    references: tuple[Reference, ...] = ()
    suggestions: tuple[str, ...] = ()
    """Questions that a user could ask next, as one would type them."""
    facts: tuple[str, ...] = ()
    """Ids of every fact that the reply cites."""
    understood: dict[str, Any] = field(default_factory=dict)
