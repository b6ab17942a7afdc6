"""Somebody's text -> the figures it claims, each compared with the facts; silent on what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, Kind
from bot.answers.cite import references
from bot.answers.compose import Composer
from bot.answers.figures import Claim, agrees, comparable, figures_in, read, reported
from bot.answers.fits import fits, slot_values
from bot.answers.headline import best_rows
from bot.answers.lookup import Lookup, distinct
from bot.answers.phrasing import Phrasing
from bot.answers.rows import Row, rows
from bot.understanding.query import Query
from bot.understanding.understand import Understander
from knowledge.model import Derived, Fact, Trial

MOST = 8
"""Claims that one answer judges; a longer text is not a claim but an article."""
CLAUSES = 40
"""Sentences with a digit that are read: together they must not take longer than one question may."""
_END = re.compile(r"(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\bno)[.!?;]+\s+|\n+", re.IGNORECASE)
_PAIR = re.compile(r"\b(?:vs|versus|compared (?:with|to)|against)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """One claimed figure and the facts that confirm or contradict it."""

    query: Query
    claim: Claim
    right: bool
    facts: tuple[Fact, ...]
    row: Row


@dataclass(slots=True)
class Checker:
    """Checks texts against one store. `words` are the templates of its sentences, by key."""

    understander: Understander
    composer: Composer
    words: Mapping[str, str]

    def check(self, text: str, part: str | None = None) -> tuple[Answer, tuple[Query, ...]] | None:
        """The verdict on every figure that the facts can judge, and what was looked up; None without any.

        With `part`, only on the figures in that part of the text.
        """
        kept = figures_in(part) if part is not None else None
        found: dict[tuple[object, ...], Judged] = {}
        for each in self._judged(text):
            if kept is None or each.claim.value in kept:
                found.setdefault((each.claim, *(fact.id for fact in each.row.facts)), each)
            if len(found) == MOST:
                break
        judged = list(found.values())
        if not judged:
            return None
        queries = tuple({repr(each.query): each.query for each in judged}.values())
        return self._answer(judged, queries), queries

    def _judged(self, text: str) -> Iterator[Judged]:
        # Without a digit there is no figure: most of what people write is not even read.
        clauses = [clause for clause in _END.split(text) if any(sign.isdigit() for sign in clause)]
        for clause in clauses[:CLAUSES]:
            for query in self.understander.read(clause).queries:
                lookup = self.composer.finder.find(query)
                if lookup.facts and not lookup.softened:
                    yield from self._of_query(lookup, clause)

    def _of_query(self, lookup: Lookup, clause: str) -> Iterator[Judged]:
        query = lookup.query
        claims = read(clause, query.claims)
        paired = bool(_PAIR.search(clause))
        main = [claim for claim in claims if claim.role in ("percent", "plain")]
        if not paired:
            claims = list(dict.fromkeys(claims))
        words = self._phrasing(query)
        used: list[Fact] = []
        for claim in claims:
            place = (main.index(claim), len(main)) if claim in main else (0, 0)
            pool = _slot(place, query, lookup.facts, words.trial)
            pool = tuple(fact for fact in pool if comparable(fact, claim))
            rest = tuple(fact for fact in pool if fact not in used) if paired else pool
            pool = rest or pool
            if not pool:
                continue
            matching = [fact for fact in pool if agrees(fact, claim)]
            matching = matching or [*_slot(place, query, self._elsewhere(query, claim), words.trial)]
            if not matching:
                pool = tuple(fact for fact in pool if _contradicts(fact, query, claim))
                if not pool:
                    continue
            chosen, row = _shown(lookup, matching or pool, words)
            if matching:
                used += chosen[:1]
                chosen = chosen[:1]
            yield Judged(query, claim, bool(matching), chosen, row)

    def _elsewhere(self, query: Query, claim: Claim) -> list[Fact]:
        """The claimed figure among the topic's other facts, when the claim names no statistic."""
        if query.measure is not None:
            return []
        store, concepts = self.composer.store, self.composer.concepts
        trial = store.trial(query.trial)
        about = store.facts(query.trial, topic=query.topic)
        return [
            fact
            for fact in about
            if fact.subject == query.subject and fits(query, fact, trial, concepts) and agrees(fact, claim)
        ]

    def _phrasing(self, query: Query) -> Phrasing:
        composer = self.composer
        trial = composer.store.trial(query.trial)
        return Phrasing(composer.store, trial, composer.concepts, composer.wording.phrases)

    def _answer(self, judged: Sequence[Judged], queries: Sequence[Query]) -> Answer:
        lines = self._lines(judged)
        wrong = sum(not each.right for each in judged)
        if len(lines) == 1:
            headline, lines = lines[0], ()
        else:
            key = "all_right" if not wrong else "some_wrong"
            headline = self.words[key].format(wrong=wrong, number=len(judged))
        query = queries[0]
        trial, store = query.trial, self.composer.store
        shown = distinct(fact for each in judged for fact in (*each.facts, *each.row.facts))
        ids = tuple(fact.id for fact in shown)
        notes = [found.wording for found in store.discrepancies(trial, ids) if found.show == "always"]
        topics = [{"topic": e.query.topic, "claimed": e.claim.text, "right": e.right} for e in judged]
        return Answer(
            kind=Kind.ANSWER,
            headline=headline,
            lines=lines,
            notes=tuple(dict.fromkeys(notes)),
            basis=tuple(dict.fromkeys(fact.working for fact in shown if isinstance(fact, Derived))),
            references=references(store, trial, shown),
            suggestions=self.composer.suggester.after(trial, Kind.ANSWER.value, queries[-1]),
            facts=ids,
            understood={"trial": trial, "topic": query.topic, "checked": topics},
        )

    def _lines(self, judged: Sequence[Judged]) -> tuple[str, ...]:
        """A line for each figure that differs; those that agree share one where they share a row."""
        lines: dict[object, str] = {}
        for each in judged:
            if each.right:
                row = tuple(fact.id for fact in each.row.facts)
                together = [other for other in judged if other.right and other.row.facts == each.row.facts]
                lines.setdefault(row, self._right(each, together))
            else:
                lines.setdefault(each.claim, self._wrong(each))
        return tuple(lines.values())

    def _right(self, judged: Judged, together: Sequence[Judged]) -> str:
        words = self._phrasing(judged.query)
        arms = [fact.arm for each in together for fact in each.facts if fact.arm]
        source = words.source(judged.facts[0].source)
        return self.words["right"].format(row=words.row(judged.row, arms), source=source)

    def _wrong(self, judged: Judged) -> str:
        words = self._phrasing(judged.query)
        row = words.row(judged.row, judged.query.arms)
        given: dict[tuple[str, bool], list[str]] = {}
        said: set[str] = set()
        for fact in judged.facts:
            value = reported(fact, judged.claim)
            if fact.arm and judged.query.arms != (fact.arm,):
                value = self.words["with_arm"].format(value=value, arm=words.arm(fact.arm))
            if value not in said:
                said.add(value)
                given.setdefault((words.source(fact.source), isinstance(fact, Derived)), []).append(value)
        if len(given) == 1 < len(said):
            # The row names all of them.
            ((source, _),) = given
            return self.words["absent"].format(source=source, claimed=judged.claim.text, row=row)
        parts = [
            self.words["derived" if derived else "gives"].format(
                source=source, values=self.words["and"].join(values)
            )
            for (source, derived), values in given.items()
        ]
        return self.words["wrong"].format(given=", ".join(parts), claimed=judged.claim.text, row=row)


