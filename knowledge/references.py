"""What a rule about references needs: the ids there are, and the complaint about others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.corpus import CONCEPT_KINDS, TERMS, Draft, Entry
from knowledge.errors import Problem

_NOUNS = {
    "mentions": "concept",
    "criterion": "concept",
    "verdicts": "proposition",
    "default_measure": "measure",
    "default_cohort": "cohort",
    "test": "arm",
    "reference": "arm",
    "test_arm": "arm",
    "reference_arm": "arm",
    "primary_endpoint": "topic",
    "parent": "concept",
    "subject": "related trial",
}


def missing(entry: Entry, field: str, ids: Iterable[str | None], known: frozenset[str]) -> Iterator[Problem]:
    """A problem for each id that is not known; None is no id."""
    noun = _NOUNS.get(field, field.rpartition(".")[2])
    for id_ in ids:
        if id_ is not None and id_ not in known:
            yield entry.problem(f"no such {noun}: {id_}", field)


def concept_ids(draft: Draft, *categories: str) -> frozenset[str]:
    """Ids of all concepts of these categories."""
    return draft.ids(frozenset(key for key, value in CONCEPT_KINDS.items() if value in categories), TERMS)
