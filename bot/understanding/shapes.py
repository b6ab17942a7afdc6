"""Shapes of questions from intents.yaml: what follows from several words together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One entry of intents.yaml."""

    id: str
    when: frozenset[str]
    unless: frozenset[str]
    topic: str
    measure: str | None = None
    overview: bool = False
    within: bool = False
    """Only of words in one message: not of a question and the one before it."""
    otherwise: str | None = None
    """The topic of which nothing is told where "@criterion" leads to no criterion."""


def shapes_of(data: Mapping[str, Sequence[Mapping[str, object]]]) -> tuple[Shape, ...]:
    """The shapes of intents.yaml, in their order."""
    found = []
    for entry in data["shapes"]:
        then = entry["then"]
        assert isinstance(then, dict)
        found.append(
            Shape(
                str(entry["id"]),
                frozenset(entry["when"]),  # type: ignore[call-overload]
                frozenset(entry.get("unless", ())),  # type: ignore[call-overload]
                str(then["topic"]),
                then.get("measure"),
                bool(then.get("overview", False)),
                bool(entry.get("within", False)),
                then.get("otherwise"),
            )
        )
    return tuple(found)
