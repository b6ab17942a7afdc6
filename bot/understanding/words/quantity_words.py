"""The words around numbers, as grammar.yaml and english.yaml give them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """Units, grades, phases, limits and shares in words."""

    numbers: Mapping[str, float]
    ordinals: Mapping[str, float]
    romans: Mapping[str, float]
    units: Mapping[str, float]
    """Unit -> months."""
    short_units: frozenset[str]
    """Units that only count right behind a digit: "m", "d"."""
    phase: frozenset[str]
    grade: frozenset[str]
    joiners: frozenset[str]
    """Words between the members of a list: "and", "or", "vs", "to"."""
    every: frozenset[str]
    """"Any grade", "all grades"."""
    upward: frozenset[str]
    """"or higher", "and above": every grade from there on."""
    halves: frozenset[str]
    letters: Mapping[str, str]
    """Spoken names of letters: {tee: t}."""
    misheard: Mapping[str, float]
    """What dictation makes of a number behind "phase": {too: 2}."""
    limits: Mapping[str, frozenset[str]]
    """Words that make a figure a limit or a rough one: {above: [over], nearly: [about]}."""
    shares: Mapping[str, float]
    """Shares in words -> percent: {half: 50}."""
    percent: tuple[tuple[str, ...], ...]
    """The sign in words: "per cent"."""
    bare_shares: frozenset[str]
    """Words for more than half: "most"."""
    openers: frozenset[str]
    """Every word with which a grade, a phase or a time can begin."""

    @classmethod
    def of(cls, data: Mapping[str, Any], number_words: Mapping[str, float]) -> QuantityWords:
        """From grammar.yaml's `quantities` and english.yaml's `number_words`."""
        opening = ("ordinals", "romans", "units", "phase", "grade", "every", "halves")
        return cls(
            numbers={
                word: float(value) for word, value in number_words.items() if word not in data["ordinals"]
            },
            ordinals={word: float(value) for word, value in data["ordinals"].items()},
            romans={word: float(value) for word, value in data["romans"].items()},
            units={word: float(value) for word, value in data["units"].items()},
            short_units=frozenset(data["short_units"]),
            phase=frozenset(data["phase"]),
            grade=frozenset(data["grade"]),
            joiners=frozenset(data["joiners"]),
            every=frozenset(data["every"]),
            upward=frozenset(data["upward"]),
            halves=frozenset(data["halves"]),
            letters=dict(data["letters"]),
            misheard={word: float(value) for word, value in data["misheard"].items()},
            limits={side: frozenset(names) for side, names in data["limits"].items()},
            shares={word: float(value) for word, value in data["shares"].items()},
            percent=tuple(tuple(sign.split()) for sign in data["percent"]),
            bare_shares=frozenset(data["bare_shares"]),
            openers=frozenset(number_words).union(*(data[kind] for kind in opening)),
        )
