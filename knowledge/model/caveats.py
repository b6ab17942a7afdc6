"""What to compute, what contradicts, and what nobody reports."""

from __future__ import annotations

import re
from typing import Literal

from knowledge.model.base import Id, Items, Record

_NUMBER = re.compile(r"\d*\.?\d+")


class Derivation(Record):
    """A value to compute: a formula of derive.py and the facts that go in."""

    id: Id
    topic: Id
    measure: Id
    formula: Id
    inputs: dict[str, Id]
    """Formula parameter -> fact id."""
    cohort: Id | None = None
    arm: Id | None = None
    timepoint: Id | None = None
    note: str | None = None


class Position(Record):
    """What one source says in a discrepancy."""

    sources: Items[str]
    says: str
    facts: Items[Id] = ()


class Discrepancy(Record):
    """A contradiction between (or inside) sources, bound to the facts it touches."""

    id: Id
    topic: Id
    title: str
    facts: Items[Id]
    """Every answer that shows one of these shows `wording` (unless show is "asked")."""
    positions: Items[Position]
    resolution: Literal["prefer", "both", "unresolved"]
    wording: str
    show: Literal["always", "asked"] = "always"
    names: Items[str] = ()
    """Ways to ask for it by name: "mislabelled table", "5-year rows"."""

    @property
    def figures(self) -> frozenset[float]:
        """The numbers that its wording sets against each other."""
        return frozenset(float(number) for number in _NUMBER.findall(self.wording))


class Gap(Record):
    """Something no source reports, known to be missing."""

    id: Id
    topic: Id
    measure: Id | None = None
    cohort: Id | None = None
    arm: Id | None = None
    timepoint: Id | None = None
    subgroup: Id | None = None
    scope: Literal["S1", "S1+S2", "all"]
    wording: str
    """One sentence, under 140 characters, that says it plainly."""
    none: bool = False
    """Says that there is no such thing: an answer, whatever was reported."""
    nearest: Items[Id] = ()
    """The reported facts that come closest, best first."""
