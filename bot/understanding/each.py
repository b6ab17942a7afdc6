"""One part or query for each thing asked at once: a number and its reason, several statistics."""

from __future__ import annotations

from dataclasses import replace

from bot.understanding import clauses
from bot.understanding.followup import DETAILS
from bot.understanding.measures import DIRECTIONS
from bot.understanding.query import Query
from bot.understanding.slots import Slots

SLOTS = ("trial", "topic", "subject", "arms", "cohorts", "subgroups", "sources")
STATISTICS = frozenset(
    {
        "hazard_ratio",
        "difference",
        "relative_risk",
        "relative_risk_reduction",
        "hazard_reduction",
        "nnt",
        "nnh",
    }
    | {"per_100", "per_1000", "event_rate", "odds_ratio"}
)
"""Measures that are figures of their own: asked beside another they are another question."""


def apart(part: Slots) -> list[Slots]:
    """ "How many stopped and why?": a number and a reason are two questions."""
    reasons = [span for span in part.measures if span.id == "reason"]
    rest = [span for span in part.measures if span.id != "reason"]
    if not reasons or not {span.id for span in rest} & {"rate", "how_many", "count"} or not part.topics:
        return [part]
    return [replace(part, measures=rest), replace(part, measures=reasons)]


def each_measure(query: Query) -> list[Query]:
    """One query for each statistic asked for; an interval, a P value or a direction stays with its figure."""
    more = [detail for detail in query.details if detail in STATISTICS and query.measure in STATISTICS]
    first = replace(query, details=tuple(detail for detail in query.details if detail not in more))
    return [first, *(replace(query, measure=detail, details=()) for detail in more)]


def checks(sentence: clauses.Sentence, part: Slots) -> bool:
    """Whether an elliptical question has something to be checked ("below 5%?", "more with X?")."""
    exact = part.firm or any(figure != int(figure) for figure in part.figures)
    asked = any(span.meaning.proposition for span in part.topics)
    return sentence.elliptical and bool(exact or asked or part.bounds or part.aspect_ids() & DIRECTIONS)


def with_details(first: Query, query: Query) -> Query | None:
    """ "HR? CI? P?": interval and P value of one hazard ratio are one question; None if they are not."""
    asked = tuple(m for m in (query.measure, *query.details) if m in DETAILS)
    only = query.measure in DETAILS or (query.measure == first.measure and asked)
    same = all(getattr(first, slot) == getattr(query, slot) for slot in SLOTS)
    if first.measure != "hazard_ratio" or not only or not same or query.proposition:
        return None
    details = tuple(dict.fromkeys((*first.details, *asked)))
    claims = (*first.claims, *query.claims)
    return replace(first, details=details, aspects=first.aspects | query.aspects, claims=claims)
