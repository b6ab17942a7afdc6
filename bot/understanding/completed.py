"""A clipped follow-up, completed with the name of what was spoken of: "types?" after an event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.understanding.query import Query, Turn, Understanding
from bot.understanding.words.spans import PIECE, Category
from bot.understanding.words.tagger import Tagged
from bot.understanding.words.text import Token, tokens
from knowledge.model import Concept

CLIPPED = 5
"""Words up to which a message may be completed."""
BARE = 2
"""Words up to which a message that names a topic may be completed to the name of another."""
POINTING = re.compile(r"\b(?:ones?|only|those)$")
"""Words behind a name that belong to no longer name."""
UNANSWERED = frozenset({"nothing_recognised", "general_words", "restricted", "no_topic", "elsewhere.drugs"})
"""Codes of refusals after which it is tried; a drug may be what a sibling topic is about."""
HEADS = (Category.TOPIC, Category.MEASURE)
UNKNOWN = (Category.LIGHT, Category.HEAVY, Category.FOREIGN)


def is_clipped(
    understanding: Understanding, previous: Turn | None, words: int, concepts: Mapping[str, Concept]
) -> bool:
    """Whether a short message that got no answer, or a bare name, follows one question that got an answer."""
    if words > CLIPPED or previous is None or len(previous.queries) != 1:
        return False
    if previous.kind not in ("answer", "not_reported"):
        return False
    if understanding.refusal is not None:
        return understanding.refusal.code in UNANSWERED
    # "Blood ones?" after second cancers: not blood counts.
    named = [query for query in understanding.queries if query.shape == "topic"]
    return words <= BARE and len(named) == 1 and not _is_kin(named[0], previous.queries[0], concepts)


def completed(
    text: str,
    earlier: Query,
    concepts: Mapping[str, Concept],
    tag: Callable[[Sequence[Token]], Tagged],
    decide: Callable[[str, Tagged], Sequence[Query]],
) -> Query | None:
    """What the normalised message asks together with a name of what was spoken of; None if nothing more."""
    same = None
    for name_of, whole, end, start in _completions(text, earlier, concepts):
        tagged = tag(tokens(whole))
        reaches = _reaches(tagged, end, start)
        if not (reaches or _gapped(tagged, end, start)):
            continue
        queries = decide(whole, tagged)
        if len(queries) != 1:
            continue
        (query,) = queries
        arms, cohorts = query.arms or earlier.arms, query.cohorts or earlier.cohorts
        query = replace(query, arms=arms, cohorts=cohorts, shape="thread", inherited=("topic",))
        if _is_kin(query, earlier, concepts) and (reaches or query.topic != earlier.topic):
            return query
        if name_of != earlier.topic == query.topic:
            same = same or query
    return same


def _completions(
    text: str, earlier: Query, concepts: Mapping[str, Concept]
) -> Iterator[tuple[str, str, int, int]]:
    """Of what it is a name, the message with each name of what was spoken of, and where the two meet."""
    said = POINTING.sub("", text.strip().strip("?!.,;: ")).strip()
    topic = concepts.get(earlier.topic)
    parent = concepts.get(topic.parent) if topic and topic.parent else None
    for concept in (topic, parent, concepts.get(earlier.measure or "")):
        if concept is None:
            continue
        for name in (concept.short, concept.label):
            if name:
                for joint in (" of ", " "):
                    yield concept.id, f"{said}{joint}{name}", len(said), len(said) + len(joint)
                yield concept.id, f"{name} {said}", len(name), len(name) + 1


def _reaches(tagged: Tagged, end: int, start: int) -> bool:
    """Whether one name reaches over the joint, and nothing in the message is left unknown.

    `end`, `start`: the characters at which the first of the two parts ends and the second begins.
    """
    if any(span.category in UNKNOWN for span in tagged.spans):
        return False
    return any(
        tagged.tokens[span.start].start < end and tagged.tokens[span.end - 1].start >= start
        for span in tagged.spans
        if span.category in HEADS
    )


def _gapped(tagged: Tagged, end: int, start: int) -> bool:
    """Whether a name with gaps has one piece on either side of the joint, and nothing is left unknown."""
    heads = [span for span in tagged.spans if span.category in HEADS]
    if len(heads) != 1 or any(span.category in UNKNOWN for span in tagged.spans):
        return False
    before = [s for s in tagged.spans if tagged.tokens[s.start].start < end]
    after = [s for s in tagged.spans if tagged.tokens[s.end - 1].start >= start]
    pieces = [s for s in tagged.spans if s.category is Category.FILLER and s.id == PIECE]
    sides = ((before, after), (after, before))
    return any(heads[0] in one and any(piece in other for piece in pieces) for one, other in sides)


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
