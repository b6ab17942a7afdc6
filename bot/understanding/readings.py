"""Readings of a question that its words allow or forbid: too little behind them, or a part pointed at."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding.clauses import RELATIVE, Sentence, words_of
from bot.understanding.measures import DIRECTIONS
from bot.understanding.query import Query, Refusal
from bot.understanding.slots import Slots
from bot.understanding.topics import Topics
from bot.understanding.words.spans import Category, Span
from bot.understanding.words.tagger import LITTLE, Tagged

Names = frozenset[str] | tuple[str, ...]
OF_PEOPLE = ("size.arm", "size.phase")
"""Shapes of questions that name patients and their arm or part, and nothing else."""
COUNTED = ("size.how_many", "size.count")
"""Shapes of questions for a number that say of whom at most by an arm or part."""
NARROWING = (Category.TIME, Category.ARM, Category.COHORT, Category.PHASE)
GROUPING = (*NARROWING[1:], Category.SUBGROUP, Category.GRADE, Category.TRIAL, Category.CONDITION)
"""Names that say which patients are meant."""
THOSE = frozenset({"those", "ones"})
EACH = ("both_arms", "arm_sizes")
"""Turns of a question that ask for each arm."""
OF = frozenset({"of"})
AMONG = frozenset({"in", "among", "amongst", "for", "of"})
MANNER = "ly"
"""Ends words that say how something was done, and name no group ("merely")."""
PLACING = frozenset("at on in by for with after under during among within".split())


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """Words that allow or forbid a reading."""

    what_is: frozenset[str]
    """Openings that ask what something is: "what is"."""
    of_size: frozenset[str]
    """Words of a question for a number of patients; any other asks what happened to them."""
    of_charts: frozenset[str]
    """Words for a figure at a time, or of going back to one."""

    amounts: frozenset[str]
    """Words for an amount of a drug."""
    people: frozenset[str]
    """Words for patients, also such as "those"."""

    @classmethod
    def of(cls, grammar: Mapping[str, Sequence[str]]) -> ReadingWords:
        """From grammar.yaml."""
        lists = (grammar[name] for name in ("what_is", "size_words", "chart_words", "amounts", "people"))
        what_is, of_size, of_charts, amounts, people = map(frozenset, lists)
        return cls(what_is, of_size | LITTLE, of_charts, amounts, people | THOSE)


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
        or only_in_a_year(query, sentence, topics)
        or only_counted(query, sentence, tagged, words)
        or asks_of_a_word(slots, sentence, tagged, words)
        or (topics.is_outcome(query.topic) and only_of_some(query, sentence, tagged, topics, words))
    ):
        return NOT_KNOWN
    return None


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
        if not opens or AMONG.isdisjoint(ahead):
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


def only_in_passing(query: Query, slots: Slots, sentence: Sentence) -> bool:
    """ "Was age looked at when randomizing?": a general word that is not what the yes or no is about."""
    named = [span for span in slots.topics if span.id == query.topic and span.meaning.proposition]
    vague = bool(named) and all(span.meaning.weak for span in named)
    return vague and (bool(slots.times) or any(s.category is Category.LIGHT for s in sentence.spans))


def speaks_of(sentence: Sentence, tagged: Tagged, names: Names) -> bool:
    """Whether any of the names stands in the sentence ("was it better there?")."""
    return _any_of(names).search(words_of(sentence.spans, tagged)) is not None


@lru_cache(maxsize=16)
def _any_of(names: Names) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, names))})(?!\S)")


def opens_with(sentence: Sentence, tagged: Tagged, names: Collection[str]) -> bool:
    """Whether the sentence begins with one of the names, of one word or two."""
    words = words_of(sentence.spans, tagged).split(" ")[:2]
    return words[0] in names or " ".join(words) in names


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
