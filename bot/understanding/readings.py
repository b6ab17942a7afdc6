"""Readings of a question that its words allow or forbid: too little behind them, or a part pointed at."""

from __future__ import annotations

from bot.understanding.clauses import Sentence
from bot.understanding.followup import EACH_ARM as EACH
from bot.understanding.measures import DIRECTIONS
from bot.understanding.narrowed import left_over, narrowed
from bot.understanding.patients import only_a_rule, only_counted, only_in_a_year, only_of_some, only_people
from bot.understanding.query import Query, Refusal
from bot.understanding.reading_words import ReadingWords, opens_with
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category
from bot.understanding.words.tagger import Tagged

NARROWING = (Category.TIME, Category.ARM, Category.COHORT, Category.PHASE)
OF = frozenset({"of"})
PLACING = frozenset("at on in by for with after under during among within".split())


NOT_KNOWN = Refusal("not_reported", "unknown_word")
GENERAL = Refusal("out_of_scope", "general_words")


def forbidden(
    query: Query, slots: Slots, sentence: Sentence, tagged: Tagged, topics: Topics, words: ReadingWords
) -> Refusal | None:
    """Why the words do not allow the reading that fits best; None when they do."""
    loose = all(span.meaning.weak for span in slots.topics) and not slots.anchored
    turned = query.shape == "topic" and slots.aspect_ids() & DIRECTIONS and not topics.is_outcome(query.topic)
    if loose and turned and not slots.narrows:
        # "How does an MRI work": a turn that the topic does not take.
        return GENERAL
    if asks_what_it_is(query, slots, topics) and opens_with(sentence, tagged, words.what_is):
        return GENERAL
    if (
        only_named(query, sentence, topics)
        or only_people(query, slots, sentence, tagged)
        or only_a_rule(query, slots, sentence, tagged, topics)
        or only_in_a_year(query, sentence, topics)
        or only_counted(query, sentence, tagged, words)
        or asks_of_a_word(slots, sentence, tagged, words)
        or (topics.is_outcome(query.topic) and only_of_some(query, sentence, tagged, topics, words))
        or left_over(query, slots, sentence, tagged, words)
    ):
        return NOT_KNOWN
    return narrowed(query, slots, sentence, tagged, topics, words)


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


def asks_of_a_word(slots: Slots, sentence: Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """ "And weight at 2 years?", "employment on X": the word before a slot is what is asked, and no term."""
    if slots.topics:
        return False
    spans = sentence.spans
    for place, span in enumerate(spans[:-1]):
        word, then = tagged.tokens[span.start].text, tagged.tokens[spans[place + 1].start]
        if span.category is not Category.LIGHT or word in words.of_charts or then.lead != " ":
            continue
        if spans[place + 1].id in EACH:
            return True
        if then.text not in PLACING | OF or spans[place + 1].category is not Category.FILLER:
            continue
        told = next((s for s in spans[place + 2 :] if s.category is not Category.FILLER), None)
        if told is not None and (told.category in NARROWING or told.id in EACH):
            return then.text in PLACING
        if told is not None and told.category is Category.GRADE:
            return True
    return False


def only_in_passing(query: Query, slots: Slots, sentence: Sentence, tagged: Tagged) -> bool:
    """ "Was age looked at when randomizing?": a general word that is not what the yes or no is about."""
    named = [span for span in slots.topics if span.id == query.topic and span.meaning.proposition]
    vague = bool(named) and all(span.meaning.weak for span in named)
    words = [s for s in sentence.spans if s.category is not Category.FILLER]
    doubtful = any(s.category is Category.LIGHT for s in words)
    # "Is the benefit of X exaggerated?": what is said of it stands last.
    said_of = bool(named) and words[-1].category is Category.LIGHT
    # "Was it registered before the first patient?"
    ordered = any(
        tagged.tokens[span.start - 1].text in ("before", "after")
        for span in slots.topics
        if span.start and span.id != query.topic
    )
    return (vague and (bool(slots.times) or doubtful)) or said_of or (bool(named) and ordered)


def doubts(sentence: Sentence) -> bool:
    """Asks whether what was said is so, or which of two."""
    return any(span.category is Category.ASPECT and span.id == "conflict" for span in sentence.spans)


def names(sentence: Sentence) -> bool:
    """Names a topic."""
    return any(span.category is Category.TOPIC for span in sentence.spans)


def leans(sentence: Sentence) -> bool:
    """Asks only "why", "how many": of what was said before."""
    asked = [s for s in sentence.spans if s.category in (Category.TOPIC, Category.MEASURE)]
    return bool(asked) and all(s.category is Category.MEASURE and s.meaning.weak for s in asked)
