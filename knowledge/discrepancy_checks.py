"""Rules for contradictions: each is shown with true figures, and none is silent."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from knowledge.corpus import CONTEXT, Draft, Entry
from knowledge.errors import Problem
from knowledge.model import (
    AdverseEvent,
    Assertion,
    Comparison,
    Derived,
    Discrepancy,
    Disposition,
    Estimate,
    Interval,
    Source,
    Trial,
)

FIGURE = re.compile(r"(?<![A-Za-z\d.])\.?\d+(?:[.,]\d+)*")
"""A number that stands by itself; digits inside a name are part of the name."""


def discrepancy_shown(draft: Draft) -> Iterator[Problem]:
    """A contradiction that is always shown is bound to facts; each has a position."""
    for entry, discrepancy in draft.of(Discrepancy):
        if discrepancy.show == "always" and not discrepancy.facts:
            yield entry.problem("always shown, but bound to no fact", "facts")
        if not discrepancy.positions:
            yield entry.problem("no source's position is given", "positions")


def discrepancy_figures(draft: Draft) -> Iterator[Problem]:
    """A figure in the wording is one of a position, a bound fact or a cited source."""
    for scope in (*draft.scopes, CONTEXT):
        facts: dict[str, Assertion | Derived] = {}
        for place in (scope, CONTEXT):
            facts |= {fact.id: fact for _, fact in draft.of(Assertion, place)}
            facts |= {fact.id: fact for _, fact in draft.of(Derived, place)}
        sources = {source.id: source for place in (scope, CONTEXT) for _, source in draft.of(Source, place)}
        months = {time.id: time.value for _, trial in draft.of(Trial, scope) for time in trial.timepoints}
        for entry, discrepancy in draft.of(Discrepancy, scope):
            ids = {*discrepancy.facts, *(id_ for part in discrepancy.positions for id_ in part.facts)}
            bound = [facts[id_] for id_ in ids if id_ in facts]
            cited = {source for part in discrepancy.positions for source in part.sources}
            cited |= {fact.source for fact in bound}
            texts = [discrepancy.title, *(part.says for part in discrepancy.positions)]
            texts += [fact.model_dump_json() for fact in bound]
            texts += [sources[id_].model_dump_json() for id_ in cited if id_ in sources]
            spans = {months[fact.timepoint] for fact in bound if fact.timepoint in months}
            texts += [f"{span} {span // 12}" for span in spans]
            known = {_plain(figure) for text in texts for figure in FIGURE.findall(text)}
            for figure in dict.fromkeys(FIGURE.findall(discrepancy.wording)):
                if _plain(figure) not in known:
                    yield entry.problem(f"{figure} is in no position, bound fact or source", "wording")


def _plain(figure: str) -> str:
    return figure.replace(",", "").lstrip("0") or "0"


def silent_contradictions(draft: Draft) -> Iterator[Problem]:
    """Two figures of one thing are tied by a discrepancy that touches both, or are one fact."""
    for scope in (*draft.scopes, CONTEXT):
        tied = [
            {*discrepancy.facts, *(id_ for part in discrepancy.positions for id_ in part.facts)}
            for _, discrepancy in draft.of(Discrepancy, scope)
        ]
        groups: dict[tuple[object, ...], list[tuple[Entry, tuple[str | None, ...]]]] = {}
        for entry, fact in draft.of(Assertion, scope):
            if what := _what(fact):
                groups.setdefault(what[0], []).append((entry, what[1]))
        for group in groups.values():
            for (first, figures), (second, others) in itertools.combinations(group, 2):
                unequal = [
                    f"{other}, not {figure}"
                    for figure, other in zip(figures, others, strict=True)
                    if figure and other and figure != other
                ]
                if figures == others:
                    yield second.problem(f"repeats {first.id}: put this source under its `also`")
                elif unequal and not any({first.id, second.id} <= ids for ids in tied):
                    yield second.problem(
                        f"differs from {first.id} ({'; '.join(unequal)}): no discrepancy ties them"
                    )


def _what(fact: Assertion) -> tuple[tuple[object, ...], tuple[str | None, ...]] | None:
    """What a figure is of, and what is said of it; None for facts in words."""
    about = (fact.topic, fact.measure, fact.cohort, fact.arm, fact.timepoint)
    slots = (type(fact), *about, fact.subgroup, fact.subject)
    match fact:
        case Estimate():
            return (*slots, fact.unit, fact.param), (fact.value, _span(fact.ci))
        case Comparison():
            effect = (fact.test, fact.reference, fact.effect_measure)
            return (*slots, *effect), (fact.value, _span(fact.ci), fact.p_value)
        case AdverseEvent():
            event = (fact.term_reported, fact.category, fact.grade_min, fact.grade_max)
            return (*slots, *event), (_text(fact.affected), fact.percent)
        case Disposition():
            return (*slots, fact.state, fact.reason), (_text(fact.affected), fact.percent)
    return None


def _span(interval: Interval | None) -> str | None:
    return f"{interval.low}-{interval.high}" if interval else None


def _text(count: int | None) -> str | None:
    return None if count is None else str(count)
