"""The compiled form: a corpus written to SQLite, one table per kind of record.

Columns are for people (the file opens in Datasette as it is) and for the
store's filters; the `record` column holds the whole record as JSON.
"""

from __future__ import annotations

import gzip
import importlib.resources
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from knowledge.corpus import CONTEXT, Corpus, TrialRecords
from knowledge.fact_row import fact_row
from knowledge.model import Discrepancy, Source, Trial

Row = dict[str, Any]
LEAST_FREQUENCY = 50
"""Rarer English words are no evidence that a word was meant."""
_TRIAL = ("trial", "trial", "id")
_FACT = (("trial", "fact"), "fact", ("trial", "id"))
_DISCREPANCY = (("trial", "discrepancy"), "discrepancy", ("trial", "id"))


def write(corpus: Corpus, path: Path, fingerprint: str) -> None:
    """Writes the corpus to a new file at `path`."""
    database = Database(path, strict=True)
    try:
        with database.conn:
            _write(database, corpus)
            _table(database, "meta", [{"key": "fingerprint", "value": fingerprint}], "key", {"value": str})
            _words(database)
        database.vacuum()
    finally:
        database.close()


def _table(
    database: Database,
    name: str,
    rows: Iterable[Row],
    pk: str | tuple[str, ...] | None,
    columns: Mapping[str, type],
    foreign_keys: Iterable[Any] = (),
    indexes: Iterable[tuple[str, ...]] = (),
) -> None:
    """Creates and fills one table; key columns are text unless `columns` says otherwise."""
    keys = (pk,) if isinstance(pk, str) else pk or ()
    table = database.table(name)
    table.create(
        {**dict.fromkeys(keys, str), **columns},
        pk=pk,
        not_null=set(keys) | ({"record"} & set(columns)) - ({"record"} if name == "trial" else set()),
        foreign_keys=list(foreign_keys),
    )
    table.insert_all(rows)
    for index in indexes:
        table.create_index(index)


def _write(database: Database, corpus: Corpus) -> None:
    text = dict.fromkeys
    rows = [_trial_row(records.trial) for records in corpus.trials.values()]
    rows.append({"id": CONTEXT, "title": "Facts that belong to no trial"})
    _table(
        database, "trial", rows, "id",
        text(("acronym", "registry_id", "title", "condition", "phase", "record"), str),
    )  # fmt: skip
    for part, column in (("arm", "intervention"), ("cohort", "assignment"), ("timepoint", "anchor")):
        _table(
            database, part, _parts(corpus, f"{part}s", column), ("trial", "id"),
            text(("label", column), str), [_TRIAL],
        )  # fmt: skip
    sources = [("trial", scope, source) for scope, found in _by_scope(corpus, "sources") for source in found]
    _table(
        database, "source",
        ({"trial": scope, "position": position, **_columns(source, SOURCE_COLUMNS)}
         for position, (_, scope, source) in enumerate(sources)),
        ("trial", "id"), {**text(SOURCE_COLUMNS, str), "rank": int, "position": int, "record": str}, [_TRIAL],
    )  # fmt: skip
    _table(
        database, "related_trial",
        ({**_columns(trial, ("id", "acronym", "label")), "position": position}
         for position, trial in enumerate(corpus.context.related_trials)),
        "id", {"acronym": str, "label": str, "position": int, "record": str},
    )  # fmt: skip
    _facts(database, corpus)
    _discrepancies(database, corpus)
    gaps = ((scope, gap) for scope, records in corpus.trials.items() for gap in records.gaps)
    _table(
        database, "gap",
        ({"trial": scope, "position": position, **_columns(gap, GAP_COLUMNS)}
         for position, (scope, gap) in enumerate(gaps)),
        ("trial", "id"), {**text(GAP_COLUMNS, str), "position": int, "record": str}, [_TRIAL],
        [("trial", "topic")],
    )  # fmt: skip
    _concepts(database, corpus)
    _table(database, "anchor", _anchors(corpus), ("name", "kind", "trial"), {}, [_TRIAL])


SOURCE_COLUMNS = ("id", "kind", "label", "citation", "basis", "date", "url", "doi", "pmid")
GAP_COLUMNS = ("id", "topic", "measure", "cohort", "arm", "timepoint", "subgroup", "scope", "wording")


def _columns(record: Any, names: Iterable[str]) -> Row:
    row = {name: getattr(record, name) for name in names}
    if isinstance(record, Source):
        row["rank"] = record.rank
    return {**row, "record": record.model_dump_json()}


def _trial_row(trial: Trial) -> Row:
    return _columns(trial, ("id", "acronym", "registry_id", "title", "condition", "phase"))


def _parts(corpus: Corpus, field: str, column: str) -> Iterator[Row]:
    for scope, records in corpus.trials.items():
        for part in getattr(records.trial, field):
            label = getattr(part, "label", None) or f"{part.value} {part.unit}"
            yield {"trial": scope, "id": part.id, "label": label, column: getattr(part, column)}


