"""Questions about patients that say more of them than a figure or rule tells."""

from __future__ import annotations

from bot.understanding.clauses import RELATIVE, Sentence
from bot.understanding.measures import COUNTS
from bot.understanding.query import Query
from bot.understanding.reading_words import ReadingWords, speaks_of
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Span
from bot.understanding.words.tagger import LITTLE, Tagged

OF_PEOPLE = ("size.arm", "size.phase")
"""Shapes of questions that name patients and their arm or part, and nothing else."""
COUNTED = ("size.how_many", "size.count")
"""Shapes of questions for a number that say of whom at most by an arm or part."""
GROUPING = (
    Category.ARM,
    Category.COHORT,
    Category.PHASE,
    Category.SUBGROUP,
    Category.GRADE,
    Category.TRIAL,
    Category.CONDITION,
)
"""Names that say which patients are meant."""
AMONG = frozenset({"in", "among", "amongst", "for", "of"})
MANNER = "ly"
"""Ends words that say how something was done, and name no group ("merely")."""
OF_PATIENTS = ("had", "have", "has", "got", "get", "received", "met", "many were", "many was")
"""Words of a number of patients, not of what was required of them."""
ON_TREATMENT = ("on treatment", "during", "while on", "on therapy", "under treatment", "nadir", "baseline")
"""Words of a value that patients had, at their entry or later."""


def only_people(query: Query, slots: Slots, sentence: Sentence, tagged: Tagged) -> bool:
    """ "How were patients on X monitored?": more is asked of them than how many they were."""
    if query.shape not in OF_PEOPLE or slots.measures:
        return False
    if sum(span.category is Category.ARM for span in sentence.spans) > len(slots.arms):
        # "Were those on X left to themselves?" names the arm and what was done to it.
        return True
    unknown = any(span.category in (Category.LIGHT, Category.HEAVY) for span in sentence.spans)
    if unknown and not slots.figures:
        return True
    if not (sentence.open_question or sentence.yes_no) or (slots.figures and not sentence.open_question):
        # "Were 92 patients on X?" is about their number.
        return False
    if unknown:
        return True
    idle = [span for span in sentence.spans if span.category is Category.FILLER and span.id == "filler"]
    words = {token.text for span in idle for token in tagged.tokens[span.start : span.end]}
    return not words <= LITTLE


def only_counted(query: Query, sentence: Sentence, tagged: Tagged, words: ReadingWords) -> bool:
    """ "How many on X got the runs?": more is asked of them than their number, in words that say little."""
    if query.shape not in COUNTED:
        return False
    counting = [s for s in sentence.spans if s.category is Category.MEASURE]
    beside = bool(counting) and tagged.tokens[counting[0].start].lead == " "
    named = [s for s in sentence.spans if beside and s.end == counting[0].start]
    if any(s.end - s.start == 1 and _tells(s, tagged, words) for s in named):
        # "Pill counts".
        return True
    behind = [s for s in sentence.spans if counting and s.start >= counting[-1].end]
    for span in behind:
        first = tagged.tokens[span.start]
        if span.category is Category.CONNECTIVE or first.lead.strip():
            return False
        if _tells(span, tagged, words):
            return True
    return False


def _tells(span: Span, tagged: Tagged, words: ReadingWords) -> bool:
    """Whether a word that names nothing says more than that patients are counted."""
    typed = {token.text for token in tagged.tokens[span.start : span.end]}
    said = span.category is Category.LIGHT or (span.category is Category.FILLER and span.id == "filler")
    return said and not typed <= words.of_size


def only_in_a_year(query: Query, sentence: Sentence, topics: Topics) -> bool:
    """ "How many were recruited in 2016?": numbers of patients are told of no single year."""
    concept = topics.concepts.get(query.topic)
    counted = concept is not None and concept.default_measure == "count" and not query.claims
    return counted and any(span.category is Category.YEAR for span in sentence.spans)


def only_a_rule(query: Query, slots: Slots, sentence: Sentence, tagged: Tagged, topics: Topics) -> bool:
    """ "How many had a value above 20?", "the value on treatment": a rule of entry tells neither."""
    concept = topics.concepts.get(query.topic)
    if concept is None or not (concept.rule or concept.at_entry) or "entry" in slots.aspect_ids():
        return False
    counted = bool({span.id for span in slots.measures} & COUNTS)
    if counted and (slots.people or speaks_of(sentence, tagged, OF_PATIENTS)):
        return True
    return concept.at_entry and speaks_of(sentence, tagged, ON_TREATMENT)


def only_of_some(
    query: Query, sentence: Sentence, tagged: Tagged, topics: Topics, words: ReadingWords
) -> bool:
    """ "The rate in those who finished": a clause that narrows the patients to some nothing is told of."""
    spans = sentence.spans
    for place, span in enumerate(spans[1:-1], start=1):
        before = tagged.tokens[spans[place - 1].start : span.start]
        opens = (
            tagged.tokens[span.start].text in RELATIVE and bool(before) and before[-1].text in words.people
        )
        ahead = [tagged.tokens[span.start].text for span in spans[max(0, place - 3) : place - 1]]
        if not opens or span.category in GROUPING or AMONG.isdisjoint(ahead):
            continue
        for told in spans[place + 1 :]:
            if tagged.tokens[told.start].lead.strip():
                break
            if told.category is Category.TOPIC and topics.is_outcome(told.id):
                asked = {query.topic, *topics.ancestors(query.topic)}
                return told.id not in asked and query.topic not in topics.ancestors(told.id)
            if told.category in GROUPING:
                break
            known = told.category is Category.TOPIC and not told.meaning.weak
            typed = {token.text for token in tagged.tokens[told.start : told.end]}
            if not known and not all(word in words.of_size or word.endswith(MANNER) for word in typed):
                return True
    return False
