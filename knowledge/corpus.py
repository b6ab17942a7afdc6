"""What a load yields: all records, and where in the files each one stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from knowledge.errors import Problem
from knowledge.model import (
    AdverseEvent,
    Assertion,
    Comparison,
    Concept,
    Criterion,
    Derivation,
    Discrepancy,
    Disposition,
    Elsewhere,
    Estimate,
    Fact,
    Gap,
    Record,
    RelatedTrial,
    Source,
    Statement,
    Trial,
)

R = TypeVar("R", bound=Record)

CONTEXT = "context"
"""The pseudo trial of facts that belong to no trial."""
TERMS = "terms"

FACT_KINDS: Mapping[str, type[Assertion]] = {
    "estimates": Estimate,
    "comparisons": Comparison,
    "adverse_events": AdverseEvent,
    "dispositions": Disposition,
    "criteria": Criterion,
    "statements": Statement,
}
"""Top-level keys of facts."""
CONCEPT_KINDS = {"topics": "topic", "measures": "measure", "subgroups": "subgroup", "aspects": "aspect"}
"""Top-level keys of concepts, and the category each one means."""
FACT_SECTIONS = frozenset(FACT_KINDS) | {"derivations", "derived"}
"""Where fact ids are declared; "derived" is what the loader adds."""


@dataclass(frozen=True)
class Entry:
    """A record with its place, so that a later complaint can name it."""

    scope: str
    """A trial's id, "context" or "terms"."""
    file: str
    key: str
    """ "estimates[3] some.id"."""
    section: str
    """The top-level key it stands under: "estimates"."""
    id: str
    record: Record | None
    """None when the record itself is invalid: its id is still known."""

    def problem(self, message: str, field: str = "") -> Problem:
        """A complaint about this record, or about one field of it."""
        return Problem(self.file, f"{self.key}: {field}" if field else self.key, message)


@dataclass(frozen=True)
class Draft:
    """All records as read, not yet checked against one another."""

    entries: tuple[Entry, ...]

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """The trials, in the order read."""
        found = dict.fromkeys(entry.scope for entry in self.entries)
        return tuple(scope for scope in found if scope not in (CONTEXT, TERMS))

    def of(self, kind: type[R], scope: str | None = None) -> Iterator[tuple[Entry, R]]:
        """Valid records of a class with their places, of one scope or of all."""
        for entry in self.within(scope) if scope else self.entries:
            if isinstance(entry.record, kind):
                yield entry, entry.record

    def within(self, scope: str) -> Sequence[Entry]:
        """All records of one scope, valid or not."""
        return self._by_scope.get(scope, [])

    @cached_property
    def _by_scope(self) -> Mapping[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.scope, []).append(entry)
        return found

    def ids(self, sections: frozenset[str], *scopes: str) -> frozenset[str]:
        """Ids declared under these keys, also by records that are invalid in themselves."""
        entries = (entry for scope in scopes for entry in self.within(scope))
        return frozenset(entry.id for entry in entries if entry.section in sections)


@dataclass(frozen=True)
class TrialRecords:
    """One trial: what its folder holds, and what is derived from it."""

    trial: Trial
    sources: tuple[Source, ...]
    facts: tuple[Fact, ...]
    """As in the files, then the derived ones."""
    derivations: tuple[Derivation, ...]
    discrepancies: tuple[Discrepancy, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class ContextRecords:
    """What surrounds the trials: dated facts that belong to none of them."""

    sources: tuple[Source, ...]
    related_trials: tuple[RelatedTrial, ...]
    facts: tuple[Fact, ...]
    discrepancies: tuple[Discrepancy, ...]


@dataclass(frozen=True)
class Corpus:
    """Everything that is known, checked."""

    trials: Mapping[str, TrialRecords]
    context: ContextRecords
    concepts: tuple[Concept, ...]
    elsewhere: Elsewhere