def _by_scope(corpus: Corpus, field: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for scope, records in corpus.trials.items():
        yield scope, getattr(records, field)
    yield CONTEXT, getattr(corpus.context, field)


def _facts(database: Database, corpus: Corpus) -> None:
    context = {source.id: source.rank for source in corpus.context.sources}
    rows: list[Row] = []
    citations: list[Row] = []
    inputs: list[Row] = []
    for scope, facts in _by_scope(corpus, "facts"):
        records: TrialRecords | None = corpus.trials.get(scope)
        ranks = {**context, **{source.id: source.rank for source in (records.sources if records else ())}}
        for position, fact in enumerate(facts):
            rows.append(fact_row(scope, fact, ranks[fact.source], position))
            others = ((more.source, more.section) for more in fact.also)
            cited = dict.fromkeys([(fact.source, fact.section), *others])
            citations += ({"trial": scope, "fact": fact.id, "source": a, "section": b} for a, b in cited)
        for derivation in records.derivations if records else ():
            row = {"trial": scope, "fact": derivation.id, "formula": derivation.formula}
            inputs += ({**row, "parameter": name, "input": id_} for name, id_ in derivation.inputs.items())
    columns = dict.fromkeys(list(rows[0]) if rows else ["trial", "id", "record"], str)
    _table(
        database, "fact", rows, ("trial", "id"), {**columns, "rank": int, "position": int},
        [_TRIAL, ("subject", "related_trial", "id")], [("trial", "topic", "measure"), ("trial", "measure")],
    )  # fmt: skip
    _table(database, "citation", citations, ("trial", "fact", "source", "section"), {}, [_FACT])
    _table(
        database, "derivation", inputs, ("trial", "fact", "parameter"),
        {"formula": str, "input": str}, [_FACT],
    )  # fmt: skip


def _discrepancies(database: Database, corpus: Corpus) -> None:
    rows: list[Row] = []
    bound: list[Row] = []
    positions: list[Row] = []
    names = ("id", "topic", "title", "resolution", "wording", "show")
    for scope, found in _by_scope(corpus, "discrepancies"):
        discrepancy: Discrepancy
        for place, discrepancy in enumerate(found):
            rows.append({"trial": scope, "position": place, **_columns(discrepancy, names)})
            key = {"trial": scope, "discrepancy": discrepancy.id}
            bound += ({**key, "fact": fact} for fact in dict.fromkeys(discrepancy.facts))
            positions += (
                {**key, "number": number, "sources": ", ".join(part.sources), "says": part.says}
                for number, part in enumerate(discrepancy.positions, 1)
            )
    _table(
        database, "discrepancy", rows, ("trial", "id"),
        {**dict.fromkeys(names, str), "position": int, "record": str}, [_TRIAL],
    )  # fmt: skip
    _table(
        database, "discrepancy_fact", bound, ("trial", "discrepancy", "fact"), {}, [_DISCREPANCY],
        [("trial", "fact")],
    )  # fmt: skip
    _table(
        database, "position", positions, ("trial", "discrepancy", "number"),
        {"number": int, "sources": str, "says": str}, [_DISCREPANCY],
    )  # fmt: skip


def _concepts(database: Database, corpus: Corpus) -> None:
    names = ("id", "category", "label", "short", "parent", "direction", "strength", "default_measure")
    _table(
        database, "concept",
        ({"position": position, **_columns(concept, names)}
         for position, concept in enumerate(corpus.concepts)),
        ("category", "id"), {**dict.fromkeys(names, str), "position": int, "record": str},
    )  # fmt: skip
    _table(
        database, "concept_name",
        ({"category": concept.category, "concept": concept.id, "name": name}
         for concept in corpus.concepts for name in dict.fromkeys(concept.names)),
        ("name", "category", "concept"), {}, [(("category", "concept"), "concept", ("category", "id"))],
    )  # fmt: skip
    elsewhere = corpus.elsewhere.model_dump()
    _table(
        database, "elsewhere",
        ({"kind": kind, "name": name} for kind, names in elsewhere.items() for name in dict.fromkeys(names)),
        ("kind", "name"), {},
    )  # fmt: skip


def _anchors(corpus: Corpus) -> Iterator[Row]:
    for scope, records in corpus.trials.items():
        trial = records.trial
        names = {
            "trial": (trial.acronym, trial.registry_id, *trial.names),
            "drug": trial.drug_names,
            "condition": (trial.condition, *trial.condition_names),
        }
        for kind, found in names.items():
            for name in dict.fromkeys(found):
                yield {"name": name, "kind": kind, "trial": scope}


def _words(database: Database) -> None:
    # sqlite-utils has no WITHOUT ROWID, which halves this table.
    database.execute(
        "CREATE TABLE word (word TEXT PRIMARY KEY, frequency INTEGER NOT NULL) STRICT, WITHOUT ROWID"
    )
    packed = importlib.resources.files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    words: dict[str, int] = json.loads(gzip.decompress(packed))
    database.conn.executemany(
        "INSERT INTO word VALUES (?, ?)",
        sorted((word, count) for word, count in words.items() if count >= LEAST_FREQUENCY),
    )
