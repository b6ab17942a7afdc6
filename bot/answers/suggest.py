"""Suggested next questions: only those that the bot answers for the trial at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.understanding.query import Query

MAX_SUGGESTIONS = 3


@dataclass(slots=True)
class Suggester:
    """Chooses from suggestions.yaml; what a trial cannot answer is left out."""

    questions: Mapping[str, list[str]]
    """Topic, or "after.KIND" -> questions, best first."""
    answerable: Callable[[str, str], Query | None]
    """(trial, question) -> the query that answers it; asked once for each pair."""
    _known: dict[tuple[str, str], Query | None] = field(default_factory=dict)

    def after(self, trial: str, kind: str, query: Query | None = None) -> tuple[str, ...]:
        """What a user could ask after a reply of this kind, without the question just asked."""
        topic = query.topic if query is not None else ""
        own = dict.fromkeys([*self.questions.get(topic, ()), *self.questions[f"after.{kind}"]])
        found = [question for question in own if self._fits(trial, question, query)]
        return tuple(found[:MAX_SUGGESTIONS])

    def _fits(self, trial: str, question: str, asked: Query | None) -> bool:
        key = trial, question
        if key not in self._known:
            self._known[key] = self.answerable(trial, question)
        query = self._known[key]
        return query is not None and (asked is None or _asks(query) != _asks(asked))


def _asks(query: Query) -> tuple[object, ...]:
    return query.topic, query.measure, query.cohorts, query.times, query.subject