def _slot(place: tuple[int, int], query: Query, facts: Sequence[Fact], trial: Trial) -> tuple[Fact, ...]:
    """The facts that the figure at this place (which, of how many) is about: told in the same order."""
    index, number = place
    if number == len(query.arms) == 2:
        return tuple(fact for fact in facts if fact.arm == query.arms[index])
    if number == len(query.times) > 1:
        months = {point.id: point.value for point in trial.timepoints}
        return tuple(fact for fact in facts if months.get(fact.timepoint or "") == query.times[index])
    return tuple(facts)


def _contradicts(fact: Fact, query: Query, claim: Claim) -> bool:
    """Whether another figure than the fact's must be wrong.

    Without a time point it may belong to another one, and a count without an arm to both together.
    """
    if fact.timepoint and not query.times:
        return False
    return claim.role != "plain" or not fact.arm or bool(query.arms)


def _shown(lookup: Lookup, facts: Sequence[Fact], words: Phrasing) -> tuple[tuple[Fact, ...], Row]:
    """Of these facts the ones to show, and the row that they stand in.

    The best source's for the part of the trial that was meant, and the same figures by other sources.
    """
    kept = best_rows(lookup, rows(facts, words.trial, lookup.query.sources), words)
    first = kept[0]
    cells = list(first.facts)
    same = [fact for fact in facts if any(slot_values(fact) == slot_values(cell) for cell in cells)]
    every = rows(lookup.facts, words.trial, lookup.query.sources)
    row = next((row for row in every if any(fact in row.facts for fact in cells)), first)
    return distinct([*cells, *same]), row
