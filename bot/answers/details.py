"""What stands below the first line: comparator, second source, effect, other parts of the trial."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.answers.fits import UNTIMED
from bot.answers.headline import effect
from bot.answers.lookup import Lookup
from bot.answers.phrasing import Phrasing, capital
from bot.answers.printed import COUNTED_FROM
from bot.answers.rows import Row, rows
from bot.understanding.query import Query
from knowledge.model import Criterion, Derived, Fact, Statement

MAX_LINES = 10
WITH_EFFECT = ("rate", "event_rate", "difference", "count")
"""Measures beside which the effect over the whole follow-up is shown."""


@dataclass(slots=True)
class Details:
    """Lines in the order in which they are read, and the facts that they cite."""

    lines: list[str] = field(default_factory=list)
    cited: list[Fact] = field(default_factory=list)

    def add(self, text: str, facts: Iterable[Fact] = ()) -> None:
        """One more line, unless it stands already or the reply is full."""
        if text and text not in self.lines and len(self.lines) < MAX_LINES:
            self.lines.append(text)
            self.cited.extend(facts)


def details(
    lookup: Lookup, best: Sequence[Row], every: Sequence[Row], shown: Sequence[Row], words: Phrasing
) -> Details:
    """Everything that belongs under the headline made of `shown`."""
    query, found = lookup.query, Details()
    if query.misnomer and query.first_arm:
        found.add(words.phrases["misnomer"].format(arm=words.arm(query.first_arm)))
    if query.times and shown[0].measure in UNTIMED and not shown[0].timepoint:
        times = ", ".join(map(words.months, query.times))
        found.add(words.phrases["whole_follow_up"].format(time=times))
    for value in lookup.partly:
        found.add(_lacking(value, words))
    if lookup.softened and lookup.gap is not None:
        found.add(lookup.gap.wording)
    _own_words(shown, found)
    for id_ in dict.fromkeys(
        id_ for row in shown for fact in row.facts for id_ in getattr(fact, "beside", ())
    ):
        for row in rows([words.store.fact(query.trial, id_)], words.trial):
            found.add(words.row(row), row.facts)
    for row in shown:
        _counted(row, query, words, found)
    if len(query.arms) == 1:
        for row in shown:
            found.add(*_comparator(row, query, words))
    for row in best:
        if row not in shown:
            found.add(words.row(row, query.arms), row.facts)
    for row in _second_source(every, best, shown):
        text = words.row(row, query.arms)
        found.add(words.phrases["published"].format(source=words.source(row.source), row=text), row.facts)
    _effect(shown, query, words, found)
    parts = {row.cohort for row in best}
    for row in every:
        if row not in shown and row not in best and row.cohort not in parts:
            found.add(words.row(row, query.arms), row.facts)
    return found


def _own_words(shown: Sequence[Row], found: Details) -> None:
    for row in shown:
        for fact in row.facts:
            if isinstance(fact, Statement | Criterion) and fact.text:
                found.add(fact.text)
            if fact.note:
                found.add(fact.note)


def _counted(row: Row, query: Query, words: Phrasing, found: Details) -> None:
    """The number of patients that follows from a share, where one does."""
    facts = words.store.facts(query.trial, topic=row.topic, measure="count", cohort=row.cohort)
    for fact in facts:
        if isinstance(fact, Derived) and fact.formula == COUNTED_FROM and row.first.id in fact.inputs:
            counted = Row(
                row.topic, fact.measure, fact.cohort, None, None, fact.source, cells={fact.arm: fact}
            )
            found.add(words.row(counted), [fact])


def _effect(shown: Sequence[Row], query: Query, words: Phrasing, found: Details) -> None:
    if shown[0].measure not in WITH_EFFECT or query.subject or query.subgroups:
        return
    beside = effect(shown[0], words, query.sources)
    if beside is not None and beside[1].first.id not in {f.id for row in shown for f in row.facts}:
        found.add(words.row(beside[1]), beside[1].facts)


def _comparator(row: Row, query: Query, words: Phrasing) -> tuple[str, list[Fact]]:
    """The other arm's figure beside the asked one."""
    facts = words.store.facts(
        query.trial, topic=row.topic, measure=row.measure, cohort=row.cohort, timepoint=row.timepoint
    )
    others = [
        fact
        for fact in facts
        if fact.arm
        and fact.arm not in query.arms
        and (fact.source, fact.subject, fact.subgroup) == (row.source, query.subject, row.subgroup)
        and (row.timepoint or fact.timepoint is None)
    ]
    if not others or isinstance(row.first, Statement):
        return "", []
    other = others[0]
    text = words.phrases["other_arm"].format(arm=capital(words.arm(other.arm)), value=words.figure(other))
    if row.timepoint and len(query.times) != 1:
        text = f"{capital(words.time(row.timepoint))}: {text}"
    return text, [other]


def _second_source(every: Sequence[Row], best: Sequence[Row], shown: Sequence[Row]) -> list[Row]:
    keys = {(r.measure, r.cohort, r.timepoint, r.subgroup) for r in best}
    return [
        row
        for row in every
        if row not in best
        and row not in shown
        and (row.measure, row.cohort, row.timepoint, row.subgroup) in keys
    ]


def _lacking(value: str, words: Phrasing) -> str:
    slot, _, name = value.partition(":")
    if slot == "times":
        name = words.months(float(name))
    elif slot == "arms":
        name = words.arm(name)
    else:
        name = words.cohort(name)
    return words.phrases["partly"].format(value=name)
