"""What stands around the questions of a message: another title, a name that is foreign, patients told of."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.clauses import Sentence
from bot.understanding.patients import only_of_some
from bot.understanding.query import Query, Refusal
from bot.understanding.reading_words import ReadingWords
from bot.understanding.scope import EXACT, evidence
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import Tagged
from knowledge.model import Trial

MIN_STRANGE = 2
"""Unknown or everyday words before a colon that make a title of their own."""


def foreign_beside(asking: Sequence[Sentence], context: Sequence[Sentence], trial: Trial) -> Refusal | None:
    """Another trial, drug or disease introduced before a question that names nothing of ours."""
    foreign = [s for c in context for s in c.spans if s.category is Category.FOREIGN]
    if not foreign:
        return None
    asked = Slots.collect((span for s in asking for span in s.spans), trial)
    if asked.trial or asked.anchored or asked.related:
        return None
    return Refusal("out_of_scope", f"elsewhere.{foreign[0].id}")


def of_another_title(asking: Sequence[Sentence], tagged: Tagged) -> Refusal | None:
    """ "A rare disease: is it safe?": what stands before the colon is what is asked about."""
    for sentence in asking:
        start = sentence.spans[0].start
        if ":" not in tagged.tokens[start].lead:
            continue
        before = [s for s in tagged.spans if s.end <= start]
        strange = [s for s in before if s.category in (Category.HEAVY, Category.LIGHT)]
        if len(strange) >= MIN_STRANGE and evidence(sentence.spans) < EXACT:
            return Refusal("out_of_scope", "general_words")
    return None


def of_some(
    queries: Sequence[Query],
    context: Sequence[Sentence],
    tagged: Tagged,
    topics: Topics,
    words: ReadingWords,
) -> bool:
    """ "Of the patients who responded, what share was alive?": an outcome among those with another one."""
    outcomes = [query for query in queries if topics.is_outcome(query.topic) and query.subject is None]
    return any(only_of_some(query, each, tagged, topics, words) for query in outcomes for each in context)
