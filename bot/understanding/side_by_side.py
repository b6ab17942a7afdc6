"""Another trial beside ours: the one that was spoken of, and the same figure of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.known import Known
from bot.understanding.query import Query, Turn
from bot.understanding.topics import COMPARED_WITH
from bot.understanding.words.spans import Category, Span


def spoken_of(previous: Turn, known: Known) -> str | None:
    """The other trial that the turn before was about, alone or compared with ours."""
    if not previous.queries:
        return None
    return still_of(previous, known) or known.topics.compared(previous.queries[-1].topic)


def still_of(previous: Turn, known: Known) -> str | None:
    """The other trial that the turn before was about, be it by its topic ("the earlier trial")."""
    last = previous.queries[-1]
    concept = known.topics.concepts.get(last.topic)
    return last.subject or (concept.tells_trial if concept is not None else None)


def of_both(queries: Sequence[Query], spans: Sequence[Span], known: Known, *, ours: bool) -> list[Query]:
    """ "How do the two trials compare on survival?": ours, theirs, and what sets them apart."""
    named = (known.topics.compared(s.id) for s in spans if s.category is Category.TOPIC)
    other = next((trial for trial in named if trial), None)
    if ours and len(queries) == 1 and queries[0].subject and known.is_outcome(queries[0]):
        # "That trial or this, which did better?": no verdict across trials.
        other_trial = replace(queries[0], proposition=None, aspects=frozenset(), yes_no=False, states=False)
        apart = Query(other_trial.trial, f"{COMPARED_WITH}{other_trial.subject}", shape="compared")
        told = [apart] if apart.topic in known.topics.concepts else []
        return [*told, replace(other_trial, subject=None), other_trial]
    own = [query for query in queries if query.subject is None and known.is_outcome(query)]
    if other is None or not own:
        return list(queries)
    theirs = [
        replace(query, subject=other, arms=(), cohorts=(), times=(), sources=(), claims=()) for query in own
    ]
    rest = [query for query in queries if query not in own]
    return [*own, *(query for query in theirs if known.holds_of(query)), *rest]
