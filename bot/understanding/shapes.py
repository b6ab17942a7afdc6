"""Shapes of questions from intents.yaml: what follows from several words together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes in their order, each found by the one of its words that the fewest shapes share."""

    every: tuple[Shape, ...]
    places: Mapping[str, Sequence[int]]
    """Word -> places in `every`."""

    @classmethod
    def of(cls, every: tuple[Shape, ...]) -> Shapes:
        """An index of shapes."""
        shared = Counter(key for shape in every for key in shape.when)
        places: dict[str, list[int]] = {}
        for place, shape in enumerate(every):
            places.setdefault(min(sorted(shape.when), key=lambda key: shared[key]), []).append(place)
        return cls(every, places)

    def fitting(self, keys: frozenset[str]) -> Iterator[Shape]:
        """The shapes that have all of their words among the keys and none that they exclude, in order."""
        for place in sorted(place for key in keys for place in self.places.get(key, ())):
            shape = self.every[place]
            if shape.when <= keys and shape.unless.isdisjoint(keys):
                yield shape


def shapes_of(data: Mapping[str, Sequence[Mapping[str, object]]]) -> Shapes:
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
    return Shapes.of(tuple(found))
