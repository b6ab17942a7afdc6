"""Names that stand for something else: diseases for kinds of a topic, a topic for another trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.understanding.clauses import Sentence, words_of
from bot.understanding.query import Turn
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.tagger import Tagged

DISEASES = "diseases"


def as_kinds(
    sentence: Sentence,
    topics: Topics,
    identifying: Mapping[str, str],
    primary: str,
    previous: Turn | None,
) -> Sentence:
    """The sentence with its diseases as names of the topic on kinds, where it or the turn before leads there.

    `identifying`: topic -> the kind of names that its fact is one of. `primary`: the
    primary endpoint, too broad to lead to its kinds.
    """
    named = [span for span in sentence.spans if span.category is Category.FOREIGN and span.id == DISEASES]
    if not named:
        return sentence
    told = {span.id for span in sentence.spans if span.category is Category.TOPIC}
    if not told and previous is not None:
        told = {query.topic for query in previous.queries if query.subject is None}
    for kinds in (topic for topic, kind in identifying.items() if kind == DISEASES):
        family = {kinds, *topics.ancestors(kinds)} - {primary}
        if told & family:
            meaning = Meaning(Category.TOPIC, kinds)
            return replace(sentence, spans=_with(sentence.spans, named, meaning))
    return sentence


def as_trials(sentence: Sentence, tagged: Tagged, topics: Topics) -> Sentence:
    """The sentence with the names of a topic as those of another trial, where something is asked of that."""
    named = [
        span
        for span in sentence.spans
        if span.category is Category.TOPIC and topics.trial_of(span.id, words_of([span], tagged))
    ]
    asked = any(
        (span.category is Category.TOPIC and not topics.is_of_related(span.id))
        or (span.category is Category.MEASURE and not span.meaning.weak)
        for span in sentence.spans
    )
    if not (named and asked):
        return sentence
    trial = topics.trial_of(named[0].id, words_of(named[:1], tagged))
    meaning = Meaning(Category.RELATED, str(trial))
    return replace(sentence, spans=_with(sentence.spans, named, meaning))


def _with(spans: Sequence[Span], named: Sequence[Span], meaning: Meaning) -> tuple[Span, ...]:
    return tuple(Span(span.start, span.end, meaning) if span in named else span for span in spans)
