"""Another trial beside ours: the one that was spoken of, and the same figure of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.known import Known
from bot.understanding.measures import COUNTS
from bot.understanding.query import Query, Turn
from bot.understanding.slots import Slots
from bot.understanding.topics import COMPARED_WITH
from bot.understanding.words.spans import Category, Span
from knowledge.model import Trial

SHORT_MESSAGE = 10
"""Words up to which a message is taken as part of the thread it stands in."""
OF_TRIAL = frozenset({"arm_sizes", "finding"})
"""Turns that ask of a trial as a whole ("results?")."""


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


def of_other(slots: Slots, previous: Turn, trial: Trial, known: Known, *, there: bool, words: int) -> Slots:
    """After a figure of another trial, "and that?" asks for that trial's, also where none is held.

    `there`: it speaks of a trial that was told of; `words`: how long it is.
    """
    if not previous.queries or slots.trial or slots.related:
        return slots
    subject = (spoken_of if there else still_of)(previous, known)
    # An arm that both trials have.
    own = slots.cohorts or set(slots.arms) - {trial.reference_arm}
    asked, told = {span.id for span in slots.measures}, previous.queries[-1]
    # "How many patients?", or a figure after a trial was named and no more.
    alone = asked <= COUNTS | {"size"} or known.topics.is_told_only(told.topic)
    going_on = slots.topics or (asked and alone) or slots.aspect_ids() & OF_TRIAL
    short = words <= SHORT_MESSAGE and not own
    return replace(slots, related=[subject]) if subject and (there or (short and going_on)) else slots


def elsewhere(slots: Slots, previous: Turn | None, known: Known) -> Query | None:
    """ "And in the other trial?", "and in ours?": the same question asked of it."""
    if previous is None or not previous.queries or slots.topics or slots.measures:
        return None
    earlier = previous.queries[-1]
    asked = next(iter(slots.related), None)
    back = earlier.subject is not None and slots.trial == earlier.trial
    if asked == earlier.subject or not (asked or back):
        return None
    compared = f"{COMPARED_WITH}{earlier.subject}"
    if back and "comparison" in slots.aspect_ids() and compared in known.topics.concepts:
        # "Can I set that against ours?"
        return Query(earlier.trial, compared, shape="thread", inherited=("topic",))
    same = replace(
        earlier,
        subject=asked,
        arms=() if asked else earlier.arms,
        cohorts=(),
        times=(),
        sources=(),
        aspects=slots.aspect_ids(),
        claims=(),
        shape="thread",
        inherited=("topic",),
    )
    return same if known.holds_of(same) else None


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
