"""Which numbers a reply may hold, and which it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers.answer import Answer
from bot.pipeline import Readout
from knowledge.model import Derived
from tests.generated import phrasing

_NUMBER = re.compile(r"(?<![A-Za-z\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<![\w.])\.\d+")
"""Digits that are no part of a word: "E2B" holds none, "n=25" and "1,000" hold one."""


def numbers(text: str) -> set[str]:
    """The numbers of a text as they are written; "1,000" and "1000" are the same."""
    return {found.replace(",", "") for found in _NUMBER.findall(text)}


def shown(answer: Answer) -> set[str]:
    """The numbers that a reply says, wherever they stand."""
    return numbers("\n".join([answer.headline, *answer.lines, *answer.notes, *answer.basis]))


def allowed(readout: Readout, answer: Answer) -> set[str]:
    """The numbers of the cited facts, of what is bound to them, and of what was understood."""
    cited = [r for r in answer.references if f"{r.label} ({r.locator})" in answer.headline]
    found = numbers(" ".join(reference.locator for reference in cited))
    for understood in answer.understood.get("questions", [answer.understood]):
        trial = understood.get("trial", readout.default_trial)
        found |= numbers(" ".join(_texts_of_facts(readout, trial, answer.facts)))
        found |= numbers(" ".join(_texts_of_query(readout, trial, understood)))
    return found


def _texts_of_facts(readout: Readout, trial: str, ids: Iterable[str]) -> Iterator[str]:
    words, store = phrasing(readout, trial), readout.store
    for fact in (store.fact(trial, id_) for id_ in ids):
        yield from _strings(fact.model_dump(exclude={"id", "section", "also"}))
        yield from (words.topic(fact.topic), words.time(fact.timepoint), words.concept(fact.measure))
        yield from (words.source(fact.source), words.concept(fact.subgroup or ""), words.cohort(fact.cohort))
        yield from (words.source(citation.source) for citation in fact.also)
        yield words.store.source(trial, fact.source).citation
        yield from (store.source(trial, citation.source).citation for citation in fact.also)
        if isinstance(fact, Derived):
            yield from _texts_of_facts(readout, trial, fact.inputs)
    for entry in store.discrepancies(trial, tuple(ids)):
        yield from (entry.wording, entry.title)


def _texts_of_query(readout: Readout, trial: str, understood: dict[str, Any]) -> Iterator[str]:
    words, store = phrasing(readout, trial), readout.store
    for months in understood.get("months", ()):
        yield words.months(months)
    yield from map(str, understood.get("grades", ()))
    named = [understood.get("topic"), understood.get("measure"), *understood.get("subgroups", ())]
    yield from (words.concept(name) for name in named if name)
    yield from (words.topic(name) for name in named if name)
    yield from (words.source(source) for source in understood.get("sources", ()))
    yield words.related(understood.get("subject") or "")
    yield from (gap.wording for gap in store.gaps(trial, understood.get("topic")) if understood.get("topic"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
    elif value is not None:
        yield str(value)
