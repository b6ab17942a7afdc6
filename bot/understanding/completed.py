"""A clipped follow-up, completed with the name of what was spoken of: "types?" after an event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.understanding.query import Query, Turn, Understanding
from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import Tagged
from bot.understanding.words.text import Token, tokens
from knowledge.model import Concept

CLIPPED = 5
"""Words up to which a message may be completed."""
UNANSWERED = frozenset({"nothing_recognised", "general_words", "restricted", "no_topic", "elsewhere.drugs"})
"""Codes of refusals after which it is tried; a drug may be what a sibling topic is about."""
UNKNOWN = (Category.LIGHT, Category.HEAVY, Category.FOREIGN)


def is_clipped(understanding: Understanding, previous: Turn | None, words: int) -> bool:
    """Whether a short message that got no answer follows a single question that got one."""
    refusal = understanding.refusal
    if refusal is None or refusal.code not in UNANSWERED or words > CLIPPED or previous is None:
        return False
    return len(previous.queries) == 1 and previous.kind in ("answer", "not_reported")


def completed(
    text: str,
    earlier: Query,
    concepts: Mapping[str, Concept],
    tag: Callable[[Sequence[Token]], Tagged],
    decide: Callable[[str, Tagged], Sequence[Query]],
) -> Query | None:
    """What the normalised message asks together with a name of what was spoken of; None if nothing more."""
    for whole, end, start in _completions(text, earlier, concepts):
        tagged = tag(tokens(whole))
        if not _completes(tagged, end, start):
            continue
        queries = decide(whole, tagged)
        if len(queries) == 1 and _is_kin(queries[0], earlier, concepts):
            (query,) = queries
            arms, cohorts = query.arms or earlier.arms, query.cohorts or earlier.cohorts
            return replace(query, arms=arms, cohorts=cohorts, shape="thread", inherited=("topic",))
    return None


def _completions(
    text: str, earlier: Query, concepts: Mapping[str, Concept]
) -> Iterator[tuple[str, int, int]]:
    """The message with each name of what was spoken of, and where in the text the name stands."""
    said = text.strip().strip("?!.,;: ")
    topic = concepts.get(earlier.topic)
    parent = concepts.get(topic.parent) if topic and topic.parent else None
    for concept in (topic, parent, concepts.get(earlier.measure or "")):
        for name in (concept.short, concept.label) if concept else ():
            if name:
                for joint in (" of ", " "):
                    yield f"{said}{joint}{name}", len(said), len(said) + len(joint)
                yield f"{name} {said}", len(name), len(name) + 1


def _completes(tagged: Tagged, end: int, start: int) -> bool:
    """Whether one name reaches over the joint, and nothing in the message is left unknown.

    `end`, `start`: the characters at which the first of the two parts ends and the second begins.
    """
    if any(span.category in UNKNOWN for span in tagged.spans):
        return False
    return any(
        tagged.tokens[span.start].start < end and tagged.tokens[span.end - 1].start >= start
        for span in tagged.spans
        if span.category in (Category.TOPIC, Category.MEASURE)
    )


def _is_kin(query: Query, earlier: Query, concepts: Mapping[str, Concept]) -> bool:
    """Whether a topic is the one spoken of, under it, above it or beside it."""
    if query.topic == earlier.topic:
        return (query.measure, query.proposition) != (earlier.measure, earlier.proposition)
    one, other = concepts.get(query.topic), concepts.get(earlier.topic)
    if one is None or other is None:
        return False
    return (
        one.parent == earlier.topic or other.parent == query.topic or (one.parent == other.parent is not None)
    )
