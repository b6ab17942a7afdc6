"""Query -> answer: the asked figure first, then what must stand beside it, then its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answers.another_source import DENIED, agreeing
from bot.answers.answer import Answer, Kind
from bot.answers.cite import references
from bot.answers.comparisons import DIRECTIONS, EXTREMES
from bot.answers.details import details
from bot.answers.fits import above, in_percent, is_number, months_of
from bot.answers.headline import best_rows, headline
from bot.answers.lookup import Finder, Lookup, distinct
from bot.answers.missing import missing_line, nearest_lines, nearest_rows
from bot.answers.phrasing import Phrasing
from bot.answers.quoted import quoted_elsewhere
from bot.answers.rows import Row, rows
from bot.answers.suggest import Suggester
from bot.answers.turned import verdict
from bot.answers.verdicts import CROSSING
from bot.answers.wording import Wording
from bot.understanding.query import Query
from knowledge.model import Concept, Derived, Fact, Statement
from knowledge.store import Store

ELSEWHERE = ("times", "arms", "grades")
"""Slots for which a figure quoted for another value is denied, with where it belongs."""


@dataclass(slots=True)
class Composer:
    """Builds answers from the store's facts with the wording data."""

    store: Store
    wording: Wording
    finder: Finder
    concepts: Mapping[str, Concept]
    suggester: Suggester

    def compose(self, query: Query) -> Answer:
        """The answer to one query: found, or not reported with what is nearest."""
        asked = query
        if query.yes_no and query.times and query.aspects & EXTREMES:
            # "Is it greatest at 3 years?" needs every time point.
            query = replace(query, times=())
        lookup = self.finder.find(query)
        if lookup.facts and _is_direction(query):
            # "Does A raise it?": the other arm is what it is raised over.
            query = replace(query, arms=(), first_arm=query.first_arm or query.arms[0])
            lookup = self.finder.find(query)
        if query.times != asked.times:
            lookup = replace(lookup, query=replace(query, claimed_times=asked.times))
        words = Phrasing(self.store, self.store.trial(query.trial), self.concepts, self.wording.phrases)
        return self._found(lookup, words) if lookup.facts else self._not_reported(lookup, words)

    def _found(self, lookup: Lookup, words: Phrasing) -> Answer:
        every = rows(lookup.facts, words.trial, lookup.query.sources)
        best = best_rows(lookup, every, words)
        line, shown = headline(lookup, best, every, words)
        below = details(lookup, best, every, shown, words)
        said = verdict(lookup.query, self._judged(lookup.query, best), words.trial, self.concepts)
        if said == "yes" and "both_sources" in lookup.query.aspects:
            told = {verdict(lookup.query, row.facts, words.trial, self.concepts) for row in every}
            said = None if "no" in told else said
        if said is None and lookup.query.yes_no and self._is_of_wider(lookup, best, words):
            said = "no"
        other = None
        if said in DENIED:
            other = agreeing(lookup.query, best[0], every, words.trial, self.concepts)
        if other is not None and {row.source for row in shown} == {other.source}:
            # The first line is that other source's own figure.
            said, other = "yes", None
        if other is not None:
            said = "by_source"
            sources = {"other": words.source(other.source), "source": words.source(best[0].source)}
            line = words.phrases["verdict.by_source"].format(headline=line, **sources)
        elif said is not None:
            line = words.phrases[f"verdict.{said}"].format(headline=line, trial=words.trial.acronym)
        line = line[:1].upper() + line[1:]
        facts = distinct([*(f for row in shown for f in row.facts), *below.cited])
        lines = list(below.lines)
        if said in DENIED:
            facts = self._mend(lookup, facts, lines, words)
        kind = Kind.NOT_REPORTED if _unreported(shown) else Kind.ANSWER
        answer = self._answer(kind, line, lines, facts, lookup.query)
        return replace(answer, understood={**answer.understood, "verdict": said}) if said else answer

    def _is_of_wider(self, lookup: Lookup, best: Sequence[Row], words: Phrasing) -> bool:
        """ "50% stopped because of it?": whether the share quoted is that of all who stopped."""
        shown = distinct(fact for row in best for fact in row.facts)
        if not lookup.query.firm_claim or any(is_number(f) and in_percent(f) for f in shown):
            return False
        row = quoted_elsewhere(lookup, shown, words)
        return row is not None and row.topic in above(lookup.query.topic, self.concepts)

    def _judged(self, query: Query, best: Sequence[Row]) -> list[Fact]:
        """The facts that a yes/no question turns on: both arms where it compares them."""
        facts = [fact for row in best for fact in row.facts]
        if query.proposition in CROSSING:
            facts += self.finder.find(query).facts
        if query.arms and query.aspects & DIRECTIONS:
            facts += self.finder.find(replace(query, arms=())).facts
        return facts

    def _not_reported(self, lookup: Lookup, words: Phrasing) -> Answer:
        near = nearest_rows(lookup, words)
        facts = distinct(fact for row in near for fact in row.facts)
        lines = nearest_lines(near, words)
        row = quoted_elsewhere(lookup, (), words) if lookup.query.yes_no else None
        if row is not None and row.topic == lookup.query.topic and lookup.missing in ELSEWHERE:
            # "Is the 78% from the other part?": it is that of this one.
            line = words.row(row)
            if lookup.query.cohorts or months_of(words.trial, row.timepoint) not in lookup.query.times:
                # Else it is right, of the part that was not named.
                line = words.phrases["verdict.wrong"].format(headline=line, trial=words.trial.acronym)
            kept = distinct([*row.facts, *facts])
            others = nearest_lines([other for other in near if other.facts != row.facts], words)
            return self._answer(Kind.ANSWER, line, [missing_line(lookup, words), *others], kept, lookup.query)
        facts = self._mend(lookup, facts, lines, words)
        kind = Kind.ANSWER if lookup.gap is not None and lookup.gap.none else Kind.NOT_REPORTED
        return self._answer(kind, missing_line(lookup, words), lines, facts, lookup.query)

    def _mend(
        self, lookup: Lookup, facts: tuple[Fact, ...], lines: list[str], words: Phrasing
    ) -> tuple[Fact, ...]:
        """Say first what the quoted figure is, when it stands for something else; the facts then cited."""
        row = quoted_elsewhere(lookup, facts, words)
        if row is None:
            return facts
        claim = f"{lookup.query.claims[0]:g}{'%' if lookup.query.firm_claim else ''}"
        lines.insert(0, words.phrases["quoted_elsewhere"].format(claim=claim, row=words.row(row)))
        return distinct([*facts, *row.facts])

    def _answer(
        self, kind: Kind, line: str, lines: Sequence[str], facts: Sequence[Fact], query: Query
    ) -> Answer:
        ids = tuple(fact.id for fact in facts)
        asked = "conflict" in query.aspects
        bound = self.store.discrepancies(query.trial, ids)
        said = {f"{claim:g}" for claim in query.claims if claim != int(claim)}
        notes = [d.wording for d in bound if d.show == "always" or asked or any(s in d.wording for s in said)]
        basis = [fact.working for fact in facts if isinstance(fact, Derived)]
        if "formula" in query.aspects:
            lines, basis = [*basis, *lines], []
        return Answer(
            kind=kind,
            headline=line,
            lines=tuple(dict.fromkeys(text for text in lines if text and text != line)),
            notes=tuple(dict.fromkeys(notes)),
            basis=tuple(dict.fromkeys(basis)),
            references=references(self.store, query.trial, facts),
            suggestions=self.suggester.after(query.trial, kind.value, query),
            facts=ids,
            understood=query.understood(),
        )


def _is_direction(query: Query) -> bool:
    """Whether it asks if one arm is higher, lower, better or worse, and by no figure."""
    single = len(query.arms) == 1 and len(query.cohorts) < 2 and len(query.times) < 2
    return query.yes_no and single and bool(query.aspects & DIRECTIONS) and not (query.claims or query.bounds)


def _unreported(shown: Sequence[Row]) -> bool:
    """Whether all that is shown says that it is not reported."""
    return all(isinstance(fact, Statement) and fact.unreported for row in shown for fact in row.facts)
