"""The YAML files to checked records: every problem of every file, or a sound corpus.

Reads, validates each record by itself, computes what is derived, and runs
the rules of checks.py over the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import ValidationError

from knowledge import checks, yaml_file
from knowledge.corpus import (
    CONCEPT_KINDS,
    CONTEXT,
    FACT_KINDS,
    TERMS,
    ContextRecords,
    Corpus,
    Draft,
    Entry,
    R,
    TrialRecords,
)
from knowledge.derivations import derive_all
from knowledge.errors import InvalidKnowledge, Problem
from knowledge.model import (
    Assertion,
    Concept,
    Derivation,
    Derived,
    Discrepancy,
    Elsewhere,
    Fact,
    Gap,
    Record,
    RelatedTrial,
    Source,
    Trial,
)

_EVERYWHERE: Mapping[str, type[Record]] = {"sources": Source, "discrepancies": Discrepancy, **FACT_KINDS}
_TRIAL: Mapping[str, type[Record]] = {
    "trial": Trial,
    **_EVERYWHERE,
    "derivations": Derivation,
    "gaps": Gap,
}
_CONTEXT: Mapping[str, type[Record]] = {**_EVERYWHERE, "related_trials": RelatedTrial}
_TERMS: Mapping[str, type[Record]] = {**dict.fromkeys(CONCEPT_KINDS, Concept), "elsewhere": Elsewhere}
_SINGLE = frozenset({"trial", "elsewhere"})
"""Keys that hold one record, not a list."""


def load(root: Path, extra_trials: Sequence[Path] = ()) -> Corpus:
    """All knowledge below `root`, and trial folders from elsewhere.

    Raises InvalidKnowledge with the problems of all files.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    folders = sorted(path for path in (root / "trials").glob("*") if path.is_dir())
    for folder in [*folders, *extra_trials]:
        _read_folder(folder, f"trials/{folder.name}", folder.name, _TRIAL, entries, problems)
    _read_folder(root / CONTEXT, CONTEXT, CONTEXT, _CONTEXT, entries, problems)
    _read_folder(root / TERMS, TERMS, TERMS, _TERMS, entries, problems)
    derived, complaints = derive_all(Draft(tuple(entries)))
    draft = Draft((*entries, *derived))
    problems += complaints
    problems += checks.problems(draft)
    if problems:
        raise InvalidKnowledge(tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.file)))
    return _corpus(draft)


def _read_folder(
    folder: Path,
    name: str,
    scope: str,
    kinds: Mapping[str, type[Record]],
    entries: list[Entry],
    problems: list[Problem],
) -> None:
    for path in sorted(folder.glob("*.y*ml")):
        file = f"{name}/{path.name}"
        content, complaints = yaml_file.read(path, file)
        problems += complaints
        defaults = content.pop("defaults", {})
        if not isinstance(defaults, dict) or not all(isinstance(part, dict) for part in defaults.values()):
            problems.append(Problem(file, "defaults", "must map record kinds to fields"))
            defaults = {}
        problems += [
            Problem(file, f"defaults: {key}", "no such key in this file")
            for key in defaults
            if key not in content
        ]
        for section, value in content.items():
            kind = kinds.get(section)
            if kind is None:
                problems.append(Problem(file, section, f"unknown key; {scope} files hold {', '.join(kinds)}"))
                continue
            fields = {**_filled(section), **defaults.get(section, {})}
            for key, raw in _records(section, value, file, problems):
                record = _validated(kind, {**fields, **raw}, file, key, problems)
                entries.append(Entry(scope, file, key, section, str(raw.get("id", section)), record))


def _filled(section: str) -> dict[str, str]:
    """The field that the top-level key already says."""
    if section in FACT_KINDS:
        return {"kind": str(get_args(FACT_KINDS[section].model_fields["kind"].annotation)[0])}
    if section in CONCEPT_KINDS:
        return {"category": CONCEPT_KINDS[section]}
    return {}


def _records(
    section: str, value: Any, file: str, problems: list[Problem]
) -> Iterator[tuple[str, dict[str, Any]]]:
    if section in _SINGLE:
        if isinstance(value, dict):
            yield section, value
        else:
            problems.append(Problem(file, section, "must be a mapping"))
        return
    if not isinstance(value, list):
        problems.append(Problem(file, section, "must be a list of records"))
        return
    for index, raw in enumerate(value):
        if isinstance(raw, dict):
            yield f"{section}[{index}] {raw.get('id', '(no id)')}", raw
        else:
            problems.append(Problem(file, f"{section}[{index}]", "must be a mapping"))


def _validated(
    kind: type[Record], raw: dict[str, Any], file: str, key: str, problems: list[Problem]
) -> Record | None:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            place = ".".join(str(part) for part in detail["loc"])
            problems.append(Problem(file, f"{key}: {place}" if place else key, _message(dict(detail))))
        return None


def _message(detail: Mapping[str, Any]) -> str:
    given = detail["input"]
    match detail["type"]:
        case "extra_forbidden":
            return "unknown key"
        case "missing":
            return "missing"
        case "string_type":
            return f"must be text: quote it ({given!r} was read as {type(given).__name__})"
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            return f"{detail['msg']} (got {given!r})"


def _corpus(draft: Draft) -> Corpus:
    def each(kind: type[R], scope: str) -> tuple[R, ...]:
        return tuple(record for _, record in draft.of(kind, scope))

    def facts(scope: str) -> tuple[Fact, ...]:
        return cast(tuple[Fact, ...], (*each(Assertion, scope), *each(Derived, scope)))

    trials = {
        scope: TrialRecords(
            trial=each(Trial, scope)[0],
            sources=each(Source, scope),
            facts=facts(scope),
            derivations=each(Derivation, scope),
            discrepancies=each(Discrepancy, scope),
            gaps=each(Gap, scope),
        )
        for scope in draft.scopes
    }
    context = ContextRecords(
        sources=each(Source, CONTEXT),
        related_trials=each(RelatedTrial, CONTEXT),
        facts=facts(CONTEXT),
        discrepancies=each(Discrepancy, CONTEXT),
    )
    return Corpus(trials, context, each(Concept, TERMS), each(Elsewhere, TERMS)[0])
