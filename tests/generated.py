"""Questions made from the data themselves, so that no fact can be added without being asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.answers.phrasing import Phrasing
from bot.pipeline import Readout
from knowledge.model import AdverseEvent, Concept, Disposition, Estimate, Fact, Gap, Statement

NAMES_TRIED = 8
"""Names of a concept that are tried before it counts as out of reach."""


def phrasing(readout: Readout, trial: str) -> Phrasing:
    """The words of the answers, to ask in the same ones."""
    composer = readout.composer
    return Phrasing(composer.store, composer.store.trial(trial), composer.concepts, composer.wording.phrases)


def figures(readout: Readout, trial: str) -> list[Fact]:
    """The trial's own figures of one group: what a question about a figure is after."""
    facts = readout.store.facts(trial)
    return [fact for fact in facts if isinstance(fact, Estimate) and fact.subject is None]


def _names(concept: Concept | None) -> list[str]:
    if concept is None:
        return []
    return list(dict.fromkeys([concept.short or concept.label, concept.label, *concept.names]))[:NAMES_TRIED]


def _grades(fact: Fact) -> str:
    if not isinstance(fact, AdverseEvent) or fact.grade_min is None:
        return ""
    same = fact.grade_min == fact.grade_max
    return f"grade {fact.grade_min}" if same else f"grade {fact.grade_min}-{fact.grade_max}"


def about(readout: Readout, trial: str, fact: Fact) -> Iterator[str]:
    """Questions that should lead to a fact, the shortest first."""
    words = phrasing(readout, trial)
    concept = words.concepts.get(fact.topic)
    if isinstance(fact, Statement) and concept is not None:
        yield from (name for asked in fact.verdicts for name in concept.asks.get(asked, ()))
    topics = _names(concept)
    if concept is not None:
        topics = [*concept.implies.get(fact.measure, ()), *topics]
    measures = ["", *_names(words.concepts.get(fact.measure))[:3]]
    if isinstance(fact, Disposition):
        measures += [words.phrases[f"disposition.{fact.state}"]]
    place = [
        words.time(fact.timepoint, adjective=True),
        _grades(fact),
        words.concept(fact.subgroup) if fact.subgroup else "",
        words.arm(fact.arm) if fact.arm else "",
        words.cohort(fact.cohort),
    ]
    sources = ["", next(iter(words.store.source(trial, fact.source).names), "")]
    subject = words.related(fact.subject) if fact.subject else ""
    for source, measure, topic in product(sources, measures, topics):
        yield " ".join(filter(None, [subject, topic, measure, source]))
        yield " ".join(filter(None, [subject, *place[:2], topic, measure, *place[2:], source]))


def about_gap(readout: Readout, trial: str, gap: Gap) -> Iterator[str]:
    """Questions that should be told that this is not reported."""
    words = phrasing(readout, trial)
    concept = words.concepts.get(gap.topic)
    measures = _names(words.concepts.get(gap.measure))[:3] if gap.measure else [""]
    topics = _names(concept)
    if concept is not None and gap.measure:
        topics = [*concept.implies.get(gap.measure, ()), *topics]
    for measure, topic in product([*measures, ""], topics):
        yield " ".join(
            filter(
                None,
                [
                    words.time(gap.timepoint, adjective=True),
                    topic,
                    measure,
                    words.concept(gap.subgroup) if gap.subgroup else "",
                    words.arm(gap.arm) if gap.arm else "",
                    words.cohort(gap.cohort),
                ],
            )
        )
