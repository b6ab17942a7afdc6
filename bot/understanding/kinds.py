"""Diseases named as kinds of what a topic counts ("of which kind: this one or that?")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.understanding.clauses import Sentence
from bot.understanding.query import Turn
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Meaning, Span

DISEASES = "diseases"


def as_kinds(
    sentence: Sentence, topics: Topics, identifying: Mapping[str, str], previous: Turn | None
) -> Sentence:
    """The sentence with its diseases as names of the topic on kinds, where it or the turn before leads there.

    `identifying`: topic -> the kind of names that its fact is one of.
    """
    named = [span for span in sentence.spans if span.category is Category.FOREIGN and span.id == DISEASES]
    kinds = next((topic for topic, kind in identifying.items() if kind == DISEASES), None)
    if not named or kinds is None:
        return sentence
    family = {kinds, *topics.ancestors(kinds)}
    told = {span.id for span in sentence.spans if span.category is Category.TOPIC}
    if not told and previous is not None:
        told = {query.topic for query in previous.queries if query.subject is None}
    if not told & family:
        return sentence
    meaning = Meaning(Category.TOPIC, kinds)
    return replace(sentence, spans=_with(sentence.spans, named, meaning))


def _with(spans: Sequence[Span], named: Sequence[Span], meaning: Meaning) -> tuple[Span, ...]:
    return tuple(Span(span.start, span.end, meaning) if span in named else span for span in spans)
