"""Typed, read-only queries on the compiled knowledge: the only reader that knows SQL.

Opening reads nothing; each question reads the rows it needs, and answers
are remembered. A store may be handed to another thread, but only one at a
time may use it.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter

from knowledge.corpus import CONTEXT
from knowledge.errors import KnowledgeUnavailable
from knowledge.fact_row import SLOTS
from knowledge.model import (
    Concept,
    Discrepancy,
    Elsewhere,
    Fact,
    Gap,
    Record,
    RelatedTrial,
    Source,
    Trial,
)

R = TypeVar("R", bound=Record)
AnchorKind = Literal["trial", "drug", "condition"]

_FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
_REMEMBERED = 4096
"""Answers kept per kind of question: more than one trial ever needs."""


class Store:
    """A compiled file, open for reading. Ids that do not exist raise KeyError."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        remember = functools.lru_cache(_REMEMBERED)
        self._facts = remember(self._read_facts)
        self._fact = remember(self._build_fact)
        self._named_fact = remember(self._find_fact)
        self._discrepancies = remember(self._read_discrepancies)
        self._gaps = remember(self._read_gaps)
        self._sources = remember(self._read_sources)
        self._trial = remember(self._read_trial)
        self._frequency = remember(self._read_frequency)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Opens a compiled file; raises KnowledgeUnavailable if it is none."""
        try:
            # Compiled files are replaced, never changed in place: immutable spares the locks.
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.Error as error:
            raise KnowledgeUnavailable(f"cannot open {path}: {error}") from error
        try:
            found = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
        except sqlite3.Error as error:
            connection.close()
            raise KnowledgeUnavailable(f"{path} is not compiled knowledge: {error}") from error
        if not found:
            connection.close()
            raise KnowledgeUnavailable(f"{path} is not compiled knowledge")
        return cls(connection)

    def close(self) -> None:
        """Closes the file; the store is of no use afterwards."""
        self._connection.close()

    def trials(self) -> tuple[str, ...]:
        """The ids of all trials."""
        rows = self._rows("SELECT id FROM trial WHERE record IS NOT NULL ORDER BY id")
        return tuple(row[0] for row in rows)

    def trial(self, trial_id: str) -> Trial:
        """One trial."""
        return self._trial(trial_id)

    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, in file order."""
        return self._concepts

    terms = concepts

    def elsewhere(self) -> Elsewhere:
        """The names that put a question outside."""
        return self._elsewhere

    def related_trials(self) -> tuple[RelatedTrial, ...]:
        """The trials known as context, in file order."""
        return self._related_trials

    def anchors(self) -> Iterator[tuple[str, str, AnchorKind]]:
        """Name, trial id and kind of everything that names a trial; read one by one."""
        for row in self._rows("SELECT name, trial, kind FROM anchor"):
            yield cast(tuple[str, str, AnchorKind], row)

    def sources(self, trial_id: str) -> tuple[Source, ...]:
        """The trial's sources, then those of the context."""
        return self._sources(trial_id)

    def source(self, trial_id: str, source_id: str) -> Source:
        """One source, looked up in the trial, then in the context."""
        for source in self._sources(trial_id):
            if source.id == source_id:
                return source
        raise KeyError(source_id)

    def fact(self, trial_id: str, fact_id: str) -> Fact:
        """One fact, derived or not, looked up in the trial, then in the context."""
        return self._named_fact(trial_id, fact_id)

    def facts(
        self,
        trial_id: str,
        *,
        topic: str | None = None,
        measure: str | None = None,
        cohort: str | None = None,
        arm: str | None = None,
        timepoint: str | None = None,
        subgroup: str | None = None,
        subject: str | None = None,
        source: str | None = None,
    ) -> tuple[Fact, ...]:
        """Facts of the trial and of the context that have these slots (None: any).

        Ordered by rank of source, the trial before the context, then as in
        the files. `source` also finds what that source merely confirms.
        """
        return self._facts(trial_id, (topic, measure, cohort, arm, timepoint, subgroup, subject), source)

    def discrepancies(
        self, trial_id: str, fact_ids: Collection[str] | None = None
    ) -> tuple[Discrepancy, ...]:
        """Contradictions of the trial and the context; with `fact_ids`, those bound to any of these."""
        return self._discrepancies(trial_id, None if fact_ids is None else frozenset(fact_ids))

    def gaps(self, trial_id: str, topic: str | None = None) -> tuple[Gap, ...]:
        """What is known to be missing, on one topic or on all."""
        return self._gaps(trial_id, topic)

    def word_frequency(self, word: str) -> int:
        """How often an English word occurs in the packaged list; 0 if it is not a word."""
        return self._frequency(word)

    # What is remembered, and how it is read.

    def _rows(self, query: str, **values: object) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._connection.execute(query, {"context": CONTEXT, **values})
        except sqlite3.DatabaseError as error:
            raise KnowledgeUnavailable(f"the compiled knowledge is damaged: {error}") from error

    def _records(self, kind: type[R], query: str, **values: object) -> tuple[R, ...]:
        return tuple(kind.model_validate_json(row[0]) for row in self._rows(query, **values))

    @functools.cached_property
    def _concepts(self) -> tuple[Concept, ...]:
        return self._records(Concept, "SELECT record FROM concept ORDER BY position")

    @functools.cached_property
    def _elsewhere(self) -> Elsewhere:
        found: dict[str, list[str]] = {field: [] for field in Elsewhere.model_fields}
        for kind, name in self._rows("SELECT kind, name FROM elsewhere ORDER BY rowid"):
            found[kind].append(name)
        return Elsewhere.model_validate_json(json.dumps(found))

    @functools.cached_property
    def _related_trials(self) -> tuple[RelatedTrial, ...]:
        return self._records(RelatedTrial, "SELECT record FROM related_trial ORDER BY position")

    def _read_trial(self, trial_id: str) -> Trial:
        query = "SELECT record FROM trial WHERE id = :trial AND record IS NOT NULL"
        for trial in self._records(Trial, query, trial=trial_id):
            return trial
        raise KeyError(trial_id)

    def _read_sources(self, trial_id: str) -> tuple[Source, ...]:
        query = """
            SELECT record FROM source WHERE trial IN (:trial, :context)
            ORDER BY trial = :context, position
        """
        return self._records(Source, query, trial=trial_id)

    def _find_fact(self, trial_id: str, fact_id: str) -> Fact:
        query = """SELECT trial, id FROM fact WHERE id = :id AND trial IN (:trial, :context)
            ORDER BY trial = :context"""
        for scope, id_ in self._rows(query, id=fact_id, trial=trial_id):
            return self._fact(scope, id_)
        raise KeyError(fact_id)

    def _build_fact(self, scope: str, fact_id: str) -> Fact:
        query = "SELECT record FROM fact WHERE trial = :trial AND id = :id"
        return _FACT.validate_json(next(self._rows(query, trial=scope, id=fact_id))[0])

    def _read_facts(
        self, trial_id: str, slots: tuple[str | None, ...], source: str | None
    ) -> tuple[Fact, ...]:
        query = """
            SELECT trial, id FROM fact AS f
            WHERE trial IN (:trial, :context)
                AND (:topic IS NULL OR topic = :topic)
                AND (:measure IS NULL OR measure = :measure)
                AND (:cohort IS NULL OR cohort = :cohort)
                AND (:arm IS NULL OR arm = :arm)
                AND (:timepoint IS NULL OR timepoint = :timepoint)
                AND (:subgroup IS NULL OR subgroup = :subgroup)
                AND (:subject IS NULL OR subject = :subject)
                AND (:source IS NULL OR :source IN (
                    SELECT source FROM citation WHERE trial = f.trial AND fact = f.id))
            ORDER BY rank, trial = :context, position
        """
        asked = dict(zip(SLOTS, slots, strict=True))
        found = self._rows(query, trial=trial_id, source=source, **asked)
        return tuple(self._fact(scope, id_) for scope, id_ in found)

    def _read_discrepancies(self, trial_id: str, fact_ids: frozenset[str] | None) -> tuple[Discrepancy, ...]:
        query = """
            SELECT record FROM discrepancy AS d
            WHERE trial IN (:trial, :context)
                AND (:facts IS NULL OR EXISTS (
                    SELECT 1 FROM discrepancy_fact WHERE trial = d.trial AND discrepancy = d.id
                        AND fact IN (SELECT value FROM json_each(:facts))))
            ORDER BY trial = :context, position
        """
        facts = None if fact_ids is None else json.dumps(sorted(fact_ids))
        return self._records(Discrepancy, query, trial=trial_id, facts=facts)

    def _read_gaps(self, trial_id: str, topic: str | None) -> tuple[Gap, ...]:
        query = """
            SELECT record FROM gap WHERE trial = :trial AND (:topic IS NULL OR topic = :topic)
            ORDER BY position
        """
        return self._records(Gap, query, trial=trial_id, topic=topic)

    def _read_frequency(self, word: str) -> int:
        found = self._rows("SELECT frequency FROM word WHERE word = :word", word=word)
        return next((int(row[0]) for row in found), 0)
