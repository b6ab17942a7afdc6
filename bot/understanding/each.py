"""One part or query for each thing asked at once: a number and its reason, several statistics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.understanding import clauses
from bot.understanding.followup import DETAILS
from bot.understanding.measures import DIRECTIONS
from bot.understanding.query import Query
from bot.understanding.reading_words import ReadingWords, speaks_of
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Meaning, Span
from bot.understanding.words.tagger import Tagged

SLOTS = ("trial", "topic", "subject", "arms", "cohorts", "subgroups", "sources")
AGAINST = frozenset({"vs", "v", "versus"})
PLACING = frozenset({"in", "the", "for", "during", "with"})
"""Words between "than" and the part of the trial that is set against the other."""
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
TIMED = STATISTICS - {"hazard_ratio", "hazard_reduction"}
"""Those that belong to a time point."""


TO_TREAT = frozenset({"nnt", "nnh"})
SEPARATELY = "separately"
"""Aspect of a question for each grade by itself."""
NONE = "none"
"""The aspect of a question whether there was none."""
DENIED = "denied"
"""The aspect of a statement with "not", of which a yes or no is wanted."""
TAG_SUBJECTS = frozenset("it they he she that this so true right correct".split())
"""Words that follow the denial in a tag."""
REPEATED = 2
"""Times from which on a name only repeats what is asked."""


def offers_figures(sentence: clauses.Sentence) -> bool:
    """ "Was it 40 or 45?", "40 m or 45 m?": neither figure is claimed, so there is no yes or no."""
    if sum(s.category is Category.FIGURE for s in sentence.spans) < REPEATED:
        return False
    spans = [s for s in sentence.spans if s.category is not Category.FILLER]
    asked: list[tuple[Category, str]] = [
        (s.category, s.id) for s in spans if s.category in (Category.TOPIC, Category.MEASURE)
    ]
    spans = [s for s in spans if asked.count((s.category, s.id)) < REPEATED]
    return any(
        one.category is two.category is Category.FIGURE and joint.id == "or"
        for one, joint, two in zip(spans, spans[1:], spans[2:], strict=False)
    )


def set_against(sentence: clauses.Sentence, tagged: Tagged) -> clauses.Sentence:
    """ "More than in the run-in?": a part behind "than" is set against the other; so are two grades."""
    spans = [span for span in sentence.spans if span.category is not Category.FILLER]
    for span, joint, other in zip(spans, spans[1:], spans[2:], strict=False):
        if span.category is other.category is Category.GRADE and joint.id == "comparison":
            return replace(sentence, spans=(*sentence.spans, _turn(joint, SEPARATELY)))
    for span in spans:
        said = {token.text for token in tagged.tokens[span.start : span.end]}
        if span.category is Category.GRADE and len(span.values) > 1 and said & AGAINST:
            return replace(sentence, spans=(*sentence.spans, _turn(span, SEPARATELY)))
    for span in sentence.spans:
        if span.category not in (Category.COHORT, Category.PHASE):
            continue
        before = [token.text for token in tagged.tokens[max(0, span.start - 3) : span.start]]
        while before and before[-1] in PLACING:
            before.pop()
        if before[-1:] == ["than"]:
            both = Span(span.start, span.end, Meaning(Category.ASPECT, "both_cohorts"))
            return replace(sentence, spans=(*sentence.spans, both))
    return sentence


def denying(sentence: clauses.Sentence, tagged: Tagged, words: ReadingWords) -> clauses.Sentence:
    """ "Nobody stopped, right?", "no rash?": that there was none, or not so, is what is to be checked."""
    if not (sentence.yes_no or sentence.elliptical):
        return sentence
    stated = sentence.tagged and sentence.first_word not in clauses.AUXILIARIES
    if stated and _denied(sentence, tagged, words):
        return replace(sentence, spans=(*sentence.spans, _turn(sentence.spans[-1], DENIED)))
    nobody = speaks_of(sentence, tagged, words.nobody)
    for span in sentence.spans:
        if span.category is not Category.TOPIC:
            continue
        said = [*tagged.tokens[max(0, span.start - 1) : span.start + 1]]
        none = any(word.text == "no" for word in said) and not (span.start and said[-1].lead.strip())
        if none or nobody:
            return replace(sentence, spans=(*sentence.spans, _turn(span, NONE)))
    return sentence


def _denied(sentence: clauses.Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """Whether something is denied before the tag ("isn't it"), and not by a name ("not masked")."""
    named = [span for span in sentence.spans if span.category is Category.TOPIC]
    return any(
        tagged.tokens[at].text in words.denials
        and tagged.tokens[at + 1].text not in TAG_SUBJECTS
        and not any(span.start <= at < span.end for span in named)
        for at in range(sentence.spans[0].start, sentence.spans[-1].end - 1)
    )


def _turn(place: Span, name: str) -> Span:
    return Span(place.start, place.end, Meaning(Category.ASPECT, name))


def opposed(spans: Sequence[Span], topics: Topics) -> list[Span]:
    """The words that set two outcomes against each other, each with its own figure ("rash vs fever")."""
    found = []
    for span in spans:
        if span.category is not Category.ASPECT or span.id != "comparison":
            continue
        before = [s.id for s in spans if s.category is Category.TOPIC and s.end <= span.start]
        after = [s.id for s in spans if s.category is Category.TOPIC and s.start >= span.end]
        if before and after and not set(before) & set(after) and topics.are_apart(before[-1], after[0]):
            found.append(span)
    return found


def and_reason(sentence: clauses.Sentence) -> bool:
    """ "Stopping in both parts, and reasons": a reason that is asked for besides."""
    if not any(span.id == "reason" for span in sentence.spans):
        return False
    spans = [s for s in sentence.spans if s.category is not Category.FILLER]
    return any(
        span.category is Category.MEASURE and span.id == "reason" and before.category is Category.CONNECTIVE
        for before, span in pairwise(spans)
    )


def apart(part: Slots, *, besides: bool = False) -> list[Slots]:
    """ "How many stopped and why?", "grade 3 vs grade 4": two questions; `besides`: a reason after "and"."""
    if len(part.grades) > 1 and SEPARATELY in part.aspect_ids():
        return [replace(part, grades=[grade]) for grade in part.grades]
    reasons = [span for span in part.measures if span.id == "reason"]
    # "And mostly why": the most common is asked of the reasons.
    rest = [span for span in part.measures if span.id not in ("reason", "most_common")]
    counted = bool({span.id for span in rest} & {"rate", "how_many", "count"})
    if not reasons or not part.topics or not (counted or besides):
        return [part]
    return [replace(part, measures=rest), replace(part, measures=reasons)]


def times_behind(parts: Sequence[Slots]) -> list[float]:
    """ "Relative and absolute effect, year 3": a statistic at a time point that is named with the next."""
    if len(parts) < 2 or not {span.id for span in parts[0].measures} <= TIMED:
        return []
    return list(parts[1].times)


def each_measure(query: Query, *, of_outcome: bool = False) -> list[Query]:
    """One query for each statistic asked for; an interval, a P value or a direction stays with its figure.

    "Why did 90% stop?" asks for a reason of something that has to be true first (`of_outcome`: the topic
    has figures).
    """
    premise = (query.claims and query.firm_claim) or query.bounds
    if query.measure == "reason" and premise and of_outcome:
        return [replace(query, measure=None), replace(query, claims=(), bounds=(), firm_claim=False)]
    more = [detail for detail in query.details if detail in STATISTICS and query.measure in STATISTICS]
    if not more:
        return [query]
    first = replace(query, details=tuple(detail for detail in query.details if detail not in more))
    return [first, *(replace(query, measure=detail, details=()) for detail in more)]


def checks(sentence: clauses.Sentence, part: Slots, read: Query) -> bool:
    """Whether an elliptical question has something to be checked ("below 5%?", "more with X?")."""
    exact = part.firm or any(figure != int(figure) for figure in part.figures)
    asked = any(span.meaning.proposition for span in part.topics)
    turned = part.aspect_ids() & {*DIRECTIONS, NONE}
    # "28 months in phase II?": a figure that tells the topic, of a part or a source.
    told = bool(read.shape == "figure" and read.claims and (part.cohorts or part.sources))
    # "NNT 6 at 3 years?": with its time the number can be nothing else.
    told = told or bool(read.measure in TO_TREAT and read.claims and part.times)
    return sentence.elliptical and bool(exact or asked or part.bounds or part.identities or turned or told)


def with_details(first: Query, query: Query) -> Query | None:
    """ "HR? CI? P?": interval and P value of one hazard ratio are one question; None if they are not."""
    if query.proposition and replace(query, proposition=None) == replace(first, yes_no=query.yes_no):
        # "What did they conclude, practice changing or not?": the second names what the first asks.
        return query
    asked = tuple(m for m in (query.measure, *query.details) if m in DETAILS)
    quoted = first.measure in (None, "rate") and first.claims and not first.proposition
    if quoted and query.measure in DETAILS and first.times in ((), query.times):
        # "X in 8 against 9%, P?": the figures are quoted to ask of them.
        return query if all(getattr(first, slot) == getattr(query, slot) for slot in SLOTS) else None
    only = query.measure in DETAILS or (query.measure == first.measure and asked)
    same = all(getattr(first, slot) == getattr(query, slot) for slot in SLOTS)
    if first.measure != "hazard_ratio" or not only or not same or query.proposition:
        return None
    details = tuple(dict.fromkeys((*first.details, *asked)))
    claims = (*first.claims, *query.claims)
    return replace(first, details=details, aspects=first.aspects | query.aspects, claims=claims)
