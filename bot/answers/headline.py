"""The first line of an answer: which rows it shows, and in what words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.fits import DETAIL_FIELDS, has_detail
from bot.answers.lookup import Lookup
from bot.answers.phrasing import Phrasing
from bot.answers.rows import Row, by_time
from bot.understanding.query import Query
from knowledge.model import Comparison, Criterion, Derived, Statement

PER_ARM = frozenset({"both_arms", "arm_sizes"})
"""Turns that ask for each arm's own figure rather than the total."""
MAX_HEADLINE = 140
"""Characters that a phone's notification shows."""


def best_rows(lookup: Lookup, every: Sequence[Row], words: Phrasing) -> list[Row]:
    """The rows that answer the question itself: best source, asked or default part of the trial."""
    query = lookup.query
    best = list(every)
    if query.arms:
        best = [row for row in best if set(row.cells) & set(query.arms)] or best
    elif query.aspects & PER_ARM:
        best = [row for row in best if None not in row.cells] or best
    elif any(None in row.cells for row in best):
        best = [row for row in best if None in row.cells]
    if "formula" in query.aspects:
        best = [row for row in best if isinstance(row.first, Derived)] or best
    rank = min(words.rank(row.source) for row in best)
    best = [row for row in best if words.rank(row.source) == rank]
    if not query.cohorts:
        default = [row for row in best if row.cohort == words.trial.default_cohort]
        whole = [row for row in best if row.cohort is None]
        best = default or whole or best
    best = [row for row in best if row.measure == best[0].measure]
    return by_time(best, words.trial)


def headline(
    lookup: Lookup, best: Sequence[Row], every: Sequence[Row], words: Phrasing
) -> tuple[str, list[Row]]:
    """The line and the rows whose figures it shows."""
    query, first = lookup.query, best[0]
    if isinstance(first.first, Statement | Criterion):
        return first.first.headline, [first]
    detailed = _detailed(query, every, words)
    if detailed is not None:
        return detailed
    cohorts = dict.fromkeys(row.cohort for row in best)
    if len(cohorts) > 1 and len(best) == len(cohorts):
        return words.over_parts(best, query.arms), list(best)
    timed = [row for row in best if row.timepoint and row.cohort == first.cohort]
    if len(timed) > 1:
        if not query.times and query.measure is None and not query.arms:
            return _overview(timed[-1], words, query.sources)
        return words.over_time(timed, query.arms), timed
    return words.row(first, query.arms), [first]


def _overview(last: Row, words: Phrasing, sources: Sequence[str]) -> tuple[str, list[Row]]:
    """A bare topic: the latest time point with the effect over the whole follow-up."""
    text = words.row(last)
    found = effect(last, words, sources)
    if found is None:
        return text, [last]
    joined = words.phrases["with_effect"].format(row=text, effect=found[0])
    return (joined, [last, found[1]]) if len(joined) <= MAX_HEADLINE else (text, [last])


def _detailed(query: Query, every: Sequence[Row], words: Phrasing) -> tuple[str, list[Row]] | None:
    """CI or P asked for: the best-ranked row that has all of it, named with its source."""
    asked = [m for m in (*query.details, query.measure) if m in DETAIL_FIELDS]
    ranked = sorted(every, key=lambda row: words.rank(row.source))

    def has(row: Row, measure: str) -> bool:
        return any(has_detail(fact, measure) for fact in row.facts)

    having = [row for row in ranked if any(has(row, measure) for measure in asked)]
    if not having:
        return None
    chosen = next((row for row in having if all(has(row, measure) for measure in asked)), having[0])
    text, source = words.row(chosen, query.arms), words.source(chosen.source)
    # What comes from the context says so itself.
    named = text if source in text else words.phrases["by_source"].format(row=text, source=source)
    return named, [chosen]


def effect(row: Row, words: Phrasing, sources: Sequence[str] = ()) -> tuple[str, Row] | None:
    """The best source's comparison for the same topic and part, in short ("HR 0.50") and as a row.

    Of the asked `sources` alone, where any was named.

    That of the broader topic, where the topic has none: a ratio for survival beside the deaths.
    """
    concept = words.concepts.get(row.topic)
    broader = concept.parent if concept else None
    facts = words.store.facts(words.trial.id, topic=row.topic, cohort=row.cohort)
    if broader and not any(isinstance(fact, Comparison) for fact in facts):
        facts = words.store.facts(words.trial.id, topic=broader, cohort=row.cohort)
    for fact in facts:
        if sources and fact.source not in sources:
            continue
        if isinstance(fact, Comparison) and fact.subgroup is None and fact.subject is None:
            found = Row(fact.topic, fact.measure, fact.cohort, None, None, fact.source, cells={None: fact})
            concept = words.concepts.get(fact.measure)
            name = (concept.short or concept.label) if concept else fact.measure
            return f"{name} {words.figure(fact)}", found
    return None
