"""Readings of a question that its words allow or forbid: too little behind them, or a part pointed at."""

from __future__ import annotations

from collections.abc import Collection

from bot.understanding.clauses import Sentence, words_of
from bot.understanding.query import Query
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import LITTLE, Tagged

OF_PEOPLE = ("size.arm", "size.phase")
"""Shapes of questions that name patients and their arm or part, and nothing else."""


def asks_what_it_is(query: Query, slots: Slots, topics: Topics) -> bool:
    """ "What is anemia?": a disease or symptom with nothing that makes it an event of a trial."""
    concept = topics.concepts.get(query.topic)
    medical = concept is not None and concept.strength == "medical"
    return medical and not (slots.anchored or slots.narrows or slots.aspects or slots.measures)


def only_named(query: Query, sentence: Sentence, topics: Topics) -> bool:
    """ "XYZ-1 fragility index": of the trial something is asked for which we have no word."""
    concept = topics.concepts.get(query.topic)
    overview = concept is not None and concept.overview and query.shape.startswith("name.trial")
    return overview and any(s.category in (Category.LIGHT, Category.HEAVY) for s in sentence.spans)


def only_people(query: Query, slots: Slots, sentence: Sentence, tagged: Tagged) -> bool:
    """ "How were patients on X monitored?": more is asked of them than how many they were."""
    if query.shape not in OF_PEOPLE or slots.measures:
        return False
    if sum(span.category is Category.ARM for span in sentence.spans) > len(slots.arms):
        # "Were those on X left to themselves?" names the arm and what was done to it.
        return True
    if not (sentence.open_question or sentence.yes_no) or (slots.figures and not sentence.open_question):
        # "Were 92 patients on X?" is about their number.
        return False
    if any(span.category in (Category.LIGHT, Category.HEAVY) for span in sentence.spans):
        return True
    idle = [span for span in sentence.spans if span.category is Category.FILLER and span.id == "filler"]
    words = {token.text for span in idle for token in tagged.tokens[span.start : span.end]}
    return not words <= LITTLE


def only_in_passing(query: Query, slots: Slots, sentence: Sentence) -> bool:
    """ "Was age looked at when randomizing?": a general word that is not what the yes or no is about."""
    named = [span for span in slots.topics if span.id == query.topic and span.meaning.proposition]
    vague = bool(named) and all(span.meaning.weak for span in named)
    return vague and (bool(slots.times) or any(s.category is Category.LIGHT for s in sentence.spans))


def speaks_of(sentence: Sentence, tagged: Tagged, names: Collection[str]) -> bool:
    """Whether any of the names stands in the sentence ("was it better there?")."""
    text = f" {words_of(sentence.spans, tagged)} "
    return any(f" {name} " in text for name in names)


def opens_with(sentence: Sentence, tagged: Tagged, names: Collection[str]) -> bool:
    """Whether the sentence begins with one of the names, of one word or two."""
    words = words_of(sentence.spans, tagged).split(" ")[:2]
    return words[0] in names or " ".join(words) in names
